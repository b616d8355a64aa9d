import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { isAbsent, isMapping, listOf, mappingOf } from '../manifest/plain';
import { isPort, isPortName } from '../manifest/ports';
import { cidrContains, parseAddressAsCidr, parseCidr } from './cidr';
import { type ShapeFault, shapeFaults } from './policy-shape';
import { isNetworkPolicy } from './policy-spec';

/** Something in a NetworkPolicy for which the API server refuses all of it. */
export type PolicyFault = ShapeFault;

const operators: Readonly<Record<string, 'some' | 'none'>> = {
  In: 'some',
  NotIn: 'some',
  Exists: 'none',
  DoesNotExist: 'none',
};
const protocols: readonly unknown[] = ['TCP', 'UDP', 'SCTP'];
const policyTypes: readonly unknown[] = ['Ingress', 'Egress'];

/**
 * What of a networking.k8s.io NetworkPolicy the API server refuses: selectors, blocks of addresses, ports, types; of it and of the
 * policies of policy.networking.k8s.io fields of another type. Nothing for another object.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go
 */
export function policyFaults(object: KubernetesObject): readonly PolicyFault[] {
  const misshapen = shapeFaults(object);
  if (misshapen.length > 0) return misshapen;
  const { spec } = object;
  if (!isNetworkPolicy(object) || !isMapping(spec)) return [];
  const faults: PolicyFault[] = [];
  const report: Report = (path, value, message, remedy) => {
    faults.push({ path, value, message, remedy });
  };
  judgeSelector(spec.podSelector, ['spec', 'podSelector'], report);
  listOf(spec.policyTypes).forEach((type, index) => {
    if (!policyTypes.includes(type))
      report(['spec', 'policyTypes', index], type, `${show(type)} is no type of policy`, 'write Ingress or Egress');
  });
  judgeRules(spec.ingress, 'ingress', 'from', report);
  judgeRules(spec.egress, 'egress', 'to', report);
  return faults;
}

function judgeRules(rules: unknown, direction: 'ingress' | 'egress', peers: 'from' | 'to', report: Report): void {
  listOf(rules).forEach((rule, index) => {
    if (!isMapping(rule)) return;
    judgeEach(rule[peers], ['spec', direction, index, peers], judgePeer, report);
    judgeEach(rule.ports, ['spec', direction, index, 'ports'], judgePort, report);
  });
}

/** Judges the items of a list. Nearly always nothing is wrong with one, and no path is made for it. */
function judgeEach(items: unknown, path: Path, judge: (item: unknown, report: Report) => void, report: Report): void {
  listOf(items).forEach((item, index) => {
    judge(item, (at, value, message, remedy) => {
      report([...path, index, ...at], value, message, remedy);
    });
  });
}

/** Takes down a fault. */
export type Report = (path: Path, value: unknown, message: string, remedy: string) => void;

/** A value as a fault shows it. */
export const show = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** What of a label selector the API server refuses: operators, and how many values they take. */
export function judgeSelector(selector: unknown, path: Path, report: Report): void {
  if (!isMapping(selector)) return;
  listOf(selector.matchExpressions).forEach((expression, index) => {
    if (!isMapping(expression)) return;
    const { operator } = expression;
    const at = [...path, 'matchExpressions', index];
    const wants = Object.hasOwn(operators, String(operator)) ? operators[String(operator)] : undefined;
    const count = listOf(expression.values).length;
    if (wants === undefined)
      report(
        [...at, 'operator'],
        operator,
        `${show(operator)} is no operator of a selector`,
        'write In, NotIn, Exists or DoesNotExist',
      );
    else if (wants === 'some' && count === 0)
      report(
        [...at, 'values'],
        expression.values,
        `${operator} compares with no value`,
        'list the values, or write Exists or DoesNotExist',
      );
    else if (wants === 'none' && count > 0)
      report(
        [...at, 'values'],
        expression.values,
        `${operator} takes no values`,
        'leave them out, or write In or NotIn',
      );
  });
}

function judgePeer(peer: unknown, report: Report): void {
  const { ipBlock, podSelector, namespaceSelector } = mappingOf(peer);
  judgeSelector(podSelector, ['podSelector'], report);
  judgeSelector(namespaceSelector, ['namespaceSelector'], report);
  const selects = !isAbsent(podSelector) || !isAbsent(namespaceSelector);
  if (isAbsent(ipBlock)) {
    if (!selects) report([], peer, 'the peer names nobody', 'name a podSelector, a namespaceSelector or an ipBlock');
    return;
  }
  if (selects) report([], peer, 'the peer names pods and a block of addresses', 'write one of them, or two peers');
  if (isMapping(ipBlock)) judgeBlock(ipBlock, ['ipBlock'], report);
}

function judgeBlock({ cidr, except }: Readonly<Record<string, unknown>>, path: Path, report: Report): void {
  const block = parseCidr(String(cidr));
  if (block === undefined) report([...path, 'cidr'], cidr, `${show(cidr)} is no CIDR`, example(cidr));
  listOf(except).forEach((text, index) => {
    const at = [...path, 'except', index];
    const part = parseCidr(String(text));
    if (part === undefined) report(at, text, `${show(text)} is no CIDR`, example(text));
    else if (block !== undefined && (!cidrContains(block, part) || part.prefix === block.prefix))
      report(at, text, `${text} is no part of ${cidr}`, `except only what lies inside ${cidr}`);
  });
}

function example(text: unknown): string {
  const single = typeof text === 'string' ? parseAddressAsCidr(text) : undefined;
  return single ? `write it as ${single.text}` : 'write it as 10.0.0.0/8 or fd00::/8';
}

function judgePort(entry: unknown, report: Report): void {
  if (!isMapping(entry)) return;
  const { port, endPort, protocol } = entry;
  const isNumber = typeof port === 'number';
  if (!isAbsent(protocol) && !protocols.includes(protocol))
    report(['protocol'], protocol, `${show(protocol)} is no protocol of a port`, 'write TCP, UDP or SCTP');
  if (isNumber && !isPort(port)) report(['port'], port, `${port} is no port`, 'write a number from 1 to 65535');
  if (typeof port === 'string' && !isPortName(port))
    report(['port'], port, `${show(port)} is no name of a port`, 'write a number, or the name of a container port');
  if (isAbsent(endPort)) return;
  if (!isNumber)
    report(
      ['endPort'],
      endPort,
      'the range has an end and no number to begin with',
      'write port as a number, or leave endPort out',
    );
  else if (!isPort(endPort))
    report(['endPort'], endPort, `${show(endPort)} is no port`, 'write a number from 1 to 65535');
  else if (endPort < port)
    report(
      ['endPort'],
      endPort,
      `the range ends at ${endPort}, before it begins at ${port}`,
      `write an endPort of ${port} or more`,
    );
}
