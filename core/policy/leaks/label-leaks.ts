import type { Path } from '../../manifest/path';
import { isNamedSecretValue } from './named-secrets';
import type { Leak } from './text-leaks';

/** A label with a prefix has a meaning that somebody has defined. */
const ofOthers = /\//;
/** As labels say what something is: `password: rotated`. */
const words = /^[A-Za-z]+(?:[-_.][A-Za-z]+)*$/;

/** Why the label at the path is taken to hold a secret, by its name. */
export function leakInLabel(path: Path, value: string): Leak | undefined {
  const key = String(path.at(-1));
  if (path.at(-2) !== 'labels' || path.at(-3) !== 'metadata' || ofOthers.test(key) || words.test(value))
    return undefined;
  return isNamedSecretValue(key, value) ? { because: 'holds a secret by its name' } : undefined;
}
