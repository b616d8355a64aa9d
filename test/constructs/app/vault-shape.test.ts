import { type PlatformProps, SecureDeployment, type VaultServer } from '../../../index';
import { basics, errorsOf, findingsOf, image, testApp, testNamespace, vault } from '../../support/app';

const of = (given: unknown, props: Partial<PlatformProps> = {}) => testApp({ ...props, vault: given as VaultServer });
const digest = `sha256:${'a'.repeat(64)}`;

const refused: readonly (readonly [
  what: string,
  given: Readonly<Record<string, unknown>>,
  property: string,
  message: RegExp,
])[] = [
  ['no audience', { audience: '' }, 'vault.audience', /is no audience/],
  ['an audience with a line break', { audience: 'vault\n' }, 'vault.audience', /is no audience/],
  [
    "the API server's audience",
    { audience: 'https://kubernetes.default.svc' },
    'vault.audience',
    /one for the API server/,
  ],
  [
    "the API server's audience, in full",
    { audience: 'https://kubernetes.default.svc.cluster.local' },
    'vault.audience',
    /one for the API server/,
  ],
  ["the API server's audience on k3s", { audience: 'k3s' }, 'vault.audience', /one for the API server/],
  ['an address with a line break', { address: 'https://vault\n.svc' }, 'vault.address', /is no address/],
  ['an address with a blank after it', { address: 'https://vault.svc ' }, 'vault.address', /is no address/],
  ['an address in capitals', { address: 'HTTPS://vault.svc' }, 'vault.address', /is no address/],
  ['an address that is none', { address: 5 }, 'vault.address', /is no address/],
  ['no address', { address: undefined }, 'vault.address', /is missing/],
  ['an address with a query', { address: 'https://vault.svc/?token=hvs.x' }, 'vault.address', /more than a path/],
  ['an address with a fragment', { address: 'https://vault.svc/#x' }, 'vault.address', /more than a path/],
  ['an address whose path leads upwards', { address: 'https://vault.svc/a/../b' }, 'vault.address', /leads upwards/],
  ['an address that hides it', { address: 'https://vault.svc/%2e%2e/b' }, 'vault.address', /leads upwards/],
  ['an address that leads to itself', { address: 'https://vault.svc/a/%2E' }, 'vault.address', /leads upwards/],
  ['an address that ends in an empty part', { address: 'https://v:8200//' }, 'vault.address', /an empty part/],
  ['an address with an action in it', { address: 'https://vault.svc/{{env}}' }, 'vault.address', /is no address/],
  ['an address with what nobody sees', { address: 'https://vault.svc/a\u200b' }, 'vault.address', /is no address/],
  ['an address with an empty part', { address: 'https://vault.svc/a//b' }, 'vault.address', /an empty part/],
  ['a mount with a blank', { authMount: 'a b' }, 'vault.authMount', /white space/],
  ['a mount that leads upwards', { authMount: '../x' }, 'vault.authMount', /leads upwards/],
  ['a mount with auth/ before it', { authMount: 'auth/kubernetes' }, 'vault.authMount', /more than the name/],
  ['a namespace that leads upwards', { namespace: '../root' }, 'vault.namespace', /leads upwards/],
  ['a namespace that is none', { namespace: 5 }, 'vault.namespace', /is no text/],
  ['a CA without its Secret', { ca: {} }, 'vault.ca.secret', /is missing/],
  ['a CA in what is no Secret', { ca: { secret: 'A_B' } }, 'vault.ca.secret', /"A_B" is not the name of a Secret/],
  ['a CA under what is no key', { ca: { secret: 'ca', key: '../x' } }, 'vault.ca.key', /is not a key/],
  ['no labels', { pods: { namespace: 'vault', labels: {} } }, 'vault.pods.labels', /every pod of the namespace/],
  ['labels that are none', { pods: { namespace: 'vault', labels: { a: 5 } } }, 'vault.pods.labels', /"a" is no label/],
  ['pods in no namespace', { pods: { labels: { a: 'b' } } }, 'vault.pods.namespace', /is missing/],
  [
    'pods in what is no namespace',
    { pods: { namespace: 'A', labels: { a: 'b' } } },
    'vault.pods.namespace',
    /"A" is not/,
  ],
  ['addresses that are none', { cidrs: ['10.0.0.1'] }, 'vault.cidrs[0]', /no CIDR/],
  ['another program', { software: 'evil' }, 'vault.software', /"evil" is not one of vault, openbao/],
  ['a delivery that there is not', { delivery: 'pigeon' }, 'vault.delivery', /"pigeon" is not one of csi/],
  ['agents without an image', { agent: {} }, 'vault.agent.image', /is missing/],
  [
    'agents with an amount that is none',
    { agent: { image, resources: { cpu: 'much' } } },
    'vault.agent.resources.cpu',
    /"much"/,
  ],
  ['a prop that there is not', { token: 'x' }, 'vault.token', /no prop "token"/],
  ['an interval that is no text', { refresh: 5 }, 'vault.refresh', /5 is not a text/],
];

describe('the Vault of an app', () => {
  it.each(refused)('is refused with %s, once and with no workload', (_, given, property, message) => {
    expect(errorsOf(of({ ...vault, ...given }))).toEqual([
      expect.objectContaining({
        rule: 'prop-valid',
        construct: '',
        property,
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(/./),
      }),
    ]);
  });

  it.each(['https://s.token@vault.svc:8200', 'https://root:s.token@vault.svc', 'https://vault.svc/?x=s.token'])(
    'is refused with the address %s, and nothing shows it',
    (address) => {
      const { app, shop } = testNamespace({ vault: { ...vault, address } });
      new SecureDeployment(shop, 'api', basics);
      expect(errorsOf(app)).toMatchObject([{ property: 'vault.address' }]);
      expect(JSON.stringify(findingsOf(app))).not.toContain('s.token');
    },
  );

  it.each(['https://vault.svc/ü', 'https://vault.svc/', 'https://vault.svc/a/', 'https://vault.svc/a..b/...'])(
    'takes the address %s',
    (address) => {
      expect(errorsOf(of({ ...vault, address }))).toEqual([]);
    },
  );

  it.each([5, 'https://vault.svc', []])('is refused as %j', (given) => {
    expect(errorsOf(of(given))).toMatchObject([{ rule: 'prop-valid', property: 'vault' }]);
  });

  it('is accepted with everything that there is to say', () => {
    const server: Required<VaultServer> = {
      address: 'https://vault.example:8200/behind/a/proxy',
      ca: { secret: 'vault-ca', key: 'ca.crt' },
      pods: { namespace: 'vault', labels: { 'app.kubernetes.io/name': 'vault' } },
      cidrs: ['203.0.113.0/24', '2001:db8::/32'],
      authMount: 'k8s/eu',
      audience: 'https://vault.example',
      namespace: 'admin/team-a/',
      software: 'openbao',
      agent: { image, resources: { cpu: '0.1', memory: '64Mi', ephemeralStorage: '1Gi' } },
      refresh: '5m',
      maxTtl: '24h',
      delivery: 'agent',
      operatorCache: { key: 'transit/keys/vso', namespace: 'vso', serviceAccountName: 'vso' },
    };
    const app = of(server);
    expect(errorsOf(app)).toEqual([]);
    expect(app.platform.vault).toEqual(server);
  });
});

describe('the image of the agents', () => {
  it.each([
    ['vault:latest', 'image-digest'],
    [`docker.io/hashicorp/vault@${digest}`, 'image-allowed'],
    ['registry.example/vault:1.20', 'image-digest'],
    [`registry.example/Vault@${digest}`, 'image-valid'],
  ])('%s is judged by %s', (given, rule) => {
    expect(errorsOf(of({ ...vault, agent: { image: given } }))).toContainEqual(
      expect.objectContaining({ rule, construct: '', property: 'vault.agent.image' }),
    );
  });

  it('is waived as other images are', () => {
    const exceptions = [{ rule: 'image-digest', reason: 'upstream has no digests', expires: '2027-01-31' }] as const;
    const app = of({ ...vault, agent: { image: 'registry.example/vault:1.20' } }, { exceptions });
    expect(errorsOf(app)).toEqual([]);
  });

  it('is pulled from the mirror', () => {
    const agent = { image: `docker.io/hashicorp/vault@${digest}` };
    const app = of({ ...vault, agent }, { mirrors: { 'docker.io/hashicorp': 'registry.internal/hub' } });
    expect(errorsOf(app)).toEqual([]);
    expect(app.platform.vault?.agent?.image).toBe(`registry.internal/hub/vault@${digest}`);
  });
});
