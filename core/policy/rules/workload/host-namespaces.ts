import type { Violation } from '../../finding';
import type { PodRule } from '../../rule';
import { NONE } from '../support';

const namespaces = [
  { field: 'hostNetwork', message: 'the pod uses the network of its node' },
  { field: 'hostPID', message: 'the pod sees the processes of its node' },
  { field: 'hostIPC', message: 'the pod shares memory with the processes of its node' },
] as const;

export const hostNamespaces = {
  id: 'host-namespaces',
  subject: 'pod',
  title: 'Pods share no namespace with their node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'On the network of the node an attacker escapes every NetworkPolicy, listens to the traffic of the node and reaches what is bound to its loopback; ' +
    'with its processes they read the environment and the files of every process through /proc.',
  fix: 'Leave hostNetwork, hostPID and hostIPC out; publish ports with a Service.',
  check: ({ spec, path }) => {
    if (spec.hostNetwork !== true && spec.hostPID !== true && spec.hostIPC !== true) return NONE;
    const found: Violation[] = [];
    for (const { field, message } of namespaces) {
      if (spec[field] !== true) continue;
      found.push({ path: [...path, field], value: true, message, remedy: `leave ${field} out` });
    }
    return found;
  },
} as const satisfies PodRule;
