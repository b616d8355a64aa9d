import { editDistance } from '../../edit-distance';

const longestText = 100;

/** The candidate that the text is nearest to, case and separators aside; undefined where even that one is a third of it away. */
export function nearest<T extends string>(text: string, candidates: readonly T[]): T | undefined {
  if (typeof text !== 'string' || text.length > longestText) return undefined;
  const plain = text
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[\s_.]+/g, '-')
    .toLowerCase();
  let best: T | undefined;
  let least = Math.max(2, Math.floor(plain.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(plain, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}
