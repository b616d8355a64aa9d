/** A Loki of three processes, with one configuration: each has an address of loopback and a folder of its own, as pods have. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { type LokiSettings, lokiConfig } from '../../../core/logs/loki';
import { writeYaml } from '../../../core/manifest/yaml/write';
import { freePorts, LOOPBACK } from '../free-ports';
import type { LogPipeline } from './pipeline';

/** Where each is, which pods have addresses for. */
export const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const;

export type Replica = 0 | 1 | 2;

export interface ReplicaOptions {
  readonly program: string;
  readonly pipeline: LogPipeline;
  readonly loki: Pick<LokiSettings, 'bucket'> & Partial<LokiSettings>;
  /** Who they are to the cloud. */
  readonly env: Readonly<Record<string, string>>;
}

export class Replicas {
  static async create({ program, pipeline, loki, env }: ReplicaOptions): Promise<Replicas> {
    const [port = 0, internal = 0, grpcPort = 0, gossipPort = 0] = await freePorts(4);
    const settings: LokiSettings = {
      folder: `\${DATA}`,
      configFolder: join(pipeline.group.folder, 'config'),
      listen: { address: `\${POD_IP}`, port },
      internal: { address: `\${POD_IP}`, port: internal },
      grpcPort,
      tls: pipeline.tls('loki'),
      ingestMebibytesPerSecond: 256,
      ring: {
        members: [`dns+localhost:${gossipPort}`, ...addresses.slice(1).map((address) => `${address}:${gossipPort}`)],
        address: `\${POD_IP}`,
        gossipPort,
        label: 'logging-loki',
        serverName: 'localhost',
      },
      ...loki,
    };
    const file = pipeline.config('replicas.yaml');
    writeFileSync(file, writeYaml(lokiConfig(settings)));
    const replicas = new Replicas(pipeline, { port, internal, grpcPort, gossipPort }, (name, address) => {
      const data = join(pipeline.group.folder, name);
      mkdirSync(data, { recursive: true });
      pipeline.group.start(
        program,
        [
          `-config.file=${file}`,
          '-config.expand-env=true',
          // Both are the name of the host otherwise, which each pod has another of.
          `-common.storage.ring.instance-id=${name}`,
          `-querier.id=${name}`,
        ],
        { name, env: { ...env, POD_IP: address, DATA: data } },
      );
    });
    await replicas.serve();
    return replicas;
  }

  /** Those that are asked and sent to, in this order: others are not, as one whose pod is not ready. */
  shown: readonly Replica[] = [0, 1, 2];
  readonly #sockets = new Set<Socket>();
  #service: Server | undefined;

  private constructor(
    private readonly pipeline: LogPipeline,
    readonly ports: Readonly<Record<'port' | 'internal' | 'grpcPort' | 'gossipPort', number>>,
    private readonly begin: (name: string, address: string) => void,
  ) {}

  /** What the name of a headless Service is to clients: the first that takes the connection. */
  private async serve(): Promise<void> {
    const service = createServer((client) => {
      const next = ([first, ...rest]: readonly Replica[]): void => {
        if (first === undefined) {
          client.destroy();
          return;
        }
        const server = dial(this.ports.port, addresses[first]);
        this.#sockets.add(server);
        let open = false;
        server.on('connect', () => {
          open = true;
          client.pipe(server).pipe(client);
        });
        server.on('error', () => (open ? client.destroy() : next(rest)));
        server.on('close', () => open && client.destroy());
        client.on('close', () => server.destroy());
      };
      this.#sockets.add(client);
      client.on('error', () => undefined);
      next(this.shown);
    });
    this.#service = service;
    await new Promise<void>((done) => service.listen(this.pipeline.lokiPort, LOOPBACK, done));
  }

  /** Whoever asks or sends from here on is with these, and nobody with others. */
  show(...shown: readonly Replica[]): void {
    this.shown = shown;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  start(...which: readonly Replica[]): void {
    for (const i of which) this.begin(`loki-${i}`, addresses[i]);
  }

  /**
   * Ends one: at once, as a power cut would, or in order.
   * @param grace milliseconds after which it is killed, as the kubelet does: by itself Loki never ends
   */
  end(which: Replica, how: 'killed' | 'stopped', grace = 120_000): Promise<void> {
    const name = `loki-${which}`;
    const pid = this.pipeline.group.pids[name];
    if (how === 'killed' && pid !== undefined) process.kill(pid, 'SIGKILL');
    return this.pipeline.group.end(name, grace);
  }

  /** Waits until each says that it is ready, as its probe asks it. */
  async ready(...which: readonly Replica[]): Promise<void> {
    for (const i of which) {
      const ask = () =>
        fetch(`http://${addresses[i]}:${this.ports.internal}/ready`).then(
          ({ status }) => (status === 200 ? true : undefined),
          () => undefined,
        );
      await this.pipeline.group.until(ask, { what: `loki-${i} to be ready`, log: `loki-${i}`, deadline: 90_000 });
    }
  }

  async stop(): Promise<void> {
    this.show();
    await new Promise((done) => (this.#service === undefined ? done(undefined) : this.#service.close(done)));
  }
}
