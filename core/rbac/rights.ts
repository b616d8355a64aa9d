import { compareText } from '../compare-text';
import { groupBy } from '../group-by';
import type { Authorizer, Grant } from './authorizer';
import type { PolicyRule } from './policy-rule';
import type { Subject } from './subject';

/** Verbs on one resource, or on one path, in one place: a line of the matrix. */
export interface RightsRow {
  readonly subject: Subject;
  /** Absent for the whole cluster. */
  readonly namespace?: string;
  /** `pods`, `deployments.apps/scale`, `*`; the path itself for one. */
  readonly target: string;
  readonly isPath: boolean;
  /** Only objects of these names. @default - all of them */
  readonly names: readonly string[];
  readonly verbs: readonly string[];
  readonly by: readonly Grant[];
}

/** A resource and its group as messages show it: `pods`, `deployments.apps/scale`, `*.*` for all of every group. */
export function formatResource(group: string, resource: string): string {
  const slash = resource.indexOf('/');
  if (group === '') return resource;
  return slash === -1 ? `${resource}.${group}` : `${resource.slice(0, slash)}.${group}${resource.slice(slash)}`;
}

/** What a subject may do by its own name: a row for each place, resource and list of names. */
export function rightsRows(authorizer: Authorizer, subject: Subject): readonly RightsRow[] {
  return rowsOf(subject, authorizer.ownGrants(subject));
}

/** Grants of one subject, by what they are for. */
export function rowsOf(subject: Subject, grants: Iterable<Grant>): readonly RightsRow[] {
  const parts = [...grants].flatMap((grant) =>
    partsOf(grant.written.rule, grant.namespace).map((part) => ({ ...part, grant })),
  );
  const rows = [
    ...groupBy(
      parts,
      ({ target, isPath, names, namespace = '' }) => `${namespace} ${isPath} ${target} ${names.join('\n')}`,
    ).values(),
  ];
  return rows
    .flatMap((same): readonly RightsRow[] => {
      const [first] = same;
      if (first === undefined) return [];
      const { target, isPath, names, namespace } = first;
      const verbs = inOrder(new Set(same.flatMap(({ verbs: own }) => own)));
      const by = [...new Set(same.map(({ grant }) => grant))];
      return [{ subject, ...(namespace !== undefined && { namespace }), target, isPath, names, verbs, by }];
    })
    .sort(byPlace);
}

interface Part {
  readonly namespace?: string;
  readonly target: string;
  readonly isPath: boolean;
  readonly names: readonly string[];
  readonly verbs: readonly string[];
}

function partsOf(rule: PolicyRule, namespace: string | undefined): readonly Part[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const place = namespace === undefined ? {} : { namespace };
  const names = [...new Set(resourceNames)].sort();
  return [
    ...apiGroups.flatMap((group) =>
      resources.map((resource) => ({ ...place, target: formatResource(group, resource), isPath: false, names, verbs })),
    ),
    // Paths are in no namespace: a RoleBinding grants none.
    ...(namespace === undefined ? nonResourceURLs.map((target) => ({ target, isPath: true, names: [], verbs })) : []),
  ];
}

const usual = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** As everybody writes them, and then the others by name; a star stands for all of them. */
function inOrder(verbs: ReadonlySet<string>): readonly string[] {
  if (verbs.has('*')) return ['*'];
  return [...usual.filter((verb) => verbs.has(verb)), ...[...verbs].filter((verb) => !usual.includes(verb)).sort()];
}

function byPlace(a: RightsRow, b: RightsRow): number {
  return (
    Number(a.isPath) - Number(b.isPath) ||
    compareText(a.namespace ?? '', b.namespace ?? '') ||
    compareText(a.target, b.target) ||
    compareText(a.names.join(), b.names.join())
  );
}
