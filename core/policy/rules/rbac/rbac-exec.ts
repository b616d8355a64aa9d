import { opening, rightRule } from './support';

export const rbacExec = rightRule(
  {
    id: 'rbac-exec',
    title: 'No role runs commands in pods',
    severity: 'error',
    why: 'A shell in a pod is everything the pod has: its token, its Secrets, its place in the network. Nothing in a repository shows it, and admission of pods does not see it.',
    fix: 'Leave exec, attach and ephemeral containers out; grant them for an emergency in a role of its own, with an exception.',
  },
  [
    {
      groups: [''],
      resources: ['pods/exec', 'pods/attach'],
      verbs: opening,
      gains: 'runs commands in pods, with their secrets and tokens',
    },
    {
      groups: [''],
      resources: ['pods/ephemeralcontainers'],
      verbs: ['update', 'patch'],
      gains: 'puts a container of its own into running pods',
    },
  ],
);
