import { closest, editDistance, reachOf } from './edit-distance';

const longestText = 100;

/** In kebab case: `imageDigest`, `IMAGE_DIGEST` and `image digest` are `image-digest`. */
function plain(text: string): string {
  return text
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[\s_.]+/g, '-')
    .toLowerCase();
}

/** The candidate that the text is nearest to, case and separators aside; undefined where even that one is a third of it away. */
export function nearest<T extends string>(text: string, candidates: readonly T[]): T | undefined {
  if (typeof text !== 'string' || text.length > longestText) return undefined;
  const wanted = plain(text);
  return closest(candidates, (candidate) => editDistance(wanted, plain(candidate)), reachOf(wanted));
}
