import { groupBy } from '../../core/group-by';
import { formatPath } from '../../core/manifest/path';
import {
  type Allowance,
  type Escalation,
  formatPlace,
  formatSubject,
  type Proof,
  type RightsChange,
  type RightsRow,
  type WhoCanRow,
} from '../../core/rbac';
import { plural } from '../../core/report/check-report';
import { visible } from '../../core/report/visible';
import { formatTable } from '../table';
import { nameText, type PlaceOf } from './names';

const everywhere = '*';

/** Who may do what, for people, by subject. */
export function matrixText(rows: readonly RightsRow[]): string {
  const bySubject = groupBy(rows, ({ subject }) => formatSubject(subject));
  const parts = [...bySubject].map(([subject, own]) => {
    const isNamed = own.some(({ names }) => names.length > 0);
    const table = own.map(({ namespace, isPath, target, verbs, names, by }) => [
      isPath ? '-' : (namespace ?? everywhere),
      target,
      verbs.join(' '),
      ...(isNamed ? [names.join(' ') || '-'] : []),
      [...new Set(by.map(({ role }) => nameText(role)))].join(', '),
    ]);
    const head = ['NAMESPACE', 'RESOURCE', 'VERBS', ...(isNamed ? ['NAMES'] : []), 'BY'];
    return `${visible(subject)}\n${formatTable([head, ...table.map((row) => row.map(visible))])}\n`;
  });
  return `${parts.join('')}${plural(bySubject.size, 'subject')}; ${plural(rows.length, 'right')}\n`;
}

/** Who may do one thing, for people. */
export function whoCanText(what: string, rows: readonly WhoCanRow[], placeOf: PlaceOf): string {
  if (rows.length === 0) return `${visible(what)}: nobody\n`;
  const isNamed = rows.some(({ names }) => names.length > 0);
  const head = ['SUBJECT', 'NAMESPACE', ...(isNamed ? ['NAMES'] : []), 'BY'];
  const table = rows.map(({ grant, names }) => [
    formatSubject(grant.subject),
    grant.namespace ?? everywhere,
    ...(isNamed ? [names.join(' ') || '-'] : []),
    proofText(grant, placeOf),
  ]);
  return `${visible(what)}\n${formatTable([head, ...table.map((row) => row.map(visible))])}`;
}

/** Why somebody may do something, or that nothing allows it. */
export function explanationText(
  subject: string,
  what: string,
  allowances: readonly Allowance[],
  placeOf: PlaceOf,
): string {
  const verdict = allowances.length === 0 ? 'denied' : 'allowed';
  const lines = allowances.map((allowance) => {
    if (typeof allowance === 'string') return `Group ${allowance} passes every check, whatever roles say`;
    const through = formatSubject(allowance.subject);
    return `${proofText(allowance, placeOf)}${through === subject ? '' : `, as ${through}`}`;
  });
  const why = lines.length === 0 ? ['no rule allows it'] : lines;
  return `${visible(`${subject}: ${what}: ${verdict}`)}\n${why.map((line) => `  ${visible(line)}\n`).join('')}`;
}

/** Who comes to more than they were given, step by step. */
export function escalationsText(escalations: readonly Escalation[], subjects: number, placeOf: PlaceOf): string {
  const parts = escalations.map((escalation) => `${escalationText(escalation, placeOf)}\n`);
  const who = new Set(escalations.map(({ subject }) => formatSubject(subject))).size;
  return `${parts.join('')}${plural(subjects, 'subject')}; ${who} with more than ${who === 1 ? 'it was' : 'they were'} given\n`;
}

function escalationText({ subject, to, steps, by }: Escalation, placeOf: PlaceOf): string {
  const who = formatSubject(subject);
  if (steps.length === 0) {
    const why = by === undefined ? 'to which nothing is refused' : `by ${proofText(by, placeOf)}`;
    return `${visible(`${who} is ${formatPlace(to)}, ${why}`)}\n`;
  }
  const lines = steps.flatMap(({ how, by: proofs }, index) => [
    `  ${index + 1}. ${visible(how)}\n`,
    ...proofs.map((proof) => `     by ${visible(proofText(proof, placeOf))}\n`),
  ]);
  return `${visible(`${who} comes to ${formatPlace(to)}`)}\n${lines.join('')}`;
}

/** Who gains and loses what by a change, for people. */
export function changesText(changes: readonly RightsChange[], gained: readonly Escalation[], placeOf: PlaceOf): string {
  if (changes.length === 0 && gained.length === 0) return 'everybody may do the same\n';
  const parts = (['gains', 'loses'] as const).flatMap((way) => {
    const own = changes.filter((change) => change.way === way);
    if (own.length === 0) return [];
    const rows = own.map(({ subject, namespace, target, verbs, names }) =>
      [formatSubject(subject), namespace ?? everywhere, target, verbs.join(' '), names.join(' ')].map(visible),
    );
    return [`${way}\n${formatTable([['SUBJECT', 'NAMESPACE', 'RESOURCE', 'VERBS', 'NAMES'], ...rows])}\n`];
  });
  const ways = gained.map((escalation) => `${escalationText(escalation, placeOf)}\n`);
  const count = (way: RightsChange['way']) => changes.filter((change) => change.way === way).length;
  const more = gained.length > 0 ? `; ${plural(gained.length, 'escalation')} more` : '';
  return `${parts.join('')}${ways.join('')}gains: ${plural(count('gains'), 'right')}; loses: ${count('loses')}${more}\n`;
}

/** `rules[0] of Role shop/dev (k8s/rbac.yaml:7:3) for web, bound by RoleBinding shop/dev (k8s/rbac.yaml:12:1)`. */
function proofText({ role, written, binding, name }: Proof, placeOf: PlaceOf): string {
  const at = (place: string): string => (place === '' ? '' : ` (${place})`);
  const own = written.object === role.object ? '' : `, from ClusterRole ${written.object.metadata?.name}`;
  const only = name === undefined ? '' : ` for ${name}`;
  const rule = `${formatPath(written.path)} of ${nameText(role)}${own}${at(placeOf(written.object, written.path))}${only}`;
  return binding === undefined ? rule : `${rule}, bound by ${nameText(binding)}${at(placeOf(binding.object))}`;
}
