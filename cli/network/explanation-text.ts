import type { KubernetesObject } from '../../core/manifest/object';
import { formatPath } from '../../core/manifest/path';
import type { Explanation, RuleStep, SideAnswer } from '../../core/network/reach';
import { visible } from '../../core/report/visible';

/** What comes of a connection: allowed or denied on all ports that were asked about, or on some of them. */
export function verdictOf({ asked, certain, possible }: Pick<Explanation, 'asked' | 'certain' | 'possible'>): string {
  if (certain.covers(asked)) return 'allowed';
  if (possible.isEmpty) return 'denied';
  if (certain.isEmpty)
    return possible.covers(asked) ? 'not certain' : `not certain on ${possible.text}, denied on the others`;
  const unsure = possible.minus(certain);
  const perhaps = unsure.isEmpty ? '' : `, not certain on ${unsure.text}`;
  return possible.covers(asked)
    ? `allowed on ${certain.text}${perhaps}`
    : `allowed on ${certain.text}${perhaps}, denied on the others`;
}

const shortcuts: Readonly<Record<NonNullable<Explanation['shortcut']>, string>> = {
  itself: 'a pod always reaches itself: no policy is asked',
  'same-node': 'a node and the pods on it always reach each other: no policy is asked',
  'no-common-family': 'they have no addresses of one family (IPv4, IPv6): there is no way between them',
};

/**
 * Why one end reaches another, policy by policy.
 * @param placeOf where an object is written
 */
export function explanationText(explanation: Explanation, placeOf: (object: KubernetesObject) => string): string {
  const { from, to, asked, shortcut, dependsOnNode, dependsOnSix, egress, ingress } = explanation;
  const lines = [`${from.id} -> ${to.id}, ${asked.text}: ${verdictOf(explanation)}`, ''];
  if (shortcut !== undefined) return `${lines[0]}\n  ${shortcuts[shortcut]}\n`.split('\n').map(visible).join('\n');
  lines.push(
    ...sideLines('egress', from.id, to.id, egress, placeOf),
    ...sideLines('ingress', to.id, from.id, ingress, placeOf),
  );
  if (dependsOnNode)
    lines.push(
      'On one node they reach each other on every port, whatever policies say: which nodes they are on is not known.',
    );
  if (dependsOnSix) lines.push('This is by IPv6: whether pods have addresses of it is not known.');
  return `${lines.map(visible).join('\n').trimEnd()}\n`;
}

const unasked: Readonly<Record<Exclude<SideAnswer['by'], 'policies'>, string>> = {
  none: 'no policy is for it',
  node: 'it is on the network of a node, where no policy is for it',
  outside: 'it is outside of the cluster, where no policy is for it',
};

function sideLines(
  direction: string,
  subject: string,
  other: string,
  side: SideAnswer,
  placeOf: (object: KubernetesObject) => string,
): readonly string[] {
  const { by, isClosed, policies, perhaps, steps, certain, possible } = side;
  const open = possible.isEmpty
    ? 'closed'
    : certain.isEmpty
      ? `perhaps open on ${possible.text}`
      : `open on ${certain.text}`;
  const title = `${direction} of ${subject}: ${open}`;
  if (by !== 'policies') return [title, `  ${unasked[by]}`, ''];
  const lines = policies.flatMap((policy) => {
    const own = steps.filter((step) => step.policy === policy);
    const isPerhaps = perhaps.includes(policy);
    const closes = policy.closes.length === 0 ? '' : ', closes it but for its rules';
    return [
      `  ${policy.name} (${placeOf(policy.object)})${isPerhaps ? `, if its labels are those that it asks for` : ''}${policy.tier === 'namespace' ? closes : `, ${policy.tier} tier, priority ${policy.priority}`}`,
      ...(own.length === 0
        ? [policy.tier === 'baseline' && isClosed ? '    not asked: NetworkPolicies decide' : '    no rule']
        : own.map((step) => `    ${ruleLine(step, other, isPerhaps)}`)),
    ];
  });
  return [title, ...lines, ''];
}

const verbs = { allow: 'allows', deny: 'denies', pass: 'leaves to the next tier' } as const;

function ruleLine({ rule, match, ports, decides }: RuleStep, other: string, isPerhaps: boolean): string {
  const place = formatPath(rule.path);
  if (match === 'no') return `${place}: not for ${other}`;
  const whom =
    match === 'maybe' && !isPerhaps
      ? `${verbs[rule.action]}, if ${other} has such an address or such labels, or is on such a node,`
      : verbs[rule.action];
  if (ports.isEmpty) return `${place}: for ${other}, but not for these ports`;
  if (decides.isEmpty) return `${place}: comes too late: rules before it decided`;
  return `${place}: ${whom} ${decides.text}`;
}
