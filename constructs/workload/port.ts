import type { Protocol } from '../../core/manifest/pod';
import type { NetworkPolicyPort } from '../../core/network/peer';

/** A port that a container listens on. */
export interface PortProps {
  /** The number inside the container. */
  readonly port: number;
  /** How Services and policies call it: at most 15 lower-case letters, digits and dashes. @default - of the main container's first port what its probe speaks (`http`, `grpc`, `tcp`), else `tcp-<port>` */
  readonly name?: string;
  /** @default 'TCP' */
  readonly protocol?: Protocol;
  /** The number that the Service gives it. @default - the number inside the container */
  readonly servicePort?: number;
  /** What is spoken on it, for meshes and gateways: `http`, `kubernetes.io/h2c`. @default - none */
  readonly appProtocol?: string;
}

/** A port with every default filled in. */
export interface Port {
  readonly port: number;
  readonly name: string;
  readonly protocol: Protocol;
  readonly servicePort: number;
  readonly appProtocol?: string;
}

/** What a policy opens of it. */
export function openingOf({ protocol, port }: Pick<Port, 'port' | 'protocol'>): NetworkPolicyPort {
  return { protocol, port };
}

/** The port that is meant by number or name; the first one where none is named. */
export function findPort(ports: readonly Port[], wanted: number | string | undefined): Port | undefined {
  return wanted === undefined ? ports[0] : ports.find(({ port, name }) => port === wanted || name === wanted);
}

/**
 * Fills in the defaults.
 * @param spoken what a probe says about the first port
 */
export function resolvePorts(props: readonly (number | PortProps)[], spoken?: string): readonly Port[] {
  return props.map((entry, i) => {
    const given = typeof entry === 'number' ? { port: entry } : entry;
    const protocol = given.protocol ?? 'TCP';
    const fallback = i === 0 && spoken && protocol === 'TCP' ? spoken : `${protocol.toLowerCase()}-${given.port}`;
    return {
      port: given.port,
      name: given.name ?? fallback,
      protocol,
      servicePort: given.servicePort ?? given.port,
      ...(given.appProtocol !== undefined && { appProtocol: given.appProtocol }),
    };
  });
}
