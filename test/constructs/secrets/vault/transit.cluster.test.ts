/** A key that never leaves Vault, by the delivery `agent`: what the annotations lead to, in the real agent, asked over loopback. */
import { createPublicKey, verify } from 'node:crypto';
import type { PodTemplateSpec } from '../../../../core/manifest/pod';
import { type BulwarkApp, LockedNamespace, SecureDeployment, VaultAccess, VaultSecretMount } from '../../../../index';
import { basics, image, objectOf, objectsOf, testApp } from '../../../support/app';
import { eventually, expectOk } from '../../../support/control-plane';
import { freePorts, LOOPBACK } from '../../../support/free-ports';
import { describeVault } from '../../../support/vault';
import { type Agent, startAgent } from '../../../support/vault/agent';
import { canaries } from '../../../support/vault/canary';

const canary = canaries('password', 'text');

describeVault('a transit key by a real Vault Agent', (vault, cluster) => {
  let namespace: string;
  let app: BulwarkApp;
  let port: number;
  let agent: Agent;

  const template = (): PodTemplateSpec =>
    (objectOf(app, 'Deployment', 'api') as unknown as { readonly spec: { readonly template: PodTemplateSpec } }).spec
      .template;

  /** As the program in the pod asks: without a token. */
  async function ask(path: string, body?: object, method = 'POST') {
    const answer = await fetch(`http://${LOOPBACK}:${port}/v1/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const said = (await answer.json().catch(() => ({}))) as { readonly data?: Readonly<Record<string, string>> };
    return { status: answer.status, data: said.data ?? {} };
  }

  beforeAll(async () => {
    namespace = await cluster().namespace('shop');
    [port = 0] = await freePorts(1);
    const { root } = vault();
    await root.must(root.write('sys/mounts/transit', { type: 'transit' }));
    for (const key of ['orders', 'others']) await root.must(root.write(`transit/keys/${key}`));
    for (const key of ['receipts', 'foreign'])
      await root.must(root.write(`transit/keys/${key}`, { type: 'ed25519', exportable: true }));
    await root.must(root.write('secret/data/shop/db', { data: { password: canary.password } }));
    app = testApp({
      vault: {
        address: vault().address,
        ca: { secret: 'vault-ca' },
        cidrs: ['127.0.0.1/32'],
        agent: { image },
        delivery: 'agent',
      },
    });
    new SecureDeployment(new LockedNamespace(app, namespace, { owner: 'team-shop' }), 'api', {
      ...basics,
      secrets: [
        VaultSecretMount.transit('transit/keys/orders', { operations: ['encrypt', 'decrypt'], port }),
        VaultSecretMount.transit('transit/keys/receipts', { operations: ['sign'], port }),
        VaultSecretMount.kv('secret/data/shop/db', { file: '/secrets/password', field: 'password' }),
      ],
    });
    for (const object of objectsOf(app).filter(({ kind }) => kind === 'ServiceAccount'))
      expectOk(await cluster().client.apply(object, { force: true }));
    for (const { name, policy, authRole } of VaultAccess.of(app).roles) {
      await root.must(root.write(`sys/policies/acl/${name}`, { policy }));
      await root.must(root.write(`auth/kubernetes/role/${name}`, authRole));
    }
  }, 90_000);

  it('has the agent before the containers fill the files, and hand its cache to the one beside them', async () => {
    const jwt = await cluster().client.createToken(namespace, 'api', 'vault');
    const init = startAgent(vault(), template(), { name: 'transit-init', pod: 'transit', jwt, init: true });
    expect(await init.until('/secrets/password', () => true)).toBe(canary.password);
    // What it says of its end comes before it lets go of the port and the cache.
    const ended = async () => vault().group.pids['transit-init'] === undefined || undefined;
    await eventually('the first agent to end', ended);
    agent = startAgent(vault(), template(), { name: 'transit-agent', pod: 'transit', jwt });
    const plaintext = Buffer.from(canary.text).toString('base64');
    const answers = new Set<unknown>();
    await eventually('the agent to answer on loopback', async () => {
      const answer = await ask('transit/encrypt/orders', { plaintext }).catch(() => undefined);
      answers.add(answer?.status);
      return answer?.status === 200 || undefined;
    }).catch((error: unknown) => {
      throw new Error(`${[...answers].join()}: ${error}\n${agent.log()}`);
    });
    expect(agent.log()).toMatch(/loaded memcache from persistent storage/);
  }, 120_000);

  it('encrypts and decrypts with the declared key', async () => {
    const plaintext = Buffer.from(canary.text).toString('base64');
    const { data, status } = await ask('transit/encrypt/orders', { plaintext });
    expect({ status, ciphertext: data.ciphertext }).toEqual({
      status: 200,
      ciphertext: expect.stringMatching(/^vault:v1:/),
    });
    expect((await ask('transit/decrypt/orders', { ciphertext: data.ciphertext })).data.plaintext).toBe(plaintext);
  });

  it('signs with the other, as whoever has its public part can see', async () => {
    const { data } = await ask('transit/sign/receipts', { input: Buffer.from(canary.text).toString('base64') });
    const signature = Buffer.from(data.signature?.replace('vault:v1:', '') ?? '', 'base64');
    const { keys } = (await vault().root.read('transit/keys/receipts')).data as {
      readonly keys: Readonly<Record<string, { readonly public_key: string }>>;
    };
    const head = Buffer.from('302a300506032b6570032100', 'hex');
    const der = Buffer.concat([head, Buffer.from(keys['1']?.public_key ?? '', 'base64')]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(canary.text), key, signature)).toBe(true);
  });

  const input = Buffer.from('anything').toString('base64');
  it.each([
    ['another key', 'POST', 'transit/encrypt/others', { plaintext: input }],
    ['another key to sign with', 'POST', 'transit/sign/foreign', { input }],
    ['an operation that is not declared', 'POST', 'transit/sign/orders', { input }],
    ['the other one of the signing key', 'POST', 'transit/hmac/receipts', { input }],
    ['the key itself', 'GET', 'transit/export/signing-key/receipts', undefined],
    ['what is known of the key', 'GET', 'transit/keys/receipts', undefined],
    ['a new key', 'POST', 'transit/keys/new', {}],
    ['the end of the key', 'DELETE', 'transit/keys/orders', undefined],
    ['a secret that is not declared', 'GET', 'secret/data/shop/other', undefined],
    ['who it is', 'GET', 'auth/token/lookup-self', undefined],
  ])('is refused %s', async (_, method, path, body) => {
    expect(await ask(path, body, method)).toEqual({ status: 403, data: {} });
  });

  it('is refused to whoever is not on loopback, for nothing else is listened on', () => {
    expect(agent.log()).toContain(`${LOOPBACK}:${port}`);
    expect(agent.log()).not.toMatch(/0\.0\.0\.0|\[::\]/);
  });
});
