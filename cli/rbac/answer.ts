import { formatPath } from '../../core/manifest/path';
import {
  type AccessRequest,
  type Authorizer,
  askerOf,
  type Escalation,
  formatPlace,
  formatResource,
  formatSubject,
  type Grant,
  type Proof,
  type RightsChange,
  type RightsRow,
  type Subject,
  type WhoCanRow,
} from '../../core/rbac';
import { type Answer, graphs } from '../answer/answer';
import type { Arrow } from '../answer/graph';
import { ownVersion } from '../version';
import { nameText, type PlaceOf } from './names';
import { changesText, escalationsText, explanationText, matrixText, whoCanText } from './text';

/** Who may do what. */
export function matrixAnswer(rows: readonly RightsRow[], placeOf: PlaceOf): Answer {
  return {
    text: () => matrixText(rows),
    json: () => ({ version: ownVersion(), rights: rows.map((row) => rightsJson(row, placeOf)) }),
    ...graphs(() =>
      rows.map(({ subject, verbs, ...row }) => arrow(formatSubject(subject), targetText(row), verbs.join(' '))),
    ),
    isNo: false,
  };
}

/** Who may do one thing. */
export function whoCanAnswer(request: AccessRequest, rows: readonly WhoCanRow[], placeOf: PlaceOf): Answer {
  const what = requestText(request);
  return {
    text: () => whoCanText(what, rows, placeOf),
    json: () => ({
      version: ownVersion(),
      request,
      whoCan: rows.map(({ grant, names }) => ({
        ...subjectJson(grant),
        ...(names.length > 0 && { names }),
        ...byJson(grant, placeOf),
      })),
    }),
    ...graphs(() =>
      rows.map(({ grant }) =>
        arrow(
          formatSubject(grant.subject),
          what,
          grant.namespace === undefined ? 'everywhere' : `in ${grant.namespace}`,
        ),
      ),
    ),
    isNo: false,
  };
}

/** Whether one subject may do one thing, and by which rules. */
export function explanationAnswer(
  authorizer: Authorizer,
  subject: Subject,
  request: AccessRequest,
  placeOf: PlaceOf,
): Answer {
  const allowances = [...authorizer.allowances(askerOf(subject), request)];
  const isNo = allowances.length === 0;
  const what = requestText(request);
  return {
    text: () => explanationText(formatSubject(subject), what, allowances, placeOf),
    json: () => ({
      version: ownVersion(),
      subject: formatSubject(subject),
      request,
      verdict: isNo ? 'denied' : 'allowed',
      by: allowances.map((allowance) =>
        typeof allowance === 'string'
          ? { group: allowance }
          : { ...subjectJson(allowance), ...byJson(allowance, placeOf) },
      ),
    }),
    ...graphs(() => (isNo ? [] : [arrow(formatSubject(subject), what, 'may')])),
    isNo,
  };
}

/** Who comes to more rights than they were given. */
export function escalationsAnswer(escalations: readonly Escalation[], subjects: number, placeOf: PlaceOf): Answer {
  return {
    text: () => escalationsText(escalations, subjects, placeOf),
    json: () => ({ version: ownVersion(), escalations: escalations.map((each) => escalationJson(each, placeOf)) }),
    ...graphs(() => uniqueArrows(escalations)),
    isNo: escalations.length > 0,
  };
}

/** Who gains and loses what by a change. */
export function differenceAnswer(
  changes: readonly RightsChange[],
  gained: readonly Escalation[],
  placeOf: PlaceOf,
): Answer {
  return {
    text: () => changesText(changes, gained, placeOf),
    json: () => ({
      version: ownVersion(),
      changes: changes.map(({ subject, ...change }) => ({ subject: formatSubject(subject), ...change })),
      escalations: gained.map((each) => escalationJson(each, placeOf)),
    }),
    ...graphs(() =>
      changes.map(({ subject, way, verbs, ...row }) => ({
        ...arrow(formatSubject(subject), targetText(row), `${way === 'gains' ? '+' : '-'} ${verbs.join(' ')}`),
        isDashed: way === 'loses',
      })),
    ),
    isNo: changes.length > 0 || gained.length > 0,
  };
}

function arrow(from: string, to: string, label: string): Arrow {
  return { from, to, label, isDashed: false };
}

/** Ways of several subjects share their last steps. */
function uniqueArrows(escalations: readonly Escalation[]): readonly Arrow[] {
  const arrows = escalations.flatMap(({ subject, steps, to }) => {
    if (steps.length === 0) return [arrow(formatSubject(subject), formatPlace(to), 'has every right')];
    const places = [formatSubject(subject), ...steps.map((step) => formatPlace(step.to))];
    return steps.map(({ how }, index) => arrow(places[index] ?? '', places[index + 1] ?? '', how));
  });
  return [...new Map(arrows.map((each) => [`${each.from}\n${each.to}\n${each.label}`, each])).values()];
}

function targetText({ namespace, target }: { readonly namespace?: string; readonly target: string }): string {
  return namespace === undefined ? target : `${target} in ${namespace}`;
}

/** `get secrets in shop`, `get pod web`. */
function requestText(request: AccessRequest): string {
  if ('path' in request) return `${request.verb} ${request.path}`;
  const { verb, group, resource, namespace, name } = request;
  const place = namespace === undefined ? '' : ` in ${namespace}`;
  return `${verb} ${formatResource(group, resource)}${name === undefined ? '' : ` named ${name}`}${place}`;
}

function subjectJson({ subject, namespace }: Grant): object {
  return { subject: formatSubject(subject), ...(namespace !== undefined && { namespace }) };
}

function byJson(proof: Proof, placeOf: PlaceOf): object {
  const { role, written, binding, name } = proof;
  return {
    role: nameText(role),
    rule: formatPath(written.path),
    place: placeOf(written.object, written.path),
    ...(name !== undefined && { name }),
    ...(binding && { binding: nameText(binding), bindingPlace: placeOf(binding.object) }),
  };
}

function rightsJson({ subject, by, isPath, target, ...row }: RightsRow, placeOf: PlaceOf): object {
  const { names, ...rest } = row;
  return {
    subject: formatSubject(subject),
    ...rest,
    [isPath ? 'path' : 'resource']: target,
    ...(names.length > 0 && { names }),
    by: by.map((grant) => byJson(grant, placeOf)),
  };
}

function escalationJson({ subject, to, steps, by }: Escalation, placeOf: PlaceOf): object {
  return {
    subject: formatSubject(subject),
    to: formatPlace(to),
    steps: steps.map((step) => ({
      to: formatPlace(step.to),
      how: step.how,
      by: step.by.map((proof) => byJson(proof, placeOf)),
    })),
    ...(by && { by: byJson(by, placeOf) }),
  };
}
