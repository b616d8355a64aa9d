import type { KubernetesObject } from '../manifest/object';
import { rbacGroup } from './read';
import { standing } from './standing-data';

let objects: readonly KubernetesObject[] | undefined;

/**
 * The roles and bindings that the API server of Kubernetes makes by itself and puts right whenever it starts: `view`, `edit`, `admin`,
 * `cluster-admin`, and those of its own components. They are those of Kubernetes 1.36; other versions differ in the newest resources.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 */
export function standingObjects(): readonly KubernetesObject[] {
  objects ??= readStanding(standing);
  return objects;
}

/**
 * An object a line: a role with its labels (`#`) and the labels of the roles that it takes in (`<`), its rules below it, each with its verbs, then
 * groups and resources (`apps:deployments`) or paths (`@/healthz`), then names (`=`); a binding with its role and its subjects.
 */
export function readStanding(text: string): readonly KubernetesObject[] {
  const found: (KubernetesObject & { readonly rules?: object[] })[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith(' ')) found.at(-1)?.rules?.push(ruleIn(line.trim()));
    else found.push(line.includes(' > ') ? bindingIn(line) : roleIn(line));
  }
  return found;
}

function roleIn(line: string) {
  const [kind = '', place = '', ...marks] = line.split(' ');
  const marked = (sign: string): readonly string[] =>
    marks.filter((mark) => mark.startsWith(sign)).map((mark) => mark.slice(sign.length));
  const labels = marked('#');
  const selected = marked('<');
  return {
    ...headOf(kind, place),
    metadata: { ...metadataOf(place), ...(labels.length > 0 && { labels: truths(labels) }) },
    ...(selected.length > 0 && {
      aggregationRule: { clusterRoleSelectors: selected.map((label) => ({ matchLabels: truths([label]) })) },
    }),
    rules: [] as object[],
  };
}

function bindingIn(line: string): KubernetesObject {
  const [own = '', role = '', subjects = ''] = line.split(' > ');
  const [kind = '', place = ''] = own.split(' ');
  const [roleKind, name] = role.split(' ');
  return {
    ...headOf(kind, place),
    roleRef: { apiGroup: rbacGroup, kind: roleKind, name },
    subjects: subjects
      .split(', ')
      .filter((subject) => subject !== '')
      .map((subject) => {
        const [subjectKind = '', who = ''] = subject.split(' ');
        return subjectKind === 'ServiceAccount'
          ? { kind: subjectKind, ...metadataOf(who) }
          : { apiGroup: rbacGroup, kind: subjectKind, name: who };
      }),
  };
}

function ruleIn(line: string): object {
  const [verbs = '', what = '', names] = line.split(' ');
  if (what.startsWith('@')) return { verbs: verbs.split(','), nonResourceURLs: what.slice(1).split(',') };
  const [groups = '', resources = ''] = what.split(':');
  return {
    verbs: verbs.split(','),
    apiGroups: groups.split(','),
    resources: resources.split(','),
    ...(names !== undefined && { resourceNames: names.slice(1).split(',') }),
  };
}

function headOf(kind: string, place: string) {
  return { apiVersion: `${rbacGroup}/v1`, kind, metadata: metadataOf(place) };
}

function metadataOf(place: string): { readonly namespace?: string; readonly name: string } {
  const slash = place.indexOf('/');
  return slash === -1 ? { name: place } : { namespace: place.slice(0, slash), name: place.slice(slash + 1) };
}

function truths(labels: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(labels.map((label) => [label, 'true']));
}
