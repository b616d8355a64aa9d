import { changing, rightRule } from './support';

export const rbacAdmission = rightRule(
  {
    id: 'rbac-admission',
    title: 'No role changes admission',
    severity: 'error',
    why: 'A webhook sees every object on its way in, Secrets included, and can change it; who deletes a policy or a webhook switches off what it kept out. Source: CIS Kubernetes Benchmark 5.1.12.',
    fix: 'Leave it to those who run the cluster; name the one configuration that a controller keeps current in resourceNames, with an exception.',
  },
  [
    {
      groups: ['admissionregistration.k8s.io'],
      resources: [
        'validatingwebhookconfigurations',
        'mutatingwebhookconfigurations',
        'validatingadmissionpolicies',
        'validatingadmissionpolicybindings',
        'mutatingadmissionpolicies',
        'mutatingadmissionpolicybindings',
      ],
      verbs: changing,
      gains: 'reads and changes every object on its way in, or switches the policies off',
    },
  ],
);
