const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/**
 * A length of time as Vault writes it: `15m`, `1h30m`, `7d`, or a number of seconds. Undefined for a text that is none, and for what is no
 * whole number of seconds above 0: Vault would round it, or take 0 for its own default.
 *
 * @returns seconds
 */
export function parseVaultDuration(text: string): number | undefined {
  const [, days] = /^(\d+)d$/.exec(text) ?? [];
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  const isGo = parts.length > 0 && parts.map(([part]) => part).join('') === text;
  let total = Number.NaN;
  if (/^\d+$/.test(text)) total = Number(text);
  else if (days !== undefined) total = Number(days) * 86_400;
  else if (isGo) total = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (seconds[unit] ?? 0), 0);
  return Number.isSafeInteger(total) && total > 0 ? total : undefined;
}
