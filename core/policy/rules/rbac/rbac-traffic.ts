import { clusterRoleKinds, rightRule, writing } from './support';

export const rbacTraffic = rightRule(
  {
    id: 'rbac-traffic',
    title: 'No role of the cluster redirects traffic',
    severity: 'warning',
    why: 'Services, endpoints, ingresses and routes decide which pods answer for a name: who changes them in any namespace sends logins and payments of others to pods of their own.',
    fix: 'Grant it by a Role in the namespaces that are meant; endpoints and slices are for controllers alone.',
  },
  [
    {
      groups: ['', 'discovery.k8s.io', 'networking.k8s.io', 'gateway.networking.k8s.io'],
      resources: ['services', 'endpoints', 'endpointslices', 'ingresses', 'ingressclasses', 'gateways', 'httproutes'],
      verbs: writing,
      gains: 'sends the traffic of others to pods of its own',
      remedy: 'grant it by a Role in the namespaces that need it',
    },
  ],
  clusterRoleKinds,
);
