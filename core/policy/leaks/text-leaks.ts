import { isRandomSecret } from '../../secrets/leaks/scan';
import type { Severity } from '../finding';
import { assignedName } from './line-settings';
import { isNamedSecretValue, settingsIn } from './named-secrets';

/** Why a text is taken to hold a secret. */
export interface Leak {
  /** As in `looks like a GitHub token`. */
  readonly because: string;
  readonly severity?: Severity;
}

const noNames: ReadonlySet<string> = new Set();

/** A text that is one line of several settings, such as what a client of a cache connects to. */
export function leakInAssignments(value: string): Leak | undefined {
  const name = assignedName(value);
  return name === undefined ? undefined : { because: `sets ${name}, a secret by its name` };
}

/**
 * Why a text of several settings, such as a file, is taken to hold a secret: the first that is certain, or else one that is random.
 * @param names settings that hold what a secret is called. @default - none
 */
export function leakInText(text: string, names: ReadonlySet<string> = noNames): Leak | undefined {
  let last: Leak | undefined;
  for (const { name, value, line } of settingsIn(text)) {
    if (names.has(name)) continue;
    const at = line === undefined ? name : `${name} in line ${line}`;
    if (isNamedSecretValue(name, value)) return { because: `sets ${at}, a secret by its name` };
    const within = assignedName(value);
    if (within !== undefined) return { because: `sets ${within} in ${at}, a secret by its name` };
    if (last === undefined && isRandomSecret(name, value))
      last = { because: `sets ${at}, which is random, and called as secrets are`, severity: 'warning' };
  }
  return last;
}
