import type { KubernetesObject } from '../../core/manifest/object';
import {
  Authorizer,
  type AuthorizerOptions,
  type Escalation,
  Escalations,
  escalationWorld,
  formatNote,
  formatPlace,
  formatSubject,
  rbacFaults,
  rbacNotes,
  rightsChanges,
  rightsRows,
  type Subject,
  subjectKey,
  whoCan,
} from '../../core/rbac';
import { type Answer, publishAnswer } from '../answer/answer';
import { type Command, type ExitCode, type Terminal, UsageError } from '../command';
import { type Accepted, readAccepted } from '../input/read-accepted';
import { describeOptions, type OptionValues, parseOptions } from '../options';
import { differenceAnswer, escalationsAnswer, explanationAnswer, matrixAnswer, whoCanAnswer } from '../rbac/answer';
import { askedRequest, askedSubject, joinWhoCan } from '../rbac/asked';
import { rbacOptions } from '../rbac/options';

type Values = OptionValues<typeof rbacOptions>;

/** `bulwark rbac`: who may do what, and who comes to more, as the roles and bindings among manifests have it. */
export const rbac: Command = {
  help: [
    'Usage: bulwark rbac [options] [paths…]',
    '       bulwark rbac --who-can <verb> <resource> [options] [paths…]',
    '       bulwark rbac --diff [options] <old> <new>',
    '',
    "Shows who may do what, as the API server's RBAC authorizer has it by the roles and bindings among manifests; who comes to",
    'more rights than they were given, step by step; and who gains and loses which rights by a change. Paths are files, folders',
    '(all .yaml, .yml and .json below them), patterns in quotes, or - for standard input. Needs no cluster and no network.',
    '',
    '  bulwark rbac k8s',
    '  bulwark rbac --who-can get secrets --in shop k8s',
    '  bulwark rbac --escalations k8s',
    '  bulwark rbac --diff --format mermaid old new',
    '',
    `${describeOptions(rbacOptions)}`,
    'The answer goes to standard output, everything else to standard error.',
    'Exit codes: 0; 1 --subject may not do what --who-can asks, --escalations finds any, or --diff differs; 2 a wrong command',
    'line or settings, or input that could not be read (the rest is judged all the same).',
    '',
  ].join('\n'),
  options: rbacOptions,
  run: async (args, terminal) => {
    const { values, operands } = parseOptions(rbacOptions, joinWhoCan(args));
    refuseContradictions(values, operands);
    if (values.diff) {
      const [old, next] = operands as [string, string];
      return compare(old, next, values, terminal);
    }
    const given = await readAccepted(operands, values, terminal, rbacFaults, 'object');
    const side = sideOf(given, values);
    return publishAnswer(
      answer(side, values),
      { notes: { notes: notesOf([side]) }, errors: given.errors },
      values,
      terminal,
    );
  },
};

/** @throws UsageError for options that do not go together */
function refuseContradictions(values: Values, operands: readonly string[]): void {
  const { diff, escalations, name, 'who-can': asked } = values;
  if (diff && operands.length !== 2)
    throw new UsageError(`--diff takes two paths, old and new, and not ${operands.length}`);
  const alone = diff ? '--diff' : '--escalations';
  if (diff && escalations) throw new UsageError('--diff shows escalations, too: leave --escalations out');
  const narrowing = (['who-can', 'in', 'standing'] as const).find((option) => values[option] !== undefined);
  if ((diff || escalations) && narrowing !== undefined)
    throw new UsageError(`--${narrowing} does not go with ${alone}, which asks about everything`);
  if (diff && values.subject !== undefined)
    throw new UsageError('--subject asks one set of manifests, and --diff compares two');
  if (name !== undefined && asked === undefined)
    throw new UsageError('--name says for which object --who-can asks: use both');
}

/** One set of manifests. */
interface Side extends Accepted {
  readonly authorizer: Authorizer;
  readonly escalations: Escalations;
}

function sideOf(given: Accepted, values: Values): Side {
  const options: AuthorizerOptions = values.namespace === undefined ? {} : { defaultNamespace: values.namespace };
  const authorizer = new Authorizer(given.objects, options);
  const world = escalationWorld(given.objects, authorizer, { ...options, ...given.kinds });
  return { ...given, authorizer, escalations: new Escalations(world) };
}

function answer(side: Side, values: Values): Answer {
  const { authorizer, escalations, placeOf } = side;
  const { subject: word, in: namespace, name, 'who-can': asked, standing = false } = values;
  const subject = word === undefined ? undefined : askedSubject(word, knownSubjects(side));
  if (values.escalations) {
    const found = subject === undefined ? escalations.all() : escalations.of(subject);
    return escalationsAnswer(found, subject === undefined ? escalations.subjects.length : 1, placeOf);
  }
  if (asked !== undefined) {
    const request = askedRequest(asked, {
      ...(namespace !== undefined && { namespace }),
      ...(name !== undefined && { name }),
    });
    if (subject !== undefined) return explanationAnswer(authorizer, subject, request, placeOf);
    return whoCanAnswer(request, whoCan(authorizer, request, { hasStanding: standing }), placeOf);
  }
  const shown = subject !== undefined ? [subject] : standing ? authorizer.subjects : escalations.subjects;
  const rows = [...shown]
    .sort((a, b) => (formatSubject(a) < formatSubject(b) ? -1 : 1))
    .flatMap((each) => rightsRows(authorizer, each))
    .filter((row) => namespace === undefined || row.namespace === undefined || row.namespace === namespace);
  return matrixAnswer(rows, placeOf);
}

/** Whoever bindings or workloads name. */
function knownSubjects({ authorizer, escalations: { world } }: Side): readonly Subject[] {
  const all = [...authorizer.subjects, ...world.namespaces.flatMap(world.accountsOf)];
  return [...new Map(all.map((subject) => [subjectKey(subject), subject])).values()];
}

async function compare(old: string, next: string, values: Values, terminal: Terminal): Promise<ExitCode> {
  const before = sideOf(await readAccepted([old], values, terminal, rbacFaults, 'object'), values);
  const after = sideOf(await readAccepted([next], values, terminal, rbacFaults, 'object'), values);
  const was = new Set(before.escalations.all().map(endsOf));
  const gained = after.escalations.all().filter((escalation) => !was.has(endsOf(escalation)));
  const made = differenceAnswer(rightsChanges(before.authorizer, after.authorizer), gained, after.placeOf);
  const errors = [...before.errors, ...after.errors];
  return publishAnswer(made, { notes: { notes: notesOf([before, after]) }, errors }, values, terminal);
}

function endsOf({ subject, to }: Escalation): string {
  return `${formatSubject(subject)} > ${formatPlace(to)}`;
}

function notesOf(sides: readonly Side[]): readonly string[] {
  const notes = sides.flatMap(({ authorizer, objects, placeOf }) =>
    rbacNotes(authorizer, objects as readonly KubernetesObject[]).map((note) => {
      const place = placeOf(note.object, note.path);
      return `${place === '' ? '' : `${place}: `}${formatNote(note)}`;
    }),
  );
  return [...new Set(notes)];
}
