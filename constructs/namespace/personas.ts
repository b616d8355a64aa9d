/** One rule of a Role: verbs on resources of API groups. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What a group of people does in a namespace. */
export type Persona = 'viewer' | 'developer' | 'operator' | 'admin';

/** The groups that have each persona, by their names at the identity provider. */
export interface PersonaGroups {
  /** See everything but Secrets. @default - nobody */
  readonly viewers?: readonly string[];
  /** See everything but Secrets, and read logs. No exec, no Secrets. @default - nobody */
  readonly developers?: readonly string[];
  /** As developers, and restart (by deleting a pod), scale and evict. No exec, no Secrets. @default - nobody */
  readonly operators?: readonly string[];
  /**
   * Run the namespace: its workloads, its configuration, and Secrets to be written but neither read nor deleted through the API, which
   * answers a deletion with what it deletes (whoever runs workloads can still mount what is there). No exec. Not its quota, limits, isolation or access rights.
   * @default - nobody
   */
  readonly admins?: readonly string[];
}

const read = ['get', 'list', 'watch'] as const;
const write = ['create', 'delete', 'deletecollection', 'patch', 'update'] as const;
/** Writing without reading: the server answers an empty patch and a dry run of `delete` with the whole object, and `deletecollection` with all. */
const writeUnseen = ['create', 'update'] as const;

const core = [
  'configmaps',
  'endpoints',
  'events',
  'limitranges',
  'persistentvolumeclaims',
  'pods',
  'pods/status',
  'podtemplates',
  'replicationcontrollers',
  'resourcequotas',
  'resourcequotas/status',
  'serviceaccounts',
  'services',
  'services/status',
];
const workloads = ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'];
const workloadState = [
  'daemonsets/status',
  'deployments/scale',
  'deployments/status',
  'replicasets/status',
  'statefulsets/scale',
  'statefulsets/status',
];

/** What a viewer may: no Secrets, since a Secret that can be read is a credential. */
const viewer: readonly PolicyRule[] = [
  { apiGroups: [''], resources: core, verbs: read },
  { apiGroups: ['apps'], resources: [...workloads, ...workloadState], verbs: read },
  { apiGroups: ['batch'], resources: ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'], verbs: read },
  {
    apiGroups: ['autoscaling'],
    resources: ['horizontalpodautoscalers', 'horizontalpodautoscalers/status'],
    verbs: read,
  },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'ingresses/status', 'networkpolicies'], verbs: read },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets', 'poddisruptionbudgets/status'], verbs: read },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: read },
  { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings', 'roles'], verbs: read },
];

const developer: readonly PolicyRule[] = [...viewer, { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }];

/**
 * Scaling, eviction, and a deleted pod, which its controller makes anew. Nothing that changes a pod template: whoever can write one
 * can read every Secret of the namespace through it.
 */
const operator: readonly PolicyRule[] = [
  ...developer,
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['patch', 'update'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['delete'] },
];

const admin: readonly PolicyRule[] = [
  ...operator,
  {
    apiGroups: [''],
    resources: [
      'configmaps',
      'persistentvolumeclaims',
      'pods',
      'replicationcontrollers',
      'serviceaccounts',
      'services',
    ],
    verbs: write,
  },
  { apiGroups: [''], resources: ['secrets'], verbs: writeUnseen },
  { apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: write },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: write },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: write },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: write },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: write },
];

/** What each persona may, on named resources with named verbs: no wildcards. */
export const personaRules: Readonly<Record<Persona, readonly PolicyRule[]>> = { viewer, developer, operator, admin };

/** The personas that some group has, with those groups. */
export function groupsByPersona(groups: PersonaGroups): readonly (readonly [Persona, readonly string[]])[] {
  const all: Readonly<Record<Persona, readonly string[] | undefined>> = {
    viewer: groups.viewers,
    developer: groups.developers,
    operator: groups.operators,
    admin: groups.admins,
  };
  return (Object.keys(all) as Persona[]).flatMap((persona) => {
    const names = all[persona];
    return names?.length ? [[persona, names] as const] : [];
  });
}
