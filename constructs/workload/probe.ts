import type { Probe as CoreProbe } from '../../core/manifest/pod';
import type { DeclarationFault } from '../app/declaration';
import { list, map, number, required, type Shapes, takeCall, text, value } from '../app/shape';

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

interface HttpArguments extends HttpProbeOptions {
  readonly path: string;
}

interface ExecArguments extends ProbeOptions {
  readonly command: readonly string[];
}

const timing: Shapes<ProbeOptions> = {
  initialDelaySeconds: number,
  periodSeconds: number,
  timeoutSeconds: number,
  successThreshold: number,
  failureThreshold: number,
};
const port = value(
  'a number, or the name of a port',
  (given) => typeof given === 'number' || typeof given === 'string',
);
const httpShapes: Shapes<HttpArguments> = {
  ...timing,
  path: required(text, "'/healthz'", '/'),
  port,
  scheme: value('HTTP or HTTPS', (given) => given === 'HTTP' || given === 'HTTPS'),
  headers: map(text, 'asked for'),
};
const grpcShapes: Shapes<GrpcProbeOptions> = { ...timing, port: number, service: text };
const tcpShapes: Shapes<PortProbeOptions> = { ...timing, port };
const execShapes: Shapes<ExecArguments> = {
  ...timing,
  command: required(list(text), "['/bin/healthy']", ['(no command)']),
};

/** How to learn whether a container is well. A probe never names a host: it could be turned against another machine. */
export class Probe {
  /** Asks by HTTP: any status from 200 to 399 is good. */
  static http(path: string, options: HttpProbeOptions = {}): Probe {
    const { props, faults } = takeCall<HttpArguments>(httpShapes, { path }, options);
    const { path: asked, port, scheme, headers, ...timing } = props;
    const httpHeaders = headers && Object.entries(headers).map(([name, value]) => ({ name, value }));
    const handler = (known: number | string) => ({
      httpGet: { path: asked, port: known, ...(scheme && { scheme }), ...(httpHeaders && { httpHeaders }) },
    });
    return new Probe('http', port, timing, handler, faults);
  }

  /** Asks by the gRPC health checking protocol. */
  static grpc(options: GrpcProbeOptions = {}): Probe {
    const { props, faults } = takeCall<GrpcProbeOptions>(grpcShapes, {}, options);
    const { port, service, ...timing } = props;
    const handler = (known: number | string) => ({ grpc: { port: Number(known), ...(service && { service }) } });
    return new Probe('grpc', port, timing, handler, faults);
  }

  /** Opens a TCP connection. */
  static tcp(options: PortProbeOptions = {}): Probe {
    const { props, faults } = takeCall<PortProbeOptions>(tcpShapes, {}, options);
    const { port, ...timing } = props;
    return new Probe('tcp', port, timing, (known) => ({ tcpSocket: { port: known } }), faults);
  }

  /** Runs a command in the container: exit code 0 is good. Needs no port, and no shell unless the command names one. */
  static exec(command: readonly [string, ...string[]], options: ProbeOptions = {}): Probe {
    const { props, faults } = takeCall<ExecArguments>(execShapes, { command }, options);
    const { command: run, ...timing } = props;
    return new Probe(undefined, undefined, timing, () => ({ exec: { command: [...run] } }), faults);
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
    /** What was wrong with the arguments. @internal */
    readonly faults: readonly DeclarationFault[],
  ) {}

  /** The probe as a manifest holds it; undefined where it needs a port and the container has none. @internal */
  render(defaultPort: number | undefined): CoreProbe | undefined {
    const port = this.port ?? defaultPort;
    if (port === undefined && this.protocol !== undefined) return undefined;
    return { ...this.handler(port ?? 0), ...this.timing };
  }
}
