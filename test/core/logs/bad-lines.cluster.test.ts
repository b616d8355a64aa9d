/** Lines that are none as they should be: kept, and never a stop. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeLogs } from '../../support/logs';
import { ContainerLog, podsOf } from '../../support/logs/container-log';
import { LogPipeline } from '../../support/logs/pipeline';

jest.setTimeout(120_000);

const day = 86_400;

/** How much of the long line there is. */
const lengthOf = (texts: readonly string[]): number => texts.join('').match(/x/g)?.length ?? 0;

describeLogs('lines that nobody expects', (programs) => {
  let pipeline: LogPipeline;
  beforeAll(async () => {
    pipeline = await LogPipeline.create(programs, { agent: podsOf });
    await pipeline.up();
  });
  afterAll(() => pipeline?.stop());

  it('are kept, and those after them too', async () => {
    const log = new ContainerLog(join(pipeline.group.folder, 'pods'), 'odd', 'web');
    log.write(['{"json": true, "broken']);
    log.write(['before BYTES after']);
    const time = `${new Date().toISOString().replace('Z', '000001Z')} stdout F `;
    appendFileSync(
      log.path,
      Buffer.concat([Buffer.from(time), Buffer.from([0xff, 0xfe, 0x41]), Buffer.from(' bytes\n')]),
    );
    log.write([`long ${'x'.repeat(10_000_000)} end`]);
    new ContainerLog(join(pipeline.group.folder, 'pods'), 'ahead', 'web').write(['from tomorrow'], -day);
    // Not as a container runtime writes it: without its time, stream and tag.
    appendFileSync(log.path, 'panic: password=hunter2 not a line of a runtime\n');
    log.write(['the last line']);

    // Each queue has several senders, so that the last line may be stored before what was read before it.
    const found = await pipeline.group.until(
      async () => {
        const lines = await pipeline.query('application', '{k8s_node_name="node-1"}', 30 * day).catch(() => []);
        const texts = lines.map(({ line }) => line);
        const all = [
          '{"json": true, "broken',
          'the last line',
          'from tomorrow',
          'panic: password=[redacted:password] not a line of a runtime',
        ].every((text) => texts.includes(text));
        const bytes = texts.some((text) => /\uFFFD+A bytes/.test(text));
        return all && bytes && lengthOf(texts) >= 10_000_000 ? lines : undefined;
      },
      { what: 'all that was written', log: 'gateway', deadline: 60_000 },
    );
    const texts = found.map(({ line }) => line);
    expect(texts).toContain('{"json": true, "broken');
    expect(texts.join('\n')).toMatch(/\uFFFD+A bytes/);
    // In pieces of 1 MiB.
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(1024 ** 2);
    const ahead = found.find(({ line }) => line === 'from tomorrow');
    expect(Math.abs(Number((ahead?.nanoseconds ?? 0n) / 1_000_000n) - Date.now())).toBeLessThan(90_000);
    expect(texts).toContain('panic: password=[redacted:password] not a line of a runtime');
    // Nobody knows whose it is, and so it can be found; as can pieces but the first, which are in no form of a runtime, either.
    const nobodys = await pipeline.query('application', '{log_source="container", k8s_namespace_name=""}', 30 * day);
    expect(nobodys.map(({ line }) => line).filter((line) => !/^x+( end)?$/.test(line))).toEqual([
      'panic: password=[redacted:password] not a line of a runtime',
    ]);
    // The agent's own log is redacted by nobody.
    const own = pipeline.group.logOf('agent');
    for (const part of ['hunter2', 'xxxxxxxx', 'panic']) expect(own).not.toContain(part);
    expect(ahead?.labels.log_time_claimed).toMatch(/^\d{19}$/);
  });
});
