/** The archive of the audit log: a real store with object lock, which the gateways write to by web identity. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { archiveExporter } from '../../../core/logs/collector/gateway';
import { logMetrics } from '../../../stacks/log-pipeline/alerts';
import { archiveNeeds } from '../../../stacks/log-pipeline/archive';
import { describeStore } from '../../support/logs';
import type { AwsKeys } from '../../support/logs/aws-request';
import { LogPipeline } from '../../support/logs/pipeline';
import { plant } from '../../support/logs/planted';
import { type ObjectVersion, S3Store } from '../../support/logs/s3-store';

jest.setTimeout(240_000);

const bucket = 'acme-audit-archive';
const region = 'eu-central-1';
const retentionDays = 400;
const day = 86_400_000;

/** A batch of OTLP, as far as the test reads it. */
interface Batch {
  readonly resourceLogs: readonly {
    readonly scopeLogs: readonly {
      readonly logRecords: readonly {
        readonly timeUnixNano?: string;
        readonly body: { readonly stringValue: string };
      }[];
    }[];
  }[];
}

describeStore('the archive', (programs) => {
  let pipeline: LogPipeline;
  let store: S3Store;
  let gateway: AwsKeys;
  const needs = archiveNeeds({ bucket, partition: 'aws', retentionDays });
  beforeAll(async () => {
    pipeline = await LogPipeline.create(programs, {
      agent: (at) => ({ audit: [join(at, 'audit', '*.log')] }),
      gateway: { archive: { bucket, region, gather: '1s' } },
    });
    const { group, authority, pairs } = pipeline;
    mkdirSync(join(group.folder, 'audit'));
    store = await S3Store.create({ program: programs.minio, group, authority, shown: pairs.store });
    await store.bucket(bucket, { lockedDays: needs.objectLock.Rule.DefaultRetention.Days });
    const env = await store.identity('log-archive', needs.policy.Statement);
    pipeline.env.gateway = env;
    gateway = await store.session(env);
    await pipeline.up();
  });
  afterAll(async () => {
    await store?.stop();
    await pipeline?.stop();
  });

  const write = (lines: readonly string[]) =>
    appendFileSync(join(pipeline.group.folder, 'audit', 'audit.log'), lines.map((line) => `${line}\n`).join(''));

  const event = (i: number) =>
    JSON.stringify({
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      level: 'Metadata',
      auditID: randomUUID(),
      stage: 'ResponseComplete',
      requestURI: `/api/v1/namespaces/shop/secrets/db-${i}`,
      verb: 'get',
      stageTimestamp: new Date().toISOString(),
    });

  /** The versions that hold lines. */
  const objects = async () => (await store.versions(bucket, 'audit/')).filter(({ marker }) => !marker);
  const text = async (version: ObjectVersion) => gunzipSync(await store.object(bucket, version)).toString('utf8');

  /** Every line that is in the archive. */
  const archived = async () => {
    const texts = await Promise.all((await objects()).map(text));
    return texts
      .map((each) => JSON.parse(each) as Batch)
      .flatMap(({ resourceLogs }) => resourceLogs)
      .flatMap(({ scopeLogs }) => scopeLogs)
      .flatMap(({ logRecords }) => logRecords)
      .map(({ body }) => body.stringValue);
  };

  const until = (lines: readonly string[], deadline = 60_000) =>
    pipeline.group.until(
      async () => {
        const there = new Set(await archived().catch(() => []));
        await sleep(300);
        return lines.every((line) => there.has(line)) || undefined;
      },
      { what: `${lines.length} lines in the archive`, log: 'gateway', deadline },
    );

  it('has what Loki has, and no secret', async () => {
    const planted = plant(5);
    const secrets = planted.flatMap((each) => each.secrets);
    const events = Array.from({ length: 200 }, (_, i) => event(i));
    const lines = [...planted.flatMap((each) => each.lines), ...events];
    write(lines);
    await until(events);
    // There are several senders: what was written first may come last.
    const complete = async () => ((await archived().catch(() => [])).length >= lines.length ? true : undefined);
    await pipeline.group.until(complete, { what: 'every line in the archive', log: 'gateway', deadline: 60_000 });
    const everything = (await Promise.all((await objects()).map(text))).join('\n');
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
    const stored = await pipeline.stored('audit', '{log_source="audit"}', lines.length);
    expect((await archived()).sort()).toEqual(stored.map(({ line }) => line).sort());
    process.stderr.write(
      `\n${secrets.length} secrets planted, 0 found in ${(await objects()).length} objects of ${stored.length} lines\n`,
    );
  });

  it('is changed by nobody, not even by the administrator of the store', async () => {
    const [object] = await objects();
    if (object === undefined) throw new Error('there is no object');
    const { key, version } = object;
    expect(key).toMatch(/^audit\/year=\d{4}\/month=\d\d\/day=\d\d\/hour=\d\d\/logs_[0-9a-f-]{36}\.json\.gz$/);
    const before = await text(object);
    const path = `/${bucket}/${key}`;
    const query = { versionId: version };
    const bypass = { 'x-amz-bypass-governance-retention': 'true' };
    const refused = async (...args: Parameters<S3Store['ask']>) => {
      const { status, body } = await store.ask(...args);
      return `${status} ${/<Code>(.*?)</.exec(String(body))?.[1]}`;
    };
    expect(await refused('DELETE', path, { query })).toBe('400 InvalidRequest');
    expect(await refused('DELETE', path, { query, headers: bypass })).toBe('400 InvalidRequest');
    const retention = (await store.done('GET', path, { query: { ...query, retention: '' } })).body.toString();
    expect(retention).toContain('<Mode>COMPLIANCE</Mode>');
    const until = Date.parse(/<RetainUntilDate>(.*?)</.exec(retention)?.[1] ?? '');
    expect(until - Date.now()).toBeGreaterThan((retentionDays - 1) * day);
    const sooner = `<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>${new Date(Date.now() + day).toISOString()}</RetainUntilDate></Retention>`;
    const change = { query: { ...query, retention: '' }, headers: bypass, body: sooner };
    expect(await refused('PUT', path, change)).toMatch(/^40[03] /);
    const suspended = '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>';
    expect(await refused('PUT', `/${bucket}`, { query: { versioning: '' }, body: suspended })).toMatch(
      / InvalidBucketState$/,
    );
    // Written over, it is another version; deleted, it is hidden. What was there is there, and both are seen in the list of versions.
    await store.done('PUT', path, { body: 'another' });
    await store.done('DELETE', path);
    const versions = await store.versions(bucket, key);
    expect(versions.map(({ marker }) => marker).sort()).toEqual([false, false, true]);
    expect(await text(object)).toBe(before);
    // The gateway cannot even read.
    for (const [method, at, rest] of [
      ['GET', path, {}],
      ['GET', `/${bucket}`, {}],
      ['DELETE', path, { query }],
      ['PUT', `/${bucket}/elsewhere`, { body: 'x' }],
      ['GET', `/${bucket}`, { query: { 'object-lock': '' } }],
    ] as const)
      expect(await refused(method, at, { ...rest, keys: gateway })).toBe('403 AccessDenied');
    // That of the test is none of the archive's.
    const own = versions.find((each) => !each.marker && each.version !== version);
    written.push(own?.version ?? '');
  });

  const written: string[] = [];

  it('gets everything, with the store away, the gateway killed, or Loki away', async () => {
    const hidden = new Set(written);
    const inArchive = async () => (await objects()).filter(({ version }) => !hidden.has(version));
    const linesNow = async () => {
      const batches = await Promise.all((await inArchive()).map(text));
      return new Set(
        batches.flatMap((each) =>
          (JSON.parse(each) as Batch).resourceLogs.flatMap(({ scopeLogs }) =>
            scopeLogs.flatMap(({ logRecords }) => logRecords.map(({ body }) => body.stringValue)),
          ),
        ),
      );
    };
    const sent: string[] = [];
    const load = async (seconds: number): Promise<void> => {
      for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(50)) {
        const lines = Array.from({ length: 20 }, () => event(sent.length));
        sent.push(...lines);
        write(lines);
      }
    };
    const inLoki = async (deadline = 60_000) => {
      const last = JSON.parse(sent.at(-1) ?? '{}').auditID as string;
      await pipeline.stored('audit', `{log_source="audit"} |= "${last}"`, 1, deadline);
    };
    await load(2);
    await pipeline.group.end('store');
    await load(3);
    // Loki does not wait for the archive.
    await inLoki();
    await pipeline.end('gateway', 'killed');
    await load(2);
    pipeline.start('gateway');
    await load(1);
    store.start();
    await store.ready();
    await pipeline.end('loki', 'stopped');
    await load(2);
    // The archive does not wait for Loki.
    const complete = async () => {
      const there = await linesNow().catch(() => new Set<string>());
      await sleep(300);
      return sent.every((line) => there.has(line)) || undefined;
    };
    await pipeline.group.until(complete, {
      what: `${sent.length} lines in the archive`,
      log: 'gateway',
      deadline: 90_000,
    });
    pipeline.start('loki');
    await pipeline.ready();
    let stored = new Set<string>();
    const all = async () => {
      const lines = await pipeline.query('audit', '{log_source="audit"}').catch(() => []);
      stored = new Set(lines.map(({ line }) => line));
      await sleep(300);
      return sent.every((line) => stored.has(line)) || undefined;
    };
    await pipeline.group.until(all, { what: `${sent.length} lines in Loki`, log: 'gateway', deadline: 60_000 });
    const there = await linesNow();
    // What the alert is about.
    const metrics = await pipeline.metrics('gateway');
    for (const name of [logMetrics.queued, logMetrics.sent])
      expect(metrics).toMatch(new RegExp(`^${name}\\{[^}]*exporter="${archiveExporter}"`, 'm'));
    process.stderr.write(
      `\nsent ${sent.length}, archived ${sent.filter((line) => there.has(line)).length}, stored ${sent.filter((line) => stored.has(line)).length}\n`,
    );
    expect(sent.filter((line) => !there.has(line) || !stored.has(line))).toHaveLength(0);
  });
});
