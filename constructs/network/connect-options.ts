import { type Temporary, temporaryFaults } from '../../core/network/temporary';
import type { DeclarationFault } from '../app/declaration';
import { record, required, text, value } from '../app/shape';

export interface ConnectOptions {
  /** The port of the side that is connected to, by number or name. @default - its first */
  readonly port?: number | string;
  /** Closes it after a day. @default - it is open for good */
  readonly temporary?: Temporary;
}

const port = value('the number or the name of a port', (given) => ['number', 'string'].includes(typeof given));

/** The shape of {@link Temporary}. */
export const temporaryShape = record(
  {
    expires: required(text, "'2026-12-31'"),
    reason: required(text, "'the old reports read it until they move'"),
  },
  'an object with expires and reason',
);

export const connectShape = record({ port, temporary: temporaryShape });

/** What is wrong with an end. One that has come is no error: whoever cleans up after it is in nobody's way. */
export function endFaults(
  method: string,
  temporary: Temporary | undefined,
  today: string,
): readonly DeclarationFault[] {
  if (temporary === undefined) return [];
  return temporaryFaults(temporary, today).map(({ key, isOver, ...fault }) => ({
    rule: 'opening-expiry',
    property: `${method}.temporary.${key}`,
    ...fault,
    ...(isOver && { severity: 'warning' as const, message: `${fault.message}, and is no longer open` }),
  }));
}
