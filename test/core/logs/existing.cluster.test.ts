/** A store of somebody else's: whatever takes OTLP over HTTPS, here a Collector, with certificates on both sides. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeYaml } from '../../../core/manifest';
import { freePorts, LOOPBACK } from '../../support/free-ports';
import { describeLogs } from '../../support/logs';
import { ContainerLog, podsOf } from '../../support/logs/container-log';
import { LogPipeline } from '../../support/logs/pipeline';

jest.setTimeout(180_000);

describeLogs('a store that is there already', (programs) => {
  let pipeline: LogPipeline;
  let config: string;
  const stores: string[] = [];
  const startStore = (name: string): void => {
    stores.push(name);
    pipeline.group.start(programs.otelcol, [`--config=${config}`], { name });
  };
  const log = (): string => stores.map((name) => pipeline.group.logOf(name)).join('');
  /** The numbers of the lines that it has, each once. */
  const stored = (): readonly number[] => {
    const bodies = log().matchAll(/Body: Str\(line (\d+) /g);
    return [...new Set([...bodies].map(([, number]) => Number(number)))].sort((a, b) => a - b);
  };

  beforeAll(async () => {
    pipeline = await LogPipeline.create(programs, { agent: podsOf });
    const { folder } = pipeline.group;
    const [port = 0] = await freePorts(1);
    // As the stack has it for `existing`.
    const gateway = pipeline.config('gateway.yaml');
    const text = readFileSync(gateway, 'utf8');
    const changed = text
      .replace(/endpoint: https:\/\/.*\/otlp/g, `endpoint: https://${LOOPBACK}:${port}/otlp`)
      .replaceAll('compression: zstd', 'compression: gzip');
    expect(changed.match(/compression: gzip/g)).toHaveLength(2);
    writeFileSync(gateway, changed);
    const pki = (name: string): string => join(folder, 'pki', name);
    const tls = { cert_file: pki('loki.crt'), key_file: pki('loki.key'), client_ca_file: pki('ca.crt') };
    config = join(folder, 'config', 'store.yaml');
    writeFileSync(
      config,
      writeYaml({
        receivers: {
          otlp: { protocols: { http: { endpoint: `${LOOPBACK}:${port}`, logs_url_path: '/otlp/v1/logs', tls } } },
        },
        exporters: { debug: { verbosity: 'detailed' } },
        service: {
          telemetry: { metrics: { level: 'none' } },
          pipelines: { logs: { receivers: ['otlp'], exporters: ['debug'] } },
        },
      }),
    );
    startStore('store');
    pipeline.start('gateway');
    pipeline.start('agent');
  });
  afterAll(() => pipeline?.stop());

  it('has every line, also of the time in which it was away, and with their secrets taken out', async () => {
    const container = new ContainerLog(join(pipeline.group.folder, 'pods'), 'shop', 'web');
    let sent = 0;
    const write = async (seconds: number): Promise<void> => {
      for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(100))
        container.write(Array.from({ length: 20 }, () => `line ${sent++} password=hunter2`));
    };
    await write(2);
    await pipeline.group.until(async () => stored().length > 0 || undefined, {
      what: 'the first line',
      log: 'gateway',
      deadline: 60_000,
    });
    await pipeline.group.end('store', 30_000);
    await write(3);
    startStore('store-again');
    await write(2);
    const all = await pipeline.group.until(async () => (stored().length >= sent ? stored() : undefined), {
      what: `${sent} lines`,
      log: 'store-again',
      deadline: 60_000,
    });
    expect(all).toEqual(Array.from({ length: sent }, (_, i) => i));
    expect(log()).toContain('password=[redacted:password]');
    expect(log()).not.toContain('hunter2');
    process.stderr.write(`\nexisting: sent ${sent}, stored ${all.length}\n`);
  });
});
