import { isDnsSubdomain } from '../core/manifest/names';
import type { ArgumentFault } from './argument-fault';

/** What is wrong with names of what the cluster has to have already, by the arguments that give them. */
export function existingNameFaults(
  kind: 'ClusterIssuer' | 'StorageClass',
  names: Readonly<Record<string, string | undefined>>,
): readonly ArgumentFault[] {
  return Object.entries(names).flatMap(([key, name]) => {
    if (name === undefined || isDnsSubdomain(name)) return [];
    return [{ key, message: `${shown(name)} is no name of a ${kind}`, remedy: 'write it as kubectl get shows it' }];
  });
}

/** What is wrong with a namespace that a stack makes, where it is one of Kubernetes' own. */
export function ownNamespaceFaults(key: string, name: string): readonly ArgumentFault[] {
  if (!/^(default|kube-.*)$/.test(name)) return [];
  const message = `${name} is Kubernetes' own, and would get the labels and policies of this stack`;
  return [{ key, message, remedy: 'give a name of a namespace that this stack makes' }];
}

/** A name that may be anything, as a fault shows it. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
}
