import { resourceFault, resourceNamed } from '../../core/rbac/resources';
import { bindRole } from '../access/role';
import type { DeclarationFault } from '../app/declaration';
import { platformOf } from '../app/platform-of';
import { list, record, required, type Shape, type Shapes, text } from '../app/shape';
import type { SecureWorkload } from '../workload/workload';
import type { WorkloadNetwork } from './workload-network';

/** Verbs that a Role may hold. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** What a workload may do through the API server, in its own namespace. */
export interface ApiAccessRule {
  readonly resources: readonly [string, ...string[]];
  readonly verbs: readonly [Verb, ...Verb[]];
  /** @default - the core group */
  readonly apiGroups?: readonly string[];
  /** Only the objects with these names. @default - all of them */
  readonly resourceNames?: readonly string[];
}

/** RBAC takes an empty list of names for all of them: one that was worked out, and came out empty, would grant everything. */
const someNames: Shape = {
  what: 'a list of names',
  take: (given, path, report) => {
    const names = list(text).take(given, path, report);
    const remedy = 'name the objects; leave it out where all of them are meant';
    if (Array.isArray(given) && given.length === 0) report(path, given, 'no name is every name to RBAC', remedy);
    if (Array.isArray(given) && given.includes('')) report(path, given, 'it holds a name that is empty', remedy);
    return names;
  },
};

const ruleShapes: Shapes<ApiAccessRule> = {
  resources: required(list(text), "['configmaps']"),
  verbs: required(list(text), "['get']"),
  apiGroups: list(text),
  resourceNames: someNames,
};

/** The shape of what is granted. */
export const apiAccessShape = list(record(ruleShapes));

/**
 * A Role of its own, bound to its ServiceAccount alone, and the way to the API server.
 * @param rules read at synthesis, so that later grants are part of it
 */
export function apiAccess(workload: SecureWorkload, network: WorkloadNetwork, rules: readonly ApiAccessRule[]): void {
  const { name, namespace, serviceAccountName } = workload;
  bindRole(workload, {
    name,
    rules: () => rules.map(({ apiGroups, ...rule }) => ({ apiGroups: apiGroups ?? [''], ...rule })),
    subjects: [{ kind: 'ServiceAccount', name: serviceAccountName, ...(namespace !== undefined && { namespace }) }],
  });
  const { cidrs, port } = platformOf(workload).target.apiServer;
  const [first, ...more] = cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  if (first) {
    network.open('egress', [{ peers: [first, ...more], ports: [{ protocol: 'TCP', port }] }], 'the API server');
    return;
  }
  network.fault({
    rule: 'api-server-endpoints',
    property: 'grantApiAccess',
    message: 'the addresses of the API server are not known, so that the way to it cannot be opened',
    remedy:
      "declare apiServer: { cidrs: ['203.0.113.10/32'] } in the ClusterTarget: what `kubectl get endpointslices -n default kubernetes` shows",
  });
}

/**
 * The rule for some verbs on a resource, whose group need not be said where it is Kubernetes' own.
 * @param resource in the plural: `pods`, `deployments`, `widgets.example.com`
 */
export function ruleFor(
  method: string,
  verbs: ApiAccessRule['verbs'],
  resource: string,
  names: readonly string[] = [],
): ApiAccessRule | DeclarationFault {
  const named = typeof resource === 'string' ? resourceNamed(resource) : undefined;
  if (named !== undefined)
    return {
      apiGroups: [named.group],
      resources: [named.resource],
      verbs,
      ...(names.length > 0 && { resourceNames: names }),
    };
  return { rule: 'prop-valid', property: method, value: resource, ...resourceFault(resource) };
}
