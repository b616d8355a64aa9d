/** Arguments that are wrong in every way that somebody thought of: each is told by its key, with the remedy, and nothing else is. */

import { weekdays } from '../../../core/registry/distribution/window';
import { RegistryError } from '../../../core/registry/fault';
import { PrivateRegistry, type PrivateRegistryArgs } from '../../../stacks/private-registry';
import { run } from '../../support/pulumi/registered';
import { buckets } from '../log-pipeline/arguments';
import { authority, basics, publicKey, registered, signer, tokens, uploadSecret, users } from './arguments';

async function faultsOf(args: unknown): Promise<readonly string[]> {
  const thrown: unknown[] = [];
  const found = await run(() => {
    try {
      new PrivateRegistry('images', args as PrivateRegistryArgs);
    } catch (error) {
      thrown.push(error);
    }
  });
  expect(found).toEqual([]);
  const [error] = thrown;
  if (!(error instanceof RegistryError)) throw error;
  for (const { remedy } of error.faults) expect(remedy).not.toBe('');
  expect(String(error)).not.toMatch(/hunter2|Harbor12345/i);
  return error.faults.map(({ key, message }) => `${key}: ${message}`);
}

const by = (password: unknown, name = 'pusher') => ({
  authentication: { kind: 'htpasswd', users: [{ name, ...(password !== undefined && { password }) }] },
});
const bucket = (changes: object) => ({ bucket: { ...buckets.s3, ...changes }, uploadSecret });
const keys = (...all: readonly object[]) => ({
  authentication: { ...tokens, jwks: JSON.stringify({ keys: all }) },
});
const pull = (...pullSecrets: readonly object[]) => ({ pullSecrets });
const { issuer: _, ...withoutIssuer } = basics;
const { gatewayNamespace: __, host: ___, ...withoutGateway } = basics;

const wrong: Readonly<Record<string, readonly [changes: object, ...starts: readonly string[]]>> = {
  'no TLS': [{ host: 'http://registry.acme.example' }, 'host: there is no registry without TLS'],
  'a scheme': [{ host: 'https://registry.acme.example' }, 'host: it has a scheme'],
  'a path': [{ host: 'registry.acme.example/images' }, 'host: it has a path'],
  'a user in the host': [{ host: 'admin:hunter2@registry.acme.example' }, 'host: it has a user in it'],
  'a host without a dot': [{ host: 'registry' }, 'host: it is no name of a host'],
  'an address': [{ host: '10.0.0.1' }, 'host: it is no name of a host'],
  'the name of Docker Hub': [{ host: 'docker.io' }, 'host: it is Docker Hub'],
  'another name of Docker Hub': [{ host: 'Index.docker.io.:443' }, 'host: it is Docker Hub'],
  'a host in capitals': [
    { host: 'Registry.acme.example' },
    'host: images are compared by the names of their registries, and that one is called registry.acme.example',
  ],
  'the port of HTTPS': [
    { host: 'registry.acme.example:443' },
    'host: images are compared by the names of their registries, and that one is called registry.acme.example',
  ],
  'registries by other names': [
    { registries: ['mirror.acme.example:0443', 'index.docker.io/library'] },
    'registries[0]: images are compared by the names of their registries, and that one is called mirror.acme.example',
    'registries[1]: images are compared by the names of their registries, and that one is called docker.io',
  ],
  'an image from itself, by another name': [
    {
      images: { registry: `Registry.acme.example:443/registry@sha256:${'0'.repeat(64)}` },
      registries: ['registry.acme.example.'],
    },
    'images.registry: the registry would be pulled from itself',
    'registries[0]: it is the registry that this stack makes',
  ],
  'a port that is none': [{ host: 'registry.acme.example:99999' }, 'host: it is no name of a host'],
  'no password': [by(undefined), 'authentication.users[0].password: the user has no password'],
  'an empty password': [by(''), 'authentication.users[0].password: the user has no password'],
  "a product's default password": [
    by('Harbor12345'),
    'authentication.users[0].password: it is the default of a product',
  ],
  'the name as password': [by('pusher'), 'authentication.users[0].password: it is the name'],
  'a short password': [by('hunter2'), 'authentication.users[0].password: it is short enough'],
  'a password that bcrypt cuts off': [by('hunter2'.repeat(11)), 'authentication.users[0].password: it has 77 bytes'],
  'a password of two lines': [
    by('hunter2hunter2hunter2\nadmin:x'),
    'authentication.users[0].password: it has a line break',
  ],
  'a user of two fields': [by('hunter2hunter2hunter2', 'a:b'), 'authentication.users[0].name: it is no name'],
  'two users of a name': [
    { authentication: { kind: 'htpasswd', users: [users[0], users[0]] } },
    'authentication.users[1].name: users[0] has the same name',
  ],
  'nobody who is let in': [{ authentication: { kind: 'htpasswd' } }, 'authentication.users: it is missing'],
  'everybody who is let in': [{ authentication: { kind: 'none' } }, 'authentication.kind: there is no "none"'],
  'what distribution lacks': [
    {
      teams: [{ name: 'shop', push: ['shop/**'] }],
      immutableTags: ['shop/**'],
      upstreams: [{ host: 'docker.io', allow: ['library/redis'] }],
    },
    'teams: distribution does not have it',
    'immutableTags: distribution does not have it',
    'upstreams: distribution does not have it',
  ],
  'OIDC with distribution': [
    {
      authentication: {
        kind: 'oidc',
        issuer: 'https://login.acme.example',
        clientId: 'registry',
        secretName: 'login',
        cidrs: ['203.0.113.0/24'],
      },
    },
    'authentication.kind: distribution does not have it',
  ],
  'a login that is anywhere': [
    {
      authentication: {
        kind: 'oidc',
        issuer: 'https://login.acme.example',
        clientId: 'registry',
        secretName: 'login',
        cidrs: ['::/0'],
      },
    },
    'authentication.kind: distribution does not have it',
    'authentication.cidrs[0]: ::/0 is every address',
  ],
  'a product that there is not': [{ product: 'quay' }, 'product: there is no product "quay"'],
  'a proxy of everything': [
    { upstreams: [{ host: 'docker.io', allow: ['**'] }] },
    'upstreams: distribution does not have it',
    'upstreams[0].allow: whatever anybody puts there',
  ],
  'overlapping hosts': [
    {
      upstreams: [
        { host: 'docker.io', allow: ['library/redis'] },
        { host: 'docker.io', allow: ['library/nginx'] },
        { host: basics.host, allow: ['shop/web'] },
        { host: 'registry-1.docker.io', allow: ['library/nginx'] },
      ],
    },
    'upstreams: distribution does not have it',
    'upstreams[1].host: upstreams[0] has the same host',
    'upstreams[2].host: it is the registry itself',
    'upstreams[3].host: images are compared by the names of their registries, and that one is called docker.io',
  ],
  'an image from itself': [
    { images: { registry: `${basics.host}/registry@sha256:${'0'.repeat(64)}` }, registries: [basics.host] },
    'images.registry: the registry would be pulled from itself',
    'registries[0]: it is the registry that this stack makes',
  ],
  'tokens over plain HTTP': [
    { authentication: { ...tokens, realm: 'http://auth.example', certificates: signer } },
    'authentication.realm: it is no address that passwords may be sent to',
  ],
  'tokens that nobody signs': [{ authentication: tokens }, 'authentication.certificates: what tokens are signed by'],
  'tokens and users': [
    { authentication: { ...tokens, users, certificates: signer } },
    'authentication.users: nobody is let in by it with token',
  ],
  'a private key in place of a certificate': [
    { authentication: { ...tokens, certificates: '-----BEGIN PRIVATE KEY-----\nhunter2' } },
    'authentication.certificates: there is a private key',
  ],
  'a private key among keys': [
    { authentication: { ...tokens, jwks: JSON.stringify({ keys: [{ kty: 'EC', d: 'hunter2' }] }) } },
    'authentication.jwks: a key in it is private',
  ],
  'keys that are none': [
    { authentication: { ...tokens, jwks: 'hunter2' } },
    'authentication.jwks: it is no set of keys',
  ],
  'an authority in place of a certificate': [
    { authentication: { ...tokens, certificates: `${signer}${authority}` } },
    'authentication.certificates: number 2 is that of an authority: whoever has a certificate by it could sign tokens',
  ],
  'certificates that are cut off': [
    { authentication: { ...tokens, certificates: `${signer}${signer.slice(0, 200)}` } },
    'authentication.certificates: number 2 is no certificate',
  ],
  'no certificate': [
    { authentication: { ...tokens, certificates: 'hunter2' } },
    'authentication.certificates: there is no certificate in it',
  ],
  'keys that no token can name': [
    keys({ ...publicKey, kid: undefined }, publicKey, { ...publicKey, kid: '' }, publicKey),
    'authentication.jwks.keys[0].kid: tokens name the key that they are signed by',
    'authentication.jwks.keys[2].kid: tokens name the key that they are signed by',
    'authentication.jwks.keys[3].kid: tokens name the key that they are signed by',
  ],
  'keys that are not whole': [
    keys({ ...publicKey, x: 'AA' }, { kid: '2', kty: 'RSA', n: 'AA' }),
    'authentication.jwks.keys[0]: it is no public key, and the registry would not start',
    'authentication.jwks.keys[1]: it is no public key, and the registry would not start',
  ],
  'replicas on volumes': [
    { replicas: 2, uploadSecret },
    'replicas: 2 replicas would each have other images on their volumes',
  ],
  'no replica': [{ replicas: 0 }, 'replicas: 0 is no number of replicas'],
  'replicas that sign each on its own': [{ bucket: buckets.s3 }, 'uploadSecret: it is missing'],
  'an upload secret that can be guessed': [
    { bucket: buckets.s3, uploadSecret: 'hunter2' },
    'uploadSecret: it could be',
  ],
  'secrets that somebody else makes': [
    { bucket: buckets.s3, uploadSecret, secretsElsewhere: true },
    'authentication.users[0].password: it is given, and somebody else makes the Secrets',
    'authentication.users[1].password: it is given, and somebody else makes the Secrets',
    'uploadSecret: it is given, and somebody else makes the Secrets',
  ],
  'a bucket and a volume': [
    { ...bucket({}), volume: { gibibytes: 10 }, backup: { storageClass: 'elsewhere' } },
    'volume: it is about a volume',
    'backup: it copies a volume',
  ],
  'a key of a bucket': [bucket({ secretKey: 'hunter2' }), 'bucket.secretKey: it is no setting of such a bucket'],
  'no bucket of a name': [bucket({ name: 's3://acme' }), 'bucket.name: it is no name of a bucket'],
  'a volume of nothing': [{ volume: { gibibytes: 0 } }, 'volume.gibibytes: 0 is no number of GiB'],
  'a load of nothing': [
    { load: { pullsPerSecond: -1, imageGibibytes: 0 } },
    'load.pullsPerSecond: -1 is no number above 0',
    'load.imageGibibytes: 0 is no number above 0',
  ],
  'days and times that are none': [
    { garbageCollection: { weekdays: ['Caturday'], at: '25:00', minutes: 5 } },
    'garbageCollection.weekdays[0]: "Caturday" is no day of the week',
    'garbageCollection.at: "25:00" is no time of day',
    'garbageCollection.minutes: 5 is no number of minutes',
  ],
  'a collection for as long as pushes': [
    { garbageCollection: { weekdays: [...weekdays], minutes: 720 } },
    'garbageCollection: the registry would refuse pushes for as long as it takes them',
  ],
  'a copy in the window': [
    { backup: { storageClass: 'elsewhere', at: '02:59' }, garbageCollection: { weekdays: ['friday'] } },
    'backup.at: garbage is collected then',
  ],
  'a copy in the window over midnight, by the defaults': [
    { backup: { storageClass: 'elsewhere' }, garbageCollection: { at: '23:30', minutes: 120 } },
    'backup.at: garbage is collected then',
  ],
  'no day': [{ garbageCollection: { weekdays: [] } }, 'garbageCollection.weekdays: there is no day'],
  'copies on the same disks': [
    { volume: { storageClass: 'fast' }, backup: { storageClass: 'fast', days: 0, at: 'noon', restore: '../..' } },
    'backup.at: "noon" is no time of day',
    'backup.days: 0 is no number of days',
    'backup.storageClass: the copies would be on the disks of the registry',
    'backup.restore: "../.." is no day',
  ],
  'a copy of no day of the calendar': [
    { backup: { storageClass: 'elsewhere', restore: '2027-02-30' } },
    'backup.restore: "2027-02-30" is no day',
  ],
  'a dashboard of nothing': [{ dashboard: true }, 'dashboard: nobody may ask the registry for its metrics'],
  'pulls by nobody': [
    pull(
      { namespace: 'shop', user: 'nobody' },
      { namespace: 'shop', user: 'puller' },
      { namespace: 'registry', user: 'puller' },
    ),
    'pullSecrets[0].user: "nobody" is none of authentication.users',
    'pullSecrets[1].namespace: pullSecrets[0] has the same namespace',
    'pullSecrets[2].namespace: it is that of the registry',
  ],
  'pulls by tokens': [
    { ...pull({ namespace: 'shop', user: 'puller' }), ...keys(publicKey) },
    "pullSecrets: the stack knows nobody's password with token",
  ],
  'namespaces that are none of its own': [
    { namespace: 'kube-system', gatewayNamespace: 'Gateway', prometheusNamespace: 'kube-system' },
    "namespace: kube-system is Kubernetes' own",
    'gatewayNamespace: "Gateway" is no name of a namespace',
    'prometheusNamespace: it is the namespace of the registry',
  ],
  'a version that there is not': [{ kubernetesVersion: '1.3' }, 'kubernetesVersion: '],
};

describe('a wrong argument is told by its key, and nothing else is', () => {
  it.each(Object.entries(wrong))('%s', async (_, [changes, ...starts]) => {
    const found = await faultsOf({ ...basics, ...changes });
    expect(found).toEqual(starts.map((start) => expect.stringContaining(start)));
    for (const [i, start] of starts.entries()) expect(found[i]?.startsWith(start)).toBe(true);
  });

  it('has what is undefined for left out', async () => {
    const times = { weekdays: undefined, at: undefined, minutes: undefined };
    const load = { pullsPerSecond: undefined, imageGibibytes: undefined };
    const given = { garbageCollection: times, load, volume: { gibibytes: undefined } } as object;
    expect(await registered(given)).toEqual(await registered({}));
    const backup = { storageClass: 'elsewhere' };
    const undecided = { backup: { ...backup, at: undefined, days: undefined } } as object;
    expect(await registered(undecided)).toEqual(await registered({ backup }));
  });

  it.each<[string, unknown, readonly unknown[]]>([
    [
      'nothing at all',
      undefined,
      [expect.stringMatching(/^issuer: there is no registry without TLS/), expect.stringMatching(/^args: args lacks/)],
    ],
    ['null', null, [expect.stringMatching(/^issuer: /), expect.stringMatching(/^args: args lacks/)]],
    ['no issuer', withoutIssuer, [expect.stringMatching(/^issuer: there is no registry without TLS/)]],
    ['no host and no gateway', withoutGateway, ['args: args lacks host and gatewayNamespace']],
    [
      'users as a text',
      { ...basics, authentication: { kind: 'htpasswd', users: 'admin' } },
      [expect.stringMatching(/^authentication\.users: /)],
    ],
    [
      'users that are texts',
      { ...basics, authentication: { kind: 'htpasswd', users: ['admin'] } },
      [expect.stringMatching(/^authentication\.users\[0\]: /)],
    ],
    [
      'authentication as a text',
      { ...basics, authentication: 'htpasswd' },
      [expect.stringMatching(/^authentication: /)],
    ],
  ])('in plain JavaScript: %s', async (_, args, faults) => {
    expect(await faultsOf(args)).toEqual(faults);
  });
});
