/** What is older than its tenant keeps is deleted, and nothing else: a real Loki with the configuration that is made for it, and short intervals. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lokiOverrides } from '../../../core/logs/loki';
import { writeYaml } from '../../../core/manifest/yaml/write';
import { describeLogs } from '../../support/logs';
import { ContainerLog, podsOf } from '../../support/logs/container-log';
import { LogPipeline } from '../../support/logs/pipeline';

jest.setTimeout(600_000);

const day = 86_400;

describeLogs('retention', (programs) => {
  let pipeline: LogPipeline;
  beforeAll(async () => {
    pipeline = await LogPipeline.create(programs, {
      agent: podsOf,
      loki: {
        compactionInterval: '5s',
        deleteDelay: '1s',
      },
    });
    await pipeline.up();
  });
  afterAll(() => pipeline?.stop());

  it('deletes lines once they are old, and keeps those of a stream that stays longer', async () => {
    const pods = join(pipeline.group.folder, 'pods');
    const lines = Array.from({ length: 50 }, (_, i) => `line ${i}`);
    // A file each: Loki refuses lines that are half a day older than others of their stream.
    new ContainerLog(pods, 'old', 'web').write(lines, 4 * day);
    new ContainerLog(pods, 'kept', 'web').write(lines, 4 * day);
    new ContainerLog(pods, 'new', 'web').write(lines);
    const linesOf = async (namespace: string) =>
      (await pipeline.query('application', `{k8s_namespace_name="${namespace}"}`, 6 * day)).length;
    const all = async () => Promise.all(['old', 'kept', 'new'].map(linesOf));
    const until = (expected: string, deadline: number) =>
      pipeline.group.until(
        async () => {
          const found = await all().catch(() => []);
          await sleep(500);
          return found.join() === expected || undefined;
        },
        { what: expected, log: 'loki', deadline },
      );
    // Chunks and index go to the store when Loki stops, and when it starts again: until then it does not look for what is older than hours.
    await pipeline.taken(3 * lines.length);
    await pipeline.end('loki', 'stopped');
    pipeline.start('loki');
    await pipeline.ready();
    await until('50,50,50', 60_000);
    // Loki reads this file again by itself.
    const streams = [{ tenant: 'application' as const, labels: { k8s_namespace_name: 'kept' }, days: 30 }];
    writeFileSync(pipeline.config('overrides.yaml'), writeYaml(lokiOverrides({ application: 2, streams })));
    // One chunk a stream. Those that are left hold what the other two streams have, since Loki was started anew.
    const chunks = () => pipeline.names('loki/chunks/application');
    expect(chunks()).toHaveLength(3);
    await pipeline.group.until(async () => (chunks().length === 2 ? true : undefined), {
      what: 'the chunk to be deleted',
      log: 'loki',
      deadline: 400_000,
    });
    expect([await linesOf('kept'), await linesOf('new')]).toEqual([50, 50]);
  });
});
