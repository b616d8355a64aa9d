import { all, output, runtime } from '@pulumi/pulumi';
import { LockedNamespace, SecureDeployment, VaultAccess, VaultSecretMount } from '../../../index';
import { VaultAccessResources } from '../../../stacks/vault';
import { basics, testApp, vault } from '../../support/app';

interface Made {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const made: Made[] = [];

beforeAll(() =>
  runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      made.push({ type, name, inputs });
      return { id: name, state: inputs };
    },
    call: () => ({}),
  }),
);
beforeEach(() => {
  made.length = 0;
});

function access(props: Parameters<typeof testApp>[0] = {}): VaultAccess {
  const app = testApp(props);
  for (const name of ['shop', 'bank']) {
    const secrets = [VaultSecretMount.kv(`secret/data/${name}/db`, { file: '/etc/app/db.json' })];
    new SecureDeployment(new LockedNamespace(app, name, { owner: `team-${name}` }), 'api', { ...basics, secrets });
  }
  return VaultAccess.of(app, { boundCidrs: ['10.0.0.0/8'] });
}

/** What was asked of the engine, once it all is. */
async function resources(component: VaultAccessResources): Promise<readonly Made[]> {
  const each = [...Object.values(component.policies), ...Object.values(component.roles)];
  await new Promise<void>((done) => all(each.map(({ urn }) => output(urn))).apply(() => done()));
  return made;
}

describe('VaultAccessResources', () => {
  it('makes a policy and a role for each ServiceAccount', async () => {
    const declared = access();
    const component = new VaultAccessResources('app', { access: declared });
    const found = await resources(component);
    expect(found.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'kube-bulwark:vault:VaultAccess app',
      'vault:index/policy:Policy app-bank.api',
      'vault:index/policy:Policy app-shop.api',
      'vault:kubernetes/authBackendRole:AuthBackendRole app-bank.api',
      'vault:kubernetes/authBackendRole:AuthBackendRole app-shop.api',
    ]);
    const [, shop] = declared.roles;
    expect(found.find(({ name, type }) => name === 'app-shop.api' && type.includes('policy'))?.inputs).toEqual({
      name: 'shop.api',
      policy: shop?.policy,
    });
    expect(found.find(({ name, type }) => name === 'app-shop.api' && type.includes('Role'))?.inputs).toEqual({
      backend: 'kubernetes',
      roleName: 'shop.api',
      boundServiceAccountNames: ['api'],
      boundServiceAccountNamespaces: ['shop'],
      audience: 'vault',
      aliasNameSource: 'serviceaccount_uid',
      tokenPolicies: ['shop.api'],
      tokenNoDefaultPolicy: true,
      tokenType: 'service',
      tokenTtl: 900,
      tokenMaxTtl: 86_400,
      tokenBoundCidrs: ['10.0.0.0/8'],
    });
  });

  it('names the Vault namespace and the mount of the auth method', async () => {
    const declared = access({ vault: { ...vault, namespace: 'team-a', authMount: 'k8s/eu' } });
    const found = await resources(new VaultAccessResources('app', { access: declared }));
    for (const { inputs } of found.filter(({ type }) => type.startsWith('vault:')))
      expect(inputs.namespace).toBe('team-a');
    for (const { inputs } of found.filter(({ type }) => type.includes('Role'))) expect(inputs.backend).toBe('k8s/eu');
  });

  it('takes every field of the role along, by a name that the package knows', async () => {
    const [role] = access().roles;
    const component = new VaultAccessResources('app', { access: access() });
    await resources(component);
    const known = Object.keys(component.roles['shop.api'] ?? {});
    const args = made.find(({ type }) => type.includes('Role'))?.inputs ?? {};
    expect(Object.keys(args).filter((key) => !known.includes(key))).toEqual([]);
    // backend and roleName are of the path.
    expect(Object.keys(args)).toHaveLength(Object.keys(role?.authRole ?? {}).length + 2);
  });
});
