import { groupBy } from '../group-by';
import type { Authorizer, Grant } from './authorizer';
import { type Right, rightsOf, ruleCovers } from './covers';
import { formatResource } from './rights';
import { askerOf, formatSubject, type Subject, subjectKey } from './subject';

/** Rights of a subject that one side has and the other does not. */
export interface RightsChange {
  readonly subject: Subject;
  readonly way: 'gains' | 'loses';
  readonly namespace?: string;
  readonly target: string;
  readonly names: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * What a change of roles and bindings lets somebody do, and no longer do. A right that moves to another role, or to a group that the subject is
 * certainly in, is none; nor is one that a star has covered.
 */
export function rightsChanges(old: Authorizer, next: Authorizer): readonly RightsChange[] {
  const subjects = new Map([...old.subjects, ...next.subjects].map((subject) => [subjectKey(subject), subject]));
  return [...subjects.values()]
    .sort((a, b) => (formatSubject(a) < formatSubject(b) ? -1 : 1))
    .flatMap((subject) => [...changed(subject, 'gains', next, old), ...changed(subject, 'loses', old, next)]);
}

function changed(
  subject: Subject,
  way: RightsChange['way'],
  has: Authorizer,
  other: Authorizer,
): readonly RightsChange[] {
  const covering = [...other.grants(askerOf(subject))];
  const rights = [...has.ownGrants(subject)]
    .filter(({ binding, role }) => !(has.isStanding(binding) && has.isStanding(role)))
    .flatMap(({ written, namespace }) => [...rightsOf(written.rule, namespace)])
    .filter((right) => !isCovered(right, covering));
  const groups = groupBy(rights, (right) => `${'path' in right ? '' : (right.namespace ?? '')} ${targetOf(right)}`);
  return [...groups.values()].flatMap((same): readonly RightsChange[] => {
    const [first] = same;
    if (first === undefined) return [];
    const byName = groupBy(same, (right) => ('path' in right ? '' : (right.name ?? '')));
    return [...groupBy(byName, ([, rightsOfName]) => verbsOf(rightsOfName).join()).values()].map((alike) => ({
      subject,
      way,
      ...('path' in first || first.namespace === undefined ? {} : { namespace: first.namespace }),
      target: targetOf(first),
      names: alike.map(([name]) => name).filter((name) => name !== ''),
      verbs: verbsOf(alike.flatMap(([, own]) => own)),
    }));
  });
}

function isCovered(right: Right, grants: readonly Grant[]): boolean {
  return grants.some(({ written, namespace }) => ruleCovers(written.rule, namespace, right));
}

function verbsOf(rights: readonly Right[]): readonly string[] {
  return [...new Set(rights.map(({ verb }) => verb))].sort();
}

function targetOf(right: Right): string {
  return 'path' in right ? right.path : formatResource(right.group, right.resource);
}
