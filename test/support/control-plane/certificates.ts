/** Certificates for a control plane of a test, by `openssl`. */
import { execFile, execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Lack } from '../lack';

/** A certificate and its key, as files and as PEM. */
export interface Pair {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

const CONFIG = `[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,digitalSignature
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth,clientAuth
subjectAltName = IP:127.0.0.1,DNS:localhost
`;

/** Why there is no `openssl` of version 3; undefined where there is. */
export function opensslLack(): Lack | undefined {
  try {
    const version = execFileSync('openssl', ['version'], { encoding: 'utf8' });
    return /^OpenSSL [3-9]/.test(version) ? undefined : { skipped: `openssl is ${version.trim()}, and 3 is needed` };
  } catch {
    return { skipped: 'there is no `openssl` on the PATH' };
  }
}

/** A certificate authority with its files in a folder. */
export class Authority {
  static async create(folder: string, name: string): Promise<Authority> {
    await writeFile(join(folder, 'openssl.cnf'), CONFIG);
    const pair = await make(folder, name, `/CN=${name}`, ['-extensions', 'ca']);
    return new Authority(folder, name, pair);
  }

  private constructor(
    private readonly folder: string,
    private readonly name: string,
    /** Its own certificate. */
    readonly pair: Pair,
  ) {}

  /** A certificate for 127.0.0.1 and for clients. `groups` are organizations, which Kubernetes takes for groups. */
  issue(file: string, commonName: string, groups: readonly string[] = []): Promise<Pair> {
    const subject = [...groups.map((group) => `/O=${group}`), `/CN=${commonName}`].join('');
    const signed = ['-CA', `${this.name}.crt`, '-CAkey', `${this.name}.key`, '-extensions', 'leaf'];
    return make(this.folder, file, subject, signed);
  }
}

async function make(folder: string, file: string, subject: string, rest: readonly string[]): Promise<Pair> {
  const [certFile, keyFile] = [join(folder, `${file}.crt`), join(folder, `${file}.key`)];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile];
  const args = ['req', '-x509', '-config', 'openssl.cnf', ...key, '-out', certFile, '-days', '2', '-subj', subject];
  await promisify(execFile)('openssl', [...args, ...rest], { cwd: folder });
  return { certFile, keyFile, cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
}
