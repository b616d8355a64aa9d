/** A Loki of three processes with a bucket, as they are made for it: nothing is lost while one of them, or two, are killed under load. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lokiOverrides } from '../../../core/logs/loki';
import { writeYaml } from '../../../core/manifest/yaml/write';
import { describeStore } from '../../support/logs';
import { ContainerLog, podsOf } from '../../support/logs/container-log';
import { answerTo, ping, preface } from '../../support/logs/gossip';
import { LogPipeline, type StoredLine, sumOf } from '../../support/logs/pipeline';
import { addresses, type Replica, Replicas } from '../../support/logs/replicas';
import { S3Store } from '../../support/logs/s3-store';

jest.setTimeout(900_000);

const bucket = 'acme-logs';

/** What the role of Loki may do, as the manual has it. */
const lokiMay = [
  { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [`arn:aws:s3:::${bucket}`] },
  {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    Resource: [`arn:aws:s3:::${bucket}/*`],
  },
];

const day = 86_400;

/** How an answer of memberlist begins. */
const compressed = 9;

describeStore('a Loki of three processes', (programs) => {
  let pipeline: LogPipeline;
  let store: S3Store;
  let replicas: Replicas;
  beforeAll(async () => {
    pipeline = await LogPipeline.create(programs, { agent: podsOf });
    const { group, authority, pairs } = pipeline;
    store = await S3Store.create({ program: programs.minio, group, authority, shown: pairs.store });
    await store.bucket(bucket);
    replicas = await Replicas.create({
      program: programs.loki,
      pipeline,
      loki: {
        bucket: { kind: 's3', bucket, region: 'eu-central-1' },
        compactionInterval: '5s',
        deleteDelay: '1s',
        resyncInterval: '5s',
      },
      env: await store.identity('loki', lokiMay),
    });
    replicas.start(0, 1, 2);
    pipeline.start('gateway');
    pipeline.start('agent');
    await replicas.ready(0, 1, 2);
    await pipeline.ready();
  });
  afterAll(async () => {
    await replicas?.stop();
    await store?.stop();
    await pipeline?.stop();
  });

  it('lets nobody read or write who shows no certificate', async () => {
    const { authority, pairs } = pipeline;
    const ca = authority.cert;
    const shown = pairs.loki;
    const grpc = { host: addresses[1], port: replicas.ports.grpcPort };
    expect(await answerTo({ ...grpc, ca, shown }, preface)).toBeInstanceOf(Buffer);
    expect(await answerTo({ ...grpc, ca }, preface)).toMatch(/CERTIFICATE_REQUIRED/);
    expect(await answerTo(grpc, preface)).not.toBeInstanceOf(Buffer);
  });

  it('has those alone in its ring who encrypt, and know which ring it is', async () => {
    const ca = pipeline.authority.cert;
    const ring = { host: addresses[1], port: replicas.ports.gossipPort };
    const known = ping('logging-loki');
    expect(await answerTo({ ...ring, ca }, ping('another-loki'))).toBe('closed');
    expect(await answerTo({ ...ring, ca }, ping())).toBe('closed');
    expect(await answerTo(ring, known)).toMatch(/closed|RESET/);
    // The one connection that asks for no certificate, as the manual says: who reaches the port is for network policies.
    expect((await answerTo({ ...ring, ca }, known)).at(0)).toBe(compressed);
  });

  // A connection to one that is stopped breaks, and whoever asks asks again.
  const asked = async (query: string, since = 3_600, attempts = 3): Promise<readonly StoredLine[]> =>
    pipeline.query('application', query, since).catch(async (error) => {
      if (attempts === 1) throw error;
      await sleep(1_000);
      return asked(query, since, attempts - 1);
    });
  const linesOf = async (namespace: string): Promise<number> =>
    (await asked(`{k8s_namespace_name="${namespace}"}`, 6 * day)).length;
  /** Lines that the tests have written so far. */
  let written = 0;

  it('is replaced one by one under load, and answers all along', async () => {
    replicas.show(0, 1, 2);
    const pods = join(pipeline.group.folder, 'pods');
    const lines = Array.from({ length: 50 }, (_, i) => `line ${i}`);
    new ContainerLog(pods, 'asked', 'web').write(lines);
    await pipeline.stored('application', '{k8s_namespace_name="asked"}', lines.length);
    const container = new ContainerLog(pods, 'rollout', 'web');
    let sent = 0;
    const writing = setInterval(() => container.write([`line ${sent++} of a rollout`]), 20);
    try {
      // As a StatefulSet does it.
      for (const which of [2, 1, 0] as const) {
        await replicas.end(which, 'stopped', 30_000);
        expect(await linesOf('asked')).toBe(lines.length);
        replicas.start(which);
        await replicas.ready(which);
        expect(await linesOf('asked')).toBe(lines.length);
      }
    } finally {
      clearInterval(writing);
    }
    written += lines.length + sent;
    const rollout = await pipeline.stored('application', '{k8s_namespace_name="rollout"}', sent);
    process.stderr.write(`\nsent ${sent}, stored ${rollout.length} while each was replaced\n`);
    expect([...new Set(rollout.map(numberOf))]).toEqual(Array.from({ length: sent }, (_, i) => i));
  });

  it('deletes from the bucket what is old, and nothing else', async () => {
    replicas.show(0, 1, 2);
    const pods = join(pipeline.group.folder, 'pods');
    const lines = Array.from({ length: 50 }, (_, i) => `line ${i}`);
    // A stream each: Loki refuses lines that are half a day older than others of theirs.
    new ContainerLog(pods, 'old', 'web').write(lines, 4 * day);
    new ContainerLog(pods, 'kept', 'web').write(lines, 4 * day);
    new ContainerLog(pods, 'new', 'web').write(lines);
    const names = ['old', 'kept', 'new'];
    /** The streams that have chunks in the bucket. */
    const streams = async () =>
      new Set((await store.versions(bucket, 'application/')).map(({ key }) => key.split('/')[1]));
    written += 3 * lines.length;
    await pipeline.taken(written);
    // Chunks and index go to the bucket when they stop. All at once: each takes its whole grace period.
    await Promise.all(([0, 1, 2] as const).map((which) => replicas.end(which, 'stopped')));
    // And those of the other tests.
    const { size } = await streams();
    expect(size).toBeGreaterThanOrEqual(names.length);
    replicas.start(0, 1, 2);
    await replicas.ready(0, 1, 2);
    const all = () => Promise.all(names.map((name) => linesOf(name)));
    const found = () =>
      all().then(
        (counts) => (counts.join() === '50,50,50' ? true : undefined),
        () => undefined,
      );
    await pipeline.group.until(found, { what: 'the index to be read', log: 'loki-0', deadline: 60_000 });
    const kept = { tenant: 'application' as const, labels: { k8s_namespace_name: 'kept' }, days: 30 };
    writeFileSync(pipeline.config('overrides.yaml'), writeYaml(lokiOverrides({ application: 2, streams: [kept] })));
    await pipeline.group.until(async () => ((await streams()).size < size ? true : undefined), {
      what: 'chunks to be deleted',
      log: 'loki-0',
      deadline: 300_000,
    });
    expect((await streams()).size).toBe(size - 1);
    const answered = () =>
      all().then(
        (counts) => (counts[0] === 0 ? counts : undefined),
        () => undefined,
      );
    const last = await pipeline.group.until(answered, {
      what: 'the index to be read again',
      log: 'loki-0',
      deadline: 60_000,
    });
    expect(last).toEqual([0, 50, 50]);
  });

  it('loses no line while one is killed under load, and keeps all while two are', async () => {
    const container = new ContainerLog(join(pipeline.group.folder, 'pods'), 'load', 'web');
    const query = '{k8s_namespace_name="load"}';
    let sent = 0;
    const write = async (seconds: number): Promise<void> => {
      for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(50))
        container.write(Array.from({ length: 50 }, () => `line ${sent++} ${'x'.repeat(200)}`));
    };
    const arrived = async (what: string) => {
      const last = `${query} |= "line ${sent - 1} "`;
      const there = async () => {
        const found = await pipeline.query('application', last).catch(() => []);
        return found.length > 0 && (await waiting()) === 0 ? true : undefined;
      };
      await pipeline.group.until(there, { what: `${sent} lines ${what}`, log: 'gateway', deadline: 90_000 });
      // There are several senders: the last line may be stored before others.
      await pipeline.stored('application', query, sent);
    };
    /** What still waits in the gateway. */
    const waiting = async () => sumOf(await pipeline.metrics('gateway'), 'otelcol_exporter_queue_size');
    const storedBy = async (...which: readonly Replica[]) => {
      replicas.show(...which);
      // One that has just begun may not have heard of the others yet, and answers from what it has itself.
      const stored = await pipeline.stored('application', query, sent);
      // What one has taken, and too few others, is sent again: it may be there twice, with the same time and text.
      const once = [...new Map(stored.map((each) => [`${each.nanoseconds} ${each.line}`, each])).values()];
      process.stderr.write(
        `\nsent ${sent}, stored ${once.length} and ${stored.length - once.length} of them twice, asked from loki-${which}\n`,
      );
      expect(once.map(numberOf)).toEqual(Array.from({ length: sent }, (_, i) => i));
    };

    await write(3);
    await replicas.end(0, 'killed');
    await write(5);
    replicas.show(1, 2);
    await arrived('with one that is away');
    await storedBy(1);
    await storedBy(2);

    await replicas.end(1, 'killed');
    replicas.show(2);
    await write(4);
    await pipeline.group.until(async () => (await waiting()) > 0 || undefined, {
      what: 'lines to wait',
      log: 'gateway',
      deadline: 60_000,
    });
    expect(failedIn(await pipeline.metrics('gateway'))).toBe(0);
    replicas.start(0, 1);
    await replicas.ready(0, 1);
    replicas.show(0, 1, 2);
    await write(2);
    await arrived('with all of them');
    for (const which of [0, 1, 2] as const) await storedBy(which);
    expect(failedIn(await pipeline.metrics('gateway'))).toBe(0);
  });
});

const numberOf = ({ line }: StoredLine): number => Number(/^line (\d+) /.exec(line)?.[1]);

/** Lines that were given up. */
function failedIn(metrics: string): number {
  return sumOf(metrics, 'otelcol_exporter_send_failed_log_records');
}
