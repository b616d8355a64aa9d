import { pods } from '../../clause';
import { podRule } from '../../define';
import { is } from '../../expression/operators';

export const hostNamespaces = podRule({
  id: 'host-namespaces',
  title: 'Pods share no namespace with their node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'On the network of the node an attacker escapes every NetworkPolicy, listens to the traffic of the node and reaches what is bound to its loopback; ' +
    'with its processes they read the environment and the files of every process through /proc.',
  fix: 'Leave hostNetwork, hostPID and hostIPC out; publish ports with a Service.',
  clauses: [
    pods.violation({
      when: ({ spec }) => is(spec.hostNetwork, true),
      at: ({ spec }) => spec.hostNetwork,
      message: 'the pod uses the network of its node',
      remedy: 'leave hostNetwork out',
      fix: 'remove',
    }),
    pods.violation({
      when: ({ spec }) => is(spec.hostPID, true),
      at: ({ spec }) => spec.hostPID,
      message: 'the pod sees the processes of its node',
      remedy: 'leave hostPID out',
      fix: 'remove',
    }),
    pods.violation({
      when: ({ spec }) => is(spec.hostIPC, true),
      at: ({ spec }) => spec.hostIPC,
      message: 'the pod shares memory with the processes of its node',
      remedy: 'leave hostIPC out',
      fix: 'remove',
    }),
  ],
});
