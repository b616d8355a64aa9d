import { rightRule } from './support';

export const rbacEvents = rightRule(
  {
    id: 'rbac-events',
    title: 'No role deletes events',
    severity: 'warning',
    why: 'Events are where a failed pull, a restart and a refused pod are seen first: an attacker who deletes them leaves less to find.',
    fix: 'Grant create and patch alone: events go by themselves after an hour.',
  },
  [
    {
      groups: ['', 'events.k8s.io'],
      resources: ['events'],
      verbs: ['delete', 'deletecollection'],
      gains: 'removes the traces of what it did',
    },
  ],
);
