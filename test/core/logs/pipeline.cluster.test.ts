/** The chain end to end: real processes, with exactly the configurations that are made for them. */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterTarget } from '../../../core/cluster';
import { controlPlane } from '../../../core/control-plane';
import { expectOk } from '../../support/control-plane';
import { describeHardened } from '../../support/control-plane/describe-hardened';
import { settingsAt } from '../../support/control-plane/hardened';
import { describeLogs } from '../../support/logs';
import { ContainerLog, podsOf } from '../../support/logs/container-log';
import { LogPipeline, type StoredLine } from '../../support/logs/pipeline';
import { harmlessLines, plant } from '../../support/logs/planted';

jest.setTimeout(240_000);

describeLogs('lines of containers', (programs) => {
  let pipeline: LogPipeline;
  beforeAll(async () => {
    const redaction = {
      email: true,
      custom: [
        { id: 'ticket', pattern: 'TICKET-[0-9]{6}', needle: 'TICKET-' },
        // Without a needle, with a group, a dollar sign and a quote.
        { id: 'own-token', pattern: '(?i)\\bown\\$"[a-z0-9]{12}"' },
      ],
    };
    pipeline = await LogPipeline.create(programs, { agent: (at) => ({ ...podsOf(at), redaction }) });
    await pipeline.up();
  });
  afterAll(() => pipeline?.stop());

  const folder = (): string => join(pipeline.group.folder, 'pods');
  const everything = '{log_source=~".+"}';

  it('lets no secret leave the node, and leaves what is none as it is', async () => {
    const planted = plant(10);
    // Addresses of e-mail are asked for here, and are none of them.
    const harmless = harmlessLines().filter((line) => !line.includes('@example.com'));
    const secrets = planted.flatMap((each) => each.secrets.map((secret) => ({ kind: each.kind, secret })));
    const lines = [...planted.flatMap((each) => each.lines), ...harmless];
    // Secrets stand in the first bytes of a file, too.
    const container = new ContainerLog(folder(), 'shop', 'web');
    container.write(lines);

    const stored = await pipeline.stored('application', '{k8s_namespace_name="shop"}', lines.length);
    expect(stored).toHaveLength(lines.length);
    const texts = stored.map((each) => JSON.stringify(each, (_, of) => (typeof of === 'bigint' ? `${of}` : of)));
    const found = secrets.filter(({ secret }) => texts.some((text) => text.includes(secret)));
    expect(found).toEqual([]);
    const kinds = new Set(planted.map(({ kind }) => kind));
    process.stderr.write(
      `\n${secrets.length} secrets of ${kinds.size} kinds in ${lines.length} lines, ${found.length} found in Loki\n`,
    );
    expect(stored.map(({ line }) => line).filter((line) => harmless.includes(line))).toEqual(harmless);
    // The agent knows files again by their beginnings, which stand there as they are.
    const known = async () => pipeline.files('agent').some((bytes) => bytes.includes('Z stdout')) || undefined;
    await pipeline.group.until(known, { what: 'its checkpoint', log: 'agent', deadline: 60_000 });
    for (const at of ['agent', 'gateway', 'loki'])
      for (const bytes of pipeline.files(at))
        expect(secrets.filter(({ secret }) => bytes.includes(secret)).map(({ kind }) => `${at}: ${kind}`)).toEqual([]);
    expect([...new Set(stored.map(({ labels }) => labels.k8s_container_name))]).toEqual(['web']);
  });

  it('takes out what its owner asks for, and no more', async () => {
    const container = new ContainerLog(folder(), 'custom', 'web');
    container.write([
      'see TICKET-123456 and TICKET-12345',
      'with oWn$"abcdef012345" and own$"short"',
      'mail to ops@example.com please',
      'client_secret=-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0B-----END PRIVATE KEY-----',
    ]);
    const lines = await pipeline.stored('application', '{k8s_namespace_name="custom"}', 4);
    expect(lines.map(({ line }) => line)).toEqual([
      'see [redacted:ticket] and TICKET-12345',
      'with [redacted:own-token] and own$"short"',
      'mail to [redacted:email] please',
      // The whole key, and not its first word alone.
      'client_secret=[redacted:private-key]',
    ]);
  });

  it('asks who comes for a certificate, and keeps the tenants apart', async () => {
    await expect(pipeline.get('/loki/api/v1/labels', 'application', false)).rejects.toThrow();
    expect((await pipeline.get('/loki/api/v1/labels')).status).toBe(401);
    expect(await pipeline.query('audit', everything)).toEqual([]);
  });

  it('loses no line while Loki is stopped under load, and killed', async () => {
    const container = new ContainerLog(folder(), 'load', 'web');
    const query = '{k8s_namespace_name="load"}';
    let sent = 0;
    const write = async (seconds: number): Promise<void> => {
      for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(50)) {
        container.write(Array.from({ length: 100 }, () => `line ${sent++} ${'x'.repeat(200)}`));
      }
    };
    await write(3);
    await pipeline.end('loki', 'stopped');
    await write(5);
    pipeline.start('loki');
    await write(3);
    await pipeline.ready();
    await write(3);
    await pipeline.end('loki', 'killed');
    await write(5);
    pipeline.start('loki');
    await pipeline.ready();
    await write(3);

    let last = 'no answer';
    const enough = async (): Promise<true | undefined> => {
      const count = pipeline.number('application', `sum(count_over_time(${query}[1h]))`);
      last = await count.then(String, String);
      return Number(last) >= sent ? true : undefined;
    };
    await pipeline.group.until(enough, { what: `${sent} lines`, log: 'gateway', deadline: 90_000, last: () => last });
    const stored = await pipeline.stored('application', query, sent);
    process.stderr.write(`\nsent ${sent}, stored ${stored.length}\n`);
    expect(stored.map(numberOf)).toEqual(Array.from({ length: sent }, (_, i) => i));
  });
});

/** The whole way: the API server writes its audit log as the stack has it do, and LogQL answers who did what. */
describeHardened(
  'the audit log through the pipeline',
  '1.36.3',
  (places) =>
    controlPlane(
      { ...settingsAt(places), encryption: { secretbox: ['first'] } },
      ClusterTarget.of('1.36', { distribution: 'kubeadm' }),
      { first: randomBytes(32).toString('base64') },
    ),
  (plane) => {
    describeLogs('with an agent on its node', (programs) => {
      let pipeline: LogPipeline;
      const namespace = 'shop';
      const password = randomBytes(12).toString('hex');
      const token = `ghp_${randomBytes(18).toString('hex')}`;
      beforeAll(async () => {
        const { auditLog } = plane().places;
        const audit = [join(dirname(auditLog), '*.log')];
        pipeline = await LogPipeline.create(programs, { agent: () => ({ audit }) });
        await pipeline.up();
        const { admin } = plane();
        expectOk(await admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
        const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name: 'db' } };
        expectOk(await admin.create({ ...secret, stringData: { password } } as never));
        // Bodies of config maps are not logged, those of services are.
        const annotations = { note: `token ${token}` };
        const service = { metadata: { namespace, name: 'web', annotations }, spec: { ports: [{ port: 80 }] } };
        expectOk(await admin.create({ apiVersion: 'v1', kind: 'Service', ...service } as never));
        const alice = await plane().client('alice', 'system:masters');
        expectOk(await alice.get(secret as never));
        const mallory = await plane().client('mallory', 'interns');
        expect((await mallory.get(secret as never)).status).toBe(403);
        await mallory.request('POST', `/api/v1/namespaces/${namespace}/pods/web-0/exec?command=sh&stdin=true`);
      });
      afterAll(() => pipeline?.stop());

      const ask = async (filter: string, count = 1) => {
        const lines = await pipeline.stored('audit', `{log_source="audit"} | json | ${filter}`, count);
        return lines.map(({ line }) => {
          const { user, verb, objectRef, responseStatus } = JSON.parse(line);
          return `${user.username} ${verb} ${objectRef.name}: ${responseStatus.code}`;
        });
      };

      it('tells who read which secret, and who was refused', async () => {
        const found = await ask('objectRef_resource="secrets" | objectRef_namespace="shop" | verb="get"', 2);
        expect(found).toEqual(['alice get db: 200', 'mallory get db: 403']);
      });

      it('tells who asked for a shell in a container', async () => {
        expect(await ask('objectRef_subresource="exec" | stage="ResponseComplete"')).toEqual([
          'mallory create web-0: 403',
        ]);
      });

      it('has every event once, at its own time, and no secret', async () => {
        await ask('objectRef_subresource="exec"');
        const events = plane().auditEvents();
        const idOf = ({ auditID, stage }: { readonly auditID: string; readonly stage: string }) =>
          `${auditID} ${stage}`;
        const idsOf = (of: readonly StoredLine[]) => of.map(({ line }) => idOf(JSON.parse(line)));
        // The API server logs what it does by itself, too: as many lines may be of later events.
        const everyone = async () => {
          const found = await pipeline.query('audit', '{log_source="audit"}').catch(() => []);
          const there = new Set(idsOf(found));
          return events.every((event) => there.has(idOf(event))) ? found : undefined;
        };
        const lines = await pipeline.group.until(everyone, { what: 'every event', log: 'gateway', deadline: 60_000 });
        const ids = idsOf(lines);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { line, nanoseconds } of lines.slice(0, 50))
          expect(BigInt(Date.parse(JSON.parse(line).stageTimestamp))).toBe(nanoseconds / 1_000_000n);
        const all = lines.map(({ line }) => line).join('\n');
        expect(plane().auditBytes().includes(token)).toBe(true);
        for (const secret of [password, Buffer.from(password).toString('base64'), token])
          expect(all).not.toContain(secret);
        expect(await pipeline.query('application', '{log_source="audit"}')).toEqual([]);
      });

      it('has the secret encrypted in etcd', async () => {
        const stored = (await plane().stored(`/registry/secrets/${namespace}/db`))?.toString('latin1');
        expect(stored).toMatch(/^k8s:enc:/);
        expect(stored).not.toContain(password);
      });
    });
  },
);

const numberOf = ({ line }: StoredLine): number => Number(/^line (\d+) /.exec(line)?.[1]);
