/** What is a pattern and what is none, by the Collector that has to start with it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentConfig } from '../../../core/logs/collector/agent';
import { writeYaml } from '../../../core/manifest/yaml/write';
import { describeLogs } from '../../support/logs';
import { badPatterns, goodPatterns } from '../../support/logs/patterns';

jest.setTimeout(120_000);

describeLogs('patterns of one\u2019s own', (programs) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'patterns-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (patterns: readonly string[]) => {
    const path = join(folder, 'collector.yaml');
    const file = join(folder, 'none');
    const config = agentConfig({
      node: 'node-1',
      audit: ['/var/log/kubernetes/audit/*.log'],
      redaction: { custom: patterns.map((pattern, i) => ({ id: `p${i}`, pattern })) },
      folder,
      queueBytes: 1024 ** 3,
      memoryMebibytes: 100,
      gateway: 'localhost:4317',
      tls: { caFile: file, certFile: file, keyFile: file },
      listeners: { health: 'localhost:0', metrics: { host: 'localhost', port: 0 } },
    });
    writeFileSync(path, writeYaml(config));
    const { status, stderr } = spawnSync(programs.otelcol, ['validate', `--config=${path}`], { encoding: 'utf8' });
    return { status, stderr };
  };

  it('are patterns to it, too', () => {
    expect(start(goodPatterns)).toEqual({ status: 0, stderr: '' });
  });

  it('are none to it, either', () => {
    const bad = Object.keys(badPatterns).filter((pattern) => !/\p{Cs}/u.test(pattern));
    expect(bad.filter((pattern) => start([pattern]).status === 0)).toEqual([]);
  });
});
