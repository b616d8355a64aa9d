/**
 * The real registry over a bucket of a real MinIO, with the very files of the stack: one process, and three of one upload secret. What is not the stack's own is given as variables: where the bucket is, and keys.
 * In a cloud those come from the identity of the ServiceAccount; here the store's service of tokens gives them, for a role that may do what the manual says and no more.
 */

import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Authority } from '../../support/control-plane/certificates';
import { eventually } from '../../support/control-plane/eventually';
import { ProcessGroup } from '../../support/control-plane/process-group';
import { describeLogProgram } from '../../support/logs';
import { S3Store } from '../../support/logs/s3-store';
import { describeTool } from '../../support/policy-tools';
import { type StackRegistry, stackRegistry } from '../../support/private-registry';
import { digestOf, manifestType, type Pushed, type RegistryClient } from '../../support/private-registry/client';
import { halfImages, wrongAmong } from '../../support/private-registry/images';
import { never, windowed } from '../../support/private-registry/window';
import { buckets, registered, uploadSecret, users } from './arguments';

jest.setTimeout(300_000);

const [pusher = { name: '', password: '' }] = users;
const name = 'acme-images';
// The key of a cloud is not in the store of a test.
const { kmsKeyArn: _, ...s3 } = buckets.s3;
const bucket = { ...s3, name };

/** What the manual says that the role of the registry may do. */
const rights = [
  {
    Effect: 'Allow',
    Action: ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
    Resource: [`arn:aws:s3:::${name}`],
  },
  {
    Effect: 'Allow',
    Action: [
      's3:GetObject',
      's3:PutObject',
      's3:DeleteObject',
      's3:AbortMultipartUpload',
      's3:ListMultipartUploadParts',
    ],
    Resource: [`arn:aws:s3:::${name}/*`],
  },
];

describeTool('registry', 'the registry of the stack', ({ path: program }) => {
  describeLogProgram('minio', 'over a bucket', (minio) => {
    let group: ProcessGroup;
    let store: S3Store;
    let pods: readonly StackRegistry[] = [];
    let clients: readonly RegistryClient[] = [];

    beforeEach(async () => {
      group = await ProcessGroup.create('kube-bulwark-registry-bucket-');
      const authority = await Authority.create(group.folder, 'authority');
      const shown = await authority.issue('store', 'store');
      store = await S3Store.create({ program: minio, group, authority: authority.pair, shown });
      await store.bucket(name);
    });
    afterEach(async () => {
      await Promise.all(pods.map((pod) => pod.stop()));
      await store.stop();
      await group.stop();
      pods = [];
    });

    const env = async (): Promise<Readonly<Record<string, string>>> => {
      const { AWS_ROLE_ARN: _role, AWS_WEB_IDENTITY_TOKEN_FILE: _token, ...at } = await identity();
      const keys = await store.session(await identity());
      return {
        ...at,
        REGISTRY_STORAGE_S3_REGIONENDPOINT: at.AWS_ENDPOINT_URL_S3 ?? '',
        REGISTRY_STORAGE_S3_FORCEPATHSTYLE: 'true',
        AWS_ACCESS_KEY_ID: keys.id,
        AWS_SECRET_ACCESS_KEY: keys.secret,
        AWS_SESSION_TOKEN: keys.session ?? '',
      };
    };
    const identity = () => store.identity('registry', rights);

    const start = async (replicas: number): Promise<void> => {
      const found = await registered({ distribution: 'eks', bucket, replicas, ...(replicas > 1 && { uploadSecret }) });
      const given = await env();
      pods = await Promise.all(
        Array.from({ length: replicas }, (_, ordinal) => stackRegistry(program, found, { ordinal, env: given })),
      );
      for (const pod of pods) {
        pod.quick(users);
        pod.write('config/serve.sh', never);
      }
      await startAll();
      clients = pods.map((pod) => pod.client(pusher));
    };
    const startAll = async (): Promise<void> => {
      for (const pod of pods) pod.start();
      await Promise.all(pods.map((pod) => pod.ready()));
    };
    const at = (i: number): RegistryClient => clients[i % clients.length] as RegistryClient;
    const pod = (i: number): StackRegistry => pods[i] as StackRegistry;
    const keys = async (): Promise<readonly string[]> => (await store.versions(name)).map(({ key }) => key);
    const blobKey = (digest: string) => {
      const hex = digest.slice('sha256:'.length);
      return `docker/registry/v2/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`;
    };
    /** Begins the window anew, in which it is by now. */
    const inWindow = async (): Promise<void> => {
      await Promise.all(pods.map((each) => each.end()));
      for (const each of pods) each.write('config/serve.sh', windowed(5, 600, 4));
      await startAll();
    };

    it('pushes, pulls, deletes, and collects what nothing refers to', async () => {
      await start(1);
      const shared = 'a layer that both have';
      const kept = await at(0).push('shop/web', '1.0', [shared, 'of the first']);
      const gone = await at(0).push('shop/web', '2.0', [shared, 'of the second']);
      expect(await wrongAmong(at(0), [kept, gone])).toEqual([]);
      const [sharedLayer = '', goneLayer = ''] = gone.layers;
      expect(await keys()).toEqual(expect.arrayContaining([blobKey(sharedLayer), blobKey(goneLayer)]));
      const { headers } = await store.done('HEAD', `/${name}/${blobKey(goneLayer)}`);
      expect(headers['x-amz-server-side-encryption']).toBe('AES256');
      // Nothing leads to the bucket.
      expect((await at(0).ask('GET', `/v2/shop/web/blobs/${goneLayer}`)).status).toBe(200);

      expect((await at(0).ask('DELETE', `/v2/shop/web/manifests/${gone.digest}`)).status).toBe(202);
      expect(await keys()).toContain(blobKey(goneLayer));
      await inWindow();
      await eventually(
        'the collection to end',
        async () => (pod(0).log().includes('the collection of garbage ended') ? true : undefined),
        60_000,
      );
      expect(await keys()).not.toContain(blobKey(goneLayer));
      expect(await keys()).toContain(blobKey(sharedLayer));
      expect(await wrongAmong(at(0), [kept])).toEqual([]);
      expect(await at(0).wrongWith('shop/web', '2.0')).toContain('404');
      expect(await at(0).wrongWith('shop/web', gone.digest)).toContain('404');
    });

    /** A blob whose upload begins at one replica, goes on at the next, and ends at a third. @returns the last answer */
    const scattered = async (first: number, content: string) => {
      const path = (answer: { readonly headers: Readonly<Record<string, unknown>> }) => String(answer.headers.location);
      const half = Math.floor(content.length / 2);
      const begun = await at(first).ask('POST', '/v2/shop/web/blobs/uploads/');
      const sent = await at(first + 1).ask('PATCH', path(begun), content.slice(0, half), 'application/octet-stream');
      if (sent.status !== 202) return sent;
      const end = `${path(sent)}&digest=${digestOf(content)}`;
      return at(first + 2).ask('PUT', end, content.slice(half), 'application/octet-stream');
    };

    it('takes a push whose requests go to different replicas, by the upload secret alone', async () => {
      await start(3);
      const contents = [0, 1, 2].map((i) => `${i} ${'x'.repeat(100_000)}`);
      for (const [i, content] of contents.entries()) expect((await scattered(i, content)).status).toBe(201);
      const config = JSON.stringify({ os: 'linux', architecture: 'amd64' });
      expect((await scattered(1, config)).status).toBe(201);
      const descriptor = (mediaType: string, content: string) => ({
        mediaType,
        digest: digestOf(content),
        size: content.length,
      });
      const manifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: manifestType,
        config: descriptor('application/vnd.oci.image.config.v1+json', config),
        layers: contents.map((content) => descriptor('application/vnd.oci.image.layer.v1.tar', content)),
      });
      expect((await at(1).ask('PUT', '/v2/shop/web/manifests/1.0', manifest, manifestType)).status).toBe(201);
      for (const client of clients) expect(await client.wrongWith('shop/web', '1.0')).toBeUndefined();

      // A tag that moves at one, and what is deleted at one, is so at all at once.
      const moved = await at(2).push('shop/web', '1.0', ['after']);
      for (const client of clients)
        expect((await client.ask('HEAD', '/v2/shop/web/manifests/1.0')).headers['docker-content-digest']).toBe(
          moved.digest,
        );
      expect((await at(0).ask('DELETE', `/v2/shop/web/manifests/${moved.digest}`)).status).toBe(202);
      for (const client of clients) expect(await client.wrongWith('shop/web', '1.0')).toContain('404');

      await pod(1).end();
      pod(1).write('upload/secret', () => 'another-that-is-long-enough-to-sign-uploads');
      pod(1).start();
      await pod(1).ready();
      expect((await scattered(0, 'what another replica signs')).status).toBe(404);
    });

    it('serves no half image after a replica was killed while pushes ran, and takes them again', async () => {
      await start(3);
      // A layer of which a part is in the bucket, and the rest never comes.
      const torn = `torn ${'x'.repeat(15_000_000)}`;
      const sent = async function* () {
        yield Buffer.from(torn.slice(0, 12_000_000));
        await new Promise(() => undefined);
      };
      const { headers } = await at(1).ask('POST', '/v2/shop/torn/blobs/uploads/');
      const tearing = at(1)
        .ask('PUT', `${headers.location}&digest=${digestOf(torn)}`, Readable.from(sent()), 'application/octet-stream')
        .then(({ status }) => status)
        .catch(() => 'torn');
      const acknowledged: Pushed[] = [];
      let retried = 0;
      let pushing = true;
      const pushes = Promise.all(
        Array.from({ length: 3 }, async (_, i) => {
          for (let n = 0; pushing; n++) {
            const push = (k: number) =>
              at(k).push(`shop/app-${i}`, `${n}`, [`${i} ${n} ${'x'.repeat(100_000)}`, `of ${n}`]);
            // As a client does: again, at another.
            acknowledged.push(
              await push(i + n).catch(() => {
                retried++;
                return push(i + n + 1);
              }),
            );
          }
        }),
      );
      await sleep(100);
      process.kill(pod(1).pid(), 'SIGKILL');
      expect(await tearing).toBe('torn');
      const known = acknowledged.length;
      await eventually('pushes to go on', async () => (acknowledged.length > known + 6 ? true : undefined), 60_000);
      pushing = false;
      await pushes;
      expect(retried).toBeGreaterThan(0);
      expect((await at(0).ask('HEAD', `/v2/shop/torn/blobs/${digestOf(torn)}`)).status).toBe(404);
      for (const i of [0, 2]) {
        expect(await wrongAmong(at(i), acknowledged)).toEqual([]);
        expect(await halfImages(at(i))).toEqual([]);
      }
      await at(2).push('shop/torn', '1.0', [torn]);
      await pod(1).end();
      pod(1).start();
      await pod(1).ready();
      expect(await at(1).wrongWith('shop/torn', '1.0')).toBeUndefined();
      expect(await wrongAmong(at(1), acknowledged)).toEqual([]);
    });

    it('is read-only at every replica in the window, and collected by the first alone', async () => {
      await start(3);
      const kept = await at(0).push('shop/web', '1.0', ['kept']);
      const gone = await at(1).push('shop/web', '2.0', ['gone']);
      await at(2).ask('DELETE', `/v2/shop/web/manifests/${gone.digest}`);
      await inWindow();
      for (const client of clients) {
        expect((await client.ask('POST', '/v2/shop/web/blobs/uploads/')).status).toBe(405);
        expect((await client.ask('DELETE', `/v2/shop/web/manifests/${kept.digest}`)).status).toBe(405);
        expect(await wrongAmong(client, [kept])).toEqual([]);
      }
      await eventually(
        'the collection to end',
        async () => (pod(0).log().includes('the collection of garbage ended') ? true : undefined),
        60_000,
      );
      expect(pods.map((each) => each.log().includes('the collection of garbage begins'))).toEqual([true, false, false]);
      const [goneLayer = ''] = gone.layers;
      expect(await keys()).not.toContain(blobKey(goneLayer));
      for (const client of clients) expect(await wrongAmong(client, [kept])).toEqual([]);
    });
  });
});
