import type { Control, Framework } from './framework';

const pods: readonly Control[] = [
  {
    id: 'non-root-containers',
    title: '“Non-root” containers and “rootless” container engines',
    rules: ['run-as-non-root', 'run-as-user', 'run-as-group', 'explicit-ids', 'assigned-ids'],
    gap: 'Whether the engine itself runs without root, no manifest shows.',
  },
  { id: 'immutable-file-systems', title: 'Immutable container file systems', rules: ['read-only-root-filesystem'] },
  {
    id: 'secure-images',
    title: 'Building secure container images',
    rules: ['image-digest', 'image-allowed', 'image-registry', 'image-deprecated-registry'],
    gap: 'What is in an image, a scanner of images finds.',
  },
  {
    id: 'pod-security-enforcement',
    title: 'Pod security enforcement',
    rules: [
      ...(['namespace-pod-security', 'privileged', 'host-namespaces', 'host-ports', 'host-path-volumes'] as const),
      ...(['host-path-persistent-volume', 'host-path-sensitive', 'host-path-writable', 'runtime-socket'] as const),
      ...(['windows-host-process', 'privilege-escalation', 'capabilities-add', 'volume-types', 'proc-mount'] as const),
      ...(['sysctls', 'sudo-entrypoint', 'scc-privileged'] as const),
    ],
  },
  {
    id: 'service-account-tokens',
    title: 'Protecting Pod service account tokens',
    rules: [
      'service-account-token',
      'service-account-automount',
      'service-account-name',
      'token-lifetime',
      'token-secret',
    ],
  },
  {
    id: 'hardening-environments',
    title: 'Hardening container environments',
    rules: [
      'capabilities-drop-all',
      'seccomp-profile',
      'apparmor-profile',
      'apparmor-missing',
      'selinux-options',
      'user-namespaces',
    ],
    gap: 'Sandboxes of a hypervisor are a matter of the RuntimeClass and of the nodes.',
  },
];

const network: readonly Control[] = [
  { id: 'namespaces', title: 'Namespaces', rules: ['namespace-default', 'namespace-system'] },
  {
    id: 'network-policies',
    title: 'Network policies',
    rules: [
      ...(['network-policy-enforced', 'namespace-network-isolation', 'network-policy-coverage'] as const),
      ...(['network-policy-unused', 'network-peer-unknown', 'network-open', 'network-block'] as const),
      ...(['network-connection-blocked', 'network-port-unused', 'network-policy-redundant'] as const),
      ...(['network-cluster-address', 'service-exposure', 'service-external-ips'] as const),
    ],
  },
  {
    id: 'resource-policies',
    title: 'Resource policies',
    rules: [
      ...(['resource-quota', 'limit-range', 'namespace-quota', 'namespace-limit', 'namespace-bounds'] as const),
      ...(['cpu-request', 'memory-limit', 'ephemeral-storage-limit', 'empty-dir-size'] as const),
    ],
    gap: 'Limits of process ids are a setting of the kubelet. A CPU limit of each container is not demanded: docs/rules-not-taken.md says why.',
  },
  {
    id: 'control-plane',
    title: 'Control plane hardening',
    rules: ['admin-interface', 'admin-tools', 'ingress-snippet', 'ingress-annotations', 'ingress-nginx-retired'],
    gap: 'TLS, firewalls and ports of the API server are its flags and its network, which no manifest of an application shows.',
  },
  {
    id: 'etcd',
    title: 'Etcd',
    rules: [],
    gap: 'Its certificates and its firewall are of the control plane: ask kube-bench.',
  },
  { id: 'kubeconfig', title: 'Kubeconfig files', rules: [], gap: 'They are files of people and nodes.' },
  {
    id: 'worker-nodes',
    title: 'Worker node segmentation',
    rules: ['host-ports', 'service-exposure'],
    gap: 'Networks and firewalls of nodes are outside of Kubernetes.',
  },
  {
    id: 'encryption',
    title: 'Encryption',
    rules: ['ingress-tls', 'gateway-tls', 'storage-encryption'],
    gap: 'TLS between the components and between pods is a setting of the cluster or of a mesh.',
  },
  {
    id: 'secrets',
    title: 'Secrets',
    rules: ['secret-in-env', 'secret-literal', 'secret-leak', 'secret-in-config', 'secret-in-manifest', 'rbac-secrets'],
    gap: 'Encryption at rest is a flag of the API server.',
  },
  {
    id: 'cloud-infrastructure',
    title: 'Protecting sensitive cloud infrastructure',
    rules: ['network-metadata', 'network-metadata-group', 'service-external-name'],
    gap: 'What the identities of nodes may do is a matter of the cloud.',
  },
];

const access: readonly Control[] = [
  {
    id: 'authentication',
    title: 'Authentication',
    rules: ['rbac-anonymous', 'token-secret'],
    gap: 'How people sign in, and --anonymous-auth, are flags of the API server.',
  },
  {
    id: 'rbac',
    title: 'Role-based access control',
    rules: [
      ...([
        'rbac-cluster-admin',
        'rbac-wildcard',
        'rbac-bind',
        'rbac-escalate',
        'rbac-impersonate',
        'rbac-exec',
      ] as const),
      ...([
        'rbac-workloads',
        'rbac-roles',
        'rbac-tokens',
        'rbac-node-proxy',
        'rbac-nodes',
        'rbac-admission',
        'rbac-certificates',
      ] as const),
      ...(['rbac-persistent-volumes', 'rbac-namespaces', 'rbac-api-extension', 'rbac-network-policies'] as const),
      ...(['rbac-config-maps', 'rbac-deletion', 'rbac-traffic', 'rbac-service-status', 'rbac-aggregation'] as const),
      ...(['rbac-port-forward', 'rbac-masters', 'rbac-broad-subject', 'rbac-default-account'] as const),
    ],
  },
];

const operations: readonly Control[] = [
  {
    id: 'logging',
    title: 'Logging',
    rules: ['rbac-events'],
    gap: 'Audit policies, where logs go and how long they stay are settings of the API server and of the nodes.',
  },
  { id: 'threat-detection', title: 'Threat detection', rules: [], gap: 'It looks at running systems.' },
  {
    id: 'upgrading',
    title: 'Upgrading and application security practices',
    rules: ['target-api', 'ingress-nginx-retired'],
    gap: 'Vulnerability scans, tests and the removal of what is unused go on beside the manifests.',
  },
];

/**
 * The headings of the guide. It numbers none of them, so that the ids are ours; what stands below "Logging" and "Threat detection"
 * is taken together. Checked in 2026 not against the guide itself, of which only the PDF is published, but against what others
 * copied from it and agree on: the names that trivy (compliance k8s-nsa-1.0) and kubescape (framework nsa) took over, a
 * catalogue of scanners' checks that lists every heading, and for the five chapters
 * https://mitre.github.io/kube-secure-scanner/security/compliance/nsa-cisa-hardening.
 */
export const nsa: Framework = {
  id: 'nsa',
  title: 'NSA and CISA, Kubernetes Hardening Guide, version 1.2 (August 2022)',
  url: 'https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF',
  controls: [...pods, ...network, ...access, ...operations],
};
