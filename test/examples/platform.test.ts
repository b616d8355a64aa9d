/** examples/platform: what each stack's file has the program register is written down. */
import type { Output } from '@pulumi/pulumi';
import { writeManifests } from '../../core/manifest';
import { evaluate } from '../../core/policy/evaluate';
import { ClusterTarget } from '../../index';
import { renderedProgram } from '../../stacks/render/objects';
import { settled as settledOutput } from '../stacks/audit-logging/arguments';
import { flowsOf } from '../support/flows';
import { deployed, platforms, settingsOf, textOf } from './platforms';

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

/** The bucket and the ring of the one, the events, the archive and the Grafana of the other; the registry of both. */
const besides: Readonly<Record<string, readonly string[]>> = {
  eks: [
    'logging/loki -> 10.0.0.0/16:443',
    'logging/loki -> logging/loki:7946',
    'logging/loki -> logging/loki:9095',
    'gateway -> registry/registry:5000',
    'monitoring -> registry/registry:5001',
    'registry/registry -> 10.0.0.0/16:443',
  ],
  kubeadm: [
    ...['10.20.0.11', '10.20.0.12', '10.20.0.13'].map((server) => `logging/log-events -> ${server}/32:6443`),
    'logging/log-events -> logging/log-gateway:4317',
    'monitoring -> logging/log-events:8888',
    'gateway -> logging/log-grafana:3000',
    'logging/log-gateway -> 10.8.0.0/16:443',
    'logging/log-grafana -> 10.20.0.10/32:443',
    'logging/log-grafana -> logging/loki:3100',
    'gateway -> registry/registry:5000',
    'monitoring -> registry/registry:5001',
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

describe.each(platforms)('examples/platform for %s', (stack) => {
  it('deploys these objects, which break no rule but those that agents are excepted from, and puts this out', async () => {
    const settings = settingsOf(stack);
    const { found, outputs } = await deployed(settings);
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
    const { nodeFiles, ...registry } = await settled(outputs['private-registry'] ?? {});
    if (stack === 'kind') expect(outputs).not.toHaveProperty('private-registry');
    else {
      const onNodes = '/etc/containerd/certs.d/images.acme.example';
      expect(Object.keys(nodeFiles as object)).toEqual([`${onNodes}/hosts.toml`]);
      expect(registry).toEqual({
        namespace: 'registry',
        host: 'images.acme.example',
        address: 'registry.registry.svc:5000',
        pullSecret: 'registry-pull',
        authorityPath: `${onNodes}/ca.crt`,
      });
    }
  });
});

it("kind asks for the key that is the reader's own", () => {
  expect(() => settingsOf('kind', {})).toThrow('there is no material for the key 2026-11');
});

it('the manual writes the file that is withheld as the program does', async () => {
  const material = Buffer.alloc(32, 7).toString('base64');
  const [, text = ''] = /encryption\.yaml <<EOF\n(.*?)\n {4}EOF\n/s.exec(textOf('README.md')) ?? [];
  const { outputs } = await deployed(settingsOf('kind'));
  const written = await new Promise<unknown>((done) => outputs['audit-logging']?.secretFiles?.apply(done));
  const path = '/etc/kubernetes/bulwark/encryption.yaml';
  const content = text.replace(/^ {4}/gm, '').replace('$key', material);
  expect(written).toEqual([{ path, mode: '0600', owner: 'root:root', content: `${content}\n` }]);
});

async function settled(outputs: Readonly<Record<string, Output<unknown>>>): Promise<Readonly<Record<string, unknown>>> {
  const pairs = Object.entries(outputs).map(async ([name, each]) => [name, (await settledOutput(each)).value] as const);
  return Object.fromEntries(await Promise.all(pairs));
}
