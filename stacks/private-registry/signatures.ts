import {
  type ImageVerification,
  ImageVerificationError,
  imageVerification,
  type ReportFormat,
  type ScanSeverity,
  type Signer,
} from '../../core/images';
import type { RegistryFault } from '../../core/registry/fault';
import type { RegistryIdentityArgs, RegistryScanArgs, RegistrySignaturesArgs } from './args';

/** What the policy knows of the registry. */
export interface SignedRegistry {
  readonly host: string;
  /** Its namespace: what it runs itself is of another registry. */
  readonly namespace: string;
  /** The day against which exceptions expire, as `YYYY-MM-DD`. */
  readonly today: string;
}

/** Everything that is wrong with who signs, by arguments of the stack. */
export function signatureFaults(args: RegistrySignaturesArgs, registry: SignedRegistry): readonly RegistryFault[] {
  const own = identityFaults('signatures', args);
  const ofScan = args.scan === undefined ? [] : identityFaults('signatures.scan', args.scan);
  if (own.length + ofScan.length > 0) return [...own, ...ofScan];
  try {
    imageVerification(verificationOf(args, registry), { today: registry.today });
    return [];
  } catch (error) {
    if (!(error instanceof ImageVerificationError)) throw error;
    return error.faults.map(({ property, message, remedy }) => ({
      key: `signatures.${argumentOf(property, args)}`,
      message,
      remedy,
    }));
  }
}

/** Who signs, by keys and identities. */
type Signers = Pick<RegistrySignaturesArgs, 'keys' | 'identities'>;

function identityFaults(key: string, { identities = [] }: Signers): readonly RegistryFault[] {
  return identities.flatMap(({ subject, matches }, i) => {
    if ((subject === undefined) !== (matches === undefined)) return [];
    const message = subject === undefined ? 'it says nothing of who signs' : 'it says twice who signs';
    return [{ key: `${key}.identities[${i}]`, message, remedy: 'give one of subject and matches' }];
  });
}

function signersOf(name: string, { keys = [], identities = [] }: Signers): readonly Signer[] {
  return [
    ...keys.map((key, i) => ({ name: `${name}-key-${i + 1}`, key })),
    ...identities.map(({ issuer, subject, matches }: RegistryIdentityArgs, i) => ({
      name: `${name}-identity-${i + 1}`,
      issuer,
      subject: matches === undefined ? (subject ?? '') : { matches },
    })),
  ];
}

/** What is asked of images: those of the registry have to be signed, and there are no others. */
export function verificationOf(
  args: RegistrySignaturesArgs,
  { host, namespace }: Omit<SignedRegistry, 'today'>,
): ImageVerification {
  const { scan, unsigned, excludeNamespaces = [], pullSecrets } = args;
  return {
    images: [
      {
        name: 'registry',
        patterns: [`${host}/**`],
        signers: signersOf('signer', args),
        ...(scan !== undefined && { scan: scanOf(scan) }),
      },
    ],
    ...(unsigned !== undefined && { unsigned }),
    excludeNamespaces: [...new Set([namespace, ...excludeNamespaces])],
    pullSecrets,
  };
}

function scanOf({ report, refuseFrom, maxAgeHours, scanner, ...signers }: RegistryScanArgs) {
  return {
    scanner,
    scanners: signersOf('scanner', signers),
    ...(maxAgeHours !== undefined && { maxAgeHours }),
    ...(report !== undefined && { report: report as ReportFormat }),
    ...(refuseFrom !== undefined && { refuseFrom: refuseFrom as ScanSeverity }),
  };
}

/** What a property of the policy is called among the arguments. */
function argumentOf(property: string, { keys = [], scan }: RegistrySignaturesArgs): string {
  const renamed = (prefix: string, of: readonly string[]) => (_: string, index: string, rest: string) => {
    const i = Number(index);
    if (i >= of.length) return `${prefix}identities[${i - of.length}]${rest}`;
    return `${prefix}keys[${i}]${rest.replace(/^\.key$/, '')}`;
  };
  return property
    .replace(/^images\[0\]\.signers$/, 'keys')
    .replace(/^images\[0\]\.scan\.scanners$/, 'scan.keys')
    .replace(/^images\[0\]\.signers\[(\d+)\](.*)$/, renamed('', keys))
    .replace(/^images\[0\]\.scan\.scanners\[(\d+)\](.*)$/, renamed('scan.', scan?.keys ?? []))
    .replace(/^images\[0\]\./, '')
    .replace(/^excludeNamespaces\[(\d+)\]/, (_, index) => `excludeNamespaces[${Number(index) - 1}]`);
}
