import type { Identity } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { Authorizer } from '../../rbac/authorizer';
import {
  authenticationGroup,
  type ImpersonationMode,
  impersonationModes,
  isFor,
  verbOn,
} from '../../rbac/impersonation';
import { isNameless, type PolicyRule, ruleAllows, ruleAllowsSome } from '../../rbac/policy-rule';
import { type Binding, bindingOf, type Role, rbacGroup, type WrittenRule } from '../../rbac/read';
import { secretReadingVerbs } from '../../rbac/secret-verbs';
import { askerOf, keysOf, type Subject, serviceAccount, subjectKey } from '../../rbac/subject';
import type { Known } from './known';
import { kubernetesSecret, named } from './naming';
import { inSecret, type ReadingPod, serviceAccountOf } from './pod';
import type { SecretReading } from './reading';

/** Objects that name no namespace are in one that nobody else can name. */
const unnamed = '';

/** What a rule reads, before anybody says who. */
type Granted = Omit<SecretReading, 'reader' | 'way'>;

/** Who reads Secrets from the API server: the pods that run as a bound account, other subjects, and roles that nothing here binds. */
export function readingsOfRoles(
  objects: readonly KubernetesObject[],
  pods: readonly ReadingPod[],
  known: Known,
): readonly SecretReading[] {
  const authorizer = new Authorizer(objects, { defaultNamespace: unnamed });
  const runners = runnersOf(pods);
  const bound = new Set<KubernetesObject>();
  const readings: SecretReading[] = [];
  for (const object of objects) {
    const binding = bindingOf(object, unnamed);
    if (binding === undefined) continue;
    const role = authorizer.roleOf(binding);
    if (role === undefined) continue;
    bound.add(role.object);
    const asThemselves = { verbs: secretReadingVerbs, subjects: binding.subjects };
    for (const written of authorizer.rulesOf(role)) {
      bound.add(written.object);
      const through = throughOf(written, role, binding);
      for (const { verbs, subjects } of [asThemselves, ...actingFor(written.rule, binding, authorizer)]) {
        const granted = grantedBy(written.rule, binding, known, verbs);
        for (const reader of subjects.flatMap((subject) => readersOf(subject, runners)))
          for (const each of granted)
            readings.push({ reader, way: 'api', ...each, through: [...each.through, ...through] });
      }
    }
  }
  for (const role of authorizer.roles) {
    if (authorizer.isStanding(role) || bound.has(role.object)) continue;
    const { kind, name } = role;
    const reader: Identity = { group: rbacGroup, kind, ...namespaceOf(role), name };
    for (const { rule } of authorizer.rulesOf(role))
      for (const each of grantedBy(rule, role, known)) readings.push({ reader, way: 'api', ...each });
  }
  return readings;
}

/** Where the rule is written, the role that is bound, and the binding. */
function throughOf({ object }: WrittenRule, role: Role, binding: Binding): readonly string[] {
  const own = object === role.object ? [] : [`${object.kind} ${object.metadata?.name}`];
  return [...own, `${role.kind} ${role.name}`, `${binding.kind} ${binding.name}`];
}

/** The Secrets that a rule reads, as a role or a binding has it. */
function grantedBy(
  rule: PolicyRule,
  place: Role | Binding,
  known: Known,
  verbs: readonly string[] = secretReadingVerbs,
): readonly Granted[] {
  const requests = verbs.map((verb) => ({ verb, group: '', resource: 'secrets' }));
  const { resourceNames = [] } = rule;
  const names = resourceNames.filter((name) =>
    requests.some((request) => !isNameless(request) && ruleAllows(rule, { ...request, name })),
  );
  if (names.length > 0) return names.flatMap((name) => namedIn(place, name, known));
  return requests.some((request) => ruleAllows(rule, request)) ? [everySecret(place)] : [];
}

/** Who of a binding reads by acting as somebody else who reads, and by which verbs. A star among the verbs lets them read as themselves. */
function actingFor(
  { verbs = [] }: PolicyRule,
  { subjects }: Binding,
  authorizer: Authorizer,
): readonly { readonly verbs: readonly string[]; readonly subjects: readonly Subject[] }[] {
  return (Object.keys(impersonationModes) as ImpersonationMode[]).flatMap((mode) => {
    const reading = secretReadingVerbs.map((verb) => verbOn(mode, verb)).filter((verb) => verbs.includes(verb));
    if (reading.length === 0) return [];
    return [{ verbs: reading, subjects: subjects.filter((subject) => impersonatesReader(subject, mode, authorizer)) }];
  });
}

/** Whether somebody may act as one who reads Secrets; the API server lets nodes read those of their pods. */
function impersonatesReader(subject: Subject, mode: ImpersonationMode, authorizer: Authorizer): boolean {
  const asker = askerOf(subject);
  const ask = { verb: `impersonate:${mode}`, group: authenticationGroup, resource: impersonationModes[mode] };
  const mayBeSome = [...authorizer.grants(asker)].some(
    ({ written, namespace }) => namespace === undefined && ruleAllowsSome(written.rule, ask),
  );
  if (ask.resource === 'nodes') return mayBeSome;
  return authorizer.subjects.some((somebody) => {
    const { kind, name, namespace } = somebody;
    if (!isFor(mode, somebody) || (kind === 'Group' && !mayBeSome)) return false;
    const resource = kind === 'Group' ? 'groups' : ask.resource;
    const place = namespace === undefined ? {} : { namespace };
    if (authorizer.decide(asker, { ...ask, resource, name, ...place }) === undefined) return false;
    return [...authorizer.grants(askerOf({ kind, name, ...place }))].some(({ written }) => readsSecrets(written.rule));
  });
}

function readsSecrets(rule: PolicyRule): boolean {
  return secretReadingVerbs.some((verb) => ruleAllowsSome(rule, { verb, group: '', resource: 'secrets' }));
}

function namedIn(place: Role | Binding, name: string, known: Known): readonly Granted[] {
  if (isEverywhere(place)) return [{ ...named(kubernetesSecret('*', name)), through: [] }];
  return inSecret(namespaceOf(place).namespace, known, name);
}

function everySecret(place: Role | Binding): Granted {
  const where = isEverywhere(place) ? 'of every namespace' : 'of its namespace';
  const message = `the role reads every Secret ${where}: name them in resourceNames`;
  const secret = kubernetesSecret(isEverywhere(place) ? '*' : namespaceOf(place).namespace, '*');
  return { ...named(secret, { flag: { kind: 'wildcard', message } }), through: [] };
}

function isEverywhere({ kind }: Role | Binding): boolean {
  return kind.startsWith('Cluster');
}

function namespaceOf({ namespace = unnamed }: Role | Binding | Subject): { readonly namespace?: string } {
  return namespace === unnamed ? {} : { namespace };
}

/** The workloads that run as whoever a binding may name, by the key of that subject. */
function runnersOf(pods: readonly ReadingPod[]): ReadonlyMap<string, readonly Identity[]> {
  const runners = new Map<string, Identity[]>();
  for (const pod of pods)
    for (const key of keysOf(askerOf(serviceAccount(pod.namespace ?? unnamed, serviceAccountOf(pod))))) {
      const same = runners.get(key);
      if (same === undefined) runners.set(key, [pod.reader]);
      else same.push(pod.reader);
    }
  return runners;
}

/** The workloads that run as the subject; the subject itself where none does, and a group in any case, for it may have other members. */
function readersOf(subject: Subject, runners: ReadonlyMap<string, readonly Identity[]>): readonly Identity[] {
  const { kind, name } = subject;
  const own = runners.get(subjectKey(subject)) ?? [];
  if (own.length > 0 && kind !== 'Group') return own;
  return [...own, { group: kind === 'ServiceAccount' ? '' : rbacGroup, kind, ...namespaceOf(subject), name }];
}
