import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readManifests } from '../../../core/manifest';
import { temporaryFolder } from '../../support/app';
import { type CliRun, runCli, runCliIn } from '../../support/run-cli';

const root = resolve(__dirname, '../../..');

/** A project whose program is this JavaScript, with the configuration of a stack `dev`. */
function project(program: string, config = ''): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'Pulumi.yaml'), 'name: kube-bulwark\nruntime: nodejs\nmain: program.js\n');
  writeFileSync(join(folder, 'Pulumi.dev.yaml'), `config:\n${config.replace(/^/gm, '  ')}\n`);
  writeFileSync(join(folder, 'program.js'), program.replace(/require\('@/g, `require('${root}/node_modules/@`));
  return folder;
}

const own = `module.exports = require(${JSON.stringify(join(root, 'stacks/program/main.ts'))});`;
/** A program that makes stacks by itself. */
const another = `
  const { AuditLogging } = require(${JSON.stringify(join(root, 'stacks/audit-logging/index.ts'))});
  const make = (name, options, namespace = 'audit') => new AuditLogging(name, {
    kubernetesVersion: '1.36', distribution: 'kubeadm', owner: 'team-platform', namespace,
    encryption: { keyNames: ['a'] }, encryptionKeys: { a: ${JSON.stringify(Buffer.alloc(32, 7).toString('base64'))} },
  }, options);
`;
const config = `
kube-bulwark:kubernetesVersion: "1.36"
kube-bulwark:distribution: kubeadm
kube-bulwark:owner: team-platform
kube-bulwark:context: prod
kube-bulwark:auditLogging:
  encryption: { keyNames: ['2026-11'] }
kube-bulwark:encryptionKeys:
  secure: v1:AAAA:BBBB
`;

const registry = `
kube-bulwark:stacks: [private-registry]
kube-bulwark:kubernetesVersion: "1.36"
kube-bulwark:owner: team-platform
kube-bulwark:context: prod
kube-bulwark:privateRegistry:
  images: { registry: 'mirror.acme.example/registry@sha256:${'a'.repeat(64)}' }
  registries: [mirror.acme.example]
  issuer: internal
  host: images.acme.example
  authentication: { kind: htpasswd, users: [{ name: ci }, { name: nodes }] }
  pullSecrets: [{ namespace: shop, user: nodes }]
  gatewayNamespace: gateway
`;

const render = (folder: string, ...more: readonly string[]): CliRun =>
  runCliIn({ cwd: folder }, 'stacks', 'render', '--stack', 'dev', ...more);

const kinds = (text: string): readonly string[] =>
  readManifests(text, { source: 'rendered' }).documents.map(({ object }) => `${object.kind} ${object.metadata?.name}`);

describe('bulwark stacks render', () => {
  it("writes the project's own program, without a secret decrypted, and twice the same", () => {
    const folder = project(own, config);
    const { code, stdout, stderr } = render(folder);
    expect(stderr).toBe(
      'bulwark: 5 files for nodes: --nodes <folder> writes them\n' +
        'bulwark: withheld, since it is secret or not known yet: audit-logging: /etc/kubernetes/bulwark/encryption.yaml; pulumi stack output stacks --show-secrets has it\n' +
        'bulwark: ServiceAccount audit-logging/default is in every cluster by itself, and is changed: apply it by --server-side\n',
    );
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
    expect(kinds(stdout)).toEqual([
      'Namespace audit-logging',
      'LimitRange limits',
      'ResourceQuota quota',
      'ServiceAccount default',
      'ConfigMap audit-logging-dashboard',
      'NetworkPolicy default-deny',
      'PrometheusRule audit-logging',
    ]);
    expect(stdout).not.toMatch(/pulumi|secure|withheld/);
    expect(render(folder).stdout).toBe(stdout);
  });

  it('writes files that the next run leaves as they are', () => {
    const folder = project(own, config);
    const first = render(folder, '--output', 'out', '--layout', 'object', '--quiet');
    expect(first).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^bulwark: out: 9 files written, 0 unchanged, 0 removed\n$/),
    });
    const bytes = () =>
      readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
        .join('\n');
    const before = bytes();
    expect(render(folder, '--output', 'out', '--layout', 'object').stderr).toContain('0 files written, 9 unchanged');
    expect(bytes()).toBe(before);
  });

  it('writes the files of the nodes beside the objects, apart from those that hold keys', () => {
    const folder = project(own, config);
    const { code, stderr } = render(folder, '--output', 'out', '--nodes', 'nodes', '--quiet');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        'bulwark: nodes: 5 files written, 0 unchanged, 0 removed\nbulwark: out: 1 file written, 0 unchanged, 0 removed\n',
    });
    const files = readdirSync(join(folder, 'nodes'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
    expect(files).toEqual([
      'nodes/audit-logging/control-plane.yaml',
      'nodes/audit-logging/kubeadm.yaml',
      'nodes/audit-logging/nodes/etc/kubernetes/bulwark/admission.yaml',
      'nodes/audit-logging/nodes/etc/kubernetes/bulwark/audit-policy.yaml',
      'nodes/audit-logging/nodes/etc/kubernetes/bulwark/authentication.yaml',
    ]);
    const about = readFileSync(join(folder, 'nodes/audit-logging/control-plane.yaml'), 'utf8');
    expect(about).toMatch(/^secretFileNames:\n *- \/etc\/kubernetes\/bulwark\/encryption.yaml$/m);
    expect(about).toContain('mode: "0600"');
    expect(readFileSync(join(folder, 'nodes/audit-logging/kubeadm.yaml'), 'utf8')).toContain(
      'apiVersion: kubeadm.k8s.io/v1beta4',
    );
  });

  it.each([
    ['stack', 'module.exports.prod = make("audit");', 'pulumi stack output prod --show-secrets has it'],
    ['output of it', 'module.exports.secretFiles = make("audit").secretFiles;', 'pulumi stack output secretFiles --'],
    ['function', 'module.exports = async () => ({ both: { a: make("audit") } });', 'pulumi stack output both --'],
    ['nothing', 'make("audit");', 'export it in the program, and pulumi stack output --show-secrets has it'],
  ])('says where a program of another has what is withheld: %s', (_, body, said) => {
    const { code, stderr } = render(project(`${another}${body}`), '--nodes', 'nodes');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(`audit: /etc/kubernetes/bulwark/encryption.yaml; ${said}`),
    });
  });

  it('mixes up no files of stacks that are called alike', () => {
    const folder = project(`${another}
      const { ComponentResource } = require('@pulumi/pulumi');
      for (const namespace of ['eu', 'us'])
        make('audit', { parent: new ComponentResource('test:index:Region', namespace) }, namespace);
    `);
    const { code, stdout, stderr } = render(folder, '--nodes', 'nodes');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      'kube-bulwark:index:AuditLogging audit: there are several of this name, and the files for their nodes would be mixed up; name each',
    );
    expect(existsSync(join(folder, 'nodes'))).toBe(false);
  });

  it('writes values for clouds', () => {
    const folder = project(
      own,
      `
kube-bulwark:kubernetesVersion: "1.36"
kube-bulwark:distribution: eks
kube-bulwark:owner: team-platform
kube-bulwark:context: prod
kube-bulwark:auditLogging:
  eks: { clusterName: prod, kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1' }
`,
    );
    expect(render(folder, '--nodes', 'nodes', '--quiet').code).toBe(0);
    const values = JSON.parse(readFileSync(join(folder, 'nodes/audit-logging/values.json'), 'utf8'));
    expect(values.eks.cluster.enabledClusterLogTypes).toContain('audit');
    expect(values.eks.logGroup.name).toBe('/aws/eks/prod/cluster');
  });

  it('is refused where the configuration is, and writes nothing', () => {
    const folder = project(
      own,
      config.replace('secure: v1:AAAA:BBBB', "'2026-11': cGxhaW4=").replace('owner:', 'ownr:'),
    );
    const { code, stdout, stderr } = render(folder, '--output', 'out');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('the configuration has 3 errors, nothing is deployed:');
    expect(stderr).toContain('kube-bulwark:ownr: there is no such key; did you mean owner?');
    expect(stderr).not.toContain('cGxhaW4=');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('writes a registry whose Secrets somebody else makes', () => {
    const elsewhere = registry.replace('issuer:', 'secretsElsewhere: true\n  issuer:');
    const { code, stdout, stderr } = render(project(own, elsewhere));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        'bulwark: 2 files for nodes: --nodes <folder> writes them\n' +
        'bulwark: ServiceAccount registry/default is in every cluster by itself, and is changed: apply it by --server-side\n',
    });
    expect(kinds(stdout)).toContain('StatefulSet registry');
    expect(kinds(stdout).filter((kind) => kind.startsWith('Secret '))).toEqual([]);
    expect(stdout).toMatch(/^ *name: registry-users$/m);
  });

  it('writes what nodes are told of a registry', () => {
    const folder = project(own, registry.replace('issuer:', 'secretsElsewhere: true\n  issuer:'));
    expect(render(folder, '--output', 'out', '--nodes', 'nodes', '--quiet').code).toBe(0);
    const written = (path: string) => readFileSync(join(folder, 'nodes/private-registry', path), 'utf8');
    expect(readdirSync(join(folder, 'nodes/private-registry')).sort()).toEqual(['nodes', 'registry.yaml']);
    expect(written('nodes/etc/containerd/certs.d/images.acme.example/hosts.toml')).toContain(
      'server = "https://images.acme.example"\nca = "/etc/containerd/certs.d/images.acme.example/ca.crt"\n',
    );
    expect(written('registry.yaml')).toBe(
      'host: images.acme.example\naddress: registry.registry.svc:5000\nauthorityPath: /etc/containerd/certs.d/images.acme.example/ca.crt\n',
    );
  });

  it('refuses a registry with passwords', () => {
    const folder = project(
      own,
      `${registry}kube-bulwark:registryPasswords:\n  ci: { secure: v1:AAAA:BBBB }\n  nodes: { secure: v1:AAAA:CCCC }\n`,
    );
    const refused = render(folder, '--output', 'out');
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      'kube-bulwark:registryPasswords: it is a secret, which no rendered file may have; deploy by pulumi up, or set privateRegistry.secretsElsewhere',
    );
    expect(refused.stderr).toContain('the configuration has 1 error');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('refuses secrets, what is not known, what nobody sees and what is there twice, all at once', () => {
    const folder = project(
      `
      const pulumi = require('@pulumi/pulumi');
      const k8s = require('@pulumi/kubernetes');
      class Bucket extends pulumi.CustomResource {
        constructor() { super('cloud:storage/bucket:Bucket', 'logs', { arn: undefined }); }
      }
      const token = new pulumi.Config().requireSecret('token');
      new k8s.core.v1.Secret('s', { metadata: { name: 'token', namespace: 'shop' }, stringData: { token } });
      new k8s.core.v1.ConfigMap('c', { metadata: { name: 'arn', namespace: 'shop' }, data: { arn: new Bucket().arn } });
      new k8s.helm.v4.Chart('nginx', { chart: 'nginx' });
      for (const name of ['a', 'b']) new k8s.core.v1.Namespace(name, { metadata: { name: 'shop' } });
      `,
      'kube-bulwark:token: { secure: v1:AAAA:BBBB }',
    );
    const { code, stdout, stderr } = render(folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([
      'bulwark: nothing is written:',
      '  ConfigMap shop/arn: data.arn is not known before an update, since another resource puts it out; give it as configuration instead',
      '  Namespace shop: it is deployed twice, by the resources a and b; leave one of them out',
      '  Secret shop/token: stringData is a secret, which would stand in plain text in what is written; let the cluster fetch it (VaultSecretMount, ExternalSecret), or seal it (SealedSecret)',
      '  kubernetes:helm.sh/v4:Chart nginx: Helm makes its objects during an update; render it apart (helm template, kustomize build), or declare them',
    ]);
  });

  it('leaves out what is no object, and reads YAML as Pulumi does', () => {
    const folder = project(`
      const pulumi = require('@pulumi/pulumi');
      const k8s = require('@pulumi/kubernetes');
      module.exports = async () => {
        new k8s.Provider('cluster', { context: 'prod' });
        new pulumi.CustomResource('aws:s3/bucket:Bucket', 'logs', {});
        new k8s.yaml.ConfigGroup('group', { yaml: 'apiVersion: v1\\nkind: Namespace\\nmetadata: { name: shop }\\n' });
      };
    `);
    const { code, stdout, stderr } = render(folder);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'bulwark: left out, since it is no object of Kubernetes: 1 aws:s3/bucket:Bucket\n',
    });
    expect(kinds(stdout)).toEqual(['Namespace shop']);
  });

  it('says what a program fails with', () => {
    const apply = "require('@pulumi/pulumi').output(1).apply(() => { throw new Error('no such zone'); });";
    for (const program of [
      "throw new Error('no such zone');",
      `new (require('@pulumi/kubernetes').core.v1.Namespace)('a', { metadata: { name: ${apply.replace(/;$/, '')} } });`,
    ]) {
      const { code, stdout, stderr } = render(project(program));
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/the program failed, and nothing is written: .*no such zone/);
    }
  });

  it.each<[string, readonly string[], string]>([
    ['no verb', [], 'say what to do: bulwark stacks render'],
    ['another verb', ['rendr'], "there is no 'stacks rendr'; did you mean render"],
    ['no stack', ['render'], 'name the stack by --stack'],
    [
      'a folder without a project',
      ['render', '--stack', 'dev', '--cwd', 'test'],
      'Pulumi.yaml cannot be read; name the project',
    ],
    [
      'a layout of no files',
      ['render', '--stack', 'dev', '--layout', 'object'],
      '--layout is of files: add --output <folder>',
    ],
    [
      'nodes among what is applied',
      ['render', '--stack', 'dev', '--output', 'out', '--nodes', 'out/nodes'],
      '--nodes is in --output, whose files are applied to the cluster',
    ],
    [
      'something else',
      ['render', 'prod', '--stack', 'dev'],
      "bulwark stacks render takes nothing but options, and 'prod' is none",
    ],
  ])('takes not %s', (_, args, message) => {
    const { code, stdout, stderr } = runCli('stacks', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'of another language',
      { 'Pulumi.yaml': 'name: a\nruntime: go\n' },
      'Pulumi.yaml is for "go"; programs of nodejs alone can be rendered',
    ],
    ['without a name', { 'Pulumi.yaml': 'runtime: nodejs\n' }, 'Pulumi.yaml names no project'],
    [
      'without a program',
      { 'Pulumi.yaml': 'name: a\nruntime: nodejs\nmain: none.js\n' },
      'there is no program none.js; build it first',
    ],
    ['that is no YAML', { 'Pulumi.yaml': 'name: [a\n' }, 'Pulumi.yaml:'],
    [
      'with a configuration that is no mapping',
      { 'Pulumi.dev.yaml': 'config: [a]\n' },
      'Pulumi.dev.yaml: config is no mapping',
    ],
  ])('takes no project %s', (_, files, message) => {
    const folder = project('');
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { code, stderr } = render(folder);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
