import type { KubernetesObject } from '../../core/manifest/object';
import { formatPath } from '../../core/manifest/path';
import type { PortSet } from '../../core/network/port-set';
import type {
  Explanation,
  MatrixFilter,
  NetworkDifference,
  NetworkMatrix,
  ReachChange,
  ReachRow,
  SideAnswer,
} from '../../core/network/reach';
import { type Answer, graphs } from '../answer/answer';
import type { Arrow } from '../answer/graph';
import { ownVersion } from '../version';
import { type ChangeWords, differenceText } from './difference-text';
import { explanationText, verdictOf } from './explanation-text';
import { matrixText } from './matrix-text';

/** A matrix, or the part of it that is asked for. */
export function matrixAnswer(matrix: NetworkMatrix, filter: MatrixFilter): Answer {
  const rows = () => [...matrix.rows(filter)];
  const nodes = () => (filter.from === undefined && filter.to === undefined ? [...matrix.objects.keys()] : []);
  const isWhole = filter.from === undefined && filter.to === undefined && filter.ports?.text === 'every port';
  return {
    text: () => matrixText(matrix.rows(filter), matrix, isWhole),
    json: () => ({ version: ownVersion(), workloads: [...matrix.objects.keys()], reach: rows().map(rowJson) }),
    ...graphs(() => rows().flatMap(arrowsOf), nodes),
    isNo: false,
  };
}

/** Why one end reaches another, or does not. */
export function explanationAnswer(
  matrix: NetworkMatrix,
  from: string,
  to: string,
  ports: PortSet,
  placeOf: (object: KubernetesObject) => string,
): Answer {
  const { reachability } = matrix;
  const explanation = reachability.explain(reachability.indexOf(from) ?? -1, reachability.indexOf(to) ?? -1, ports);
  const { certain, possible } = explanation;
  return {
    text: () => explanationText(explanation, placeOf),
    json: () => explanationJson(explanation, placeOf),
    ...graphs(
      () => arrowsOf({ from, to, certain, possible }),
      () => [from, to],
    ),
    isNo: !certain.covers(ports),
  };
}

const ofChange: ChangeWords = { opens: 'opens', closes: 'closes', nothing: 'the same connections are open' };
const ofIntent: ChangeWords = {
  opens: 'open beyond what is intended',
  closes: 'closed, and intended to be open',
  nothing: 'exactly what is intended is open',
};

/**
 * What one set of manifests opens and closes in comparison with another.
 * @param isIntended whether the first says what may be open: then only what is open beyond it is a no
 */
export function differenceAnswer(difference: NetworkDifference, isIntended: boolean): Answer {
  const changes = [...difference.changes()];
  return {
    text: () => differenceText(changes, isIntended ? ofIntent : ofChange),
    json: () => ({ version: ownVersion(), changes: changes.map(changeJson) }),
    ...graphs(() =>
      changes.flatMap(({ from, to, opens, closes }): readonly Arrow[] => [
        ...(opens.isEmpty ? [] : [{ from, to, label: `+ ${opens.text}`, isDashed: false }]),
        ...(closes.isEmpty ? [] : [{ from, to, label: `- ${closes.text}`, isDashed: true }]),
      ]),
    ),
    isNo: isIntended ? changes.some(({ opens }) => !opens.isEmpty) : changes.length > 0,
  };
}

function arrowsOf({ from, to, certain, possible }: ReachRow): readonly Arrow[] {
  const unsure = possible.minus(certain);
  return [
    ...(certain.isEmpty ? [] : [{ from, to, label: certain.text, isDashed: false }]),
    ...(unsure.isEmpty ? [] : [{ from, to, label: `perhaps ${unsure.text}`, isDashed: true }]),
  ];
}

function rowJson({ from, to, certain, possible }: ReachRow): object {
  const isSame = certain.key === possible.key;
  return { from, to, ports: certain.ranges(), ...(!isSame && { perhaps: possible.minus(certain).ranges() }) };
}

function changeJson({ from, to, opens, closes, only }: ReachChange): object {
  return { from, to, opens: opens.ranges(), closes: closes.ranges(), ...(only && { only }) };
}

function explanationJson(explanation: Explanation, placeOf: (object: KubernetesObject) => string): object {
  const { from, to, asked, certain, possible, shortcut, dependsOnNode, dependsOnSix, egress, ingress } = explanation;
  const side = ({ by, isClosed, policies, steps, ...open }: SideAnswer) => ({
    by,
    isClosed,
    ports: open.certain.ranges(),
    perhaps: open.possible.minus(open.certain).ranges(),
    policies: policies.map((policy) => ({
      policy: policy.name,
      place: placeOf(policy.object),
      tier: policy.tier,
      ...(policy.tier !== 'namespace' && { priority: policy.priority }),
      rules: steps
        .filter((step) => step.policy === policy)
        .map(({ rule, match, ports, decides }) => ({
          path: formatPath(rule.path),
          action: rule.action,
          match,
          ports: ports.ranges(),
          decides: decides.ranges(),
        })),
    })),
  });
  return {
    version: ownVersion(),
    from: from.id,
    to: to.id,
    asked: asked.ranges(),
    verdict: verdictOf(explanation),
    ports: certain.ranges(),
    perhaps: possible.minus(certain).ranges(),
    ...(shortcut && { shortcut }),
    dependsOnNode,
    dependsOnSix,
    egress: side(egress),
    ingress: side(ingress),
  };
}
