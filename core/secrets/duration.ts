const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of a duration as Vault writes it, such as `90s` or `1h30m`; undefined for what is none. */
export function durationSeconds(text: string): number | undefined {
  if (!/^(?:\d+[smhd])+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([smhd])/g))
    seconds += Number(amount) * unitSeconds[unit as keyof typeof unitSeconds];
  return seconds;
}
