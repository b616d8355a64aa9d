/** Every configuration that the stack writes, in every size and alternative, judged by the programs that it is for. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeYaml } from '../../../core/manifest';
import { describeLogs, type LogPrograms } from '../../support/logs';
import { describeTool } from '../../support/policy-tools';
import { objectsIn } from '../../support/pulumi/registered';
import { alternatives, filesOf, registered } from './arguments';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'configs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What a program says of a configuration, by the name of its file. */
type Judge = (programs: LogPrograms, path: string) => readonly [program: string, ...args: readonly string[]];

const judges: Readonly<Record<string, Judge>> = {
  'collector.yaml': ({ otelcol }, path) => [otelcol, 'validate', `--config=${path}`],
  'loki.yaml': ({ loki }, path) => [loki, `-config.file=${path}`, '-config.expand-env=true', '-verify-config'],
};

function verdict([program, ...args]: readonly [string, ...(readonly string[])]) {
  const { status, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_NAME: 'node-1',
      POD_IP: '127.0.0.1',
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: '443',
    },
  });
  return { status, errors: stderr.split('\n').filter((line) => /error|level=(warn|fatal)|Error:/i.test(line)) };
}

describeLogs('the configurations of the log pipeline', (programs) => {
  it.each(Object.entries(alternatives))('are valid with %s', async (_, args) => {
    const files = filesOf(await registered(args));
    const judged = [...files].flatMap(([name, content]) => {
      const judge = judges[name.slice(name.indexOf('/') + 1)];
      return judge === undefined ? [] : [[name, verdict(judge(programs, written('config.yaml', content)))] as const];
    });
    expect(judged.length).toBe(
      2 + (args.existing === undefined ? 1 : 0) + (args.sources?.eventsFrom === undefined ? 0 : 1),
    );
    expect(judged).toEqual(judged.map(([name]) => [name, { status: 0, errors: [] }]));
  });

  it('are refused where they are wrong: the programs do judge', async () => {
    const files = filesOf(await registered({}));
    const broken = (name: string, from: string, to: string) => {
      const text = files.get(name) ?? '';
      expect(text).toContain(from);
      return written(`broken-${name.replace('/', '-')}`, text.replace(from, to));
    };
    const agent = broken('log-agent/collector.yaml', 'log_statements:', 'log_statments:');
    const gateway = broken('log-gateway/collector.yaml', 'max_recv_msg_size_mib:', 'max_recv_message_size:');
    const loki = broken('loki/loki.yaml', 'retention_enabled:', 'retention_enable:');
    for (const path of [agent, gateway])
      expect(verdict([programs.otelcol, 'validate', `--config=${path}`]).status).not.toBe(0);
    expect(verdict([programs.loki, `-config.file=${loki}`, '-verify-config']).status).not.toBe(0);
  });
});

describeTool('promtool', 'the rules of the log pipeline', (promtool) => {
  it.each(Object.entries(alternatives))('pass promtool check rules with %s', async (_, args) => {
    const [rules] = objectsIn(await registered(args)).filter(({ kind }) => kind === 'PrometheusRule');
    if (rules === undefined) throw new Error('there are no rules');
    const { groups } = rules.spec as { readonly groups: readonly { readonly rules: readonly unknown[] }[] };
    const path = written('rules.yaml', writeYaml({ groups }));
    const { stdout, stderr } = promtool('check', 'rules', '--lint=all', '--lint-fatal', path);
    expect(stderr).toBe('');
    expect(stdout).toContain(`SUCCESS: ${groups.flatMap((group) => group.rules).length} rules found`);
  });
});
