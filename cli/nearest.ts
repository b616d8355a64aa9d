import { editDistance } from '../core/edit-distance';

/** The candidate that a mistyped word most likely means; undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const far = candidate.startsWith(word) && word !== '' ? 1 : editDistance(word, candidate);
    if (far < least) {
      best = candidate;
      least = far;
    }
  }
  return best;
}
