/** The chain as it runs in a cluster, on loopback: an agent, a gateway and a Loki, with the configurations that are made for them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { type AgentSettings, agentConfig } from '../../../core/logs/collector/agent';
import { type GatewaySettings, gatewayConfig } from '../../../core/logs/collector/gateway';
import type { TlsFiles } from '../../../core/logs/collector/parts';
import { type LokiSettings, lokiConfig, lokiOverrides } from '../../../core/logs/loki';
import type { Tenant } from '../../../core/logs/sources';
import { writeYaml } from '../../../core/manifest/yaml/write';
import { Authority, type Pair } from '../control-plane/certificates';
import { ProcessGroup } from '../control-plane/process-group';
import { freePorts, LOOPBACK } from '../free-ports';
import type { LogPrograms } from '.';

/** What a test changes. */
export interface PipelineOptions {
  readonly agent?: (folder: string) => Partial<AgentSettings>;
  readonly gateway?: Partial<GatewaySettings>;
  readonly loki?: Partial<LokiSettings>;
}

/** Certificates that are there: of each part, of somebody who asks, and of a store of objects. */
type Holder = Part | 'reader' | 'store';

/** A line that Loki has. */
export interface StoredLine {
  readonly nanoseconds: bigint;
  readonly line: string;
  readonly labels: Readonly<Record<string, string>>;
}

export type Part = 'loki' | 'gateway' | 'agent';

const DEADLINE = 90_000;

export class LogPipeline {
  static async create(programs: LogPrograms, options: PipelineOptions = {}): Promise<LogPipeline> {
    const group = await ProcessGroup.create('kube-bulwark-logs-');
    const pki = join(group.folder, 'pki');
    for (const name of ['pki', 'config', 'loki', 'pods']) mkdirSync(join(group.folder, name));
    const authority = await Authority.create(pki, 'ca');
    const pairs = {
      loki: await authority.issue('loki', 'loki'),
      gateway: await authority.issue('gateway', 'gateway'),
      agent: await authority.issue('agent', 'agent'),
      reader: await authority.issue('reader', 'reader'),
      store: await authority.issue('store', 'store'),
    };
    const ports = await freePorts(8);
    return new LogPipeline(programs, group, authority.pair, pairs, ports, options);
  }

  private constructor(
    private readonly programs: LogPrograms,
    readonly group: ProcessGroup,
    readonly authority: Pair,
    readonly pairs: Readonly<Record<Holder, Pair>>,
    private readonly ports: readonly number[],
    options: PipelineOptions,
  ) {
    const { folder } = group;
    const config = join(folder, 'config');
    const at = (i: number): string => `${LOOPBACK}:${ports[i]}`;
    const metrics = (i: number) => ({ host: LOOPBACK, port: ports[i] ?? 0 });
    const loki: LokiSettings = {
      folder: join(folder, 'loki'),
      configFolder: config,
      listen: { address: LOOPBACK, port: ports[0] ?? 0 },
      internal: { address: LOOPBACK, port: ports[1] ?? 0 },
      grpcPort: ports[2] ?? 0,
      tls: this.tls('loki'),
      ingestMebibytesPerSecond: 256,
      ...options.loki,
    };
    const gateway: GatewaySettings = {
      listen: at(3),
      tls: this.tls('gateway'),
      folder: join(folder, 'gateway'),
      queueBytes: 1024 ** 3,
      memoryMebibytes: 600,
      store: { endpoint: `https://${at(0)}/otlp`, tls: this.tls('gateway') },
      listeners: { health: at(4), metrics: metrics(5) },
      ...options.gateway,
    };
    const agent: AgentSettings = {
      node: 'node-1',
      folder: join(folder, 'agent'),
      queueBytes: 256 * 1024 ** 2,
      memoryMebibytes: 300,
      gateway: at(3),
      tls: this.tls('agent'),
      listeners: { health: at(6), metrics: metrics(7) },
      ...options.agent?.(folder),
    };
    const files = {
      'loki.yaml': lokiConfig(loki),
      'overrides.yaml': lokiOverrides(loki.retention),
      'gateway.yaml': gatewayConfig(gateway),
      'agent.yaml': agentConfig(agent),
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(config, name), writeYaml(content));
  }

  /** What the parts are told besides: who they are to a cloud. */
  readonly env: Partial<Record<Part, Readonly<Record<string, string>>>> = {};

  /** Where Loki is asked. */
  get lokiPort(): number {
    return this.ports[0] ?? 0;
  }

  /** Files of a certificate. */
  tls(of: Holder): TlsFiles {
    const { certFile, keyFile } = this.pairs[of];
    return { caFile: this.authority.certFile, certFile, keyFile };
  }

  config(name: string): string {
    return join(this.group.folder, 'config', name);
  }

  /** The command line of each. */
  private readonly commands: Readonly<Record<Part, () => readonly [program: string, ...args: readonly string[]]>> = {
    loki: () => [this.programs.loki, `-config.file=${this.config('loki.yaml')}`],
    gateway: () => [this.programs.otelcol, `--config=${this.config('gateway.yaml')}`],
    agent: () => [
      this.programs.otelcol,
      `--config=${this.config('agent.yaml')}`,
      '--feature-gates=stanza.synchronousLogEmitter',
    ],
  };

  start(part: Part): void {
    const [program, ...args] = this.commands[part]();
    this.group.start(program, args, { name: part, env: this.env[part] ?? {} });
  }

  /** Starts all three, and waits for the store. */
  async up(): Promise<void> {
    this.start('loki');
    this.start('gateway');
    this.start('agent');
    await this.ready();
  }

  /** Waits until Loki takes lines and answers. */
  async ready(): Promise<void> {
    const ask = () =>
      this.get('/loki/api/v1/labels', 'application').then(
        ({ status }) => (status === 200 ? true : undefined),
        () => undefined,
      );
    await this.group.until(ask, { what: 'Loki to answer', log: 'loki', deadline: DEADLINE });
  }

  /** Stops a part: at once, as a power cut would, or in order. */
  end(part: Part, how: 'killed' | 'stopped'): Promise<void> {
    const pid = this.group.pids[part];
    if (how === 'killed' && pid !== undefined) process.kill(pid, 'SIGKILL');
    return this.group.end(part, 30_000);
  }

  /** Every line that a query finds, oldest first. */
  async query(tenant: Tenant, query: string, since = 3_600): Promise<readonly StoredLine[]> {
    const found: StoredLine[] = [];
    const limit = 5_000;
    let start = BigInt(Date.now() - since * 1_000) * 1_000_000n;
    const end = BigInt(Date.now() + 3_600_000) * 1_000_000n;
    for (;;) {
      const at = new URLSearchParams({
        query,
        start: `${start}`,
        end: `${end}`,
        limit: `${limit}`,
        direction: 'forward',
      });
      const { status, body } = await this.get(`/loki/api/v1/query_range?${at}`, tenant);
      if (status !== 200) throw new Error(`${query}: ${status} ${body}`);
      const { data } = JSON.parse(body) as { readonly data: { readonly result: readonly Stream[] } };
      const page = data.result
        .flatMap(({ stream, values }) =>
          values.map(([time, line]) => ({ nanoseconds: BigInt(time), line, labels: stream })),
        )
        .sort((a, b) => (a.nanoseconds < b.nanoseconds ? -1 : 1));
      const seen = new Set(found.filter(({ nanoseconds }) => nanoseconds === start).map(keyOf));
      found.push(...page.filter((line) => line.nanoseconds !== start || !seen.has(keyOf(line))));
      const last = page.at(-1)?.nanoseconds;
      if (page.length < limit || last === undefined) return found;
      start = last === start ? last + 1n : last;
    }
  }

  /** What a query of numbers comes to now, by the labels of its series. */
  async number(tenant: Tenant, query: string): Promise<number> {
    const { status, body } = await this.get(`/loki/api/v1/query?${new URLSearchParams({ query })}`, tenant);
    if (status !== 200) throw new Error(`${query}: ${status} ${body}`);
    const { data } = JSON.parse(body) as {
      readonly data: { readonly result: readonly { readonly value: [number, string] }[] };
    };
    return data.result.reduce((sum, { value }) => sum + Number(value[1]), 0);
  }

  /** The series that a query of numbers finds: now, or with a value for each step of the last hour, which are added up. */
  async series(tenant: Tenant, query: string, step?: number): Promise<readonly Series[]> {
    const now = Math.ceil(Date.now() / 1_000);
    const at = new URLSearchParams(
      step === undefined
        ? { query, time: `${now}`, limit: '1000' }
        : { query, start: `${now - 3_600}`, end: `${now + step}`, step: `${step}` },
    );
    const { status, body } = await this.get(`/loki/api/v1/query${step === undefined ? '' : '_range'}?${at}`, tenant);
    if (status !== 200) throw new Error(`${query}: ${status} ${body}`);
    const { data } = JSON.parse(body) as { readonly data: { readonly result: readonly RawSeries[] } };
    return data.result.map(({ metric, value, values }) => ({
      labels: metric,
      value: (values ?? (value === undefined ? [] : [value])).reduce((sum, [, each]) => sum + Number(each), 0),
    }));
  }

  /** Waits for so many lines of a tenant. What was sent again, and is there twice, counts once. */
  async stored(tenant: Tenant, query: string, count: number, deadline = DEADLINE): Promise<readonly StoredLine[]> {
    let last = 'no answer';
    const enough = async () => {
      try {
        const lines = await this.query(tenant, query);
        const { size } = new Set(lines.map(({ nanoseconds, line }) => `${nanoseconds} ${line}`));
        last = `${size} lines`;
        return size >= count ? lines : undefined;
      } catch (error) {
        last = String(error);
        return undefined;
      }
    };
    const what = `${count} lines of ${query}`;
    return this.group.until(enough, { what, log: 'gateway', deadline, last: () => last });
  }

  /** Waits until Loki has taken so many lines from the gateway in all, for lines that it does not look for yet. */
  async taken(count: number): Promise<void> {
    const enough = async () =>
      sumOf(await this.metrics('gateway').catch(() => ''), 'otelcol_exporter_sent_log_records') >= count || undefined;
    await this.group.until(enough, { what: `${count} lines to be taken`, log: 'gateway', deadline: DEADLINE });
  }

  /** Asks Loki, with the certificate of a reader or without one. */
  get(
    path: string,
    tenant?: Tenant,
    withCertificate = true,
  ): Promise<{ readonly status: number; readonly body: string }> {
    const { cert, key } = this.pairs.reader;
    return new Promise((done, fail) => {
      const call = request(
        {
          host: LOOPBACK,
          port: this.ports[0],
          path,
          ca: this.authority.cert,
          ...(withCertificate && { cert, key }),
          headers: tenant === undefined ? {} : { 'X-Scope-OrgID': tenant },
          agent: false,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            done({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          );
        },
      );
      call.on('error', fail);
      call.end();
    });
  }

  /** What a Collector counts about itself. */
  async metrics(part: 'gateway' | 'agent'): Promise<string> {
    const port = this.ports[part === 'gateway' ? 5 : 7];
    return (await fetch(`http://${LOOPBACK}:${port}/metrics`)).text();
  }

  /** The paths of every file below a folder of the group. */
  names(folder: string): readonly string[] {
    const root = join(this.group.folder, folder);
    return whileFilesGo(() =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
  }

  /** Every file below a folder of the group. */
  files(folder: string): readonly Buffer[] {
    return whileFilesGo(() => this.names(folder).map((path) => readFileSync(path)));
  }

  stop(): Promise<void> {
    return this.group.stop();
  }
}

/** A series of numbers that Loki finds. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Sample = readonly [time: number, value: string];

interface RawSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: Sample;
  readonly values?: readonly Sample[];
}

interface Stream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [time: string, line: string])[];
}

/** Reads anew where a file was deleted or renamed, by whom it belongs to, between its being listed and read. */
function whileFilesGo<T>(read: () => T): T {
  for (let attempt = 1; ; attempt++)
    try {
      return read();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 20) throw error;
    }
}

/** The sum of a metric's series, as Prometheus reads them. */
export function sumOf(metrics: string, name: string): number {
  const values = [...metrics.matchAll(new RegExp(`^${name}\\S* (\\S+)$`, 'gm'))];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

function keyOf({ nanoseconds, line, labels }: StoredLine): string {
  return JSON.stringify([`${nanoseconds}`, line, labels]);
}
