import type { NetworkPolicyPort } from '../../core/network/peer';
import type { Temporary } from '../../core/network/temporary';
import { either, flag, list, number, record, required, type Shape, text } from '../app/shape';
import { temporaryShape } from './connect-options';

/** A port, or a range of them, outside the cluster. */
export interface EgressPort {
  readonly port: number;
  /** The last port of a range. @default - only the one */
  readonly endPort?: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** Somewhere outside the cluster. */
export type Egress =
  | {
      /** Addresses, such as `203.0.113.0/24`. */
      readonly cidr: string;
      /** Parts of it that stay closed. The cloud's metadata addresses always do. @default - none */
      readonly except?: readonly string[];
      readonly ports: readonly [number | EgressPort, ...(number | EgressPort)[]];
      /** Opens DNS too, for a client that knows the address by a name. @default false */
      readonly dns?: boolean;
      /** Closes it after a day. @default - it is open for good */
      readonly temporary?: Temporary;
    }
  | {
      /** A name, such as `api.stripe.com`. Needs a CNI that knows names: the target says which it has. */
      readonly fqdn: string;
      readonly ports: readonly [number | EgressPort, ...(number | EgressPort)[]];
      /** Closes it after a day. @default - it is open for good */
      readonly temporary?: Temporary;
    };

const port = either(
  'a number',
  (given) => typeof given === 'number',
  record({ port: required(number, '443'), endPort: number, protocol: text }, 'an object with a port'),
);
const ports = required(list(port), '[443]');

const address: Shape = record({
  cidr: required(text, "'203.0.113.0/24'"),
  except: list(text),
  ports,
  dns: flag,
  temporary: temporaryShape,
});

const name: Shape = record({ fqdn: required(text, "'api.example.org'"), ports, temporary: temporaryShape });

/** The shape of somewhere outside the cluster: by address, unless it names a name. */
export function egressShape(given: unknown): Shape {
  return typeof given === 'object' && given !== null && 'fqdn' in given ? name : address;
}

/** The ports of somewhere outside the cluster, as a policy has them. */
export function egressPorts({ ports }: Egress): [NetworkPolicyPort, ...NetworkPolicyPort[]] {
  return ports.map((entry) => {
    const { port, endPort, protocol = 'TCP' }: EgressPort = typeof entry === 'number' ? { port: entry } : entry;
    return { protocol, port, ...(endPort !== undefined && { endPort }) };
  }) as [NetworkPolicyPort, ...NetworkPolicyPort[]];
}
