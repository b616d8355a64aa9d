import type { ArgumentFault } from '../../argument-fault';
import { configKeys } from '../config-keys';
import { chosenStacks, type Settings } from '../settings';
import type { StackId } from '../stack-ids';

/** Arguments that are keys of the program, and no stack's own. */
const ofProgram = ['kubernetesVersion', 'distribution'];

/** Faults of a stack's arguments, by the keys of the program. What is wrong with the cluster is said once, by whatever stack comes first. */
export function byKeys(
  { id, under }: { readonly id: StackId; readonly under: string },
  faults: readonly ArgumentFault[],
  settings: Settings,
): readonly string[] {
  const isFirst = chosenStacks(settings)[0] === id;
  return faults.flatMap(({ key, message, remedy }) => {
    const [first = ''] = key.split('.');
    if (!ofProgram.includes(first)) return [`${under}.${key}: ${message}; ${remedy}`];
    return isFirst ? [`${key}: ${message}; ${remedy}`] : [];
  });
}

/** A stack is named, and cannot be made without being told about. */
export function untold(id: StackId, key: 'logPipeline' | 'privateRegistry'): string {
  const { required } = configKeys[key];
  const needed = `${required.slice(0, -1).join(', ')} and ${required.at(-1)}`;
  return `${key}: it is missing, and ${id} is among stacks; give ${needed}, or take the stack away`;
}
