/** examples/platform: each stack's file is read as Pulumi hands it to the program, and what that registers is written down. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeManifests } from '../../core/manifest';
import { evaluate } from '../../core/policy/evaluate';
import { ClusterTarget } from '../../index';
import { composeStacks, type StackOutputs } from '../../stacks/program/compose';
import { readSettings } from '../../stacks/program/read-settings';
import { collect } from '../../stacks/render/collect';
import { renderedProgram } from '../../stacks/render/objects';
import { readProject, readStackConfig } from '../../stacks/render/project';

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

describe.each(['kind', 'eks', 'kubeadm'])('examples/platform for %s', (stack) => {
  it('deploys these objects, which pass every rule, and puts out this for the control plane', async () => {
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
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(writeManifests(objects)).toMatchSnapshot('objects');
    const {
      rotationSteps: _,
      secretFiles: _files,
      secretToolFiles: _toolFiles,
      ...plain
    } = outputs['audit-logging'] ?? {};
    const known = Object.entries(plain).map(
      async ([name, each]) => [name, await new Promise((done) => each.apply(done))] as const,
    );
    expect(Object.fromEntries(await Promise.all(known))).toMatchSnapshot('what it puts out');
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
