/** A secret of Pulumi beside what is made of VaultAccess, and in the place of what it takes. */
import { all, Output, output, runtime, secret } from '@pulumi/pulumi';
import { Provider } from '@pulumi/vault';
import { EncryptedSecret, SecretFile, SecureDeployment, VaultAccess, VaultSecretMount } from '../../../index';
import { VaultAccessResources } from '../../../stacks/vault';
import { basics, findingsOf, testNamespace, vault } from '../../support/app';
import { canaries, tracesOf } from '../../support/vault/canary';

const values = canaries('token', 'prop');
const [signature, secretSignature] = ['4dabf18193072939515e22adb298388d', '1b47061264138c4ac30d75fd1eb44270'];

/** What is registered, with secrets apart: the engine encrypts those in the state. */
const registered: { readonly type: string; readonly open: string; readonly secrets: readonly unknown[] }[] = [];

function apart(value: unknown, secrets: unknown[]): unknown {
  if (Array.isArray(value)) return value.map((item) => apart(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  const entries = value as Readonly<Record<string, unknown>>;
  if (entries[signature] !== secretSignature)
    return Object.fromEntries(Object.entries(entries).map(([key, each]) => [key, apart(each, secrets)]));
  secrets.push(entries.value);
  return 'a secret';
}

beforeAll(() =>
  runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      const secrets: unknown[] = [];
      registered.push({ type, open: JSON.stringify(apart(inputs, secrets)), secrets });
      return { id: name, state: inputs };
    },
    call: () => ({}),
  }),
);

describe('a secret of Pulumi', () => {
  const logged: string[] = [];
  const writers = (['stdout', 'stderr'] as const).map((name) => process[name]);
  beforeEach(() => {
    for (const writer of writers)
      jest.spyOn(writer, 'write').mockImplementation((chunk) => logged.push(String(chunk)) > 0);
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
      jest.spyOn(console, name).mockImplementation((...said) => void logged.push(said.map(String).join(' ')));
  });
  afterEach(() => jest.restoreAllMocks());

  it('stays one beside the policies and roles, which have nothing of it', async () => {
    const { app, shop } = testNamespace();
    const secrets = [VaultSecretMount.kv('secret/data/shop/db', { file: '/etc/shop/db.json' })];
    new SecureDeployment(shop, 'api', { ...basics, secrets });
    const provider = new Provider('vault', { address: vault.address, token: secret(values.token) });
    const made = new VaultAccessResources('shop', { access: VaultAccess.of(app) }, { provider });
    const each = [...Object.values(made.policies), ...Object.values(made.roles)];
    await new Promise<void>((done) => all([provider, ...each].map(({ urn }) => output(urn))).apply(() => done()));
    expect(registered.map(({ type }) => type).sort()).toEqual([
      'kube-bulwark:vault:VaultAccess',
      'pulumi:providers:vault',
      'vault:index/policy:Policy',
      'vault:kubernetes/authBackendRole:AuthBackendRole',
    ]);
    // It is there, so that its absence says something.
    expect(registered.flatMap((each) => each.secrets)).toEqual([values.token]);
    const shown = new Map(registered.map(({ type, open }) => [type, open]));
    shown.set('log', logged.join('\n')).set('manifests', app.synthYaml());
    for (const [path, text] of VaultAccess.of(app).files()) shown.set(path, text);
    expect(tracesOf(values, shown)).toEqual([]);
  });

  it.each([
    ['the path in Vault', (value: never) => VaultSecretMount.kv(value, { file: '/etc/shop/a' })],
    ['a file', (value: never) => VaultSecretMount.kv('secret/data/a', { file: value })],
    ['a field', (value: never) => VaultSecretMount.kv('secret/data/a', { file: '/etc/shop/a', field: value })],
    ['the name of a Secret', (value: never) => SecretFile.fromSecret(value, { key: 'a', file: '/etc/shop/a' })],
    ['a key of a Secret', (value: never) => SecretFile.fromSecret('db', { key: value, file: '/etc/shop/a' })],
  ])('shows nowhere when it is given for %s', (_, mount) => {
    const shown = new Map<string, string>();
    try {
      const { app, shop } = testNamespace();
      new SecureDeployment(shop, 'api', { ...basics, secrets: [mount(secret(values.prop) as never)] });
      shown.set('findings', JSON.stringify(findingsOf(app)));
      app.synth();
    } catch (error) {
      shown.set('error', `${(error as Error).stack}`);
    }
    expect([...shown.keys()]).toContain('error');
    expect(tracesOf(values, shown.set('log', logged.join('\n')))).toEqual([]);
  });

  it('shows nowhere when it is given for a file or a limit', () => {
    const { app, shop } = testNamespace();
    const given = secret(values.prop);
    expect(Output.isInstance(given)).toBe(true);
    const shown = new Map<string, string>();
    expect(() => VaultAccess.of(app, { tokenTtl: given as never })).toThrow();
    try {
      VaultAccess.of(app, { tokenTtl: given as never });
    } catch (error) {
      shown.set('limits', `${(error as Error).stack}`);
    }
    new EncryptedSecret(shop, 'db', { file: given as never });
    shown.set('findings', JSON.stringify(findingsOf(app)));
    expect(findingsOf(app)).not.toEqual([]);
    expect(tracesOf(values, shown)).toEqual([]);
  });
});
