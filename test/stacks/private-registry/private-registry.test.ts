import { type Output, secret } from '@pulumi/pulumi';
import { compareSync } from 'bcryptjs';
import type { KubernetesObject } from '../../../core/manifest';
import { evaluate } from '../../../core/policy/evaluate';
import { RegistryError } from '../../../core/registry/fault';
import { ClusterTarget } from '../../../index';
import { PrivateRegistry, type PrivateRegistryArgs } from '../../../stacks/private-registry';
import { secretIn } from '../../support/private-registry';
import { failureOf } from '../../support/pulumi/failure';
import { leaks, objectsIn, run } from '../../support/pulumi/registered';
import { filesOf } from '../log-pipeline/arguments';
import { alternatives, basics, passwords, registered, signer, tokens, uploadSecret, users } from './arguments';

async function deploy(changes: Partial<PrivateRegistryArgs> = {}) {
  let stack: PrivateRegistry | undefined;
  const found = await run(() => {
    stack = new PrivateRegistry('images', { ...basics, ...changes });
  });
  if (stack === undefined) throw new Error('there is no stack');
  return { found, stack };
}

/** What an output comes to. */
function settled<T>(output: Output<T>): Promise<T> {
  return new Promise((done) => output.apply(done));
}

/** The keys that pods read of each Secret. */
function secretsMounted({ spec }: KubernetesObject): Readonly<Record<string, readonly string[]>> {
  const { volumes = [] } = (spec as { template: { spec: { volumes?: readonly Volume[] } } }).template.spec;
  const sources = volumes.flatMap(({ secret: own, projected }) => [
    ...(own === undefined ? [] : [{ name: own.secretName, items: own.items }]),
    ...(projected?.sources ?? []).flatMap((source) => (source.secret === undefined ? [] : [source.secret])),
  ]);
  return Object.fromEntries(sources.map(({ name = '', items = [] }) => [name, items.map(({ key }) => key).sort()]));
}

interface Volume {
  readonly secret?: { readonly secretName?: string; readonly items?: readonly { readonly key: string }[] };
  readonly projected?: {
    readonly sources: readonly {
      readonly secret?: { readonly name?: string; readonly items?: readonly { readonly key: string }[] };
    }[];
  };
}

const bucketOf = (name: string) => alternatives[name] as Partial<PrivateRegistryArgs>;

describe('PrivateRegistry', () => {
  it('registers the same objects under the same URNs', async () => {
    const { found } = await deploy(alternatives['every argument']);
    expect(found.map(({ urn }) => urn.replace('urn:pulumi:dev::platform::', '')).sort()).toMatchSnapshot();
    expect(objectsIn(found)).toMatchSnapshot();
  });

  it.each(Object.entries(alternatives))('breaks no rule with %s', async (_, args) => {
    const found = await registered(args);
    const { kubernetesVersion, distribution } = { ...basics, ...args };
    const target = ClusterTarget.of(kubernetesVersion, { distribution: distribution as 'kubeadm' });
    const { findings } = evaluate(
      objectsIn(found).map((object) => ({ object })),
      { target, today: '2026-11-22' },
    );
    const broken = findings.filter(({ severity }) => severity !== 'info');
    expect(broken.map(({ rule, object, message }) => `${object}: ${rule}: ${message}`)).toEqual([]);
  });

  it('lets gateways in, and Prometheus to the metrics alone', async () => {
    const { found } = await deploy({ prometheusNamespace: 'monitoring' });
    const policy = objectsIn(found).find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata?.name === 'registry',
    );
    expect(policy?.spec).toMatchSnapshot();
  });

  it.each(['a bucket of S3', 'a bucket of Google Cloud', 'a bucket of Azure'])(
    'keeps blobs in %s by identity alone',
    async (name) => {
      const { found } = await deploy(bucketOf(name));
      expect(filesOf(found).get('registry/read-write.yaml')).toMatchSnapshot();
      const sets = objectsIn(found).filter(({ kind }) => kind === 'StatefulSet');
      expect(sets.map(({ spec }) => (spec as { volumeClaimTemplates?: unknown }).volumeClaimTemplates)).toEqual([
        undefined,
      ]);
      expect(secretIn(found, 'registry/registry-upload')).toEqual({ secret: uploadSecret });
    },
  );

  it('has nothing in the clear of what is secret, and the same hashes in each run', async () => {
    const args = {
      authentication: { kind: 'htpasswd', users: users.map((user) => ({ ...user, password: secret(user.password) })) },
      pullSecrets: [{ namespace: 'shop', user: 'puller' }],
    };
    const found = (await deploy(args)).found;
    for (const password of Object.values(passwords)) expect(leaks(found, password)).toEqual([]);
    const { htpasswd = '' } = secretIn(found, 'registry/registry-users');
    expect(leaks(found, htpasswd)).toEqual([]);
    const lines = htpasswd
      .trim()
      .split('\n')
      .map((line) => line.split(':'));
    expect(lines.map(([name]) => name)).toEqual(['pusher', 'puller']);
    for (const [name = '', hash = ''] of lines) {
      expect(hash).toMatch(/^\$2b\$10\$/);
      expect(compareSync(passwords[name as 'pusher'], hash)).toBe(true);
    }
    expect(secretIn((await deploy(args)).found, 'registry/registry-users')).toEqual({ htpasswd });
    const salt = (line: readonly string[] | undefined) => line?.[1]?.slice(0, 29);
    expect(salt(lines[0])).not.toBe(salt(lines[1]));
    const other = [{ name: 'pusher', password: 'another-made-up-password' }];
    const changed = await deploy({ authentication: { kind: 'htpasswd', users: other } });
    const [first = ''] = (secretIn(changed.found, 'registry/registry-users').htpasswd ?? '').split('\n');
    // The salt says nothing of the password.
    expect(salt(first.split(':'))).toBe(salt(lines[0]));
    expect(JSON.parse(secretIn(found, 'shop/registry-pull')['.dockerconfigjson'] ?? '')).toEqual({
      auths: {
        'registry.acme.example': {
          username: 'puller',
          password: passwords.puller,
          auth: Buffer.from(`puller:${passwords.puller}`).toString('base64'),
        },
      },
    });
  });

  it('names the Secrets that somebody else makes, with their keys, and makes none', async () => {
    const { found, stack } = await deploy(alternatives['Secrets that somebody else makes']);
    const objects = objectsIn(found);
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const set = objects.find(({ kind }) => kind === 'StatefulSet');
    expect(secretsMounted(set as KubernetesObject)).toEqual({
      'registry-tls': ['tls.crt', 'tls.key'],
      'registry-users': ['htpasswd'],
      'registry-upload': ['secret'],
    });
    expect(await settled(stack.pullSecret)).toBe('registry-pull');
    // Whoever makes them, pods are the same.
    const own = await deploy(bucketOf('a bucket of S3'));
    expect(objectsIn(own.found).find(({ kind }) => kind === 'StatefulSet')).toEqual(set);
  });

  it('refuses a password that is known at last, without saying it', async () => {
    const failure = await failureOf('late-password');
    expect(failure).toContain('authentication.users[0].password: it is short enough to be guessed');
    expect(failure).not.toContain('c4n4ry');
  });

  it('says what nodes and gateways are told', async () => {
    const { stack } = await deploy({ host: 'registry.acme.example:8443' });
    expect(await settled(stack.nodeFiles)).toEqual({
      '/etc/containerd/certs.d/registry.acme.example_8443_/hosts.toml': `server = "https://registry.acme.example:8443"
ca = "/etc/containerd/certs.d/registry.acme.example_8443_/ca.crt"

[host."https://registry.acme.example:8443"]
  capabilities = ["pull", "resolve", "push"]
  ca = "/etc/containerd/certs.d/registry.acme.example_8443_/ca.crt"
`,
    });
    expect(await settled(stack.address)).toBe('registry.registry.svc:5000');
    expect(await settled(stack.host)).toBe('registry.acme.example:8443');
    expect(await settled(stack.pullSecret)).toBe('');
    expect(await settled(stack.authorityPath)).toBe('/etc/containerd/certs.d/registry.acme.example_8443_/ca.crt');
  });

  it('registers nothing where something is wrong', async () => {
    const thrown: unknown[] = [];
    const found = await run(() => {
      try {
        new PrivateRegistry('images', { ...basics, replicas: 3, authentication: { kind: 'htpasswd', users: [] } });
      } catch (error) {
        thrown.push(error);
      }
    });
    expect(found).toEqual([]);
    expect(thrown[0]).toBeInstanceOf(RegistryError);
    expect((thrown[0] as RegistryError).faults.map(({ key }) => key)).toEqual([
      'authentication.users',
      'replicas',
      'uploadSecret',
    ]);
  });
});

describe('each argument does something', () => {
  const shown = (found: Awaited<ReturnType<typeof registered>>) =>
    new Map(found.map(({ urn, inputs, sent }) => [urn.replace(/.*::/, ''), JSON.stringify([inputs, sent])] as const));
  it.each<[string, Partial<PrivateRegistryArgs>]>([
    ['kubernetesVersion', { kubernetesVersion: '1.34' }],
    ['owner', { owner: 'team-images' }],
    ['images', { images: { registry: basics.images.registry.replace('registry@', 'distribution@') } }],
    ['issuer', { issuer: 'other' }],
    ['host', { host: 'images.acme.example' }],
    ['authentication', { authentication: { ...tokens, certificates: signer } }],
    ['bucket', bucketOf('a bucket of S3')],
    ['volume', { volume: { gibibytes: 500 } }],
    ['replicas', { ...bucketOf('a bucket of S3'), replicas: 3 }],
    ['garbageCollection', { garbageCollection: { weekdays: ['monday'], at: '03:30', minutes: 30 } }],
    ['backup', { backup: { storageClass: 'elsewhere' } }],
    ['pullSecrets', { pullSecrets: [{ namespace: 'shop', user: 'puller' }] }],
    ['load', { load: { pullsPerSecond: 10, imageGibibytes: 500 } }],
    ['gatewayNamespace', { gatewayNamespace: 'ingress' }],
    ['prometheusNamespace', { prometheusNamespace: 'monitoring' }],
    ['namespace', { namespace: 'images' }],
    ['alerts', { alerts: true }],
    ['dashboard', { prometheusNamespace: 'monitoring', dashboard: false }],
    ['ruleLabels', { alerts: true, ruleLabels: { release: 'monitoring' } }],
    ['runbooks', { alerts: true, runbooks: 'https://runbooks.example/#' }],
  ])('%s', async (_, changes) => {
    const [before, after] = [shown((await deploy()).found), shown((await deploy(changes)).found)];
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    expect(keys.filter((key) => before.get(key) !== after.get(key)).sort()).toMatchSnapshot();
  });
});
