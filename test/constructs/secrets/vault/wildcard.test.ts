import { secretReadings } from '../../../../core/secrets/readings';
import {
  ClusterTarget,
  SecureDeployment,
  type SecurityException,
  VaultAccess,
  VaultSecretMount,
} from '../../../../index';
import { basics, errorsOf, image, objectsOf, testNamespace, vault } from '../../../support/app';

const { kv, database, pki, transit } = VaultSecretMount;
const agent = { delivery: 'agent' } as const;
const file = '/etc/shop/file';
const exception: SecurityException = { rule: 'secret-wildcard', reason: 'keys of tenants', expires: '2027-01-31' };

function app(mount: VaultSecretMount, exceptions?: readonly SecurityException[]) {
  const { app: root, shop } = testNamespace({
    target: ClusterTarget.of('1.36'),
    vault: { ...vault, agent: { image } },
  });
  new SecureDeployment(shop, 'api', { ...basics, secrets: [mount], ...(exceptions && { exceptions }) });
  return root;
}

const wildcards: Readonly<Record<string, readonly [VaultSecretMount, string]>> = {
  'a folder of secrets by csi': [kv('secret/data/shop/*', { file }), 'secret/data/shop/*'],
  'any folder by the operator': [kv('secret/data/+/db', { file, delivery: 'operator' }), 'secret/data/+/db'],
  'all roles of a database': [database('database/creds/*', { file, ...agent }), 'database/creds/*'],
  'all roles of a PKI': [pki('pki/issue/*', { commonName: 'shop', files: { bundle: file }, ...agent }), 'pki/issue/*'],
  'all keys of a transit engine': [
    transit('transit/keys/shop-*', { operations: ['encrypt'], ...agent }),
    'transit/encrypt/shop-*',
  ],
};

describe.each(Object.entries(wildcards))('%s', (_, [mount, path]) => {
  it('is refused', () => {
    expect(errorsOf(app(mount))).toEqual([
      expect.objectContaining({
        rule: 'secret-wildcard',
        construct: 'shop/api',
        property: 'secrets[0].path',
        message: expect.stringMatching(/stands for many secrets/),
        remedy: expect.stringMatching(/exception/),
      }),
    ]);
    expect(() => VaultAccess.of(app(mount))).toThrow(/secret-wildcard/);
  });

  it('stands in the policy where an exception names the rule', () => {
    const waived = app(mount, [exception]);
    expect(errorsOf(waived)).toEqual([]);
    expect(VaultAccess.of(waived).files().get('policies/shop.api.hcl')).toContain(`path "${path}"`);
  });

  // A key that the agent uses is in no manifest by its name.
  const listed = path.startsWith('transit') ? [] : [path];
  it('is what bulwark secrets flags', () => {
    const objects = objectsOf(app(mount, [exception]));
    const { readings, unread } = secretReadings(objects);
    const flagged = [...readings, ...unread].filter(({ flag }) => flag?.kind === 'wildcard');
    expect([...new Set(flagged.map(({ secret }) => secret.name))]).toEqual(listed);
  });
});
