/** The objects that Harbor's own chart makes of the values: no credential in them, taken by a real API server, judged by the rules. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { evaluate } from '../../../core/policy';
import { harborNetworkPolicies } from '../../../core/registry/harbor/network';
import { harborClientSecret, harborCredentials } from '../../../core/registry/harbor/parts';
import { harborValues } from '../../../core/registry/harbor/values';
import { hardenTransformation } from '../../../stacks/transform/harden-transform';
import { TARGETS } from '../../examples/deploy';
import { harbors, registered } from '../../stacks/private-registry/arguments';
import { certificateKind, certificatesServed } from '../../support/certificate-kind';
import { describeCluster, eventually, expectOk, VERSIONS } from '../../support/control-plane';
import { serveCustomKinds } from '../../support/custom-kinds';
import { create, update } from '../../support/pulumi/provider-like';
import { objectsIn } from '../../support/pulumi/registered';
import { describeHarborChart } from '../../support/registry-products/helm';
import { alternatives, basics } from './harbor-settings';

/** Defaults of the chart that everybody knows; how they stand in Secrets, too. */
const known = [
  ...Object.values(harborCredentials).flatMap((each) => ('default' in each ? [each.default] : [])),
  'awsaccesskey',
  'base64encodedaccountkey',
  'base64-encoded-json-key-file',
];

const texts = (objects: readonly KubernetesObject[]): string =>
  objects
    .map((object) => {
      const data = object.kind === 'Secret' ? ((object.data ?? {}) as Readonly<Record<string, string>>) : {};
      const plain = Object.entries(data).map(([key, value]) => `${key}=${Buffer.from(value, 'base64').toString()}`);
      return [JSON.stringify(object), ...plain].join('\n');
    })
    .join('\n');

const secretsOf = (objects: readonly KubernetesObject[]) =>
  Object.fromEntries(
    objects
      .filter(({ kind }) => kind === 'Secret')
      .flatMap(({ metadata, data }) =>
        Object.entries((data ?? {}) as Readonly<Record<string, string>>).map(([key, value]) => [
          `${metadata?.name}/${key}`,
          Buffer.from(value, 'base64').toString(),
        ]),
      ),
  );

/** Keys that pods ask a Secret for, wherever they stand. */
const askedOf = (objects: readonly KubernetesObject[], secret: string): readonly string[] => {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { name, secretName, key, items } = node as Readonly<Record<string, unknown>>;
    if (name === secret && typeof key === 'string') found.add(key);
    if (secretName === secret)
      for (const item of (items as readonly { readonly key: string }[] | undefined) ?? [{ key: '*' }])
        found.add(item.key);
    for (const each of Object.values(node)) visit(each);
  };
  visit(objects);
  return [...found].sort();
};

/** What the rules find that the chart has no value for: the manual says why each one stays. */
const remaining = [
  'empty-dir-size',
  'ephemeral-storage-limit',
  'read-only-root-filesystem',
  'secret-in-config',
  'secret-in-env',
  'secret-in-manifest',
  'service-links',
];
const manual = readFileSync(join(__dirname, '../../../docs/stacks/private-registry-products.md'), 'utf8');

describeHarborChart('the chart of Harbor', (chart) => {
  it('has the defaults that everybody knows, and some that are made anew with each rendering', () => {
    const objects = chart.render({});
    const text = texts(objects);
    for (const { default: value } of Object.values(harborCredentials).filter((each) => 'default' in each))
      expect({ value, isThere: text.includes(value) }).toEqual({ value, isThere: true });
    const again = secretsOf(chart.render({}));
    const anew = Object.entries(secretsOf(objects)).filter(([key, value]) => again[key] !== value);
    expect(anew.map(([key]) => key).sort()).toEqual([
      'harbor-core/CSRF_KEY',
      'harbor-core/secret',
      'harbor-core/tls.crt',
      'harbor-core/tls.key',
      'harbor-ingress/ca.crt',
      'harbor-ingress/tls.crt',
      'harbor-ingress/tls.key',
      'harbor-jobservice/JOBSERVICE_SECRET',
      'harbor-registry-htpasswd/REGISTRY_HTPASSWD',
      'harbor-registry/REGISTRY_HTTP_SECRET',
    ]);
  });

  describe.each(Object.entries(alternatives))('with the values of the stack and %s', (_, settings) => {
    const objects = chart.render(harborValues(settings));

    it('has none of them, and is the same with each rendering', () => {
      expect(objects.length).toBeGreaterThan(20);
      const text = texts(objects);
      expect(known.filter((value) => text.includes(value))).toEqual([]);
      expect(chart.render(harborValues(settings))).toEqual(objects);
      // Its own Redis asks for no password, and is reached by nobody else.
      expect(secretsOf(objects)).toEqual({
        'harbor-registry/REGISTRY_REDIS_PASSWORD': '',
        'harbor-trivy/gitHubToken': '',
        'harbor-trivy/redisURL': 'redis://harbor-redis:6379/5?idle_timeout_seconds=30',
      });
    });

    it('asks the Secret for the credentials that the manual names', () => {
      expect(askedOf(objects, settings.secretName)).toEqual(
        [...Object.keys(harborCredentials), harborClientSecret].sort(),
      );
    });

    it('serves what others connect to by TLS alone, but for Redis and metrics', () => {
      const ports = objects
        .filter(({ kind }) => kind === 'Service')
        .flatMap(({ metadata, spec }) =>
          (spec as { readonly ports: readonly { readonly name?: string; readonly port: number }[] }).ports.map(
            ({ name, port }) => `${metadata?.name} ${name ?? ''} ${port}`,
          ),
        )
        .filter((text) => !text.includes('https') && !text.includes('metrics'));
      expect(ports).toMatchSnapshot();
    });

    it('is judged by the rules: what they find is listed, with what hardening adds', () => {
      const target = ClusterTarget.of('1.36');
      const harden = hardenTransformation({ target, changes: 'safe' });
      const hardened = objects.map((object) => {
        const [group, version] = object.apiVersion.includes('/')
          ? object.apiVersion.split('/')
          : ['core', object.apiVersion];
        const type = `kubernetes:${group}/${version}:${object.kind}`;
        const { apiVersion, kind, metadata } = object;
        const props = harden({ type, name: 'each', props: object, opts: {} })?.props ?? object;
        return { ...props, apiVersion, kind, metadata: { namespace: 'registry', ...metadata } } as KubernetesObject;
      });
      const policies = harborNetworkPolicies('registry', {
        gatewayNamespace: 'gateway',
        ...(settings.metrics && { prometheusNamespace: 'monitoring' }),
        database: { cidrs: ['10.1.0.0/24'], port: 5432 },
        login: ['203.0.113.20/32'],
        storage: settings.storage.kind === 'volume' ? [] : ['10.2.0.0/24'],
        upstreams: [],
      });
      const report = evaluate(
        [...hardened, ...policies].map((object) => ({ object })),
        { target, registries: ['mirror.acme.example'], today: '2026-11-22' },
      );
      const errors = report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
      expect([...new Set(errors)].sort()).toEqual(remaining);
      for (const rule of remaining) expect(manual).toContain(`\`${rule}\``);
    });
  });

  describe.each(VERSIONS)('on %s', (version) => {
    describeCluster(
      'a real API server',
      (cluster) => {
        serveCustomKinds(cluster, [certificateKind], [certificatesServed]);

        it.each(Object.entries(alternatives))('takes each object strictly, twice, with %s', async (_, settings) => {
          const namespace = await cluster().namespace('harbor');
          const policies = harborNetworkPolicies(namespace, {
            gatewayNamespace: 'gateway',
            prometheusNamespace: 'monitoring',
            database: { cidrs: ['10.1.0.0/24'], port: 5432 },
            login: ['203.0.113.20/32'],
            storage: ['10.2.0.0/24'],
            upstreams: ['203.0.113.30/32'],
          });
          const objects = [...chart.render(harborValues(settings)), ...policies].map((object) => ({
            ...object,
            metadata: { ...object.metadata, namespace },
          }));
          for (const object of [...objects, ...objects]) {
            const answer = await cluster().client.apply(object, { fieldManager: 'pulumi-kubernetes', force: true });
            expectOk(answer);
            expect({ object: object.metadata.name, warnings: answer.warnings }).toEqual({
              object: object.metadata.name,
              warnings: [],
            });
          }
        });

        it.each(Object.entries(harbors))(
          'lets its pods into the namespace that the stack locks, with %s',
          async (_, args) => {
            const { client } = cluster();
            const id = randomBytes(4).toString('hex');
            const namespace = `registry-${id}`;
            const monitoring = args.prometheusNamespace;
            if (monitoring !== undefined)
              await client.apply(
                { apiVersion: 'v1', kind: 'Namespace', metadata: { name: monitoring } },
                { fieldManager: 'test' },
              );
            const found = await registered({ ...args, namespace, kubernetesVersion: TARGETS[version] });
            await create(cluster(), found);
            const answers = await update(cluster(), found);
            expect(
              [...answers.values()].flatMap(({ status, warnings }) => (status > 201 ? [String(status)] : warnings)),
            ).toEqual([]);
            const [release] = found.filter(({ type }) => type === 'kubernetes:helm.sh/v4:Chart');
            const pods = chart.render(release?.inputs.values as object).flatMap(({ metadata, spec }) => {
              const { template, volumeClaimTemplates = [] } = (spec ?? {}) as {
                readonly template?: {
                  readonly metadata: object;
                  readonly spec: { readonly volumes?: readonly object[] };
                };
                readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
              };
              if (template === undefined) return [];
              const claims = volumeClaimTemplates.map((claim) => ({
                name: claim.metadata.name,
                persistentVolumeClaim: { claimName: `${claim.metadata.name}-0` },
              }));
              const volumes = [...(template.spec.volumes ?? []), ...claims];
              const own = { ...template.metadata, name: metadata?.name, namespace };
              return [{ apiVersion: 'v1', kind: 'Pod', metadata: own, spec: { ...template.spec, volumes } }];
            });
            expect(pods.length).toBeGreaterThan(6);
            for (const pod of pods)
              await eventually(`${pod.metadata.name} to be let in`, async () => {
                const { status, message, warnings } = await client.create(pod as never, { dryRun: true });
                // The quota is not counted at once.
                if (status === 403 && /status unknown for quota/.test(message ?? '')) return undefined;
                expect({ status, message, warnings }).toEqual({ status: 201, message: '', warnings: [] });
                return true;
              });
            for (const object of [...objectsIn(found)].reverse()) await client.delete(object as never);
          },
          120_000,
        );
      },
      { version },
    );
  });
});

it('tries a Harbor of each kind', () => {
  expect(Object.keys(alternatives)).toHaveLength(3);
  expect(basics.replicas).toBe(1);
});
