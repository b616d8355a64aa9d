import { Construct } from 'constructs';
import { cidrContains, parseCidr } from '../../core/network/cidr';
import { blockPeer, type NetworkPolicyPeer } from '../../core/network/peer';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { list, required, type Shapes, scopeOf, takeProps, text } from '../app/shape';
import { portShape } from '../workload/container-shape';
import { openingOf, type Port, type PortProps, resolvePorts } from '../workload/port';
import { blockFault, portsFault } from './egress-faults';

export interface ExternalNetworkProps {
  /** Its addresses: those of the other cluster's pods, of an office, of a data centre. Not of everybody. */
  readonly cidrs: readonly [string, ...string[]];
  /** Parts of them that stay closed. The cloud's metadata addresses always do. @default - none */
  readonly except?: readonly string[];
  /** The ports it serves, the first being what connections reach unless they say otherwise. @default - none */
  readonly ports?: readonly [number | PortProps, ...(number | PortProps)[]];
}

const shapes: Shapes<ExternalNetworkProps> = {
  cidrs: required(list(text), "['10.128.0.0/14']", []),
  except: list(text),
  ports: list(portShape),
};

/**
 * Addresses that somebody else answers for: another cluster, an office, a data centre. Nothing is emitted for it; `connectTo` and `exposeTo` open our side.
 * Addresses are all that a NetworkPolicy knows of it: whoever has one of them is it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export class ExternalNetwork extends Construct {
  readonly ports: readonly Port[];
  readonly #cidrs: readonly string[];
  readonly #except: readonly string[];
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: ExternalNetworkProps) {
    super(scopeOf(scope, id, 'ExternalNetwork'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<ExternalNetworkProps>(shapes, given);
    const { cidrs = [], except = [], ports = [] } = props as Partial<ExternalNetworkProps>;
    this.ports = resolvePorts(ports);
    this.#cidrs = cidrs;
    this.#except = except;
    const wrongPort = ports.length > 0 ? portsFault('ports', this.ports.map(openingOf)) : undefined;
    this.#faults = [
      ...faults,
      ...(faults.length > 0 ? [] : [...addressFaults(cidrs, except), ...(wrongPort ? [wrongPort] : [])]),
    ];
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  /** Whom a rule of a NetworkPolicy names; nobody where its addresses are wrong. @internal */
  get peers(): readonly NetworkPolicyPeer[] {
    if (this.#faults.length > 0) return [];
    return this.#cidrs.map((cidr) => blockPeer(cidr, partsOf(cidr, this.#except)));
  }
}

/** Those that lie within a block. */
function partsOf(cidr: string, except: readonly string[]): readonly string[] {
  return except.filter((part) => blockFault('cidrs', cidr, [part]) === undefined);
}

function addressFaults(cidrs: readonly string[], except: readonly string[]): readonly DeclarationFault[] {
  const none: DeclarationFault = {
    rule: 'prop-valid',
    property: 'cidrs',
    value: cidrs,
    message: 'it has no address',
    remedy: "give its blocks: ['10.128.0.0/14']",
  };
  const wrong = cidrs.flatMap((cidr) => blockFault('cidrs', cidr, []) ?? everybodyFault(cidr) ?? []);
  const outside = except.flatMap((part): readonly DeclarationFault[] => {
    const closed = closedBy(part, cidrs);
    if (closed !== undefined) return [closed];
    const found = cidrs.map((cidr) => blockFault('except', cidr, [part]));
    const [first] = found;
    return first !== undefined && found.every((each) => each !== undefined)
      ? [{ ...first, message: found.length === 1 ? first.message : `${part} is no part of ${cidrs.join(', ')}` }]
      : [];
  });
  return [...(cidrs.length === 0 ? [none] : []), ...wrong, ...(wrong.length > 0 ? [] : outside)];
}

/** A block of which an exception leaves nothing: a policy could not say so of it, and it would stay open. */
function closedBy(part: string, cidrs: readonly string[]): DeclarationFault | undefined {
  const whole = cidrs.find((cidr) => {
    const [outer, inner] = [parseCidr(part), parseCidr(cidr)];
    return outer !== undefined && inner !== undefined && cidrContains(outer, inner);
  });
  if (whole === undefined) return undefined;
  return {
    rule: 'cidr-valid',
    property: 'except',
    value: part,
    message: `${part} is all of ${whole}, of which nothing would be left`,
    remedy: `take ${whole} out of cidrs, or except less`,
  };
}

function everybodyFault(cidr: string): DeclarationFault | undefined {
  if (parseCidr(cidr)?.prefix !== 0) return undefined;
  return {
    rule: 'cidr-valid',
    property: 'cidrs',
    value: cidr,
    message: `${cidr} is everybody, and no network that somebody answers for`,
    remedy: 'give the addresses of the one that is meant; whom everybody may reach is exposed to a Gateway',
  };
}
