import type { ImagesValues } from './options';

/** The command that locks what this one was asked about, by the same app, manifests, lock and authorities. */
export function lockCommand(
  { app, from = [], lock, platform = [], ca = [] }: ImagesValues,
  named: readonly string[],
  isUpdate = false,
): string {
  // Images that are named stand for those of the app and of manifests.
  const sources = named.length > 0 ? [] : [...of('app', app), ...of('from', ...from)];
  const options = [...sources, ...of('lock', lock), ...of('platform', ...platform), ...of('ca', ...ca)];
  return ['bulwark images lock', ...(isUpdate ? ['--update'] : []), ...options, ...named.map(asWord)].join(' ');
}

function of(option: string, ...values: readonly (string | undefined)[]): readonly string[] {
  return values.flatMap((value) => (value === undefined ? [] : [`--${option} ${asWord(value)}`]));
}

/** As a shell reads it as one word. */
function asWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
