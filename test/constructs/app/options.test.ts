import { join } from 'node:path';
import {
  AwsSecretMount,
  AzureSecretMount,
  BulwarkApp,
  type BulwarkAppProps,
  ClusterTarget,
  GcpSecretMount,
  LockedNamespace,
  SecureDeployment,
  VaultSecretMount,
} from '../../../index';
import { basics, errorsOf, registry, temporaryFolder, testApp } from '../../support/app';
import * as fc from '../../support/fast-check';

const loose = (props: unknown) => testApp(props as Partial<BulwarkAppProps>);

describe('options of an app that types have not checked', () => {
  it.each([
    [{ environment: null }, 'environment = null is no name for a folder; name it prod, for example, or leave it out'],
    [{ environment: 5 }, 'environment = 5 is no name for a folder'],
    [{ environment: ['prod'] }, 'environment = ["prod"] is no name for a folder'],
    [{ outdir: null }, 'outdir = null is no folder; name one, or leave it out for dist'],
    [{ outdir: 5 }, 'outdir = 5 is no folder'],
    [{ layout: null }, 'layout = null is none; name one of namespace, object'],
    [{ layout: ['object'] }, 'layout = ["object"] is none'],
    [{ layout: { toString: 1 } }, 'layout = {"toString":1} is none'],
    [{ registries: new Array(1) }, 'is no list of texts'],
    [{ mirrors: new Set(['a']) }, 'mirrors = {} is no object'],
  ])('%p is refused where the app is made', (props, message) => {
    expect(() => loose(props)).toThrow(message);
  });

  it('are refused all at once', () => {
    const App = BulwarkApp as unknown as new (props?: unknown) => BulwarkApp;
    expect(() => new App({ environment: null, outdir: 5, layout: 'flat', mirrors: 5, target: '1.34' })).toThrow(
      /^the app cannot be made:\n {2}outdir = 5.*\n {2}environment = null.*\n {2}layout = "flat".*\n {2}target = "1.34".*\n {2}registries = .*\n {2}mirrors = 5/,
    );
  });

  it.each([
    [{ clusterScopedKinds: 'cert-manager.io/ClusterIssuer' }, 'prop-valid', 'clusterScopedKinds', 'give a list'],
    [{ clusterScopedKinds: 5 }, 'prop-valid', 'clusterScopedKinds', 'give a list'],
    [
      { clusterScopedKinds: ['ClusterIssuer'] },
      'prop-valid',
      'clusterScopedKinds[0]',
      "'cert-manager.io/ClusterIssuer'",
    ],
    [
      { clusterScopedKinds: ['cert-manager.io/v1/ClusterIssuer'] },
      'prop-valid',
      'clusterScopedKinds[0]',
      'give a kind',
    ],
    [{ today: 'tomorrow' }, 'prop-valid', 'today', "give a day such as '2026-12-31'"],
    [{ today: 20261121 }, 'prop-valid', 'today', 'give a day'],
    [{ today: new Date() }, 'prop-valid', 'today', 'give a day'],
    [{ profile: { toString: 1 } }, 'target-valid', 'profile', 'name one of 2026.1'],
    [{ profile: null }, 'target-valid', 'profile', 'name one of 2026.1'],
    [{ enviroment: 'prod' }, 'prop-valid', 'enviroment', 'did you mean environment?'],
  ])('%p is a finding', (props, rule, property, remedy) => {
    expect(errorsOf(loose(props))).toMatchObject([{ rule, property, remedy: expect.stringContaining(remedy) }]);
  });

  it('the faults of a target are findings', () => {
    const target = ClusterTarget.of('1.36', { cnii: 'calico', dns: null } as object);
    expect(errorsOf(testApp({ target }))).toMatchObject([
      { rule: 'target-valid', property: 'target.cnii', value: 'calico', remedy: 'did you mean cni?' },
      { rule: 'target-valid', property: 'target.dns' },
    ]);
  });
});

const junk = fc.anything({ withBigInt: true, withMap: true, withSet: true, withNullPrototype: true, maxDepth: 2 });
const orJunk = (nearly: fc.Arbitrary<unknown>) => fc.oneof(nearly, junk);
const part = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  orJunk(fc.record(fields, { requiredKeys: [] }));

const appProps: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    registries: orJunk(fc.array(orJunk(fc.constant('registry.example')))),
    mirrors: orJunk(fc.dictionary(fc.string(), orJunk(fc.string()))),
    privateRegistry: part({ host: junk, upstreams: orJunk(fc.array(junk)), pullSecrets: junk }),
    imageLock: orJunk(fc.constant('nowhere.lock.json')),
    profile: junk,
    exceptions: orJunk(fc.array(part({ rule: orJunk(fc.constant('privileged')), reason: junk, expires: junk }))),
    clusterScopedKinds: orJunk(fc.array(junk)),
    podTemplateKinds: junk,
    vault: part({
      address: junk,
      pods: part({ namespace: junk, labels: junk }),
      cidrs: junk,
      agent: part({ image: junk }),
    }),
    cloudSecrets: part({ delivery: junk, refresh: junk, aws: part({ region: junk, account: junk }), gcp: junk }),
    today: junk,
    environment: junk,
    layout: junk,
    outdir: junk,
    other: junk,
  },
  { requiredKeys: [] },
);

/** Why the app cannot be made, or what its synthesis finds: nothing else may be thrown. */
function outcomeOf(props: object): string | readonly unknown[] {
  let app: BulwarkApp;
  try {
    const target = ClusterTarget.of('1.36');
    app = new BulwarkApp({ target, registries: [registry], outdir: join(temporaryFolder(), 'dist'), ...props });
  } catch (error) {
    return (error as Error).message;
  }
  // What an app says of its clouds and its Vault, the mounts judge.
  const secrets = [
    AwsSecretMount.secretsManager('shop/db', { file: '/etc/shop/db' }),
    GcpSecretMount.secret('shop-db', { file: '/etc/shop/gcp' }),
    AzureSecretMount.secret('shop', 'db', { file: '/etc/shop/azure' }),
    VaultSecretMount.kv('secret/shop', { file: '/etc/shop/kv', field: 'a' }),
  ];
  const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
  secrets.forEach((secret, i) => {
    new SecureDeployment(shop, `api-${i}`, { ...basics, secrets: [secret] });
  });
  return errorsOf(app);
}

it('whatever is given for one or more of them, an app is made and judged, or refused with every reason', () => {
  const one = fc.tuple(appProps, fc.nat()).map(([props, at]) => {
    const names = Object.keys(props);
    const name = names[at % names.length];
    return name === undefined ? {} : { [name]: props[name] };
  });
  fc.assert(
    fc.property(fc.oneof({ weight: 4, arbitrary: one }, { weight: 1, arbitrary: appProps }), (props) => {
      const outcome = outcomeOf(props);
      if (typeof outcome === 'string') expect(outcome).toMatch(/^the app cannot be made:\n {2}\w+ /);
    }),
    { numRuns: 300 },
  );
});
