import { isRandomSecret, tokenIn } from '../../secrets/leaks/scan';
import { secretArguments } from './commands';
import { settingsInLine } from './line-settings';
import { isNamedSecretValue } from './named-secrets';
import { action } from './template-marks';
import { leakInText } from './text-leaks';
import { writtenCredential } from './written-credentials';

/**
 * Why a text that stands where everybody reads it is taken to hold a secret; undefined where it is not. It may be of several lines, with actions
 * of a template in them, and may set something by name anywhere in a line.
 */
export function secretInClearText(text: string, name = ''): string | undefined {
  const token = tokenIn(text, name);
  if (token !== undefined) return `looks like ${token}`;
  if (name !== '' && isNamedSecretValue(name, text)) return 'holds a secret by its name';
  const leak = leakInText(text);
  if (leak !== undefined) return leak.because;
  return settingsInLine(text.replace(action, '{{}}')).length > 0 ? 'sets a secret by its name' : undefined;
}

/** Why a text with fields of a secret in it is taken to hold another one: what stands around the fields is written down. */
export function secretInTemplate(text: string, name = ''): string | undefined {
  const words = text.replace(action, ' ').split(/[\s"'=:,;@/?&]+/);
  const isRandom = words.some((word) => isRandomSecret('password', word));
  return (
    secretInClearText(text, name) ??
    (isRandom ? 'holds a random text, as secrets are' : undefined) ??
    writtenCredential(text)
  );
}

/** Why the arguments of a command are taken to hold a secret. */
export function secretInCommand(command: readonly string[]): string | undefined {
  const [because] = secretArguments(command).values();
  if (because !== undefined) return because;
  return (
    command.map((argument) => secretInClearText(argument)).find((each) => each !== undefined) ??
    writtenCredential(command.join(' '))
  );
}
