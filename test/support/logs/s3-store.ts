/** A store with the interface of S3, on loopback over TLS: a real MinIO, with object lock, and with credentials by web identity, as IRSA has them. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pair } from '../control-plane/certificates';
import type { ProcessGroup } from '../control-plane/process-group';
import { freePorts, LOOPBACK } from '../free-ports';
import { type AwsAnswer, type AwsKeys, awsRequest } from './aws-request';
import { audience, IdentityProvider } from './identity-provider';

/** One version of an object. */
export interface ObjectVersion {
  readonly key: string;
  readonly version: string;
  /** Of a deletion, which hides what is below it. */
  readonly marker: boolean;
}

export interface StoreOptions {
  readonly program: string;
  readonly group: ProcessGroup;
  readonly authority: Pair;
  /** What it shows. */
  readonly shown: Pair;
}

export class S3Store {
  static async create({ program, group, authority, shown }: StoreOptions): Promise<S3Store> {
    const provider = await IdentityProvider.create();
    const [port = 0] = await freePorts(1);
    const certificates = join(group.folder, 'store-certificates');
    mkdirSync(certificates);
    copyFileSync(shown.certFile, join(certificates, 'public.crt'));
    copyFileSync(shown.keyFile, join(certificates, 'private.key'));
    const keys = { id: 'root-of-the-test', secret: randomBytes(20).toString('hex') };
    const env = {
      MINIO_ROOT_USER: keys.id,
      MINIO_ROOT_PASSWORD: keys.secret,
      MINIO_REGION: 'eu-central-1',
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
      MINIO_KMS_SECRET_KEY: `own:${randomBytes(32).toString('base64')}`,
      MINIO_IDENTITY_OPENID_CONFIG_URL: `${provider.issuer}/.well-known/openid-configuration`,
      MINIO_IDENTITY_OPENID_CLIENT_ID: audience,
    };
    const store = new S3Store(group, provider, port, authority, keys, () =>
      group.start(
        program,
        ['server', `--certs-dir=${certificates}`, `--address=${LOOPBACK}:${port}`, join(group.folder, 'store')],
        { name: 'store', env },
      ),
    );
    store.start();
    await store.ready();
    return store;
  }

  private constructor(
    private readonly group: ProcessGroup,
    private readonly provider: IdentityProvider,
    private readonly port: number,
    private readonly authority: Pair,
    private readonly keys: AwsKeys,
    readonly start: () => void,
  ) {}

  ready(): Promise<true> {
    const ask = async () =>
      (await this.ask('GET', '/').catch(() => ({ status: 0 }))).status === 200 ? (true as const) : undefined;
    return this.group.until(ask, { what: 'the store to answer', log: 'store', deadline: 60_000 });
  }

  /** As its administrator, who may do anything. */
  ask(
    method: string,
    path: string,
    rest: {
      readonly query?: Record<string, string>;
      readonly headers?: Record<string, string>;
      readonly body?: string;
      readonly keys?: AwsKeys;
    } = {},
  ): Promise<AwsAnswer> {
    const { port, keys } = this;
    return awsRequest({ method, path, keys, ...rest, host: LOOPBACK, port, ca: this.authority.cert });
  }

  /** Does what has to succeed, as soon as the store has read who may do what. */
  async done(...args: Parameters<S3Store['ask']>): Promise<AwsAnswer> {
    const ask = () =>
      this.ask(...args).then((answer) => (answer.body.includes('XMinioServerNotInitialized') ? undefined : answer));
    const answer = await this.group.until(ask, { what: 'the store to be initialized', log: 'store', deadline: 60_000 });
    if (answer.status >= 300) throw new Error(`${args[0]} ${args[1]}: ${answer.status} ${answer.body}`);
    return answer;
  }

  /** A bucket. With `lockedDays` nobody changes or deletes a version of an object for so long, not even its administrator. */
  async bucket(name: string, { lockedDays }: { readonly lockedDays?: number } = {}): Promise<void> {
    if (lockedDays === undefined) {
      await this.done('PUT', `/${name}`);
      return;
    }
    await this.done('PUT', `/${name}`, { headers: { 'x-amz-bucket-object-lock-enabled': 'true' } });
    const rule = `<DefaultRetention><Mode>COMPLIANCE</Mode><Days>${lockedDays}</Days></DefaultRetention>`;
    const body = `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>${rule}</Rule></ObjectLockConfiguration>`;
    await this.done('PUT', `/${name}`, { query: { 'object-lock': '' }, body });
  }

  /**
   * Somebody who may do some things, without a key.
   * @returns the variables that the webhook of IRSA gives a pod, and where the store and its service of tokens are, which a cloud's are known by
   */
  async identity(name: string, statements: readonly object[]): Promise<Readonly<Record<string, string>>> {
    const body = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await this.done('PUT', '/minio/admin/v3/add-canned-policy', { query: { name }, body });
    const file = join(this.group.folder, `${name}.token`);
    writeFileSync(file, this.provider.token(`system:serviceaccount:logging:${name}`, { policy: name }));
    const at = `https://${LOOPBACK}:${this.port}`;
    return {
      AWS_ROLE_ARN: `arn:aws:iam::111122223333:role/${name}`,
      AWS_WEB_IDENTITY_TOKEN_FILE: file,
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_STS: at,
      AWS_ENDPOINT_URL_S3: at,
      SSL_CERT_FILE: this.authority.certFile,
      // Of this machine's own, which would come before.
      AWS_CA_BUNDLE: this.authority.certFile,
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
    };
  }

  /** What the service of tokens gives somebody for their token. */
  async session(env: Readonly<Record<string, string>>): Promise<AwsKeys> {
    const form = new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: env.AWS_ROLE_ARN ?? '',
      WebIdentityToken: readFileSync(env.AWS_WEB_IDENTITY_TOKEN_FILE ?? '', 'utf8'),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const at = { host: LOOPBACK, port: this.port, ca: this.authority.cert };
    const { status, body } = await awsRequest({ method: 'POST', path: '/', ...at, headers, body: `${form}` });
    const text = String(body);
    if (status !== 200) throw new Error(text);
    const of = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1] ?? '';
    return { id: of('AccessKeyId'), secret: of('SecretAccessKey'), session: of('SessionToken') };
  }

  /** Every version of every object. */
  async versions(bucket: string, prefix = ''): Promise<readonly ObjectVersion[]> {
    const { body } = await this.done('GET', `/${bucket}`, { query: { versions: '', prefix } });
    const text = body.toString('utf8');
    if (text.includes('<IsTruncated>true<')) throw new Error('there are more than one page');
    return [...text.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)].map(([, kind, of = '']) => ({
      key: /<Key>(.*?)<\/Key>/.exec(of)?.[1] ?? '',
      version: /<VersionId>(.*?)<\/VersionId>/.exec(of)?.[1] ?? '',
      marker: kind === 'DeleteMarker',
    }));
  }

  /** What an object holds. */
  async object(bucket: string, { key, version }: ObjectVersion): Promise<Buffer> {
    const query = version === 'null' ? {} : { query: { versionId: version } };
    return (await this.done('GET', `/${bucket}/${key}`, query)).body;
  }

  stop(): Promise<void> {
    return this.provider.stop();
  }
}
