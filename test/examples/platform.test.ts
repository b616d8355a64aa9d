/** examples/platform: each stack's file is read as Pulumi hands it to the program, and what that registers is written down. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Output } from '@pulumi/pulumi';
import { writeManifests } from '../../core/manifest';
import { evaluate } from '../../core/policy/evaluate';
import { ClusterTarget } from '../../index';
import { composeStacks, type StackOutputs } from '../../stacks/program/compose';
import { readSettings } from '../../stacks/program/read-settings';
import { collect } from '../../stacks/render/collect';
import { renderedProgram } from '../../stacks/render/objects';
import { readProject, readStackConfig } from '../../stacks/render/project';
import { settled as settledOutput } from '../stacks/audit-logging/arguments';
import { flowsOf } from '../support/flows';

const folder = join(resolve(__dirname, '../..'), 'examples/platform');
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const { name: project } = readProject(textOf('Pulumi.yaml'), 'Pulumi.yaml');

/** What the stack's file says; kind's is without the key, which is the reader's own. */
function settingsOf(stack: string) {
  const key = { '2026-11': Buffer.alloc(32, 7).toString('base64') };
  const config = readStackConfig(textOf(`Pulumi.${stack}.yaml`), stack, project);
  if (stack !== 'kind') return readSettings(config, project);
  expect(() => readSettings(config, project)).toThrow('there is no material for the key 2026-11');
  const values = { ...config.values, 'kube-bulwark:encryptionKeys': JSON.stringify(key) };
  return readSettings({ values, secretKeys: ['kube-bulwark:encryptionKeys'] }, project);
}

/** What agents may do and others may not, each by an exception of its own. */
const ofAgents = [
  ...[
    'host-path-sensitive',
    'host-path-volumes',
    'host-path-writable',
    'run-as-non-root',
    'run-as-user',
    'volume-types',
  ].map((rule) => `DaemonSet.apps log-agents/log-agent: ${rule}`),
  'Namespace log-agents: namespace-pod-security',
];

/** The bucket and the ring of the one, the events, the archive and the Grafana of the other. */
const besides: Readonly<Record<string, readonly string[]>> = {
  eks: ['logging/loki -> 10.0.0.0/16:443', 'logging/loki -> logging/loki:7946', 'logging/loki -> logging/loki:9095'],
  kubeadm: [
    ...['10.20.0.11', '10.20.0.12', '10.20.0.13'].map((server) => `logging/log-events -> ${server}/32:6443`),
    'logging/log-events -> logging/log-gateway:4317',
    'monitoring -> logging/log-events:8888',
    'gateway -> logging/log-grafana:3000',
    'logging/log-gateway -> 10.8.0.0/16:443',
    'logging/log-grafana -> 10.20.0.10/32:443',
    'logging/log-grafana -> logging/loki:3100',
  ],
};

/** The arrows of the diagram in docs/stacks/log-pipeline.md, and Prometheus. */
const diagram = [
  'log-agents/log-agent -> logging/log-gateway:4317',
  'logging/log-gateway -> logging/loki:3100',
  'monitoring -> log-agents/log-agent:8888',
  'monitoring -> logging/log-gateway:8888',
  'monitoring -> logging/loki:3101',
];

describe.each(['kind', 'eks', 'kubeadm'])('examples/platform for %s', (stack) => {
  it('deploys these objects, which break no rule but those that agents are excepted from, and puts this out', async () => {
    const settings = settingsOf(stack);
    let outputs: StackOutputs = {};
    const found = await collect(
      () => {
        outputs = composeStacks(settings);
      },
      { project, stack, preview: false },
    );
    const { objects, leftOut } = renderedProgram(found);
    expect(leftOut).toEqual({});
    const target = ClusterTarget.of(settings.kubernetesVersion);
    const { findings } = evaluate(
      objects.map((object) => ({ object })),
      { target, today: '2026-11-21' },
    );
    const broken = findings
      .filter(({ severity }) => severity !== 'info')
      .map(({ rule, object }) => `${object}: ${rule}`);
    expect([...new Set(broken)].sort()).toEqual(ofAgents);
    const arrows = diagram.filter((flow) => stack !== 'kind' || !flow.startsWith('monitoring'));
    expect(flowsOf(objects)).toEqual([...arrows, ...(besides[stack] ?? [])].sort());
    expect(writeManifests(objects)).toMatchSnapshot('objects');
    const {
      rotationSteps: _,
      secretFiles: _files,
      secretToolFiles: _toolFiles,
      ...plain
    } = outputs['audit-logging'] ?? {};
    expect(await settled(plain)).toMatchSnapshot('what it puts out');
    const { archive, ...addresses } = await settled(outputs['log-pipeline'] ?? {});
    expect(archive).toMatch(stack === 'kubeadm' ? /"COMPLIANCE","Days":730/ : /^$/);
    expect(addresses).toEqual({
      namespace: 'logging',
      agentNamespace: 'log-agents',
      ingest: 'log-gateway.logging.svc:4317',
      query: 'https://loki.logging.svc:3100',
      grafana: stack === 'kubeadm' ? 'https://log-grafana.logging.svc:3000' : '',
      tenants: ['audit', 'application'],
    });
  });
});

it('the manual writes the file that is withheld as the program does', async () => {
  const material = Buffer.alloc(32, 7).toString('base64');
  const [, text = ''] = /encryption\.yaml <<EOF\n(.*?)\n {4}EOF\n/s.exec(textOf('README.md')) ?? [];
  let outputs: StackOutputs = {};
  await collect(
    () => {
      outputs = composeStacks(settingsOf('kind'));
    },
    { project, stack: 'kind', preview: false },
  );
  const written = await new Promise<unknown>((done) => outputs['audit-logging']?.secretFiles?.apply(done));
  const path = '/etc/kubernetes/bulwark/encryption.yaml';
  const content = text.replace(/^ {4}/gm, '').replace('$key', material);
  expect(written).toEqual([{ path, mode: '0600', owner: 'root:root', content: `${content}\n` }]);
});

async function settled(outputs: Readonly<Record<string, Output<unknown>>>): Promise<Readonly<Record<string, unknown>>> {
  const pairs = Object.entries(outputs).map(async ([name, each]) => [name, (await settledOutput(each)).value] as const);
  return Object.fromEntries(await Promise.all(pairs));
}
