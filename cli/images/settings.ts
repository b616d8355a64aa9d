import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { ImageLock } from '../../core/images/lock';
import { messageOf } from '../../core/message-of';
import { describeInputErrors } from '../../core/report/check-report';
import { UsageError } from '../command';
import { tryUrl } from './https';
import { Registries } from './registry';

/**
 * Registries as the command line and the environment have them asked.
 * @param ca files with certificates of authorities
 * @throws UsageError for a file that has none, and for a proxy that is none
 */
export function registriesFor(ca: readonly string[]): Registries {
  refuseProxies();
  const trusted = certificates(ca);
  return new Registries(trusted.length > 0 ? { ca: [...rootCertificates, ...trusted] } : {});
}

/**
 * @param isRenewed whether nothing of it is kept, so that it may be wrong
 * @throws UsageError with everything that is wrong with it
 */
export function readLock(file: string, isRenewed: boolean): ImageLock {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ImageLock.empty;
    throw new UsageError(`${file}: ${messageOf(error)}`);
  }
  const result = ImageLock.parse(text, file);
  if ('lock' in result) return result.lock;
  if (isRenewed && !text.includes('"lockfileVersion"'))
    throw new UsageError(`${file} is no lock of images, and stays as it is: remove it, or name another file by --lock`);
  if (isRenewed && !result.isNewer) return ImageLock.empty;
  throw new UsageError(describeInputErrors(result.faults));
}

function certificates(files: readonly string[]): readonly string[] {
  return files.map((file) => {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      throw new UsageError(`--ca ${file}: ${messageOf(error)}`);
    }
    if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new UsageError(`--ca ${file} holds no certificate as PEM`);
    return text;
  });
}

/** Without the value: a proxy's password may stand in it. */
function refuseProxies(): void {
  const wrong = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].filter((name) => {
    const value = process.env[name];
    return value !== undefined && value !== '' && !/^https?:$/.test(tryUrl(value)?.protocol ?? '');
  });
  if (wrong.length > 0) throw new UsageError(`${wrong.join(' and ')} is no URL of a proxy: write http://<host>:<port>`);
}
