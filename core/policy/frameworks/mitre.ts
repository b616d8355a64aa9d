import type { Control, Framework } from './framework';

const initialAccess: readonly Control[] = [
  {
    id: 'MS-TA9001',
    title: 'Initial access: Using cloud credentials',
    rules: [],
    gap: 'Credentials of the cloud are its own matter.',
  },
  {
    id: 'MS-TA9002',
    title: 'Initial access: Compromised image in registry',
    rules: ['image-allowed', 'image-digest', 'image-registry', 'image-deprecated-registry'],
    gap: 'What is in an image, and its signature, are in the registry.',
  },
  { id: 'MS-TA9003', title: 'Initial access: Kubeconfig file', rules: [], gap: 'It is a file of a person.' },
  {
    id: 'MS-TA9004',
    title: 'Initial access: Application vulnerability',
    rules: ['ingress-nginx-retired', 'ingress-snippet', 'ingress-annotations', 'git-sync-command'],
    gap: 'Faults of applications, scanners of images find.',
  },
  {
    id: 'MS-TA9005',
    title: 'Initial access: Exposed sensitive interfaces',
    rules: [
      'service-exposure',
      'service-external-ips',
      'admin-interface',
      'admin-tools',
      'host-ports',
      'rbac-anonymous',
    ],
  },
];

const execution: readonly Control[] = [
  { id: 'MS-TA9006', title: 'Execution: Exec into container', rules: ['rbac-exec'] },
  {
    id: 'MS-TA9007',
    title: 'Execution: bash or cmd inside container',
    rules: ['read-only-root-filesystem'],
    gap: 'Which programs an image has, its manifest does not say.',
  },
  {
    id: 'MS-TA9008',
    title: 'Execution: New container',
    rules: ['rbac-workloads', 'namespace-pod-security', 'naked-pod', 'limit-range', 'resource-quota'],
  },
  {
    id: 'MS-TA9009',
    title: 'Execution: Application exploit (RCE)',
    rules: [
      'read-only-root-filesystem',
      'privilege-escalation',
      'seccomp-profile',
      'apparmor-profile',
      'apparmor-missing',
      'selinux-options',
      'capabilities-drop-all',
    ],
    gap: 'Faults of applications, scanners of images find.',
  },
  {
    id: 'MS-TA9010',
    title: 'Execution: SSH server running inside container',
    rules: ['ssh-port'],
    gap: 'A server on another port goes unseen.',
  },
  {
    id: 'MS-TA9011',
    title: 'Execution: Sidecar injection',
    rules: ['rbac-admission', 'rbac-workloads', 'webhook-url', 'webhook-secrets'],
  },
];

const persistence: readonly Control[] = [
  { id: 'MS-TA9012', title: 'Persistence: Backdoor container', rules: ['rbac-workloads', 'image-allowed'] },
  {
    id: 'MS-TA9013',
    title: 'Persistence: Writable hostPath mount',
    rules: [
      'host-path-volumes',
      'host-path-writable',
      'host-path-sensitive',
      'host-path-persistent-volume',
      'runtime-socket',
      'volume-types',
      'rbac-persistent-volumes',
    ],
  },
  {
    id: 'MS-TA9014',
    title: 'Persistence: Kubernetes CronJob',
    rules: ['rbac-workloads'],
    gap: 'A CronJob is no fault: its pods are judged like all others.',
  },
  {
    id: 'MS-TA9015',
    title: 'Persistence: Malicious admission controller',
    rules: ['rbac-admission', 'webhook-url', 'webhook-secrets', 'gatekeeper-repo-prefix'],
  },
  {
    id: 'MS-TA9016',
    title: 'Persistence: Container service account',
    rules: [
      'service-account-token',
      'service-account-automount',
      'service-account-name',
      'token-lifetime',
      'token-secret',
      'rbac-tokens',
      'rbac-default-account',
      'rbac-broad-subject',
    ],
  },
  {
    id: 'MS-TA9017',
    title: 'Persistence: Static pods',
    rules: ['host-path-sensitive', 'host-path-volumes'],
    gap: 'Whether the kubelet reads manifests from the web is a flag of it.',
  },
];

const privilegeEscalation: readonly Control[] = [
  {
    id: 'MS-TA9018',
    title: 'Privilege escalation: Privileged container',
    rules: [
      'privileged',
      'privilege-escalation',
      'capabilities-add',
      'host-namespaces',
      'windows-host-process',
      'run-as-non-root',
      'run-as-user',
      'proc-mount',
      'sysctls',
      'user-namespaces',
      'scc-privileged',
      'sudo-entrypoint',
    ],
  },
  {
    id: 'MS-TA9019',
    title: 'Privilege escalation: Cluster-admin binding',
    rules: [
      'rbac-cluster-admin',
      'rbac-masters',
      'rbac-wildcard',
      'rbac-bind',
      'rbac-escalate',
      'rbac-impersonate',
      'rbac-roles',
      'rbac-aggregation',
      'rbac-certificates',
      'rbac-api-extension',
      'rbac-namespaces',
    ],
  },
  {
    id: 'MS-TA9020',
    title: 'Privilege escalation: Access cloud resources',
    rules: ['network-metadata', 'network-metadata-group', 'service-external-name', 'host-path-sensitive'],
    gap: 'What an identity may do in the cloud is a matter of the cloud.',
  },
];

const defenseEvasion: readonly Control[] = [
  {
    id: 'MS-TA9021',
    title: 'Defense evasion: Clear container logs',
    rules: ['host-path-writable', 'rbac-exec'],
    gap: 'Sending logs elsewhere is a matter of the cluster.',
  },
  { id: 'MS-TA9022', title: 'Defense evasion: Delete Kubernetes events', rules: ['rbac-events'] },
  {
    id: 'MS-TA9023',
    title: 'Defense evasion: Pod or container name similarity',
    rules: ['namespace-system'],
    gap: 'A name alone tells nothing.',
  },
  {
    id: 'MS-TA9024',
    title: 'Defense evasion: Connect from proxy server',
    rules: [],
    gap: 'It is about the network in front of the API server.',
  },
];

const credentialAccess: readonly Control[] = [
  { id: 'MS-TA9025', title: 'Credential access: List Kubernetes Secrets', rules: ['rbac-secrets', 'rbac-wildcard'] },
  {
    id: 'MS-TA9026',
    title: 'Credential access: Mount service principal',
    rules: ['host-path-sensitive', 'host-path-volumes'],
  },
  {
    id: 'MS-TA9027',
    title: 'Credential access: Application credentials in configuration files',
    rules: ['secret-in-env', 'secret-literal', 'secret-leak', 'secret-in-config', 'secret-in-manifest'],
  },
  {
    id: 'MS-TA9028',
    title: 'Credential access: Access managed identity credentials',
    rules: ['network-metadata', 'network-metadata-group', 'service-external-name'],
  },
];

const discovery: readonly Control[] = [
  {
    id: 'MS-TA9029',
    title: 'Discovery: Access Kubernetes API server',
    rules: ['service-account-token', 'service-account-automount', 'rbac-anonymous', 'rbac-broad-subject'],
    gap: 'Who reaches the API server over the network is a matter of its firewall.',
  },
  {
    id: 'MS-TA9030',
    title: 'Discovery: Access Kubelet API',
    rules: ['rbac-node-proxy', 'rbac-nodes', 'host-namespaces'],
    gap: 'Its own authentication is a flag of the kubelet.',
  },
  {
    id: 'MS-TA9031',
    title: 'Discovery: Network mapping',
    rules: ['namespace-network-isolation', 'network-policy-coverage', 'network-open', 'service-links'],
  },
  {
    id: 'MS-TA9033',
    title: 'Discovery: Instance metadata API',
    rules: ['network-metadata', 'network-metadata-group', 'service-external-name'],
  },
];

const lateralMovement: readonly Control[] = [
  {
    id: 'MS-TA9034',
    title: 'Lateral movement: Cluster internal networking',
    rules: [
      'namespace-network-isolation',
      'network-policy-enforced',
      'network-policy-coverage',
      'network-policy-unused',
      'network-peer-unknown',
      'network-port-unused',
      'network-open',
      'network-block',
      'network-cluster-address',
      'rbac-network-policies',
      'rbac-port-forward',
      'rbac-traffic',
      'rbac-service-status',
      'gateway-routes',
    ],
  },
  { id: 'MS-TA9035', title: 'Lateral movement: CoreDNS poisoning', rules: ['rbac-config-maps', 'host-aliases'] },
  {
    id: 'MS-TA9036',
    title: 'Lateral movement: ARP poisoning and IP spoofing',
    rules: ['capabilities-drop-all', 'capabilities-add'],
    gap: 'Whether the network plugin takes forged packets is its own matter.',
  },
];

const collection: readonly Control[] = [
  {
    id: 'MS-TA9037',
    title: 'Collection: Images from a private registry',
    rules: ['rbac-secrets', 'secret-in-manifest'],
    gap: 'Who else pulls from the registry is a matter of the registry.',
  },
  {
    id: 'MS-TA9041',
    title: 'Collection: Collecting data from pod',
    rules: ['rbac-exec', 'rbac-port-forward', 'ingress-tls', 'gateway-tls'],
  },
];

const impact: readonly Control[] = [
  {
    id: 'MS-TA9038',
    title: 'Impact: Data destruction',
    rules: ['rbac-deletion', 'rbac-persistent-volumes', 'storage-encryption'],
    gap: 'Backups are outside of the manifests.',
  },
  {
    id: 'MS-TA9039',
    title: 'Impact: Resource hijacking',
    rules: ['resource-quota', 'limit-range', 'cpu-request', 'memory-limit', 'namespace-quota', 'rbac-workloads'],
  },
  {
    id: 'MS-TA9040',
    title: 'Impact: Denial of service',
    rules: [
      'memory-limit',
      'ephemeral-storage-limit',
      'empty-dir-size',
      'resource-quota',
      'limit-range',
      'namespace-limit',
      'namespace-bounds',
      'service-exposure',
    ],
  },
];

/**
 * The techniques of the third version, each once and under the first tactic that has it: those of several tactics (the service
 * account of a container, writable hostPath mounts) are one control. MS-TA9032 is the second version's dashboard, now a part of
 * MS-TA9005.
 */
/**
 * Every technique, under the first of its tactics. Ids and names are those of docs/techniques in
 * https://github.com/microsoft/Threat-Matrix-for-Kubernetes, which were compared one by one; MS-TA9032 is no more.
 */
export const mitre: Framework = {
  id: 'mitre',
  title: 'Microsoft, Threat Matrix for Kubernetes, after MITRE ATT&CK (third version)',
  url: 'https://microsoft.github.io/Threat-Matrix-for-Kubernetes/',
  controls: [
    ...initialAccess,
    ...execution,
    ...persistence,
    ...privilegeEscalation,
    ...defenseEvasion,
    ...credentialAccess,
    ...discovery,
    ...lateralMovement,
    ...collection,
    ...impact,
  ],
};
