import { opening, rightRule } from './support';

export const rbacPortForward = rightRule(
  {
    id: 'rbac-port-forward',
    title: 'No role reaches ports past the network policies',
    severity: 'error',
    why: 'A forwarded port or a proxied request comes from the node or the API server: databases and admin pages that no NetworkPolicy opens answer to it, mostly without a password.',
    fix: 'Leave portforward and proxy out; open what people need by a NetworkPolicy and an Ingress or Gateway that asks who they are.',
  },
  [
    {
      groups: [''],
      resources: ['pods/portforward'],
      verbs: opening,
      gains: 'reaches ports of pods past every NetworkPolicy',
    },
    {
      groups: [''],
      resources: ['pods/proxy', 'services/proxy'],
      verbs: opening,
      gains: 'reaches pods through the API server, past every NetworkPolicy',
    },
  ],
);
