import { closest, editDistance, reachOf } from '../core/edit-distance';

/** The candidate that a mistyped word most likely means; undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const distanceTo = (candidate: string) =>
    candidate.startsWith(word) && word !== '' ? 1 : editDistance(word, candidate);
  return closest(candidates, distanceTo, reachOf(word));
}
