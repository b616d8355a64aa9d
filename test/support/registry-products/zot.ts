/**
 * A real zot on the loopback interface. It is asked as it is released: `KUBE_BULWARK_ZOT` names its program (2.1, with all extensions or at least
 * sync and metrics).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import type { RegistrySettings } from '../../../core/registry/settings';
import { type ZotOptions, zotConfig } from '../../../core/registry/zot';
import { Authority } from '../control-plane/certificates';
import { ProcessGroup } from '../control-plane/process-group';
import { freePorts, LOOPBACK } from '../free-ports';
import { describeUnless, lackUnless } from '../lack';

/** The one password of every user. Made up, with its bcrypt. */
export const password = 'made-up-password';
const bcrypt = '$2b$04$i6vDEM5kQQoR8kSWdJinJeV75AxpVrMLtADemcKNGTL5SRDww4icu';

/** A `describe` of tests that need zot. */
export function describeZot(name: string, body: (program: string) => void): void {
  const program = process.env.KUBE_BULWARK_ZOT ?? '';
  const lack = lackUnless(existsSync(program), 'KUBE_BULWARK_ZOT names no program of zot');
  describeUnless(lack, name, () => body(program));
}

/** What zot itself says of a configuration: undefined where it takes it. */
export function verifyZot(program: string, file: string): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(program, ['verify', file], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return status === 0 ? undefined : `${stdout}${stderr}`;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Zot {
  /** `127.0.0.1:5000` */
  readonly host: string;
  /** @param user nobody where it is undefined */
  ask(user: string | undefined, method: string, path: string, body?: string, type?: string): Promise<Answer>;
  /** Pushes an image of one layer. @returns the answer to its manifest, or the first that was no success, and its digest */
  push(user: string, repository: string, tag: string, content: string): Promise<Answer & { readonly digest: string }>;
  readonly caFile: string;
  logs(): string;
  stop(): Promise<void>;
}

export interface ZotStart {
  readonly users: readonly string[];
  readonly settings: Pick<RegistrySettings, 'teams' | 'immutableTags' | 'upstreams'>;
  readonly options?: Partial<ZotOptions>;
  /** Files of authorities that are trusted besides. @default - none */
  readonly trust?: string;
}

export function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Starts it with the very configuration that the stack has, its address, its files and how long a refusal takes aside. */
export async function startZot(program: string, { users, settings, options, trust }: ZotStart): Promise<Zot> {
  const group = await ProcessGroup.create('kube-bulwark-zot-');
  const { folder } = group;
  const authority = await Authority.create(folder, 'zot-authority');
  const pair = await authority.issue('zot', 'zot');
  const [port = 0] = await freePorts(1);
  const host = `${LOOPBACK}:${port}`;
  writeFileSync(join(folder, 'htpasswd'), users.map((name) => `${name}:${bcrypt}\n`).join(''));
  const config = zotConfig(
    {
      host,
      listen: { address: LOOPBACK, port },
      tls: { certFile: pair.certFile, keyFile: pair.keyFile },
      authentication: { kind: 'htpasswd', file: join(folder, 'htpasswd') },
      storage: { kind: 'volume', folder: join(folder, 'data') },
      ...settings,
    },
    { folder: join(folder, 'database'), ...options },
  );
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config).replace('"failDelay":2', '"failDelay":0'));
  const refused = verifyZot(program, join(folder, 'config.json'));
  if (refused !== undefined) throw new Error(`zot refuses its configuration: ${refused}`);
  group.start(program, ['serve', join(folder, 'config.json')], {
    name: 'zot',
    env: trust === undefined ? {} : { SSL_CERT_FILE: trust },
  });
  const agent = new Agent({ connect: { ca: authority.pair.cert } });
  const ask: Zot['ask'] = async (user, method, path, body, type) => {
    const authorization = user && `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const response = await request(`https://${host}${path}`, {
      dispatcher: agent,
      method: method as 'GET',
      headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
      ...(body !== undefined && { body }),
    });
    return { status: response.statusCode, text: await response.body.text(), headers: response.headers };
  };
  const blob = async (user: string, repository: string, content: string): Promise<Answer> => {
    const begun = await ask(user, 'POST', `/v2/${repository}/blobs/uploads/`);
    if (begun.status !== 202) return begun;
    const { pathname, search } = new URL(String(begun.headers.location), `https://${host}`);
    const at = `${pathname}${search === '' ? '?' : `${search}&`}digest=${sha256(content)}`;
    return ask(user, 'PUT', at, content, 'application/octet-stream');
  };
  const push: Zot['push'] = async (user, repository, tag, content) => {
    const config = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } });
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: sha256(config),
        size: Buffer.byteLength(config),
      },
      layers: [
        {
          mediaType: 'application/vnd.oci.image.layer.v1.tar',
          digest: sha256(content),
          size: Buffer.byteLength(content),
        },
      ],
    });
    const digest = sha256(manifest);
    for (const each of [config, content]) {
      const answer = await blob(user, repository, each);
      if (answer.status !== 201) return { ...answer, digest };
    }
    const type = 'application/vnd.oci.image.manifest.v1+json';
    return { ...(await ask(user, 'PUT', `/v2/${repository}/manifests/${tag}`, manifest, type)), digest };
  };
  const stop = async () => {
    await agent.destroy();
    await group.stop();
  };
  try {
    const isUp = async () =>
      (await ask(undefined, 'GET', '/readyz').catch(() => undefined))?.status === 200 || undefined;
    await group.until(isUp, { what: 'zot to be ready', log: 'zot', deadline: 30_000 });
  } catch (error) {
    await stop();
    throw error;
  }
  return { host, ask, push, caFile: authority.pair.certFile, logs: () => group.logOf('zot'), stop };
}
