import { durationSeconds } from '../../core/secrets/duration';
import type { SecretFault } from '../../core/secrets/fault';
import { flag, number, required, type Shapes, takeProps, text, value } from '../app/shape';
import type { SecretReader } from '../secrets/delivery';
import { type GuardedSecret, SecretFile } from '../secrets/kubernetes/secret-file';
import type { TlsCertificate } from './tls-certificate';

/** How a process comes to the next certificate. The kubelet brings it into the files; it tells nobody. */
export type CertificateReload =
  | 'watches'
  | {
      /** A process that reads its files once ends, or is restarted, within this time: `25d`. Nothing here restarts it. */
      readonly restartedWithin: string;
    };

/** The files of a certificate in a container. */
export interface CertificateMountOptions {
  /** The folder of the files, as an absolute path. */
  readonly folder: string;
  /**
   * What the process does about a renewal. `watches`: it reads its files again by itself. One that does not is restarted in less time than a
   * certificate has left when the next one is made, so that none is shown after its end.
   */
  readonly reload: CertificateReload;
  /** The permissions of the files. They belong to root, and to the workload's fsGroup. @default 0o440 */
  readonly mode?: number;
  /** Whether `ca.crt` is among them. Public issuers give none, and a pod does not start without a file that it asks for. @default true */
  readonly ca?: boolean;
}

const isReload = (given: unknown): boolean =>
  given === 'watches' ||
  (typeof given === 'object' &&
    given !== null &&
    typeof (given as { readonly restartedWithin?: unknown }).restartedWithin === 'string');

const shapes: Shapes<CertificateMountOptions> = {
  folder: required(text, "'/etc/web/tls'", '/etc/tls'),
  reload: required(value("'watches' or { restartedWithin: '25d' }", isReload), "'watches'", 'watches'),
  mode: number,
  ca: flag,
};

/** The keys of the Secret, each a file of its name. */
export function certificateFiles(certificate: TlsCertificate, given: CertificateMountOptions): readonly SecretFile[] {
  const { props, faults } = takeProps<CertificateMountOptions>(shapes, given);
  const { folder, reload, mode, ca = true } = props;
  const { secretName: name, namespace } = certificate;
  const own: readonly SecretFault[] = [
    ...faults.map(({ property, value: wrong, message, remedy }) => ({ property, value: wrong, message, remedy })),
    ...reloadFaults(certificate, reload),
  ];
  const readerFaults = (reader: SecretReader) => [...own, ...serverFaults(certificate, reader)];
  const keys = ['tls.crt', 'tls.key', ...(ca ? ['ca.crt'] : [])];
  return keys.map((key, i) => {
    // Said once, of the first of them.
    const secret: GuardedSecret = { name, namespace, keys, ...(i === 0 && { readerFaults }) };
    return SecretFile.fromSecret(secret, {
      key,
      file: `${folder.replace(/\/$/, '')}/${key}`,
      ...(mode !== undefined && { mode }),
    });
  });
}

function reloadFaults({ renewedBefore }: TlsCertificate, reload: CertificateReload): readonly SecretFault[] {
  if (reload === 'watches') return [];
  const { restartedWithin } = reload;
  const seconds = durationSeconds(restartedWithin);
  const fault = (message: string, remedy: string) => [
    { property: 'reload.restartedWithin', value: restartedWithin, message, remedy },
  ];
  if (seconds === undefined) return fault(`${restartedWithin} is no duration`, "write it as '25d' or '12h'");
  if (seconds < renewedBefore) return [];
  const days = renewedBefore / 86_400;
  return fault(
    `a process that started just before a renewal shows a certificate that ends in ${days >= 1 ? `${Math.floor(days)}d` : `${Math.floor(renewedBefore / 3600)}h`}, and may run for ${restartedWithin}`,
    'restart it sooner, have the certificate renewed earlier (renewBefore), or have the process watch its files',
  );
}

/** A server shows a certificate of its own names. */
function serverFaults({ uses, service, node }: TlsCertificate, reader: SecretReader): readonly SecretFault[] {
  if (!uses.includes('server') || service === undefined || service === reader.serviceName) return [];
  const has = reader.serviceName === undefined ? 'has no Service' : `is called by its Service ${reader.serviceName}`;
  return [
    {
      property: 'secret',
      value: node.path,
      message: `the certificate is for the Service ${service}, and ${reader.name} ${has}: its clients would refuse it`,
      remedy:
        reader.serviceName === undefined
          ? "declare a port, or uses: ['client'] where it only calls others"
          : `declare service: '${reader.serviceName}' for the certificate, or list the names that it is called by in dnsNames, without service`,
    },
  ];
}
