import { isMapping } from '../../manifest/plain';
import { nearest } from '../../nearest';
import type { Report } from './fault';
import type {
  AcceptedFinding,
  CertificateSigner,
  KeylessSigner,
  KeySigner,
  PrivateSigstore,
  ProvenanceRequirement,
  RekorLog,
  SbomRequirement,
  ScanRequirement,
  TrustedImages,
  TufRepository,
  UnsignedImages,
} from './settings';

/** The props of T: one that is forgotten does not compile. */
type Props<T> = Readonly<Record<keyof Required<T>, true>>;

const tufProps: Props<TufRepository> = { mirror: true, root: true };
const rekorProps: Props<NonNullable<PrivateSigstore['rekor']>> = { url: true, key: true };
const logProps: Props<RekorLog> = { ...rekorProps, tuf: true };
const imagesProps: Props<TrustedImages> = {
  name: true,
  patterns: true,
  signers: true,
  scan: true,
  provenance: true,
  sbom: true,
};
const scanProps: Props<ScanRequirement> = {
  scanners: true,
  scanner: true,
  report: true,
  maxAgeHours: true,
  refuseFrom: true,
  accepted: true,
};
const excuseProps: Omit<Props<UnsignedImages>, 'patterns'> = { reason: true, expires: true, ticket: true };

/** What each kind of settings is made of. */
const known = {
  images: imagesProps,
  scan: scanProps,
  accepted: { id: true, ...excuseProps } satisfies Props<AcceptedFinding>,
  provenance: { signers: true, builder: true } satisfies Props<ProvenanceRequirement>,
  sbom: { signers: true, format: true } satisfies Props<SbomRequirement>,
  unsigned: { patterns: true, ...excuseProps } satisfies Props<UnsignedImages>,
  key: { name: true, key: true, log: true } satisfies Props<KeySigner>,
  certificate: { name: true, certificate: true, chain: true } satisfies Props<CertificateSigner>,
  issuer: { name: true, issuer: true, subject: true, sigstore: true } satisfies Props<KeylessSigner>,
  sigstore: { tuf: true, rekor: true, certificateLogKey: true } satisfies Props<PrivateSigstore>,
  tuf: tufProps,
  rekor: rekorProps,
  log: logProps,
} as const;

/**
 * Reports what nobody reads: an image would be asked for less than its owner believes. Values stay out of it, since one may be a private key.
 */
export function judgeKnownProps(given: unknown, kind: keyof typeof known, property: string, report: Report): void {
  if (!isMapping(given)) return;
  const props = Object.keys(known[kind]);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || props.includes(key)) continue;
    const meant = nearest(key, props);
    report(
      `${property}.${key}`,
      undefined,
      `there is no prop ${JSON.stringify(key)}`,
      meant === undefined ? `take it away; there are ${props.join(', ')}` : `did you mean ${meant}?`,
    );
  }
}
