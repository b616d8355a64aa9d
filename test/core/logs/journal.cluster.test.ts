/** The journal of a node, by the real journalctl, through the chain. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeUnless } from '../../support/lack';
import { describeLogs } from '../../support/logs';
import { Journal, journalctlLack } from '../../support/logs/journal-file';
import { LogPipeline, type StoredLine } from '../../support/logs/pipeline';
import { plant } from '../../support/logs/planted';

jest.setTimeout(240_000);

const journal = (units?: readonly string[]) => (folder: string) => ({
  journal: { directory: join(folder, 'journal'), ...(units && { units }) },
});
const fromJournal = '{log_source="journal"}';
/** What the receiver may take and not note when it is stopped: a pipe of 64 KiB and a buffer of 4 KiB, where each of these entries has 400 bytes or more. */
const held = 170;
const numbers = (lines: readonly StoredLine[]): readonly number[] =>
  lines.map(({ line }) => Number(line.split(' ')[1])).sort((a, b) => a - b);

describeUnless(journalctlLack(), 'the journal', () => {
  describeLogs('of a node', (programs) => {
    let pipeline: LogPipeline;
    let node: Journal;
    beforeAll(async () => {
      pipeline = await LogPipeline.create(programs, { agent: journal() });
      node = new Journal(join(pipeline.group.folder, 'journal'));
      await pipeline.up();
    });
    afterAll(() => pipeline?.stop());

    it('leaves it without its secrets', async () => {
      const planted = plant(3);
      const lines = planted.flatMap((each) => each.lines);
      node.write(lines.map((MESSAGE) => ({ MESSAGE, PRIORITY: '6', _SYSTEMD_UNIT: 'kubelet.service' })));
      const stored = await pipeline.stored('application', '{systemd_unit="kubelet.service"}', lines.length);
      expect(stored).toHaveLength(lines.length);
      const secrets = planted.flatMap((each) => each.secrets.map((secret) => ({ kind: each.kind, secret })));
      const texts = stored.map((each) => JSON.stringify(each, (_, of) => (typeof of === 'bigint' ? `${of}` : of)));
      expect(secrets.filter(({ secret }) => texts.some((text) => text.includes(secret)))).toEqual([]);
      expect(texts.join()).toContain('[redacted:');
      for (const at of ['agent', 'gateway', 'loki'])
        for (const bytes of pipeline.files(at))
          expect(secrets.filter(({ secret }) => bytes.includes(secret)).map(({ kind }) => `${at}: ${kind}`)).toEqual(
            [],
          );
    });

    it('keeps what journalctl would leave out, shorten, or write as numbers', async () => {
      const _SYSTEMD_UNIT = 'odd.service';
      const long = `long ${'x'.repeat(100_000)} end`;
      node.write([
        { MESSAGE: 'debugging', PRIORITY: '7', _SYSTEMD_UNIT },
        { MESSAGE: long, PRIORITY: '6', _SYSTEMD_UNIT },
        // No UTF-8, and with the escape of a terminal: journalctl has both as numbers.
        { MESSAGE: Buffer.from([...Buffer.from('password=hunter2 '), 0xff, 0xfe]), PRIORITY: '6', _SYSTEMD_UNIT },
        { MESSAGE: '\u001b[31mpassword=hunter3\u001b[0m', PRIORITY: '6', _SYSTEMD_UNIT },
        // Without any message.
        { _CMDLINE: '/bin/job --password=hunter4', PRIORITY: '6', _SYSTEMD_UNIT },
      ]);
      const lines = (await pipeline.stored('application', '{systemd_unit="odd.service"}', 5)).map(({ line }) => line);
      expect(lines.slice(0, 2)).toEqual(['debugging', long]);
      expect(lines.slice(2)).toEqual([
        expect.stringMatching(/^password=\[redacted:password\] /),
        expect.stringContaining('password=[redacted:password]'),
        expect.stringContaining('password=[redacted:password]'),
      ]);
      expect(lines.join()).not.toContain('hunter');
      expect(pipeline.group.logOf('agent')).not.toContain('hunter');
    });

    it('makes no stream of each login, instance and container', async () => {
      const units: readonly (readonly [unit: string | undefined, label: string | undefined])[] = [
        ['sshd.service', 'sshd.service'],
        ['session-4.scope', 'session.scope'],
        ['session-5.scope', 'session.scope'],
        ['user@1000.service', 'user@.service'],
        ['systemd-coredump@3-81-0.service', 'systemd-coredump@.service'],
        [`cri-containerd-${'0a'.repeat(32)}.scope`, 'cri.scope'],
        ['run-u12.service', 'run.service'],
        ['run-r0a1b2c3d.scope', 'run.scope'],
        ['init.scope', 'init.scope'],
        ['systemd-journald.service', 'systemd-journald.service'],
        // The kernel has none.
        [undefined, undefined],
      ];
      node.write(units.map(([unit], i) => ({ MESSAGE: `unit ${i}`, ...(unit && { _SYSTEMD_UNIT: unit }) })));
      const lines = await pipeline.stored('application', `${fromJournal} |~ "^unit "`, units.length);
      const found = lines.map(({ labels }) => [labels.systemd_unit_name ?? labels.systemd_unit, labels.systemd_unit]);
      expect(found).toEqual(units);
    });

    it('loses nothing while the agent is stopped, and at most the entry in hand where it is killed; only what a stopped one had read may come twice', async () => {
      let sent = 0;
      const write = async (seconds: number): Promise<void> => {
        for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(100))
          node.write(Array.from({ length: 50 }, () => ({ MESSAGE: `load ${sent++}`, _SYSTEMD_UNIT: 'load.service' })));
      };
      const query = '{systemd_unit="load.service"}';
      // What came twice does not count.
      const different = (count: number) =>
        pipeline.group.until(
          async () => {
            const lines = await pipeline.query('application', query).catch(() => []);
            return new Set(numbers(lines)).size >= count ? lines : undefined;
          },
          { what: `${count} different lines of ${query}`, log: 'gateway', deadline: 60_000 },
        );
      const during = (seconds: number, act: () => Promise<void>) => Promise.all([write(seconds), act()]);
      await write(2);
      await during(4, async () => {
        await sleep(1_000);
        await pipeline.end('agent', 'stopped');
      });
      pipeline.start('agent');
      await write(3);
      const stopped = sent;
      const afterStop = await different(stopped);
      expect([...new Set(numbers(afterStop))]).toEqual(Array.from({ length: stopped }, (_, i) => i));
      expect(afterStop.length - stopped).toBeLessThanOrEqual(held);

      await during(3, async () => {
        await sleep(1_000);
        await pipeline.end('agent', 'killed');
      });
      pipeline.start('agent');
      await write(2);
      node.write([{ MESSAGE: `load ${sent++}`, _SYSTEMD_UNIT: 'load.service' }]);
      const last = () => pipeline.number('application', `sum(count_over_time(${query} |= "load ${sent - 1}" [1h]))`);
      await pipeline.group.until(async () => (await last().catch(() => 0)) > 0 || undefined, {
        what: 'the last entry',
        log: 'agent',
        deadline: 60_000,
      });
      const all = await different(sent - 1);
      process.stderr.write(`\njournal: sent ${sent}, stored ${all.length}\n`);
      expect(new Set(numbers(all)).size).toBeGreaterThanOrEqual(sent - 1);
      expect(all.length - sent).toBeLessThanOrEqual(held);
    });
  });

  describeLogs('of the units that are asked for', (programs) => {
    let pipeline: LogPipeline;
    afterAll(() => pipeline?.stop());

    it('has no line of others', async () => {
      pipeline = await LogPipeline.create(programs, { agent: journal(['kubelet.service', 'containerd.service']) });
      const node = new Journal(join(pipeline.group.folder, 'journal'));
      await pipeline.up();
      node.write(
        ['kubelet.service', 'sshd.service', 'containerd.service', 'kubelet.service'].map((_SYSTEMD_UNIT, i) => ({
          MESSAGE: `line ${i}`,
          _SYSTEMD_UNIT,
        })),
      );
      const lines = await pipeline.stored('application', fromJournal, 3);
      expect(lines.map(({ line, labels }) => [line, labels.systemd_unit])).toEqual([
        ['line 0', 'kubelet.service'],
        ['line 2', 'containerd.service'],
        ['line 3', 'kubelet.service'],
      ]);
    });
  });
});
