import { apiGroup, type Identity } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { secretReadingVerbs } from '../../rbac/secret-verbs';
import type { Known } from './known';
import { at, listAt, placeKey, textAt, textsAt } from './lookup';
import { kubernetesSecret, named } from './naming';
import { inSecret, type ReadingPod, serviceAccountOf } from './pod';
import type { SecretReading } from './reading';

const group = 'rbac.authorization.k8s.io';

const readingVerbs: ReadonlySet<string> = new Set([...secretReadingVerbs, '*']);

/** A Secret that a role reads, or all of them, before anybody says in which namespace. */
type Granted = { readonly name?: string };

/** Who reads Secrets from the API server: the pods that run as a bound account, other subjects, and roles that nothing here binds. */
export function readingsOfRoles(
  objects: readonly KubernetesObject[],
  pods: readonly ReadingPod[],
  known: Known,
): readonly SecretReading[] {
  const ofGroup = objects.filter(({ apiVersion }) => apiGroup(apiVersion) === group);
  const roles = new Map<string, { readonly object: KubernetesObject; readonly granted: readonly Granted[] }>();
  for (const object of ofGroup)
    if (object.kind === 'Role' || object.kind === 'ClusterRole')
      roles.set(roleKey(object.kind, namespaceOf(object), nameOf(object)), { object, granted: grantedBy(object) });
  const bound = new Set<string>();
  const readings: SecretReading[] = [];
  for (const binding of ofGroup) {
    if (binding.kind !== 'RoleBinding' && binding.kind !== 'ClusterRoleBinding') continue;
    const kind = textAt(binding, 'roleRef', 'kind') ?? '';
    const name = textAt(binding, 'roleRef', 'name') ?? '';
    const namespace = binding.kind === 'RoleBinding' ? namespaceOf(binding) : undefined;
    const key = roleKey(kind, namespace, name);
    const role = roles.get(key);
    if (role === undefined) continue;
    bound.add(key);
    const secrets = role.granted.flatMap((each) =>
      secretsOf(each, namespace, binding.kind === 'ClusterRoleBinding', known),
    );
    const through = [`${kind} ${name}`, `${binding.kind} ${nameOf(binding)}`];
    for (const subject of listAt(binding, 'subjects'))
      for (const reader of readersOf(subject, namespace, pods))
        for (const { secret, ...rest } of secrets)
          readings.push({ reader, secret, way: 'api', ...rest, through: [...rest.through, ...through] });
  }
  for (const [key, { object, granted }] of roles) {
    if (bound.has(key)) continue;
    const namespace = namespaceOf(object);
    const reader: Identity = {
      group,
      kind: object.kind,
      ...(namespace !== undefined && { namespace }),
      name: nameOf(object),
    };
    for (const each of granted)
      for (const { secret, ...rest } of secretsOf(each, namespace, object.kind === 'ClusterRole', known))
        readings.push({ reader, secret, way: 'api', ...rest });
  }
  return readings;
}

function grantedBy(role: KubernetesObject): readonly Granted[] {
  return listAt(role, 'rules').flatMap((rule) => {
    const reads =
      textsAt(rule, 'apiGroups').some((one) => one === '' || one === '*') &&
      textsAt(rule, 'resources').some((one) => one === 'secrets' || one === '*') &&
      textsAt(rule, 'verbs').some((verb) => readingVerbs.has(verb));
    if (!reads) return [];
    const names = textsAt(rule, 'resourceNames');
    return names.length === 0 ? [{}] : names.map((name) => ({ name }));
  });
}

function secretsOf(
  { name }: Granted,
  namespace: string | undefined,
  isEverywhere: boolean,
  known: Known,
): readonly Omit<SecretReading, 'reader' | 'way'>[] {
  if (name !== undefined)
    return isEverywhere ? [{ ...named(kubernetesSecret('*', name)), through: [] }] : inSecret(namespace, known, name);
  const where = isEverywhere ? 'of every namespace' : 'of its namespace';
  const message = `the role reads every Secret ${where}: name them in resourceNames`;
  const secret = kubernetesSecret(isEverywhere ? '*' : namespace, '*');
  return [{ ...named(secret, { flag: { kind: 'wildcard', message } }), through: [] }];
}

/** The workloads that run as the subject; the subject itself where none does. */
function readersOf(
  subject: unknown,
  bindingNamespace: string | undefined,
  pods: readonly ReadingPod[],
): readonly Identity[] {
  const kind = textAt(subject, 'kind') ?? '';
  const name = textAt(subject, 'name') ?? '';
  if (kind !== 'ServiceAccount') return [{ group: textAt(subject, 'apiGroup') ?? group, kind, name }];
  const namespace = textAt(subject, 'namespace') ?? bindingNamespace;
  const readers = pods.filter((pod) => pod.namespace === namespace && serviceAccountOf(pod) === name);
  if (readers.length > 0) return readers.map(({ reader }) => reader);
  return [{ group: '', kind, ...(namespace !== undefined && { namespace }), name }];
}

function roleKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${placeKey(kind === 'Role' ? namespace : undefined, name)}`;
}

function namespaceOf(object: KubernetesObject): string | undefined {
  return object.kind.startsWith('Cluster') ? undefined : textAt(object, 'metadata', 'namespace');
}

function nameOf(object: unknown): string {
  return textAt(at(object, 'metadata'), 'name') ?? '';
}
