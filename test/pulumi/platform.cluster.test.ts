/**
 * npm run test:pulumi: the examples under Pulumi's own engine and, unless BULWARK_PULUMI_PROVIDER=stand-in, its own Kubernetes provider, against a real API
 * server: preview, up, up again, a change, destroy. The state is in a folder. Skipped where there is no `pulumi`.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { certificateKind, certificatesServed } from '../support/certificate-kind';
import { describeCluster, expectOk } from '../support/control-plane';
import { serveCustomKinds } from '../support/custom-kinds';
import { lackUnless } from '../support/lack';
import { prometheusRule } from '../support/prometheus-rule';
import { PulumiProject, pulumiLack, stepsOf } from '../support/pulumi/project';

const root = resolve(__dirname, '../..');
const isBuilt = existsSync(join(root, 'lib/stacks/program/main.js'));
const lack = pulumiLack() ?? lackUnless(isBuilt, 'it is not built: npm run test:pulumi does that');
const key = Buffer.alloc(32, 'c4n4ry').toString('base64');

/** Each example, a change to its configuration, and what it touches. */
const examples = [
  {
    name: 'kind',
    secret: true,
    change: ['kube-bulwark:owner', 'team-sre'],
    touched: [
      'Namespace::audit-logging:audit-logging',
      'Namespace::log-pipeline:log-agents',
      'Namespace::log-pipeline:logging',
    ],
  },
  {
    name: 'eks',
    secret: false,
    change: ['kube-bulwark:auditLogging.ruleLabels.release', 'other'],
    touched: ['PrometheusRule::audit-logging:audit-logging/audit-logging'],
  },
  {
    name: 'kubeadm',
    secret: false,
    change: ['kube-bulwark:auditLogging.dashboard', 'false'],
    touched: ['ConfigMap::audit-logging:audit-logging/audit-logging-dashboard'],
  },
] as const;

const contexts = ['kind-kind', 'prod', 'arn:aws:eks:eu-central-1:111122223333:cluster/prod'];

/** A registry that knows its users' passwords. */
const registry = {
  'kube-bulwark:stacks': ['private-registry'],
  'kube-bulwark:kubernetesVersion': '1.36',
  'kube-bulwark:owner': 'team-platform',
  'kube-bulwark:context': 'prod',
  'kube-bulwark:privateRegistry': {
    images: { registry: `mirror.acme.example/registry@sha256:${'a'.repeat(64)}` },
    registries: ['mirror.acme.example'],
    issuer: 'internal',
    host: 'images.acme.example',
    authentication: { kind: 'htpasswd', users: [{ name: 'ci' }] },
    pullSecrets: [{ namespace: 'default', user: 'ci' }],
    gatewayNamespace: 'gateway',
  },
};

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'audit-logging' } };

describeCluster(
  'the examples by pulumi',
  (cluster) => {
    serveCustomKinds(
      cluster,
      [prometheusRule, certificateKind],
      ['monitoring.coreos.com/v1/prometheusrules', certificatesServed],
    );
    jest.setTimeout(600_000);

    describe('examples/platform', () => {
      let project: PulumiProject;
      beforeAll(() => {
        project = new PulumiProject(join(root, 'examples/platform'), cluster(), contexts);
      });
      afterAll(() => project?.remove());

      it.each(examples)(
        '$name: preview, up, up again, a change, destroy',
        async ({ name, secret, change, touched }) => {
          await project.ok('stack', 'init', name);
          const stack = ['--stack', name];
          if (secret)
            await project.ok(
              'config',
              'set',
              ...stack,
              '--secret',
              '--path',
              'kube-bulwark:encryptionKeys["2026-11"]',
              key,
            );

          const first = stepsOf(await project.ok('preview', ...stack, '--json'));
          expect(first['Namespace::audit-logging:audit-logging']).toBe('create');
          const ofRegistry = 'StatefulSet::private-registry:registry/registry';
          expect(first[ofRegistry]).toBe(name === 'kind' ? undefined : 'create');
          expect((await cluster().client.get(namespace)).status).toBe(404);

          await project.ok('up', ...stack, '--yes', '--skip-preview');
          expect(expectOk(await cluster().client.get(namespace)).metadata.labels).toMatchObject({
            owner: 'team-platform',
          });
          await project.ok('up', ...stack, '--yes', '--skip-preview', '--expect-no-changes');

          const outputs = JSON.parse(await project.ok('stack', 'output', ...stack, '--json'));
          expect(JSON.stringify(outputs)).not.toContain(key);
          if (secret) {
            const shown = await project.ok('stack', 'output', ...stack, '--json', '--show-secrets');
            expect(shown).toContain(key);
          }
          expect(bytesBelow(project.state)).not.toContain(key);

          await project.ok('config', 'set', ...stack, '--path', ...change);
          const steps = stepsOf(await project.ok('preview', ...stack, '--json'));
          const own = (each: string) =>
            !each.startsWith('Stack::') && !/AuditLogging::|LogPipeline::|PrivateRegistry::|App::/.test(each);
          expect(Object.keys(steps).filter(own).sort()).toEqual([...touched].sort());
          await project.ok('up', ...stack, '--yes', '--skip-preview');
          await project.ok('up', ...stack, '--yes', '--skip-preview', '--expect-no-changes');

          await project.ok('destroy', ...stack, '--yes', '--skip-preview');
          expect((await cluster().client.get(namespace)).status).toBe(404);
        },
      );

      it('keeps the passwords of a registry secret, in its state and in what it puts out', async () => {
        await project.ok('stack', 'init', 'registry');
        const stack = ['--stack', 'registry'];
        const file = join(project.folder, 'Pulumi.registry.yaml');
        appendFileSync(file, stringify({ config: registry }));
        const password = 'c4n4ry-made-up-by-nobody';
        const place = 'kube-bulwark:registryPasswords["ci"]';
        await project.ok('config', 'set', ...stack, '--secret', '--path', place, password);
        expect(readFileSync(file, 'utf8')).not.toContain(password);

        await project.ok('up', ...stack, '--yes', '--skip-preview');
        const made = async (of: string, name: string) =>
          expectOk(
            await cluster().client.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: of } }),
          ) as { readonly data?: Readonly<Record<string, string>> };
        const users = Buffer.from((await made('registry', 'registry-users')).data?.htpasswd ?? '', 'base64').toString();
        expect(users).toMatch(/^ci:\$2b\$10\$/);
        const pull = (await made('default', 'registry-pull')).data?.['.dockerconfigjson'] ?? '';
        expect(Buffer.from(pull, 'base64').toString()).toContain(password);

        const state = bytesBelow(project.state);
        for (const each of [password, users.trim(), pull]) expect(state).not.toContain(each);
        expect(await project.ok('stack', 'output', ...stack, '--json')).not.toContain(password);
        await project.ok('up', ...stack, '--yes', '--skip-preview', '--expect-no-changes');
        await project.ok('destroy', ...stack, '--yes', '--skip-preview');
      });

      it('refuses a wrong configuration before anything is made', async () => {
        await project.ok('stack', 'init', 'wrong');
        // Beside the salt of its secrets, which the CLI has written.
        appendFileSync(join(project.folder, 'Pulumi.wrong.yaml'), 'config:\n  kube-bulwark:ownr: a\n');
        const { code, stdout, stderr } = await project.run('up', '--stack', 'wrong', '--yes', '--skip-preview');
        expect(code).not.toBe(0);
        expect(stdout + stderr).toContain('kube-bulwark:ownr: there is no such key; did you mean owner?');
        const { deployment } = JSON.parse(await project.ok('stack', 'export', '--stack', 'wrong'));
        expect(
          (deployment.resources ?? []).filter(({ type }: { type: string }) => type !== 'pulumi:pulumi:Stack'),
        ).toEqual([]);
      });
    });

    describe('hardenTransform', () => {
      let project: PulumiProject;
      beforeAll(async () => {
        project = new PulumiProject(join(root, 'examples/platform'), cluster(), contexts);
        writeFileSync(
          join(project.folder, 'index.js'),
          `
        const { runtime, Config } = require('@pulumi/pulumi');
        const k8s = require('@pulumi/kubernetes');
        const { hardenTransform } = require('kube-bulwark/pulumi/stacks');
        const { ClusterTarget } = require('kube-bulwark');
        runtime.registerResourceTransform(hardenTransform({ target: ClusterTarget.of('1.36') }));
        const provider = new k8s.Provider('cluster', { context: 'prod' });
        const labels = { app: 'web' };
        const image = new Config().getSecret('image');
        new k8s.apps.v1.Deployment('web', {
          metadata: { name: 'web', namespace: 'default' },
          spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } } },
        }, { provider });
        if (new Config().getBoolean('release')) new k8s.helm.v3.Release('nginx', { chart: 'nginx' }, { provider });
        `,
        );
        await project.ok('stack', 'init', 'dev');
        await project.ok('config', 'set', '--stack', 'dev', '--secret', 'image', 'registry.example/hidden:1');
      });
      afterAll(() => project?.remove());

      it('hardens what the program deploys, and leaves secrets secret', async () => {
        const preview = await project.ok('preview', '--stack', 'dev', '--json');
        const { steps } = JSON.parse(preview);
        const made = steps.find(({ urn }: { urn: string }) => urn.includes(':Deployment::'));
        const pod = made.newState.inputs.spec.template.spec;
        expect(pod.automountServiceAccountToken).toBe(false);
        expect(pod.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
        expect(preview).not.toContain('registry.example/hidden');
      });

      it('refuses a Helm release', async () => {
        await project.ok('config', 'set', '--stack', 'dev', 'release', 'true');
        const { code, stdout, stderr } = await project.run('preview', '--stack', 'dev');
        expect(code).not.toBe(0);
        expect(stdout + stderr).toContain('the Helm release nginx cannot be hardened');
      });
    });
  },
  { unless: lack },
);

function bytesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
