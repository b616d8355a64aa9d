import type { AuditResources, AuditRule, AuditVerb } from './rule';
import { sensitiveCustomResources, sensitiveResources, withSubresource } from './sensitive';

/** {@link AuditPolicy.recommended} */
export interface RecommendedAuditOptions {
  /**
   * How much is logged of what is written to Kubernetes' own resources, access to the cluster aside: `RequestResponse` says what was asked
   * for and what came of it, `Request` halves that, `Metadata` is a tenth.
   * @default 'RequestResponse'
   */
  readonly writes?: 'Metadata' | 'Request' | 'RequestResponse';
  /** Further resources whose bodies hold secrets. @default - none */
  readonly sensitive?: readonly AuditResources[];
}

const writing: readonly AuditVerb[] = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/**
 * Kubernetes' own groups whose writes are logged with bodies. Not in it: authentication.k8s.io and authorization.k8s.io (tokens, and a review
 * for every question), coordination.k8s.io, discovery.k8s.io and events.k8s.io (what controllers write all the time).
 */
const ownGroups = [
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
] as const;

/** What is never logged with bodies comes first, so that no rule after it can. */
export function guardRules(sensitive: readonly AuditResources[] = []): readonly AuditRule[] {
  const known = [...sensitiveResources, ...sensitiveCustomResources].map(({ group, resources }) => ({
    group,
    resources,
  }));
  return [{ level: 'Metadata', resources: merged([...known, ...sensitive]) }];
}

function merged(list: readonly AuditResources[]): readonly AuditResources[] {
  const byGroup = new Map<string, AuditResources>();
  for (const entry of list) {
    // Names narrow an entry: it stays by itself.
    const key = entry.resourceNames === undefined ? entry.group : JSON.stringify(entry);
    const known = byGroup.get(key);
    const patterns = (entry.resources ?? ['*']).flatMap((resource) => withSubresource(resource, '*'));
    const resources = [...new Set([...(known?.resources ?? []), ...patterns])];
    byGroup.set(key, { ...entry, resources });
  }
  return [...byGroup.values()];
}

/**
 * What follows the guards, in the order of Kubernetes' own policy for GCE (cluster/gce/gci/configure-helper.sh): what everybody does all
 * day is left out, what gives power is logged in full, other writes as asked for, all else by its metadata.
 */
export function recommendedRules({ writes = 'RequestResponse' }: RecommendedAuditOptions): readonly AuditRule[] {
  return [...powerRules, ...quietRules, ...writeRules(writes), { level: 'Metadata' }];
}

/** What lets somebody into a container, or changes what anybody may do. CIS 1.12 3.2.2. */
export const powerRules: readonly AuditRule[] = [
  {
    level: 'RequestResponse',
    resources: [
      {
        group: '',
        resources: [
          'pods/exec',
          'pods/attach',
          'pods/portforward',
          'pods/proxy',
          'pods/ephemeralcontainers',
          'services/proxy',
          'nodes/proxy',
        ],
      },
    ],
  },
  {
    level: 'RequestResponse',
    verbs: writing,
    resources: [
      { group: 'rbac.authorization.k8s.io' },
      { group: 'admissionregistration.k8s.io' },
      { group: 'apiregistration.k8s.io' },
      { group: 'apiextensions.k8s.io' },
      { group: 'certificates.k8s.io' },
      { group: '', resources: ['namespaces', 'serviceaccounts'] },
    ],
  },
];

const kubeSystemAccount = (name: string): string => `system:serviceaccount:kube-system:${name}`;

/** What programs of the cluster do many times a second, and that says nothing. Nothing that deletes is in it. */
const quietRules: readonly AuditRule[] = [
  { level: 'None', verbs: ['get', 'head'], nonResourceURLs: ['/healthz*', '/livez*', '/readyz*', '/version'] },
  {
    level: 'None',
    users: ['system:kube-proxy', kubeSystemAccount('kube-proxy')],
    verbs: ['list', 'watch'],
    resources: [
      { group: '', resources: ['endpoints', 'services', 'services/status', 'nodes'] },
      { group: 'discovery.k8s.io', resources: ['endpointslices'] },
      { group: 'networking.k8s.io', resources: ['servicecidrs'] },
    ],
  },
  {
    level: 'None',
    userGroups: ['system:nodes'],
    verbs: ['get'],
    resources: [{ group: '', resources: ['nodes', 'nodes/status'] }],
  },
  {
    level: 'None',
    userGroups: ['system:nodes'],
    verbs: ['get', 'update', 'patch'],
    namespaces: ['kube-node-lease'],
    resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }],
  },
  {
    level: 'None',
    users: [
      'system:kube-controller-manager',
      'system:cloud-controller-manager',
      'system:kube-scheduler',
      'system:apiserver',
    ],
    verbs: ['get', 'update'],
    namespaces: ['kube-system'],
    resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }],
  },
  {
    level: 'None',
    users: ['system:kube-controller-manager', kubeSystemAccount('horizontal-pod-autoscaler')],
    verbs: ['get', 'list'],
    resources: [{ group: 'metrics.k8s.io' }, { group: 'custom.metrics.k8s.io' }, { group: 'external.metrics.k8s.io' }],
  },
  {
    level: 'None',
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
    resources: [
      { group: '', resources: ['events'] },
      { group: 'events.k8s.io', resources: ['events'] },
    ],
  },
];

function writeRules(level: NonNullable<RecommendedAuditOptions['writes']>): readonly AuditRule[] {
  if (level === 'Metadata') return [];
  return [
    {
      level: 'Request',
      users: ['system:node-problem-detector', kubeSystemAccount('node-problem-detector')],
      verbs: ['update', 'patch'],
      resources: [{ group: '', resources: ['nodes/status', 'pods/status'] }],
    },
    {
      level: 'Request',
      userGroups: ['system:nodes'],
      verbs: ['update', 'patch'],
      resources: [{ group: '', resources: ['nodes/status', 'pods/status'] }],
    },
    // The answer is every object that was deleted.
    {
      level: 'Request',
      users: [kubeSystemAccount('namespace-controller')],
      verbs: ['deletecollection'],
      resources: ownGroups.map((group) => ({ group })),
    },
    // What controllers write of every Service, all the time.
    { level: 'Metadata', resources: [{ group: '', resources: ['endpoints'] }] },
    { level, verbs: writing, resources: ownGroups.map((group) => ({ group })) },
  ];
}
