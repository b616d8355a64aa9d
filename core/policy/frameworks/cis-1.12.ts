import type { Control, Framework } from './framework';

const controlPlane =
  'It is a file or a flag of the control plane, which no manifest of an application shows: ask kube-bench on its nodes.';
const nodes =
  'It is a file or a flag of a node, which no manifest of an application shows: ask kube-bench on the node.';

/** The sections about the cluster itself. Their recommendations are named by section: none of them is about manifests. */
const ofTheCluster: readonly Control[] = [
  { id: '1', title: 'Control plane components', rules: [], gap: controlPlane },
  { id: '2', title: 'etcd', rules: [], gap: controlPlane },
  { id: '3', title: 'Control plane configuration', rules: [], gap: controlPlane },
  { id: '4', title: 'Worker nodes', rules: [], gap: nodes },
];

const rbac: readonly Control[] = [
  { id: '5.1.1', title: 'cluster-admin only where it is needed', rules: ['rbac-cluster-admin'] },
  { id: '5.1.2', title: 'Few may read Secrets', rules: ['rbac-secrets'] },
  { id: '5.1.3', title: 'Roles without wildcards', rules: ['rbac-wildcard'] },
  { id: '5.1.4', title: 'Few may create pods', rules: ['rbac-workloads'] },
  {
    id: '5.1.5',
    title: 'Default service accounts are not used',
    rules: ['service-account-name', 'service-account-automount', 'rbac-default-account'],
  },
  {
    id: '5.1.6',
    title: 'Tokens of service accounts only where they are needed',
    rules: ['service-account-token', 'service-account-automount'],
  },
  { id: '5.1.7', title: 'Nobody is in system:masters', rules: ['rbac-masters'] },
  {
    id: '5.1.8',
    title: 'Few may bind, impersonate and escalate',
    rules: ['rbac-bind', 'rbac-impersonate', 'rbac-escalate'],
  },
  { id: '5.1.9', title: 'Few may create persistent volumes', rules: ['rbac-persistent-volumes'] },
  { id: '5.1.10', title: 'Few may use the proxy of nodes', rules: ['rbac-node-proxy'] },
  { id: '5.1.11', title: 'Few may approve certificates', rules: ['rbac-certificates'] },
  { id: '5.1.12', title: 'Few may change admission webhooks', rules: ['rbac-admission'] },
  { id: '5.1.13', title: 'Few may make tokens of service accounts', rules: ['rbac-tokens'] },
];

const pods: readonly Control[] = [
  {
    id: '5.2.1',
    title: 'Something decides which pods are let in',
    rules: ['namespace-pod-security'],
    gap: 'An admission controller of another kind is not seen: only Pod Security Admission is asked for, in each namespace.',
  },
  { id: '5.2.2', title: 'No privileged containers', rules: ['privileged'] },
  { id: '5.2.3', title: 'No process namespace of the host', rules: ['host-namespaces'] },
  { id: '5.2.4', title: 'No IPC namespace of the host', rules: ['host-namespaces'] },
  { id: '5.2.5', title: 'No network namespace of the host', rules: ['host-namespaces'] },
  { id: '5.2.6', title: 'No allowPrivilegeEscalation', rules: ['privilege-escalation'] },
  { id: '5.2.7', title: 'No containers as root', rules: ['run-as-non-root', 'run-as-user'] },
  { id: '5.2.8', title: 'No NET_RAW', rules: ['capabilities-drop-all', 'capabilities-add'] },
  { id: '5.2.9', title: 'No capabilities', rules: ['capabilities-drop-all', 'capabilities-add'] },
  { id: '5.2.10', title: 'No Windows HostProcess containers', rules: ['windows-host-process'] },
  { id: '5.2.11', title: 'No hostPath volumes', rules: ['host-path-volumes', 'host-path-persistent-volume'] },
  { id: '5.2.12', title: 'No host ports', rules: ['host-ports'] },
];

const others: readonly Control[] = [
  { id: '5.3.1', title: 'The network plugin enforces network policies', rules: ['network-policy-enforced'] },
  {
    id: '5.3.2',
    title: 'Every namespace has network policies',
    rules: ['namespace-network-isolation', 'network-policy-coverage'],
  },
  {
    id: '5.4.1',
    title: 'Secrets as files rather than as environment variables',
    rules: ['secret-in-env', 'secret-literal'],
  },
  { id: '5.4.2', title: 'Secrets in a store outside of the cluster', rules: ['secret-in-manifest'] },
  {
    id: '5.5.1',
    title: 'Where images come from is checked',
    rules: ['image-allowed', 'image-digest'],
    gap: 'ImagePolicyWebhook is a plugin of the API server, which no manifest shows; signatures are in the registry.',
  },
  {
    id: '5.6.1',
    title: 'Namespaces part what belongs to different owners',
    rules: ['namespace-default', 'namespace-system'],
  },
  { id: '5.6.2', title: 'A seccomp profile', rules: ['seccomp-profile'] },
  {
    id: '5.6.3',
    title: 'A security context for pods and containers',
    rules: [
      'run-as-non-root',
      'privilege-escalation',
      'capabilities-drop-all',
      'read-only-root-filesystem',
      'seccomp-profile',
      'explicit-ids',
    ],
  },
  { id: '5.6.4', title: 'The namespace default is not used', rules: ['namespace-default'] },
];

/**
 * Section 5 in full, in our words; numbers and subjects are those of kube-bench, which were compared one by one:
 * https://github.com/aquasecurity/kube-bench/blob/main/cfg/cis-1.12/policies.yaml. The other sections are about the cluster itself. From 1.11 on the section has no recommendation of its own about
 * added capabilities, and its general policies are 5.6: scanners that number them 5.2.13 and 5.7 follow older versions.
 */
export const cis112: Framework = {
  id: 'cis-1.12',
  title: 'CIS Kubernetes Benchmark v1.12, section 5 (policies)',
  url: 'https://www.cisecurity.org/benchmark/kubernetes',
  controls: [...ofTheCluster, ...rbac, ...pods, ...others],
};
