import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { policyOptions } from '../../../cli/policy/options';
import { type KubernetesObject, readManifests } from '../../../core/manifest';
import { engineNames } from '../../../core/policy/compile/policies';
import { runCliIn } from '../../support/run-cli';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'policy-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runCliIn({ cwd }, 'policy', ...args);

/** The policies on standard output. */
function policies(...args: readonly string[]): readonly KubernetesObject[] {
  const { code, stdout, stderr } = run(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('Error') });
  return readManifests(stdout, { source: 'stdout' }).documents.map(({ object }) => object);
}

/** Of each option, that it does what it says. */
const options: Readonly<Record<keyof typeof policyOptions, () => void>> = {
  engine: () => {
    const kinds = engineNames.map((engine) =>
      policies('--engine', engine, '--rule', 'privileged').map(({ kind }) => kind),
    );
    expect(kinds).toEqual([
      ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
      ['ValidatingPolicy'],
      ['ConstraintTemplate', 'BulwarkPrivileged'],
      ['ClusterAdmissionPolicy'],
    ]);
  },
  mode: () => {
    const [, audit] = policies('--rule', 'privileged');
    const [, deny] = policies('--rule', 'privileged', '-m', 'deny');
    expect([audit?.spec, deny?.spec]).toMatchObject([
      { validationActions: ['Audit'] },
      { validationActions: ['Deny'] },
    ]);
  },
  'deny-from': () => {
    const [, warned] = policies('--rule', 'named-ports', '--mode', 'deny');
    const [, denied] = policies('--rule', 'named-ports', '--mode', 'deny', '--deny-from', 'warning');
    expect([warned?.spec, denied?.spec]).toMatchObject([
      { validationActions: ['Warn', 'Audit'] },
      { validationActions: ['Deny'] },
    ]);
  },
  group: () => {
    const [one, ...more] = policies('--group', 'subject', '--rule', 'privileged', '--rule', 'host-ports');
    expect([one?.metadata?.name, more.length]).toEqual(['bulwark-pods', 1]);
  },
  'exempt-namespace': () => {
    const exempt = (...args: readonly string[]) => JSON.stringify(policies('--rule', 'privileged', ...args)[1]);
    expect(exempt()).toContain('"values":["kube-system","kube-public","kube-node-lease"]');
    expect(exempt('--exempt-namespace', 'a', '--exempt-namespace', 'b')).toContain('"values":["a","b"]');
    expect(exempt('--exempt-namespace', '')).not.toContain('namespaceSelector');
  },
  rule: () => {
    expect(policies('--rule', 'privileged').map(({ metadata }) => metadata?.name)).toEqual([
      'bulwark-privileged',
      'bulwark-privileged',
    ]);
    expect(run('--rule', 'privilegd')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining("there is no rule 'privilegd'; did you mean privileged?"),
    });
    expect(run('--rule', 'selector-match', '--rule', 'privileged').stderr).toContain(
      'selector-match cannot be enforced: it is about what is declared, or the API server itself',
    );
  },
  framework: () => {
    const names = policies('--framework', 'pss-baseline').map(({ metadata }) => metadata?.name);
    expect(names).toContain('bulwark-host-namespaces');
    expect(names).not.toContain('bulwark-run-as-non-root');
  },
  registry: () => {
    expect(JSON.stringify(policies('--rule', 'image-allowed', '--registry', 'r.example'))).toContain("['r.example']");
    expect(run('--rule', 'image-allowed').stderr).toContain('no registries are named');
    const misspelt = run('--registry', 'index.docker.io', '--registry', 'registry-1.docker.io/library');
    expect(misspelt).toMatchObject({ code: 2, stdout: '' });
    expect(misspelt.stderr).toMatch(
      /--registry index\.docker\.io: .+ that one is called docker\.io; write docker\.io\n--registry registry-1\.docker\.io\/library: .+; write docker\.io\/library\n/,
    );
  },
  params: () => {
    const [map] = policies('--rule', 'image-allowed', '--registry', 'r.example', '--params');
    expect(map).toMatchObject({ kind: 'ConfigMap', metadata: { namespace: 'kube-system' } });
  },
  'admin-namespace': () => {
    const [map] = policies('--rule', 'image-allowed', '--params', '--admin-namespace', 'platform');
    expect(map).toMatchObject({ kind: 'ConfigMap', metadata: { namespace: 'platform' } });
  },
  mutate: () => {
    const [policy, binding, ...more] = policies('--mutate', '--kubernetes-version', '1.36');
    expect([policy, binding]).toMatchObject([
      { kind: 'MutatingAdmissionPolicy', metadata: { name: 'bulwark-safe-defaults' } },
      {
        kind: 'MutatingAdmissionPolicyBinding',
        spec: {
          matchResources: {
            namespaceSelector: { matchExpressions: [{ values: expect.arrayContaining(['kube-system']) }] },
          },
        },
      },
    ]);
    expect(more).toEqual([]);
    expect(JSON.stringify(policies('--mutate', '--exempt-namespace', ''))).not.toContain('namespaceSelector');
    expect(run('--mutate', '--engine', 'vap', '--output', 'defaults')).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^bulwark: safe defaults in 2 objects, Kubernetes 1\.\d+\n$/),
    });
    expect(readdirSync(join(cwd, 'defaults')).sort()).toEqual([
      'mutatingadmissionpolicy.bulwark-safe-defaults.yaml',
      'mutatingadmissionpolicybinding.bulwark-safe-defaults.yaml',
    ]);
  },
  'kubernetes-version': () => {
    expect(run('--kubernetes-version', '1.29')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('engine: vap needs Kubernetes 1.30, and the target is 1.29; raise the version'),
    });
    expect(run('--kubernetes-version', '1.34', '--rule', 'privileged').stderr).toContain('Kubernetes 1.34');
  },
  distribution: () => {
    expect(run('--distribution', 'eks', '--rule', 'privileged').code).toBe(0);
    expect(run('--distribution', 'esk').stderr).toContain('did you mean eks?');
  },
  config: () => {
    const exception = (expires: string) =>
      [
        'target: { kubernetesVersion: "1.34" }',
        'exceptions:',
        '- { rule: privileged, namespace: gpu, labels: { app: driver }, reason: loads the driver of the card, expires: ' +
          `"${expires}" }`,
      ].join('\n');
    writeFileSync(join(cwd, 'bulwark.yaml'), exception('2999-12-31'));
    writeFileSync(join(cwd, 'old.yaml'), exception('2020-12-31'));
    const { stdout, stderr } = run('--rule', 'privileged');
    expect(stdout).toContain('name: gpu-driver');
    expect(stderr).toMatch(
      /warning: exceptions\[0\]: the exception to privileged selects by the label app.*\n.*Kubernetes 1\.34/,
    );
    expect(run('-c', 'old.yaml', '--rule', 'privileged')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('exceptions[0]: the exception to privileged ended on 2020-12-31'),
    });
  },
  output: () => {
    expect(run('--output', 'out', '--rule', 'privileged').stdout).toBe('');
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual([
      'validatingadmissionpolicy.bulwark-privileged.yaml',
      'validatingadmissionpolicybinding.bulwark-privileged.yaml',
    ]);
    expect(readFileSync(join(cwd, 'out', 'validatingadmissionpolicy.bulwark-privileged.yaml'), 'utf8')).toContain(
      'privileged',
    );
    expect(run('--output', 'out', '--rule', 'host-ports').stderr).toMatch(
      /out holds what this run did not write; remove what is gone: validatingadmissionpolicy\.bulwark-privileged\.yaml/,
    );
    writeFileSync(join(cwd, 'file'), '');
    expect(run('--output', 'file').code).toBe(2);
    expect(run('--output', 'none', '--kubernetes-version', '1.28').code).toBe(2);
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  },
  quiet: () => {
    expect(run('--rule', 'privileged').stderr).toMatch(/^bulwark: 1 rules? in 2 objects for vap, mode audit/);
    expect(run('--rule', 'privileged', '-q').stderr).toBe('');
  },
};

describe('bulwark policy', () => {
  it.each(Object.entries(options))('takes --%s', (_name, check) => check());

  it('writes every rule that the cluster can enforce', () => {
    const { code, stdout, stderr } = run('--registry', 'registry.acme.example');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^bulwark: \d+ rules in \d+ objects for vap, mode audit, Kubernetes 1\.\d+; \d+ rules are left out/,
    );
    expect(stdout).not.toMatch(/undefined|\[object/);
  });

  it.each([
    [['--engin', 'vap'], "unknown option '--engin'; did you mean '--engine'?"],
    [
      ['--engine', 'kyvern'],
      "--engine takes vap, kyverno, gatekeeper, kubewarden, and not 'kyvern'; did you mean kyverno?",
    ],
    [['k8s/'], "bulwark policy takes nothing but options, and 'k8s/' is none"],
    [
      ['--engine', 'kyverno', '--params'],
      "params: Kyverno's ValidatingPolicies take no parameters; leave params out, and write the policies anew when registries change",
    ],
    [['--mutate', '--kubernetes-version', '1.35'], 'target: there is no MutatingAdmissionPolicy: '],
    [
      ['--mutate', '--engine', 'kyverno', '--mode', 'deny', '--rule', 'privileged'],
      '--mutate sets defaults, and refuses nothing: leave out --mode, --rule, or --mutate\n' +
        '--mutate writes a policy of the API server itself, and none for kyverno: leave out --engine',
    ],
  ])('refuses %j', (args, message) => {
    expect(run(...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});
