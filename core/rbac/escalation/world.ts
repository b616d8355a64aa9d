import { apiGroup, formatIdentity, identityOf } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { isMapping, listOf } from '../../manifest/plain';
import { containersOf, PodTemplateKinds, podTemplateOf } from '../../manifest/pod-template';
import { isNodeCapability, isNodeHeldBy } from '../../policy/node-access';
import type { Authorizer } from '../authorizer';
import { type Subject, serviceAccount, subjectKey } from '../subject';

/** Pods of a workload, as far as whoever gets into them gains by it. */
export interface RunningPods {
  readonly namespace: string;
  /** `Deployment.apps shop/web` */
  readonly workload: string;
  /** Whether a pod of theirs may have the name; never where the name is known only once they run. */
  readonly isPodName: (name: string) => boolean;
  readonly account: Subject;
  /** Whether a token of the account is in them. */
  readonly hasToken: boolean;
  /** Whether a container of theirs is as good as root on the node. */
  readonly isPrivileged: boolean;
}

/** A Secret with a token of a ServiceAccount that never ends. */
export interface TokenSecret {
  readonly namespace: string;
  readonly name: string;
  readonly account: Subject;
}

/** What there is to be had in a cluster besides roles. */
export interface EscalationWorld {
  readonly authorizer: Authorizer;
  /** Every namespace that something speaks of. */
  readonly namespaces: readonly string[];
  readonly accountsOf: (namespace: string) => readonly Subject[];
  readonly pods: readonly RunningPods[];
  readonly tokenSecrets: readonly TokenSecret[];
  readonly hasSecret: (namespace: string, name: string) => boolean;
  /** The namespaces with a workload of the name; undefined where no object is one. */
  readonly placesOf: (workload: string) => ReadonlySet<string> | undefined;
  /** Whether Pod Security keeps privileged pods out; undefined where the Namespace is not among the objects. */
  readonly isGuarded: (namespace: string) => boolean | undefined;
}

export interface EscalationOptions {
  /** @default 'default' */
  readonly defaultNamespace?: string;
  /** @default - Kubernetes' own kinds */
  readonly podTemplateKinds?: PodTemplateKinds;
}

/** What objects hold that somebody could take. */
export function escalationWorld(
  objects: readonly KubernetesObject[],
  authorizer: Authorizer,
  { defaultNamespace = 'default', podTemplateKinds = PodTemplateKinds.builtIn }: EscalationOptions = {},
): EscalationWorld {
  const accounts = new Map<string, Map<string, Subject>>();
  const guarded = new Map<string, boolean>();
  const namespaces = new Set<string>(['default', 'kube-system']);
  const pods: RunningPods[] = [];
  const tokenSecrets: TokenSecret[] = [];
  const secrets = new Set<string>();
  const places = new Map<string, Set<string>>();
  const add = (account: Subject): Subject => {
    const { namespace = defaultNamespace } = account;
    const own = accounts.get(namespace) ?? new Map<string, Subject>();
    accounts.set(namespace, own.set(subjectKey(account), account));
    namespaces.add(namespace);
    return account;
  };
  const automount = new Map<string, boolean>();
  for (const subject of authorizer.subjects) if (subject.kind === 'ServiceAccount') add(subject);
  for (const { namespace } of authorizer.bindings) if (namespace !== undefined) namespaces.add(namespace);
  for (const object of objects) {
    const { name = '', namespace = defaultNamespace, labels, annotations } = object.metadata ?? {};
    if (apiGroup(object.apiVersion) !== '') continue;
    if (object.kind === 'Namespace') {
      namespaces.add(name);
      guarded.set(name, ['baseline', 'restricted'].includes(labels?.['pod-security.kubernetes.io/enforce'] ?? ''));
    }
    if (object.kind === 'ServiceAccount') {
      const account = add(serviceAccount(namespace, name));
      automount.set(subjectKey(account), object.automountServiceAccountToken !== false);
    }
    if (object.kind === 'Secret') secrets.add(`${namespace}/${name}`);
    const of = annotations?.['kubernetes.io/service-account.name'];
    if (object.kind === 'Secret' && object.type === 'kubernetes.io/service-account-token' && of !== undefined)
      tokenSecrets.push({ namespace, name, account: add(serviceAccount(namespace, of)) });
  }
  for (const object of objects) {
    const template = podTemplateOf(object, podTemplateKinds);
    if (template === undefined) continue;
    const { name = '', namespace = defaultNamespace } = object.metadata ?? {};
    places.set(name, (places.get(name) ?? new Set()).add(namespace));
    const spec = template.spec as unknown as Readonly<Record<string, unknown>>;
    const account = add(serviceAccount(namespace, String(spec.serviceAccountName || spec.serviceAccount || 'default')));
    const own = spec.automountServiceAccountToken;
    pods.push({
      namespace,
      workload: formatIdentity(identityOf(object)),
      isPodName: podNamesOf(object),
      account,
      hasToken: (typeof own === 'boolean' ? own : (automount.get(subjectKey(account)) ?? true)) || projectsToken(spec),
      isPrivileged: isPrivileged(
        spec,
        containersOf(template.spec).map(({ container }) => container),
      ),
    });
  }
  return {
    authorizer,
    namespaces: [...namespaces].sort(),
    accountsOf: (namespace) => [...(accounts.get(namespace)?.values() ?? [])],
    pods,
    tokenSecrets,
    hasSecret: (namespace, name) => secrets.has(`${namespace}/${name}`),
    placesOf: (workload) => places.get(workload),
    isGuarded: (namespace) =>
      namespace === 'kube-system' ? (guarded.get(namespace) ?? false) : guarded.get(namespace),
  };
}

/** What the pods of an object are called: those of a StatefulSet are numbered. */
function podNamesOf({ apiVersion, kind, metadata }: KubernetesObject): RunningPods['isPodName'] {
  const own = metadata?.name ?? '';
  if (kind === 'Pod' && apiVersion === 'v1') return (name) => name === own;
  if (kind !== 'StatefulSet' || apiGroup(apiVersion) !== 'apps') return () => false;
  return (name) => name.startsWith(`${own}-`) && /^(?:0|[1-9]\d*)$/.test(name.slice(own.length + 1));
}

/** Whether a volume holds a token for the API server. */
function projectsToken({ volumes }: Readonly<Record<string, unknown>>): boolean {
  return listOf(volumes).some(
    (volume) =>
      isMapping(volume) &&
      isMapping(volume.projected) &&
      listOf(volume.projected.sources).some(
        (source) =>
          isMapping(source) &&
          isMapping(source.serviceAccountToken) &&
          source.serviceAccountToken.audience === undefined,
      ),
  );
}

function isPrivileged(spec: Readonly<Record<string, unknown>>, containers: readonly unknown[]): boolean {
  return (
    spec.hostPID === true ||
    listOf(spec.volumes).some(
      (volume) => isMapping(volume) && isMapping(volume.hostPath) && isNodeHeldBy(String(volume.hostPath.path)),
    ) ||
    containers.some((container) => {
      const context = isMapping(container) && isMapping(container.securityContext) ? container.securityContext : {};
      return context.privileged === true || (spec.hostUsers !== false && addsNodeCapability(context));
    })
  );
}

function addsNodeCapability({ capabilities }: Readonly<Record<string, unknown>>): boolean {
  return isMapping(capabilities) && listOf(capabilities.add).map(String).some(isNodeCapability);
}
