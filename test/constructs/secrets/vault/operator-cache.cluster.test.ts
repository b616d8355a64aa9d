/** The role of Vault Secrets Operator for its cache, in a real Vault. */
import { join } from 'node:path';
import { VaultAccess } from '../../../../index';
import { vault as server, temporaryFolder, testApp } from '../../../support/app';
import { expectOk } from '../../../support/control-plane';
import { describeVault } from '../../../support/vault';

describeVault('The cache of Vault Secrets Operator in a real Vault', (vault, cluster) => {
  it('is encrypted and decrypted with its key by the operator, who may do nothing else', async () => {
    const namespace = await cluster().namespace('vso');
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name: 'operator' } };
    expectOk(await cluster().client.apply(account));
    const { root } = vault();
    await root.must(root.write('sys/mounts/transit', { type: 'transit' }));
    for (const key of ['vso', 'other']) await root.must(root.write(`transit/keys/${key}`, { exportable: true }));

    const operatorCache = { key: 'transit/keys/vso', namespace, serviceAccountName: 'operator' };
    const access = VaultAccess.of(testApp({ vault: { ...server, operatorCache } }));
    const folder = join(temporaryFolder(), 'vault');
    access.write(folder);
    const role = `${namespace}.operator`;
    await vault().run('policy', 'write', role, join(folder, `policies/${role}.hcl`));
    await vault().run('write', `auth/kubernetes/role/${role}`, `@${join(folder, `auth/kubernetes/role/${role}.json`)}`);

    const token = await cluster().client.createToken(namespace, 'operator', 'vault');
    const { auth } = await root.must(vault().login(role, token));
    const operator = root.as(auth?.client_token ?? '');
    const plaintext = Buffer.from('a login').toString('base64');
    const made = await root.must(operator.write('transit/encrypt/vso', { plaintext }));
    const { ciphertext } = made.data;
    expect((await operator.write('transit/decrypt/vso', { ciphertext })).data).toMatchObject({ plaintext });
    const refused = await Promise.all([
      operator.write('transit/encrypt/other', { plaintext }),
      operator.write('transit/encrypt/new', { plaintext }),
      operator.write('transit/rewrap/vso', { ciphertext }),
      operator.write('transit/keys/vso/rotate', {}),
      operator.read('transit/keys/vso'),
      operator.read('transit/export/encryption-key/vso'),
      operator.read('secret/data/any'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
  });
});
