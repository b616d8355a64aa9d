import { ControlPlaneError, type ControlPlaneFault } from '../../core/control-plane';
import { fault } from '../../core/control-plane/checks';
import { type AuditLoggingConfig, placeholders, planeOf, writtenFor } from './hand-over';
import type { PlainArgs } from './plain-args';
import { inArguments } from './settings';
import { tools } from './tools';

/** Arguments that somebody chose, and the flag of kube-apiserver without which they come to nothing. */
const chosen: readonly (readonly [property: string, isGiven: (args: PlainArgs) => boolean, flag: string])[] = [
  ['encryption', ({ encryption }) => encryption !== undefined, 'encryption-provider-config'],
  ['webhook', ({ webhook }) => webhook !== undefined, 'audit-webhook-config-file'],
  ['log.path', ({ log }) => log?.path !== undefined, 'audit-log-path'],
  ['anonymous', ({ anonymous }) => anonymous !== undefined && anonymous !== 'off', 'authentication-config'],
];

/** What was chosen, and the tool has no setting for. What is there unasked is among its `notSettable` alone. */
export function gapFaults(args: PlainArgs, config: AuditLoggingConfig): readonly ControlPlaneFault[] {
  const { secretbox = [] } = config.controlPlane.encryption;
  try {
    const { notSettable } = writtenFor(config, planeOf(config, placeholders(secretbox)));
    return chosen.flatMap(([property, isGiven, flag]) => {
      if (!isGiven(args) || (property === 'encryption' && tools[config.tool].encryptsItself)) return [];
      const gap = notSettable.find(({ what }) => what.startsWith(`kube-apiserver --${flag}=`));
      if (gap === undefined) return [];
      const message = `${config.tool} has no way to set it: ${inArguments(gap.why)}`;
      return [fault(property, undefined, message, inArguments(gap.instead))];
    });
  } catch (error) {
    if (error instanceof ControlPlaneError) return error.faults;
    throw error;
  }
}
