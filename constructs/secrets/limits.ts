import { secretInCommand } from '../../core/policy';
import type { SecretFault } from '../../core/secrets/fault';
import { changeSignals, type OnChange, processName } from '../../core/secrets/on-change';
import type { Platform } from '../app/platform';
import type { SecretReader } from './delivery';

/** What a delivery cannot do, with those that can. */
export function noDelivery(id: string, message: string, others: string): SecretFault {
  return { property: 'delivery', value: id, message, remedy: `deliver it by ${others}` };
}

/** Whether the pod runs on Windows, or can run on nothing else. */
export function isWindows({ windows, platform }: SecretReader): boolean {
  return windows || platform.target.nodes.os === 'windows';
}

/** Where the Secrets Store CSI driver's pods, which are privileged and mount the node's folders, cannot run. */
export function driverObstacle({ target }: Platform): string | undefined {
  if (target.distribution === 'eks-fargate') return 'Fargate runs no DaemonSet, and so no CSI driver';
  if (target.distribution === 'gke-autopilot')
    return "GKE Autopilot admits no privileged DaemonSet that is not one of its partners': the CSI driver is none";
  return undefined;
}

/** What is wrong with what is to happen on a change, whoever delivers the secret. */
export function changeFault(onChange: OnChange | undefined, { batch, kind }: SecretReader): SecretFault | undefined {
  if (onChange === undefined) return undefined;
  const wrong = wrongChange(onChange);
  if (wrong !== undefined || !batch) return wrong;
  return {
    property: 'onChange',
    message: `a ${kind} reads its secrets once, when it starts`,
    remedy: 'leave onChange out: the next run has the new value',
  };
}

function wrongChange(onChange: OnChange): SecretFault | undefined {
  const fault = (value: unknown, message: string, remedy: string): SecretFault => ({
    property: 'onChange',
    value,
    message,
    remedy,
  });
  if (onChange.kind === 'command') return commandFault(onChange.command);
  if (onChange.kind === 'signal' && !(changeSignals as readonly string[]).includes(onChange.signal))
    return fault(onChange.signal, `${onChange.signal} is no signal to send`, `send one of ${changeSignals.join(', ')}`);
  const { process } = onChange;
  if (process === undefined || processName.test(process)) return undefined;
  return fault(
    process,
    `${JSON.stringify(process)} is no name that a program can be found by`,
    'give the first 15 characters of its name, as ps shows it: letters, digits, dots, dashes and underscores',
  );
}

/** The command stands in an annotation, and in the list of processes. */
function commandFault(command: readonly string[]): SecretFault | undefined {
  const fault = (message: string, remedy: string): SecretFault => ({ property: 'onChange', message, remedy });
  if (command.length === 0)
    return { ...fault('the command is empty', 'name the program and its arguments'), value: [] };
  if (!command.every((word) => typeof word === 'string' && !word.includes('\0')))
    return fault(
      'the command has a word that is no text, or ends in the middle of one',
      'give each argument as a text',
    );
  const because = secretInCommand(command);
  if (because === undefined) return undefined;
  return fault(
    `the command ${because}`,
    'let the program read the file that the secret becomes; change the value, since it was written down',
  );
}
