/** The real registry with the stack's configuration for tokens, and a service that gives them: who gets in, and with which tokens nobody does. */
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { Authority, type Pair } from '../../support/control-plane/certificates';
import { ProcessGroup } from '../../support/control-plane/process-group';
import { describeTool } from '../../support/policy-tools';
import { type StackRegistry, stackRegistry } from '../../support/private-registry';
import type { Pushed } from '../../support/private-registry/client';
import {
  type Access,
  type TokenChanges,
  TokenService,
  type TokenUser,
} from '../../support/private-registry/token-service';
import { never } from '../../support/private-registry/window';
import { registered } from './arguments';

jest.setTimeout(120_000);

/** Made up. */
const ci: TokenUser = {
  name: 'ci',
  password: 'made-up-of-ci',
  repositories: /^shop\//,
  actions: ['pull', 'push', 'delete'],
};
const nodes: TokenUser = { name: 'nodes', password: 'made-up-of-nodes', repositories: /^/, actions: ['pull'] };

const on = (name: string, ...actions: readonly string[]): Access => ({ type: 'repository', name, actions });

describeTool('registry', 'the registry of the stack, by tokens', ({ path: program }) => {
  let group: ProcessGroup;
  let authority: Authority;
  let service: TokenService;
  let registry: StackRegistry;
  let signer: Pair;
  let sibling: Pair;

  const start = async (trust: { readonly jwks: string } | { readonly certificates: string }): Promise<void> => {
    const { realm, service: audience, issuer } = service;
    const authentication = { kind: 'token', realm, service: audience, issuer, ...trust };
    registry = await stackRegistry(program, await registered({ authentication }));
    registry.write('config/serve.sh', never);
    registry.start();
    await registry.ready();
  };
  const withToken = (access: readonly Access[], changes?: TokenChanges) =>
    registry.client(`Bearer ${service.token(access, changes)}`);
  const x5c = ({ cert }: Pair) => ({ kid: undefined, x5c: [new X509Certificate(cert).raw.toString('base64')] });
  const keyOf = ({ key }: Pair) => createPrivateKey(key);

  beforeAll(async () => {
    group = await ProcessGroup.create('kube-bulwark-registry-tokens-');
    authority = await Authority.create(group.folder, 'authority');
    service = await TokenService.create(await authority.issue('tokens', 'tokens'), authority.pair.cert, [ci, nodes]);
    signer = await authority.issue('signer', 'signer');
    sibling = await authority.issue('sibling', 'sibling');
  });
  afterAll(async () => {
    await service.stop();
    await group.stop();
  });

  describe('of a key', () => {
    let pushed: Pushed;
    beforeAll(async () => {
      await start({ jwks: service.jwks });
      pushed = await registry.client(service.login(ci)).push('shop/web', '1.0', ['a layer', 'another']);
    });
    afterAll(() => registry.stop());

    it('sends clients to the service, and lets in by what it gives them', async () => {
      const { status, headers } = await registry.client().ask('GET', '/v2/shop/web/manifests/1.0');
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe(
        `Bearer realm="${service.realm}",service="${service.service}",scope="repository:shop/web:pull"`,
      );
      for (const user of [ci, nodes])
        expect(await registry.client(service.login(user)).wrongWith('shop/web', pushed.digest)).toBeUndefined();
      for (const user of [
        { ...ci, password: nodes.password },
        { name: 'nobody', password: '' },
      ])
        expect((await registry.client(service.login(user)).ask('GET', '/v2/')).status).toBe(401);
    });

    it('gives a user their own repositories, and who pulls nothing to push', async () => {
      await expect(registry.client(service.login(nodes)).push('shop/web', '1.0', ['mine'])).rejects.toThrow('401');
      await expect(registry.client(service.login(ci)).push('bank/web', '1.0', ['mine'])).rejects.toThrow('401');
      const puller = withToken([on('shop/web', 'pull')]);
      expect(await puller.wrongWith('shop/web', '1.0')).toBeUndefined();
      const short = {
        status: 401,
        headers: { 'www-authenticate': expect.stringContaining('error="insufficient_scope"') },
      };
      const of = '/v2/shop/web';
      for (const [method, path] of [
        ['POST', `${of}/blobs/uploads/`],
        ['PUT', `${of}/manifests/1.0`],
        ['DELETE', `${of}/manifests/${pushed.digest}`],
        ['DELETE', `${of}/blobs/${pushed.layers[0]}`],
        ['GET', '/v2/_catalog'],
        ['GET', '/v2/shop/other/tags/list'],
      ] as const)
        expect(await puller.ask(method, path)).toMatchObject(short);
      // Who pushes may not delete, nor take layers of what they may not pull.
      const pusher = withToken([on('bank/web', 'pull', 'push')]);
      const mount = `/v2/bank/web/blobs/uploads/?mount=${pushed.layers[0]}&from=shop/web`;
      expect(await pusher.ask('POST', mount)).toMatchObject(short);
      expect((await pusher.ask('POST', '/v2/bank/web/blobs/uploads/')).status).toBe(202);
      expect(
        await withToken([on('shop/web', 'pull', 'push')]).ask('DELETE', `${of}/manifests/${pushed.digest}`),
      ).toMatchObject(short);
      expect(await puller.wrongWith('shop/web', '1.0')).toBeUndefined();
      const lister = withToken([{ type: 'registry', name: 'catalog', actions: ['*'] }]);
      expect((await lister.ask('GET', '/v2/_catalog')).status).toBe(200);
    });

    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const now = Math.floor(Date.now() / 1_000);
    const wrong: Readonly<Record<string, () => TokenChanges>> = {
      'for another audience': () => ({ claims: { aud: 'another.acme.example' } }),
      'for nobody': () => ({ claims: { aud: undefined } }),
      'of another issuer': () => ({ claims: { iss: 'another.acme.example' } }),
      'that has expired': () => ({ claims: { exp: now - 120 } }),
      'that never expires': () => ({ claims: { exp: undefined } }),
      'of tomorrow': () => ({ claims: { nbf: now + 86_400 } }),
      'signed by another key': () => ({ by: stranger.privateKey }),
      'of a key that is not known': () => ({ header: { kid: 'second' } }),
      'without the name of a key': () => ({ header: { kid: undefined } }),
      'that brings its own key': () => ({
        by: stranger.privateKey,
        header: { kid: undefined, jwk: stranger.publicKey.export({ format: 'jwk' }) },
      }),
      'that brings its own key under the name of ours': () => ({
        by: stranger.privateKey,
        header: { kid: undefined, jwk: { ...stranger.publicKey.export({ format: 'jwk' }), kid: 'first' } },
      }),
      'that brings its own certificate': () => ({ by: keyOf(signer), header: x5c(signer) }),
      'that is not signed': () => ({ by: 'nothing', header: { alg: 'none' } }),
      'whose signature was taken away': () => ({ by: 'nothing' }),
      'signed by the text of the public key': () => ({ by: { hmac: service.publicPem }, header: { alg: 'HS256' } }),
      'signed by the public key as it is published': () => ({ by: { hmac: service.jwks }, header: { alg: 'HS256' } }),
    };

    it.each(Object.entries(wrong))('refuses a token %s', async (_, changes) => {
      const access = [on('shop/web', 'pull', 'push')];
      expect((await withToken(access).ask('GET', '/v2/shop/web/manifests/1.0')).status).toBe(200);
      const client = withToken(access, changes());
      expect((await client.ask('GET', '/v2/')).status).toBe(401);
      expect((await client.ask('GET', '/v2/shop/web/manifests/1.0')).status).toBe(401);
      expect((await client.ask('POST', '/v2/shop/web/blobs/uploads/')).status).toBe(401);
    });

    it('takes a password for no token, and writes no token into its log', async () => {
      expect((await registry.client(ci).ask('GET', '/v2/')).status).toBe(401);
      const token = service.token([on('shop/web', 'pull')]);
      await registry.client(`Bearer ${token}`).ask('GET', '/v2/shop/web/manifests/1.0');
      expect(registry.log()).not.toContain(token);
      expect(registry.log()).not.toContain(token.split('.')[2]);
    });
  });

  it('of a certificate are taken, and none of another certificate by the same authority', async () => {
    await start({ certificates: signer.cert });
    try {
      const access = [on('shop/web', 'pull', 'push')];
      const client = withToken(access, { by: keyOf(signer), header: x5c(signer) });
      await client.push('shop/web', '1.0', ['a layer']);
      expect(await client.wrongWith('shop/web', '1.0')).toBeUndefined();
      const of = '/v2/shop/web/manifests/1.0';
      expect((await withToken(access, { by: keyOf(sibling), header: x5c(sibling) }).ask('GET', of)).status).toBe(401);
      expect((await withToken(access, { by: keyOf(sibling), header: x5c(signer) }).ask('GET', of)).status).toBe(401);
      expect((await withToken(access).ask('GET', of)).status).toBe(401);
    } finally {
      await registry.stop();
    }
  });
});
