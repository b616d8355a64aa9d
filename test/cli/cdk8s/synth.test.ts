/** The validation plugin as users meet it: the real `cdk8s synth`, as a process, in a project that has kube-bulwark installed. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inDays } from '../../support/days';

const root = resolve(__dirname, '../../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-synth-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Lays out what npm does: the package, and beside it what it depends on. */
function install(modules: string): void {
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  cpSync(join(scratch, 'kube-bulwark'), join(modules, 'kube-bulwark'), { recursive: true });
}

beforeAll(() => {
  const built = join(scratch, 'kube-bulwark');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [
    tsc,
    '-p',
    'tsconfig.build.json',
    '--noCheck',
    '--declaration',
    'false',
    '--outDir',
    join(built, 'lib'),
  ];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  cpSync(join(root, 'package.json'), join(built, 'package.json'));
}, 120_000);

const settings = `new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { color: 'blue' } });`;
const pod = `new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Pod', spec: { hostPID: true, containers: [{ name: 'web', image: 'nginx' }] } });`;

/** What cdk8s-cli writes to the file of reports. */
interface Reports {
  readonly reports: readonly {
    readonly title: string;
    readonly violations: readonly { readonly ruleName: string; readonly violatingConstructs: readonly object[] }[];
    readonly summary: { readonly status: string; readonly metadata?: Readonly<Record<string, string>> };
  }[];
}

interface Project {
  readonly program: string;
  readonly validation?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Where the plugin is, from the project. @default - among its dependencies */
  readonly plugin?: string;
}

let projects = 0;

/** A project with this app and this plugin, and what `cdk8s synth` makes of it. */
function synth({ program, validation = '', files = {}, args = [], plugin = 'node_modules' }: Project) {
  const folder = join(scratch, `project-${projects++}`);
  install(join(folder, plugin));
  if (!existsSync(join(folder, 'node_modules')))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const all = {
    'cdk8s.yaml': `language: typescript\napp: node main.js\noutput: dist\nvalidations:\n${validation}`,
    'main.js': `const { ApiObject, App, Chart } = require('cdk8s');\nconst app = new App();\nconst chart = new Chart(app, 'shop');\n${program}\napp.synth();\n`,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  const cdk8s = join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
  const report = join(folder, 'report.json');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cdk8s, 'synth', '--no-check-upgrade', '--validation-reports-output-file', report, ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', HOME: folder } },
  );
  const reports = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Reports).reports : [];
  return { folder, status, stdout, stderr, reports };
}

/** As the documentation has it. */
const local = (properties = '') => `- package: ./node_modules/kube-bulwark
  version: ${version}
  class: BulwarkValidation
${properties}`;

const SLOW = 60_000;

describe('cdk8s synth with the validation plugin', () => {
  it(
    'ends well where nothing is found',
    () => {
      const { folder, status, stdout, reports } = synth({ program: settings, validation: local() });
      expect({ status, stdout }).toEqual({
        status: 0,
        stdout: expect.stringContaining('Validations ended succesfully'),
      });
      expect(reports).toMatchObject([
        {
          title: expect.stringContaining(`@${version})`),
          violations: [],
          summary: { status: 'success', metadata: { findings: '0' } },
        },
      ]);
      expect(existsSync(join(folder, 'dist/shop.k8s.yaml'))).toBe(true);
    },
    SLOW,
  );

  it(
    'ends with 2 and a report of constructs, files and properties where a rule is broken',
    () => {
      const { folder, status, stdout, stderr, reports } = synth({ program: settings + pod, validation: local() });
      expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('Validation failed') });
      const manifestPath = 'dist/shop.k8s.yaml';
      const [report] = reports;
      expect(report?.summary.status).toBe('failure');
      const rules = report?.violations.map(({ ruleName }) => ruleName) ?? [];
      expect(rules).toEqual(expect.arrayContaining(['host-namespaces', 'image-digest', 'run-as-non-root']));
      expect(report?.violations.find(({ ruleName }) => ruleName === 'host-namespaces')).toEqual({
        ruleName: 'host-namespaces',
        recommendation: expect.any(String),
        fix: expect.stringContaining('host'),
        violatingConstructs: [
          {
            resourceName: expect.stringMatching(/^shop-web-/),
            constructPath: 'shop/web',
            locations: ['spec.hostPID'],
            manifestPath: expect.stringContaining(manifestPath),
          },
        ],
      });
      expect(stdout).toContain('Construct Path: shop/web');
      expect(stdout).toContain('> spec.hostPID');
      // cdk8s-cli writes first, and asks then: what a pipeline may apply, its exit code says.
      expect(existsSync(join(folder, manifestPath))).toBe(true);
    },
    SLOW,
  );

  it(
    'judges by bulwark.yaml and the properties',
    () => {
      const exception = `exceptions:
- rule: host-namespaces
  name: shop-web-*
  reason: it watches the processes of its node
  expires: "${inDays(30)}"
`;
      const { status, reports } = synth({
        program: settings + pod,
        validation: local('  properties:\n    framework: [pss-baseline]\n'),
        files: { 'bulwark.yaml': exception },
      });
      expect(reports).toMatchObject([{ violations: [], summary: { metadata: { findings: '0', waived: '1' } } }]);
      expect(status).toBe(0);
    },
    SLOW,
  );

  it(
    'fails by fail-on alone',
    () => {
      const { status, reports } = synth({ program: pod, validation: local('  properties:\n    fail-on: never\n') });
      expect(status).toBe(0);
      expect(reports).toMatchObject([{ violations: [], summary: { status: 'success' } }]);
      expect(Number(reports[0]?.summary.metadata?.findings)).toBeGreaterThan(10);
    },
    SLOW,
  );

  it(
    'names a property that is no option',
    () => {
      const { status, stdout, stderr } = synth({
        program: pod,
        validation: local('  properties:\n    failOn: error\n'),
      });
      expect(status).toBe(1);
      expect(stdout + stderr).toContain("unknown option '--failOn'; did you mean '--fail-on'?");
    },
    SLOW,
  );

  it(
    'judges what goes to standard output too',
    () => {
      const { status, reports } = synth({
        program: pod,
        validation: local(),
        args: ['--stdout', '--output', ''],
      });
      expect(status).toBe(2);
      expect(reports[0]?.violations[0]?.violatingConstructs[0]).toMatchObject({ manifestPath: 'STDOUT' });
    },
    SLOW,
  );

  it(
    'asks nothing with --no-validate',
    () => {
      expect(synth({ program: pod, validation: local(), args: ['--no-validate'] })).toMatchObject({
        status: 0,
        reports: [],
      });
    },
    SLOW,
  );

  it(
    'is found by its name where cdk8s-cli keeps the plugins that it installs',
    () => {
      const validation = local().replace('./node_modules/kube-bulwark', 'kube-bulwark');
      const { status, stdout, reports } = synth({
        program: pod,
        validation,
        plugin: `.cdk8s/plugins/kube-bulwark/${version}/node_modules`,
      });
      expect(stdout).not.toContain('Installing validation plugin');
      expect(reports).toMatchObject([{ title: `Validation Report (kube-bulwark@${version})` }]);
      expect(status).toBe(2);
    },
    SLOW,
  );
});
