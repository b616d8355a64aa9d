/** The real cosign against a registry of a test, with keys alone: no log, no authority for timestamps, no internet. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { type Registry, user } from '../registry';

/** What `cosign attest` signs. */
interface Attestation {
  /** URI, or one of cosign's own short names. */
  readonly type: string;
  /** The URI of a short name. @default - the type */
  readonly uri?: string;
  readonly predicate: object;
}

/** A descriptor, as an index has it. */
interface Descriptor {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
}

/** How cosign 3 signs, and how cosign 2 did, without a log. */
const current = ['--signing-config', 'signing-config.json'];
const old = ['--use-signing-config=false', '--new-bundle-format=false', '--tlog-upload=false'];

/** cosign, and what else may happen to signatures in a registry. */
export class Signing {
  readonly #program: string;
  readonly #registry: Registry;
  readonly #agent: Agent;
  /** For whatever else asks the registry: its authority, its password, no home of the person who tests. */
  readonly env: NodeJS.ProcessEnv;

  /** @param program cosign's */
  constructor(program: string, registry: Registry) {
    this.#program = program;
    this.#registry = registry;
    this.#agent = new Agent({ connect: { ca: readFileSync(registry.caFile, 'utf8') } });
    const docker = join(registry.folder, 'docker');
    mkdirSync(docker, { recursive: true });
    writeFileSync(join(docker, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth: basic() } } }));
    this.env = {
      ...process.env,
      HOME: registry.folder,
      SSL_CERT_FILE: registry.caFile,
      DOCKER_CONFIG: docker,
      COSIGN_PASSWORD: '',
      TUF_ROOT: join(registry.folder, 'tuf'),
    };
    // cosign 3 signs by a configuration that it fetches from Sigstore, which this one stands in for: no log, no timestamps.
    this.#cosign('signing-config', 'create', '--out', 'signing-config.json');
  }

  /** Makes a pair of keys. @returns the public one, as PEM */
  key(name: string): string {
    this.#cosign('generate-key-pair', '--output-key-prefix', name);
    return readFileSync(join(this.#registry.folder, `${name}.pub`), 'utf8');
  }

  /** Makes a pair of keys of somebody else's. @param pem the private key, not encrypted */
  importKey(name: string, pem: string): void {
    writeFileSync(join(this.#registry.folder, `${name}.pem`), pem);
    this.#cosign('import-key-pair', '--key', `${name}.pem`, '--output-key-prefix', name);
  }

  /** @param image as manifests name it */
  sign(image: string, key: string): void {
    this.#cosign('sign', '--yes', '--key', `${key}.key`, ...current, image);
  }

  /** Whether cosign itself takes it for signed. */
  verifies(image: string, key: string): boolean {
    const args = ['verify', '--key', `${key}.pub`, '--insecure-ignore-tlog=true', image];
    return this.#run(args).status === 0;
  }

  /** Signs as cosign 2 did: a tag beside the image. */
  signAsBefore(image: string, key: string): void {
    this.#cosign('sign', '--yes', '--key', `${key}.key`, ...old, image);
  }

  attest(image: string, key: string, attestation: Attestation): void {
    this.#attest(image, key, attestation, current);
  }

  /** Attests as cosign 2 did: in a tag beside the image. */
  attestAsBefore(image: string, key: string, attestation: Attestation): void {
    this.#attest(image, key, attestation, old);
  }

  /** Attests anew, and takes away what this registry had of the same type before: as `oras manifest delete` does. */
  async renew(image: string, key: string, attestation: Attestation): Promise<void> {
    const { repository, digest } = placeOf(image);
    const before = await this.statements(image, attestation.uri ?? attestation.type);
    this.attest(image, key, attestation);
    const index = await this.#get<{ readonly manifests: readonly Descriptor[] }>(repository, tagOf(digest));
    const manifests = index.manifests.filter((each) => !before.includes(each.digest));
    const type = 'application/vnd.oci.image.index.v1+json';
    await this.#put(repository, tagOf(digest), type, JSON.stringify({ ...index, manifests }));
  }

  /** The digests of what is attested of an image, by predicate type, in the registry's order. */
  async statements(image: string, type: string): Promise<readonly string[]> {
    const { repository, digest } = placeOf(image);
    const { manifests } = await this.#get<{ readonly manifests: readonly Descriptor[] }>(repository, tagOf(digest));
    const found: string[] = [];
    for (const each of manifests) {
      const { annotations } = await this.#get<{ readonly annotations?: Readonly<Record<string, string>> }>(
        repository,
        each.digest,
      );
      if (annotations?.['dev.sigstore.bundle.predicateType'] === type) found.push(each.digest);
    }
    return found;
  }

  /** Hangs what was signed for one digest on another, as somebody who may push to the registry can. */
  async replay(repository: string, from: string, to: string): Promise<void> {
    const index = await this.#get<{ readonly manifests: readonly Descriptor[] }>(repository, tagOf(from));
    const { size, mediaType } = await this.#describe(repository, to);
    const manifests: object[] = [];
    for (const entry of index.manifests) {
      const manifest = await this.#get<object>(repository, entry.digest);
      const text = JSON.stringify({ ...manifest, subject: { digest: to, size, mediaType } });
      const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
      await this.#put(repository, digest, entry.mediaType, text);
      manifests.push({ ...entry, digest, size: Buffer.byteLength(text) });
    }
    const type = 'application/vnd.oci.image.index.v1+json';
    await this.#put(repository, tagOf(to), type, JSON.stringify({ ...index, manifests }));
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #attest(image: string, key: string, { type, predicate }: Attestation, how: readonly string[]): void {
    const file = 'predicate.json';
    writeFileSync(join(this.#registry.folder, file), JSON.stringify(predicate));
    this.#cosign('attest', '--yes', '--key', `${key}.key`, ...how, '--predicate', file, '--type', type, image);
  }

  #cosign(...args: readonly string[]): void {
    const { status, stderr } = this.#run(args);
    if (status !== 0) throw new Error(`cosign ${args.join(' ')}: ${stderr}`);
  }

  #run(args: readonly string[]) {
    const run = spawnSync(this.#program, args, { cwd: this.#registry.folder, env: this.env, encoding: 'utf8' });
    if (run.error !== undefined) throw run.error;
    return run;
  }

  async #get<T>(repository: string, reference: string): Promise<T> {
    return JSON.parse((await this.#ask('GET', repository, reference)).text) as T;
  }

  async #describe(repository: string, reference: string): Promise<Omit<Descriptor, 'digest'>> {
    const { text, type } = await this.#ask('GET', repository, reference);
    return { size: Buffer.byteLength(text), mediaType: type };
  }

  async #put(repository: string, reference: string, type: string, body: string): Promise<void> {
    await this.#ask('PUT', repository, reference, { body, type });
  }

  async #ask(
    method: 'GET' | 'PUT',
    repository: string,
    reference: string,
    content?: { readonly body: string; readonly type: string },
  ): Promise<{ readonly text: string; readonly type: string }> {
    const { statusCode, headers, body } = await request(
      `https://${this.#registry.host}/v2/${repository}/manifests/${reference}`,
      {
        dispatcher: this.#agent,
        method,
        headers: {
          authorization: `Basic ${basic()}`,
          accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json',
          ...(content && { 'content-type': content.type }),
        },
        ...(content && { body: content.body }),
      },
    );
    const text = await body.text();
    if (statusCode >= 300) throw new Error(`${method} ${reference}: ${statusCode} ${text}`);
    return { text, type: String(headers['content-type']) };
  }
}

function placeOf(image: string): { readonly repository: string; readonly digest: string } {
  const [name = '', digest = ''] = image.split('@');
  return { repository: name.slice(name.indexOf('/') + 1), digest };
}

/** Where a registry without the referrers API keeps what belongs to a digest. */
function tagOf(digest: string): string {
  return digest.replace(':', '-');
}

function basic(): string {
  return Buffer.from(`${user.name}:${user.password}`).toString('base64');
}
