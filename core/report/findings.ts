import { groupBy } from '../group-by';
import type { SecurityException } from '../policy/exception';
import type { Finding } from '../policy/finding';
import { visible } from './visible';

/** Findings as text for people, by construct, in the order in which they were found. */
export function describeFindings(findings: readonly Finding[]): string {
  const groups = groupBy(findings, ({ construct }) => construct || '(app)');
  return [...groups].map(([place, group]) => `${visible(place)}\n${group.map(describe).join('\n')}`).join('\n\n');
}

function describe(finding: Finding): string {
  const where = [finding.object, finding.property].filter((part) => part !== undefined && part !== '').join(' ');
  const value = finding.value === undefined ? '' : ` = ${shorten(finding.value)}`;
  const lines = [
    `  ${finding.severity} ${finding.rule}${where === '' ? '' : `: ${visible(where)}${value}`}`,
    `    ${visible(finding.message)}`,
    `    -> ${visible(finding.remedy)}`,
  ];
  return lines.join('\n');
}

/** A value as reports show it: as JSON, cut where it is long. */
export function shorten(value: unknown): string {
  const text = jsonOf(value);
  return visible(text.length > 120 ? `${text.slice(0, 117)}...` : text);
}

/** Of what JSON cannot hold, which plain JavaScript may give, something that shows what it is. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ?? String(value);
  } catch {
    return 'an object that holds itself';
  }
}

/**
 * Until when an exception holds, where the work to end it is tracked, and why.
 * @param write writes what somebody wrote, for a form that reads some characters as its own. @default - as it is
 */
export function describeException(
  { expires, ticket, reason }: SecurityException,
  write: (text: string) => string = (text) => text,
): string {
  return `until ${write(expires)}${ticket === undefined ? '' : ` (${write(ticket)})`}: ${write(reason)}`;
}
