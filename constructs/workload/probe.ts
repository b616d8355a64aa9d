import type { Probe as CoreProbe } from '../../core/manifest/pod';

/** When and how often a probe asks. */
export interface ProbeOptions {
  /** Seconds before the first question. @default 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds between two questions. @default 10 */
  readonly periodSeconds?: number;
  /** Seconds to wait for an answer. @default 1 */
  readonly timeoutSeconds?: number;
  /** Good answers in a row before it counts as well. @default 1 */
  readonly successThreshold?: number;
  /** Bad answers in a row before it counts as ill. @default 3 */
  readonly failureThreshold?: number;
}

export interface PortProbeOptions extends ProbeOptions {
  /** The port to ask, by number or name. @default - the container's first TCP port */
  readonly port?: number | string;
}

export interface HttpProbeOptions extends PortProbeOptions {
  /** @default 'HTTP' */
  readonly scheme?: 'HTTP' | 'HTTPS';
  /** Headers to send. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GrpcProbeOptions extends ProbeOptions {
  /** The port to ask, by number. @default - the container's first TCP port */
  readonly port?: number;
  /** The service to ask for. @default - the server as a whole */
  readonly service?: string;
}

/** How to learn whether a container is well. A probe never names a host: it could be turned against another machine. */
export class Probe {
  /** Asks by HTTP: any status from 200 to 399 is good. */
  static http(path: string, options: HttpProbeOptions = {}): Probe {
    const { port, scheme, headers, ...timing } = options;
    const httpHeaders = headers && Object.entries(headers).map(([name, value]) => ({ name, value }));
    return new Probe('http', port, timing, (known) => ({
      httpGet: { path, port: known, ...(scheme && { scheme }), ...(httpHeaders && { httpHeaders }) },
    }));
  }

  /** Asks by the gRPC health checking protocol. */
  static grpc(options: GrpcProbeOptions = {}): Probe {
    const { port, service, ...timing } = options;
    return new Probe('grpc', port, timing, (known) => ({ grpc: { port: Number(known), ...(service && { service }) } }));
  }

  /** Opens a TCP connection. */
  static tcp(options: PortProbeOptions = {}): Probe {
    const { port, ...timing } = options;
    return new Probe('tcp', port, timing, (known) => ({ tcpSocket: { port: known } }));
  }

  /** Runs a command in the container: exit code 0 is good. Needs no port, and no shell unless the command names one. */
  static exec(command: readonly [string, ...string[]], options: ProbeOptions = {}): Probe {
    return new Probe(undefined, undefined, options, () => ({ exec: { command: [...command] } }));
  }

  /**
   * @param protocol what the port speaks, if the probe tells
   * @param port the port it asks for
   */
  private constructor(
    readonly protocol: 'http' | 'grpc' | 'tcp' | undefined,
    readonly port: number | string | undefined,
    private readonly timing: ProbeOptions,
    private readonly handler: (port: number | string) => CoreProbe,
  ) {}

  /** The probe as a manifest holds it; undefined where it needs a port and the container has none. @internal */
  render(defaultPort: number | undefined): CoreProbe | undefined {
    const port = this.port ?? defaultPort;
    if (port === undefined && this.protocol !== undefined) return undefined;
    return { ...this.handler(port ?? 0), ...this.timing };
  }
}
