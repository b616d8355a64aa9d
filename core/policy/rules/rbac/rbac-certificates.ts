import { rightRule } from './support';

export const rbacCertificates = rightRule(
  {
    id: 'rbac-certificates',
    title: 'No role approves or signs certificates',
    severity: 'error',
    why: 'A client certificate of the cluster names its user and groups and cannot be revoked: who approves or signs requests makes one for any user. Source: CIS Kubernetes Benchmark 5.1.11.',
    fix: 'Leave it out; where a controller approves requests of one signer, name the signer in resourceNames, with an exception.',
  },
  [
    {
      groups: ['certificates.k8s.io'],
      resources: ['certificatesigningrequests/approval'],
      verbs: ['update', 'patch'],
      gains: 'approves client certificates for any user',
    },
    {
      groups: ['certificates.k8s.io'],
      resources: ['signers'],
      verbs: ['approve', 'sign'],
      gains: 'makes client certificates for any user',
    },
  ],
);
