import { containers } from '../../clause';
import { podRule } from '../../define';
import { and, isOneOf, not, text } from '../../expression/operators';

export const sshPort = podRule({
  id: 'ssh-port',
  title: 'No container runs an SSH server',
  severity: 'warning',
  why:
    'An SSH server is a way in that RBAC and the audit log of the cluster do not see, with keys and passwords of its own to guess or to steal. ' +
    'Whoever has one keeps it when their access to the cluster is taken away.',
  fix: 'Remove the server and the port; use `kubectl exec` or `kubectl debug`, which RBAC allows and the audit log records.',
  clauses: [
    containers
      .each(({ ports }) => ports)
      .violation({
        when: ({ containerPort, protocol }) =>
          and(isOneOf(containerPort, [22, 2222]), not(isOneOf(protocol, ['UDP', 'SCTP']))),
        at: ({ containerPort }) => containerPort,
        message: ({ containerPort }, container) => text`${container} listens on port ${containerPort}, the port of SSH`,
        remedy: 'remove the SSH server; use kubectl exec or kubectl debug',
      }),
  ],
});
