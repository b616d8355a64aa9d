import type { SecretFault } from '../../core/secrets/fault';
import type { OnChange } from '../../core/secrets/on-change';
import type { SecretReader } from './delivery';

/** A Job that is asked to do something on a change. */
export function batchChangeFault(
  onChange: OnChange | undefined,
  { batch, kind }: SecretReader,
): SecretFault | undefined {
  if (onChange === undefined || !batch) return undefined;
  return {
    property: 'onChange',
    message: `a ${kind} reads its secrets once, when it starts`,
    remedy: 'leave onChange out: the next run has the new value',
  };
}
