import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketVolume, loadFaults, logSize, queuesOf, volumeFaults } from '../../../core/logs/sizing';

const days = { audit: 400, application: 30 };

describe('logSize', () => {
  it('is what the page says', () => {
    const page = readFileSync(join(__dirname, '../../../docs/stacks/log-pipeline.md'), 'utf8');
    const rows = [
      ...page.matchAll(/^\| ([\d,]+) \| ([\d,]+) \| .* \| ([\d,]+) GiB \| ([\d,]+) GiB \| ([\d,]+) MiB \|$/gm),
    ];
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      const [lines = 0, bytes = 0, ...sizes] = row.slice(1).map((text) => Number(text.replaceAll(',', '')));
      const { gatewayVolume, lokiVolume, lokiMemory } = logSize({ linesPerSecond: lines, bytesPerLine: bytes }, days);
      expect([gatewayVolume, lokiVolume, lokiMemory]).toEqual(sizes);
    }
  });

  it('is what the page says of a bucket and an archive', () => {
    const page = readFileSync(join(__dirname, '../../../docs/stacks/log-pipeline.md'), 'utf8');
    const amount = '([\\d,]+)';
    const row = `^\\| ${amount} \\| ${amount} \\| ${amount} GiB \\| ${amount} GiB \\| ${amount} MiB \\| ${amount} GiB \\|$`;
    const rows = [...page.matchAll(new RegExp(row, 'gm'))];
    expect(rows).toHaveLength(5);
    for (const found of rows) {
      const [lines = 0, bytes = 0, ...sizes] = found.slice(1).map((text) => Number(text.replaceAll(',', '')));
      const size = logSize({ linesPerSecond: lines, bytesPerLine: bytes }, days, queuesOf(true));
      expect([size.gatewayVolume, bucketVolume(size), size.lokiMemory, 3 * size.kept]).toEqual(sizes);
    }
  });

  it('makes room for all queues on the volume that it asks for', () => {
    for (const queues of [queuesOf(false), queuesOf(true)])
      for (const linesPerSecond of [1, 500, 7_777, 100_000]) {
        const { queueBytes, gatewayVolume } = logSize({ linesPerSecond }, days, queues);
        const of = { queueGibibytes: queueBytes / 1024 ** 3, queues };
        expect(volumeFaults('volume', { ...of, volumeGibibytes: gatewayVolume })).toEqual([]);
        expect(volumeFaults('volume', { ...of, volumeGibibytes: gatewayVolume - 1 })).toHaveLength(1);
      }
  });

  it.each([
    [{ linesPerSecond: Number.NaN }, 'load.linesPerSecond'],
    [{ bytesPerLine: -1 }, 'load.bytesPerLine'],
    [{ outageHours: 0 }, 'load.outageHours'],
    [{ auditShare: 1.5 }, 'load.auditShare'],
  ])('refuses %j', (load, key) => {
    expect(loadFaults('load', load).map((fault) => fault.key)).toEqual([key]);
  });
});
