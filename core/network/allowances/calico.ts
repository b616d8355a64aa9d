import type { Path } from '../../manifest/path';
import { calicoSelection } from '../calico-selector';
import { type Cidr, parseCidr } from '../cidr';
import type { PortEntry } from '../port-set';
import {
  type Allowance,
  type AllowedBlock,
  type AllowedPeer,
  type AllowedPort,
  blocksOfEveryName,
  everyAddress,
  isEveryName,
  nameOfParts,
} from './allowance';

type List<T> = readonly T[] | null | undefined;

/** Whom a rule is about, at one end of the connection. */
interface Entity {
  readonly selector?: string | null;
  readonly notSelector?: string | null;
  readonly namespaceSelector?: string | null;
  readonly serviceAccounts?: unknown;
  readonly services?: unknown;
  readonly domains?: List<string>;
  readonly nets?: List<string>;
  readonly notNets?: List<string>;
  readonly ports?: List<number | string>;
}

interface CalicoRule {
  readonly action?: string | null;
  readonly protocol?: string | number | null;
  readonly source?: Entity | null;
  readonly destination?: Entity | null;
}

interface CalicoSpec {
  readonly types?: List<string>;
  readonly ingress?: List<CalicoRule>;
  readonly egress?: List<CalicoRule>;
}

const directions = [
  { direction: 'ingress', key: 'source', type: 'Ingress' },
  { direction: 'egress', key: 'destination', type: 'Egress' },
] as const;

/**
 * What a NetworkPolicy or GlobalNetworkPolicy of Calico lets through: what its rules with the action Allow say. They hold in their order;
 * one that passes leaves the decision to others.
 * @see https://docs.tigera.io/calico/latest/reference/resources/networkpolicy
 */
export function calicoAllowances(spec: unknown, isGlobal: boolean): readonly Allowance[] {
  const { types, ...rules } = (spec ?? {}) as CalicoSpec;
  return directions.flatMap(({ direction, key, type }) => {
    if ((types ?? []).length > 0 && !types?.includes(type)) return [];
    const denied: Cidr[] = [];
    return (rules[direction] ?? []).flatMap((rule, index): readonly Allowance[] => {
      const path = ['spec', direction, index];
      const entity = rule?.[key] ?? {};
      if (rule?.action === 'Deny') denied.push(...deniedBy(rule, entity));
      if (rule?.action !== 'Allow') return [];
      const peer = allowedPeer(entity, [...path, key], isGlobal);
      return [
        {
          direction,
          path,
          peers: peer === undefined ? undefined : [peer],
          peersPath: [...path, key],
          ports: portsOf(rule, [...path, 'destination', 'ports']),
          portsPath: [...path, 'destination', 'ports'],
          denied: [...denied],
        },
      ];
    });
  });
}

/** The one peer of the rule; undefined for everybody. */
function allowedPeer(value: Entity, path: Path, isGlobal: boolean): AllowedPeer | undefined {
  const { selector, notSelector, namespaceSelector, nets, notNets, serviceAccounts, services, domains } = value;
  const names = Boolean(serviceAccounts) || Boolean(services) || (domains ?? []).length > 0;
  const selects = Boolean(selector) || Boolean(namespaceSelector);
  const hasNets = (nets ?? []).length > 0;
  if (!names && !selects && !hasNets && (notNets ?? []).length === 0) return undefined;
  const ofAnyNamespace = isGlobal || Boolean(namespaceSelector);
  const selections = [selector, namespaceSelector].flatMap((text) => (text ? [calicoSelection(text)] : []));
  const isWhole = selects && !names && !hasNets && ofAnyNamespace;
  const blocks = hasNets ? nets : selects || names ? [] : everyAddress;
  const named = (domains ?? []).map((name, index) => nameOfParts(String(name), [...path, 'domains', index]));
  return {
    path,
    value,
    isCluster: isWhole && !notSelector && selections.every((each) => each?.isAll),
    isMostOfCluster:
      isWhole &&
      selections.every((each) => each?.isMost) &&
      !(notSelector && calicoSelection(notSelector)?.isMost !== false),
    blocks: [
      ...(blocks ?? []).map((cidr, index): AllowedBlock => {
        const at = hasNets ? [...path, 'nets', index] : path;
        return { path: at, cidr, cidrPath: at, except: notNets ?? [], excepts: 'notNets' };
      }),
      ...named.flatMap(({ name, path }) => (isEveryName(name) ? blocksOfEveryName(path) : [])),
    ],
    names: named.filter(({ name }) => !isEveryName(name)),
  };
}

/** Undefined for every port of every protocol; none for a protocol that has no ports. */
function portsOf({ protocol, destination }: CalicoRule, path: Path): readonly AllowedPort[] | undefined {
  const ports = destination?.ports ?? [];
  const known = protocolOf(protocol);
  if (known === undefined) return [];
  if (ports.length > 0)
    return ports.map((value, at) => ({ path: [...path, at], value, entry: { protocol: known, ...numbersOf(value) } }));
  return known === 'ANY' ? undefined : [{ path, value: protocol, entry: { protocol: known } }];
}

const numbered: Readonly<Record<string, PortEntry['protocol']>> = { 6: 'TCP', 17: 'UDP', 132: 'SCTP' };

function protocolOf(protocol: CalicoRule['protocol']): PortEntry['protocol'] | undefined {
  if (protocol === undefined || protocol === null) return 'ANY';
  if (protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP') return protocol;
  return Object.hasOwn(numbered, protocol) ? numbered[protocol] : undefined;
}

/** `8080`, `'8080'`, `'8000:9000'`, or a name. */
function numbersOf(value: number | string): Pick<PortEntry, 'port' | 'endPort'> {
  const [, first, last] = /^(\d+)(?::(\d+))?$/.exec(String(value)) ?? [];
  if (first === undefined) return { port: String(value) };
  return { port: Number(first), ...(last !== undefined && { endPort: Number(last) }) };
}

/** The addresses that a rule closes on every port. */
function deniedBy({ protocol, destination }: CalicoRule, entity: Entity): readonly Cidr[] {
  const { nets, ports: _, ...others } = entity;
  if (protocol || (destination?.ports ?? []).length > 0 || Object.values(others).some(Boolean)) return [];
  return (nets ?? []).flatMap((text) => parseCidr(String(text)) ?? []);
}
