import type { SecretMount } from '../../constructs/secrets/secret-mount';
import type { TlsFiles } from '../../core/logs/collector/parts';
import { tlsMounts } from '../parts';

/** Where each container finds its certificate. */
const folder = '/etc/log-pipeline/tls';

export const tlsFiles: TlsFiles = {
  caFile: `${folder}/ca.crt`,
  certFile: `${folder}/tls.crt`,
  keyFile: `${folder}/tls.key`,
};

/** The certificate of a program in its container. */
export function tlsSecrets(name: string): readonly SecretMount[] {
  return tlsMounts(name, Object.values(tlsFiles));
}
