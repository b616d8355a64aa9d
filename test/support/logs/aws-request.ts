/** Requests as AWS has them signed (Signature Version 4), to a store on loopback. */
import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:https';

export interface AwsKeys {
  readonly id: string;
  readonly secret: string;
  /** Of a session. @default - they are somebody's own */
  readonly session?: string;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface AwsRequest {
  readonly method: string;
  readonly host: string;
  readonly port: number;
  /** `/bucket/key`, as it is before it is escaped. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly ca: string;
  /** By whose keys it is signed. @default - it is not */
  readonly keys?: AwsKeys;
}

const region = 'eu-central-1';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (of) => `%${of.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a request is signed by. */
function signed(
  { method }: AwsRequest,
  of: {
    readonly path: string;
    readonly query: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly time: string;
    readonly keys: AwsKeys;
  },
): string {
  const { path, query, headers, time, keys } = of;
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    path,
    query,
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${keys.secret}`, time.slice(0, 8)));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${keys.id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

/** Sends a request. Only what no answer comes to is thrown. */
export function awsRequest(of: AwsRequest): Promise<AwsAnswer> {
  const { method, host, port, body = '', ca, keys } = of;
  const path = of.path.split('/').map(escaped).join('/');
  const query = Object.entries(of.query ?? {})
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
  const time = `${new Date().toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
  const headers: Record<string, string> = {
    ...of.headers,
    host: `${host}:${port}`,
    'x-amz-date': time,
    'x-amz-content-sha256': sha256(body),
    'content-md5': createHash('md5').update(body).digest('base64'),
    ...(keys?.session !== undefined && { 'x-amz-security-token': keys.session }),
  };
  if (keys !== undefined) headers.authorization = signed(of, { path, query, headers, time, keys });
  return new Promise((done, fail) => {
    const call = request(
      { method, host, port, ca, path: query === '' ? path : `${path}?${query}`, headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    call.on('error', fail);
    call.end(body);
  });
}
