const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/**
 * Seconds of a length of time as Vault writes it: `90s`, `1h30m`, `7d`; undefined for what is none, and for one of no length, which Vault
 * takes for its own default. Days stand alone: Vault reads no `1d12h`.
 */
export function durationSeconds(text: string): number | undefined {
  if (!/^(?:\d+d|(?:\d+h)?(?:\d+m)?(?:\d+s)?)$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([smhd])/g))
    seconds += Number(amount) * unitSeconds[unit as keyof typeof unitSeconds];
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
}

/** A duration in one unit that Go reads, which knows no days, as operators have them: `90m` for `1h30m`; what is none stays as it is. */
export function goDuration(text: string): string {
  const seconds = durationSeconds(text);
  if (seconds === undefined) return text;
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
