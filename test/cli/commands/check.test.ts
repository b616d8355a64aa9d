import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { checkOptions } from '../../../cli/check/options';
import { progressOn } from '../../../cli/check/progress';
import { frameworkIds } from '../../../core/policy/frameworks';
import { formatIds } from '../../../core/report/formats/ids';
import { runCliIn } from '../../support/run-cli';
import { runsTypeScript } from '../../support/typescript';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'check-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
}

const run = (...args: readonly string[]) => runCliIn({ cwd }, 'check', ...args);

/** The report as JSON, with the exit code. */
function json(...args: readonly string[]) {
  const { code, stdout, stderr } = run('--format', 'json', ...args);
  return { code, stderr, report: JSON.parse(stdout) };
}

interface Shown {
  readonly rule: string;
  readonly path: string;
  readonly location: { readonly file: string; readonly line: number };
}

const rulesIn = (report: { findings: readonly { rule: string }[] }) => report.findings.map(({ rule }) => rule);

const config =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  level: info\n';
const pod = (name = 'a') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  containers:\n  - name: main\n    image: quay.io/acme/a:1\n    securityContext:\n      privileged: true\n`;
const broken = 'apiVersion: v1\nkind: Pod\n  metadata: {}\n';

describe('exit codes and streams', () => {
  it('0 for what breaks no rule, 1 for findings, each with the report on standard output', () => {
    put({ 'clean.yaml': config, 'pod.yaml': pod() });
    const clean = run('clean.yaml');
    expect(clean).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^no findings in 1 object of 1 file; errors fail the check\n/),
      stderr: '',
    });
    const found = run('pod.yaml');
    expect(found).toMatchObject({ code: 1, stderr: '' });
    expect(found.stdout).toContain('pod.yaml:11:7\n      11 |       privileged: true\n');
  });

  it('2 for input that cannot be read, and the rest is checked all the same', () => {
    put({ 'bad.yaml': `${broken}---\n${pod()}`, 'pod.yaml': pod('b') });
    const { code, report, stderr } = json('bad.yaml', 'pod.yaml', 'absent.yaml');
    expect(code).toBe(2);
    expect(report.summary.objects).toBe(2);
    expect(report.errors).toEqual([
      { file: 'absent.yaml', reason: 'there is no such file or folder' },
      { file: 'bad.yaml', line: 2, column: expect.any(Number), reason: expect.any(String) },
    ]);
    expect(stderr).toMatch(/^bulwark: absent\.yaml: there is no such file or folder\nbulwark: bad\.yaml:2:\d+: /);
  });

  it.each<[readonly string[], string]>([
    [[], 'name files, folders or patterns to check, or - for standard input'],
    [['--fail-of', 'error', '.'], "unknown option '--fail-of'; did you mean '--fail-on'?"],
    [['--format', 'jsn', '.'], 'did you mean json?'],
    [['--framework', 'pss-baselin', '.'], 'did you mean pss-baseline?'],
    [['--fail-on', 'all', '.'], '--fail-on takes error, warning, info, never'],
    [['--kubernetes-version', '0.9', '.'], '0.9'],
    [['--distribution', 'esk', '.'], 'did you mean eks?'],
    [['--config', 'absent.yaml', '.'], 'absent.yaml: there is no such file'],
    [['--baseline', 'absent.json', 'pod.yaml'], '--write-baseline absent.json makes one'],
    [['--output', 'no/such/folder/a', 'pod.yaml'], 'could not be written: there is no such file or folder'],
    [['--format'], "--format <value>' argument missing"],
  ])('2 for %j, with nothing on standard output', (args, message) => {
    put({ 'pod.yaml': pod() });
    const { code, stdout, stderr } = run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('paths', () => {
  it('says first that nothing was checked, where nothing could be read', () => {
    expect(run('absent.yaml')).toMatchObject({
      code: 2,
      stdout: 'nothing was checked\nnot read, for 1 fault:\n  absent.yaml: there is no such file or folder\n',
    });
  });

  it('are files, folders, patterns and standard input, each file once', () => {
    put({
      'k8s/a.yaml': config,
      'k8s/sub/b.yml': pod('b'),
      'k8s/c.json': '{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "c"}}',
      'k8s/readme.md': '# no',
      'k8s/.hidden/d.yaml': pod('d'),
    });
    expect(json('k8s', 'k8s/a.yaml').report.summary).toMatchObject({ files: 3, objects: 3 });
    expect(json('k8s/**/*.y*ml').report.summary).toMatchObject({ files: 2, objects: 2 });
    const { stdout, code } = runCliIn(
      { cwd, input: `${pod('v')}---\n${pod('w')}` },
      'check',
      '-',
      'k8s/a.yaml',
      '-f',
      'json',
    );
    expect({ code, errors: JSON.parse(stdout).errors }).toEqual({ code: 1, errors: [] });
    expect(JSON.parse(stdout).summary).toMatchObject({ files: 2, objects: 3 });
    expect(JSON.parse(stdout).findings[0].location.file).toBe('<stdin>');
  });

  it.each<[string, readonly string[], string]>([
    ['an empty folder', ['empty'], 'empty: there are no manifests (.yaml, .yml, .json) in this folder'],
    ['a pattern of nothing', ['k8s/*.yaml'], 'k8s/*.yaml: no file matches the pattern'],
    ['an empty file', ['void.yaml'], 'void.yaml: it is empty: there is nothing to check'],
    ['an empty standard input', ['-'], '<stdin>: it is empty: there is nothing to check'],
    ['a binary file', ['image.yaml'], 'image.yaml: it is a binary file, and no manifest'],
    ['UTF-16', ['wide.yaml'], 'wide.yaml: it is UTF-16 text: save it as UTF-8'],
    ['another encoding', ['latin.yaml'], 'latin.yaml: it is no UTF-8 text: save it as UTF-8'],
    ['a link to itself', ['loop.yaml'], 'loop.yaml: it is a link to itself'],
    ['duplicate keys', ['twice.yaml'], 'twice.yaml:3:1: the key "kind" is already in this mapping'],
    ['a template', ['template.yaml'], 'template.yaml:4:'],
    ['a template', ['template.yaml'], 'render it first'],
    ['an object beside an annotation with braces in it', ['braces.yaml'], 'braces.yaml:9:'],
    ['something else', ['values.yaml'], 'values.yaml:1:1: a Kubernetes object has apiVersion and kind'],
    ['aliases without end', ['bomb.yaml'], 'aliases make up nearly all of the document'],
    [
      'a Helm chart',
      ['chart'],
      'chart/templates: the templates of a Helm chart are not rendered: helm template chart | bulwark check -',
    ],
  ])('say what is wrong with %s', (_what, args, message) => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`,
    );
    put({
      'void.yaml': '# nothing\n',
      'image.yaml': new Uint8Array([137, 80, 78, 71, 0, 1]),
      'wide.yaml': new Uint8Array([0xff, 0xfe, 97, 0]),
      'latin.yaml': new Uint8Array([97, 0xe4, 10]),
      'twice.yaml': 'apiVersion: v1\nkind: Pod\nkind: Pod\n',
      'template.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  {{- include "labels" . | nindent 2 }}\n',
      'values.yaml': 'replicas: 2\n',
      'braces.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: |\n      {{ with secret "a" }}\n      {{ end }}\n  name: it\n  namespace: n\n',
      'bomb.yaml': `apiVersion: v1\nkind: ConfigMap\nl0: &l0 [a, b]\n${levels.join('\n')}\n`,
      'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'chart/values.yaml': 'a: 1\n',
      'chart/templates/a.yaml': 'a: {{ .Values.a }}\n',
    });
    mkdirSync(join(cwd, 'empty'));
    symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
    const { code, stdout } = run(...args);
    expect(code).toBe(2);
    expect(stdout).toContain(message);
  });

  it('ignore in folders what is something else, and say so', () => {
    put({ 'k8s/a.yaml': config, 'k8s/values.yaml': 'replicas: 2\n', 'bulwark.yaml': 'failOn: error\n' });
    const { code, report } = json('.');
    expect({ code, ignored: report.ignored, errors: report.errors }).toEqual({
      code: 0,
      ignored: ['k8s/values.yaml'],
      errors: [],
    });
  });

  it('are no values of charts, which may have a kind, and are objects that lack their apiVersion', () => {
    put({ 'k8s/a.yaml': config, 'k8s/agent-values.yaml': 'kind: DaemonSet\nimage: {tag: "1"}\n' });
    expect(json('k8s')).toMatchObject({ code: 0, report: { ignored: ['k8s/agent-values.yaml'], errors: [] } });
    put({ 'k8s/b.yaml': 'kind: Pod\nmetadata: {name: a}\n' });
    expect(json('k8s')).toMatchObject({ code: 2, report: { errors: [{ file: 'k8s/b.yaml', line: 1 }] } });
  });

  it('of a chart by a pattern are its templates only where the pattern takes them', () => {
    put({
      'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'chart/extra/a.yaml': config,
      'chart/templates/tests/b.yaml': 'a: {{ .Values.a }}\n',
    });
    expect(json('**/a.yaml')).toMatchObject({ code: 0, report: { errors: [] } });
    expect(json('**/?.yaml')).toMatchObject({ code: 2, report: { errors: [{ file: 'chart/templates' }] } });
  });

  it('that a kustomization names as patches are none, and that they are not applied is said', () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {hostPID: true}}}\n';
    put({
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': config,
      'prod/kustomization.yaml':
        'resources: [../base, own.yaml]\npatches:\n- {path: web.yaml}\n- patch: "[]"\n  target: {kind: Pod}\npatchesStrategicMerge: [more/api.yaml, own.yaml]\n',
      'prod/web.yaml': patch,
      'prod/more/api.yaml': patch,
      'prod/own.yaml': config,
    });
    const { code, report } = json('base', 'prod');
    expect({ code, errors: report.errors, findings: report.findings }).toEqual({
      code: 2,
      errors: [
        {
          file: 'prod/kustomization.yaml',
          reason:
            'what a kustomization changes and adds is not judged (patches, patchesStrategicMerge): kustomize build prod | bulwark check -',
        },
      ],
      findings: [],
    });
    expect(report.ignored).toEqual([
      'base/kustomization.yaml',
      'prod/kustomization.yaml',
      'prod/more/api.yaml',
      'prod/web.yaml',
    ]);
    expect(json('base').code).toBe(0);
    // Somebody asks for just that file.
    expect(json('prod/web.yaml').report.findings).not.toEqual([]);
  });

  it.each([
    ['images', 'images: [{name: web, newName: ghcr.io/mallory/web}]'],
    ['namespace', 'namespace: shop'],
    ['commonAnnotations', 'commonAnnotations: {a: b}'],
    ['configMapGenerator', 'configMapGenerator: [{name: a, literals: [a=b]}]'],
    ['helmCharts', 'helmCharts: [{name: redis, repo: https://charts.acme.example}]'],
    ['components', 'components: [../parts]'],
    ['transformers', 'transformers: [a.yaml]'],
    ['https://acme.example/b.yaml', 'bases: [https://acme.example/b.yaml]'],
  ])('what a kustomization changes or adds by %s is said to be unjudged', (field, text) => {
    put({ 'k8s/Kustomization': `${text}\nresources: [a.yaml]\n`, 'k8s/a.yaml': config });
    const { code, report } = json('k8s');
    expect({ code, errors: report.errors }).toEqual({
      code: 2,
      errors: [
        {
          file: 'k8s/Kustomization',
          reason: `what a kustomization changes and adds is not judged (${field}): kustomize build k8s | bulwark check -`,
        },
      ],
    });
  });

  it('a kustomization that lists files alone leaves as they are, wherever they are checked', () => {
    put({
      'base/a.yaml': config,
      'flux/kustomization.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {path: ../prod}\n',
      'prod/kustomization.yaml':
        'resources: [../base/a.yaml]\ncrds: [x.json]\nsortOptions: {order: fifo}\npatches: []\nnamespace: ""\nimages:\n',
    });
    expect(json('base', 'flux', 'prod').code).toBe(0);
    expect(json('prod', '--exclude', 'base').code).toBe(0);
    expect(json('prod').report.errors).toEqual([
      {
        file: 'prod/kustomization.yaml',
        reason:
          'what a kustomization changes and adds is not judged (../base/a.yaml): kustomize build prod | bulwark check -',
      },
    ]);
  });

  it('a link to nothing is one that cannot be read, but not the mark of an editor', () => {
    put({ 'k8s/a.yaml': config });
    symlinkSync('root@host.1:2', join(cwd, 'k8s/.#a.yaml'));
    expect(json('k8s').code).toBe(0);
    symlinkSync('gone.yaml', join(cwd, 'k8s/b.yaml'));
    const { code, report } = json('k8s');
    expect({ code, errors: report.errors }).toEqual({
      code: 2,
      errors: [{ file: 'k8s/b.yaml', reason: 'there is no such file or folder' }],
    });
  });

  it('follow links, and end at loops', () => {
    put({ 'k8s/a.yaml': config, 'other/b.yaml': pod() });
    symlinkSync('..', join(cwd, 'k8s/up'));
    symlinkSync('../other', join(cwd, 'k8s/other'));
    expect(json('k8s').report.summary).toMatchObject({ files: 2, objects: 2 });
  });

  it('refuse a file of 200 MB without reading it', () => {
    openSync(join(cwd, 'large.yaml'), 'w');
    truncateSync(join(cwd, 'large.yaml'), 200 * 1024 * 1024);
    const start = performance.now();
    expect(run('large.yaml')).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('large.yaml: it is larger than 100 MB'),
    });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('lead to custom kinds, which are judged where they hold a pod template, and counted otherwise', () => {
    const template = pod()
      .slice(pod().indexOf('spec:'))
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n')
      .trimEnd();
    put({
      'a.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: r\nspec:\n  template:\n${template}\n---\napiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\n`,
    });
    const { report } = json('a.yaml', '--framework', 'pss-baseline');
    expect(report.skipped).toEqual([{ apiVersion: 'example.com/v1', kind: 'Widget', count: 1 }]);
    expect(report.findings).toMatchObject([
      { rule: 'privileged', path: 'spec.template.spec.containers[0].securityContext.privileged' },
    ]);
    expect(run('a.yaml').stdout).toContain('no rule is about these kinds: 1 Widget (example.com/v1)');
  });
});

describe('options', () => {
  /** A proof of each option: a new one fails to compile until it has its own. */
  const proofs: Readonly<Record<keyof typeof checkOptions, () => void>> = {
    format: () => {
      for (const format of formatIds)
        expect(run('--format', format, 'pod.yaml')).toMatchObject({
          code: 1,
          stdout: expect.stringContaining('privileged'),
        });
      expect(run('-f', 'junit', 'pod.yaml').stdout).toMatch(/^<\?xml/);
    },
    output: () => {
      expect(run('--format', 'json', '--output', 'report.json', 'pod.yaml')).toMatchObject({ code: 1, stdout: '' });
      expect(rulesIn(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')))).toContain('privileged');
    },
    'fail-on': () => {
      expect(run('--fail-on', 'never', 'pod.yaml').code).toBe(0);
      expect(run('--fail-on', 'warning', 'isolated.yaml').code).toBe(1);
      expect(run('--fail-on', 'error', 'isolated.yaml').code).toBe(0);
    },
    framework: () => {
      expect(rulesIn(json('--framework', 'pss-baseline', 'pod.yaml').report)).toEqual(['privileged']);
      const both = json(...frameworkIds.flatMap((id) => ['--framework', id]), 'pod.yaml').report;
      expect(both.frameworks).toEqual(frameworkIds);
      expect(rulesIn(both)).toContain('run-as-non-root');
    },
    'kubernetes-version': () => {
      expect(json('--kubernetes-version', '1.28', 'pod.yaml').report.target.kubernetesVersion).toBe('1.28');
      expect(rulesIn(json('--kubernetes-version', '1.28', 'binding.yaml').report)).toContain('target-api');
      expect(rulesIn(json('--kubernetes-version', '1.34', 'binding.yaml').report)).not.toContain('target-api');
    },
    distribution: () => expect(json('--distribution', 'eks', 'pod.yaml').report.target.distribution).toBe('eks'),
    registry: () => {
      expect(rulesIn(json('pod.yaml').report)).not.toContain('image-allowed');
      expect(rulesIn(json('--registry', 'docker.io', '--registry', 'ghcr.io', 'pod.yaml').report)).toContain(
        'image-allowed',
      );
      expect(rulesIn(json('--registry', 'quay.io/acme', 'pod.yaml').report)).not.toContain('image-allowed');
      const { code, stderr } = run('--registry', 'index.docker.io', 'pod.yaml');
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining(
          '--registry index.docker.io: images are compared by the names of their registries',
        ),
      });
    },
    exclude: () =>
      expect(json('.', '--exclude', 'pod.yaml', '--exclude', 'i*').report.summary).toMatchObject({ files: 1 }),
    config: () => {
      put({ 'ci/settings.yaml': 'frameworks: [pss-baseline]\npaths: [../pod.yaml]\n' });
      expect(rulesIn(json('--config', 'ci/settings.yaml').report)).toEqual(['privileged']);
    },
    'ignore-annotations': () => {
      const annotation = 'exceptions.kube-bulwark.dev/privileged: "needs raw sockets; expires 2027-06-30"';
      put({ 'pod.yaml': pod().replace('  namespace:', `  annotations:\n    ${annotation}\n  namespace:`) });
      expect(rulesIn(json('pod.yaml').report)).not.toContain('privileged');
      expect(rulesIn(json('--ignore-annotations', 'pod.yaml').report)).toContain('privileged');
      put({ 'bulwark.yaml': 'ignoreAnnotations: true\n' });
      expect(rulesIn(json('pod.yaml').report)).toContain('privileged');
    },
    baseline: () => {
      expect(run('--write-baseline', 'known.json', 'pod.yaml').code).toBe(0);
      const { code, report } = json('--baseline', 'known.json', 'pod.yaml');
      expect({ code, failed: report.summary.failed, known: report.summary.known }).toEqual({
        code: 0,
        failed: false,
        known: report.findings.length,
      });
      put({ 'pod.yaml': `# lines move\n\n${pod()}---\n${pod('b')}` });
      const later = json('--baseline', 'known.json', 'pod.yaml');
      expect(later.code).toBe(1);
      expect(
        later.report.findings
          .filter((finding: { known?: boolean }) => !finding.known)
          .every(({ object }: { object: { name: string } }) => object.name === 'b'),
      ).toBe(true);
    },
    'write-baseline': () => {
      const { code, stdout, stderr } = run('--write-baseline', 'known.json', 'pod.yaml');
      expect({ code, stdout, stderr }).toEqual({
        code: 0,
        stdout: '',
        stderr: expect.stringMatching(/^bulwark: \d+ findings written to known\.json\n$/),
      });
      const known = readFileSync(join(cwd, 'known.json'), 'utf8');
      expect(JSON.parse(known).baseline).toBe(1);
      put({ 'broken.yaml': 'a: [' });
      const broken = run('--write-baseline', 'known.json', 'broken.yaml');
      expect({ ...broken, known: readFileSync(join(cwd, 'known.json'), 'utf8') }).toEqual({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(
          /^bulwark: broken\.yaml:.*\nbulwark: known\.json is not written: what could not be read would be missing in it\n$/,
        ),
        known,
      });
    },
    'list-waived': () => {
      put({
        'pod.yaml': pod().replace(
          '  namespace:',
          '  annotations:\n    exceptions.kube-bulwark.dev/privileged: "needs raw sockets; expires 2027-06-30"\n  namespace:',
        ),
      });
      expect(run('pod.yaml').stdout).toContain('waived: 1 privileged until 2027-06-30: needs raw sockets');
      expect(run('pod.yaml').stdout).not.toContain('waived until');
      expect(run('--list-waived', 'pod.yaml').stdout).toContain('    waived until 2027-06-30: needs raw sockets');
    },
    quiet: () => {
      put({ 'clean.yaml': config });
      expect(run('--quiet', 'clean.yaml')).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(run('-q', 'pod.yaml').stdout).toContain('privileged');
      put({ 'custom.yaml': 'apiVersion: core/v1\nkind: Pod\nmetadata:\n  name: a\n' });
      expect(run('-q', 'custom.yaml').stdout).toContain('no rule is about these kinds');
    },
  };

  it.each(Object.keys(proofs) as (keyof typeof proofs)[])('--%s', (name) => {
    put({
      'pod.yaml': pod(),
      'isolated.yaml':
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  annotations:\n    exceptions.kube-bulwark.dev/service-exposure: "nobody uses this yet; expires 2027-06-30"\nspec:\n  selector:\n    a: b\n',
      'binding.yaml':
        'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata:\n  name: a\n',
    });
    proofs[name]();
  });
});

describe('bulwark.yaml', () => {
  it('is read where it is, and the command line goes before it', () => {
    put({
      'bulwark.yaml': `target:\n  kubernetesVersion: "1.30"\n  distribution: gke\nfailOn: never\nframeworks: [pss-baseline]\npaths: [k8s]\nexclude: [old]\nexceptions:\n- rule: privileged\n  name: a\n  reason: needs raw sockets\n  expires: "2027-06-30"\n`,
      'k8s/a.yaml': pod(),
      'k8s/b.yaml': pod('b'),
      'k8s/old/c.yaml': pod('c'),
    });
    const { code, report } = json();
    expect({ code, target: report.target }).toEqual({
      code: 0,
      target: { kubernetesVersion: '1.30', distribution: 'gke' },
    });
    expect(report.findings).toMatchObject([{ rule: 'privileged', object: { name: 'b' } }]);
    expect(report.waived).toMatchObject([{ object: { name: 'a' }, exception: { reason: 'needs raw sockets' } }]);
    expect(json('--fail-on', 'error', '--kubernetes-version', '1.34', 'k8s/b.yaml')).toMatchObject({
      code: 1,
      report: { target: { kubernetesVersion: '1.34' } },
    });
  });

  it('stops the check where it is wrong: file, line, column, key, and what is allowed', () => {
    put({ 'bulwark.yaml': 'failOn: error\nregistrys: []\n', 'a.yaml': pod() });
    const { code, stdout, stderr } = run('a.yaml');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      'bulwark.yaml:2:1: there is no key "registrys"; did you mean registries? Allowed: target, registries,',
    );
  });

  it('with exceptions that are vague, unknown, expired or of no use has findings of its own', () => {
    const exception = (rule: string, more: string) =>
      `- rule: ${rule}\n  reason: a reason of some length\n  expires: "2027-06-30"\n${more}`;
    put({
      'bulwark.yaml': `exceptions:\n${exception('privileged', '')}${exception('privilegd', '  name: a\n')}${exception('host-ports', '  name: a\n')}`,
      'a.yaml': pod(),
    });
    const { report } = json('--framework', 'pss-baseline', 'a.yaml');
    const shown = (report.findings as readonly Shown[]).map(
      ({ rule, path, location: { file, line } }) => `${file}:${line} ${rule} ${path}`,
    );
    expect(shown).toEqual([
      'a.yaml:11 privileged spec.containers[0].securityContext.privileged',
      'bulwark.yaml:5 exception-valid exceptions[1]',
      'bulwark.yaml:9 exception-unused exceptions[2]',
      'bulwark.yaml:2 exception-valid exceptions[0]',
    ]);
  });
});

describe('the progress line', () => {
  const shown = (interactive: boolean, quiet: boolean, times: readonly number[]) => {
    const lines: string[] = [];
    const clock = [...times];
    const progress = progressOn(
      { out: () => undefined, err: (text) => lines.push(text), interactive },
      quiet,
      undefined,
      () => clock.shift() ?? 0,
    );
    for (let n = 1; n < times.length; n++) progress.show(n, 9);
    progress.end();
    return lines;
  };

  it('is for long work on a terminal only', () => {
    expect(shown(true, false, [0, 100, 400])).toEqual([]);
    expect(shown(true, false, [0, 600, 650, 720])).toEqual([
      '\r\u001b[Kreading: 1 of 9 files',
      '\r\u001b[Kreading: 3 of 9 files',
      '\r\u001b[K',
    ]);
    expect(shown(false, false, [0, 600])).toEqual([]);
    expect(shown(true, true, [0, 600])).toEqual([]);
  });
});

it('ends quietly where its reader has enough', () => {
  put({ 'a.yaml': Array.from({ length: 300 }, (_, n) => pod(['p', n].join(''))).join('---\n') });
  const cli = `"${process.execPath}" ${runsTypeScript.join(' ')} cli/bulwark.ts check -f json "${join(cwd, 'a.yaml')}" | head -c 10`;
  const { stdout, stderr } = spawnSync('sh', ['-c', cli], { encoding: 'utf8', cwd: join(__dirname, '../../..') });
  expect({ stdout, stderr }).toEqual({ stdout: '{\n"schemaV', stderr: '' });
});
