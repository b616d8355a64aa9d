import { goDuration } from '../secrets/duration';

/** What cert-manager can sign by. */
export interface IssuerReference {
  readonly group: 'cert-manager.io';
  readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly name: string;
}

/**
 * The keys that a certificate may have. Every client of TLS 1.2 and later takes the two curves and RSA; Ed25519 is taken by neither browsers nor
 * public authorities.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9325#section-4.5
 */
export const certificateKeys = {
  'ECDSA-P256': { algorithm: 'ECDSA', size: 256 },
  'ECDSA-P384': { algorithm: 'ECDSA', size: 384 },
  'RSA-2048': { algorithm: 'RSA', size: 2048 },
  'RSA-3072': { algorithm: 'RSA', size: 3072 },
  'RSA-4096': { algorithm: 'RSA', size: 4096 },
  Ed25519: { algorithm: 'Ed25519' },
} as const;

export type CertificateKey = keyof typeof certificateKeys;

/** What a certificate shows its owner as. */
export type CertificateUse = 'server' | 'client';

/** How long a leaf certificate is valid, and how long before its end cert-manager makes the next one, in days. */
export const leafDays = { valid: 90, renewBefore: 30 } as const;

/** What is asked of cert-manager. */
export interface CertificateRequest {
  /** The Secret that holds the key, the certificate and its authority. */
  readonly secretName: string;
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  /** @default '90d' */
  readonly duration?: string;
  /** @default '30d' */
  readonly renewBefore?: string;
  /** @default 'ECDSA-P256' */
  readonly key?: CertificateKey;
  /** Keeps the key when it is renewed, for what others know the key of. @default false */
  readonly keepsKey?: boolean;
  /** `authority` signs others. @default ['server', 'client'] */
  readonly uses?: readonly CertificateUse[] | 'authority' | 'signing';
  readonly issuer: IssuerReference;
}

const usages = { server: 'server auth', client: 'client auth' } as const;

function usagesOf(uses: CertificateRequest['uses'] = ['server', 'client']): readonly string[] {
  if (uses === 'authority') return ['digital signature', 'cert sign', 'crl sign'];
  return ['digital signature', ...(uses === 'signing' ? [] : uses.map((use) => usages[use]))];
}

/**
 * The spec of a Certificate of cert-manager. Its key is a new one at each renewal, unless others know it.
 *
 * @see https://cert-manager.io/docs/usage/certificate/#issuance-behavior-rotation-of-the-private-key
 */
export function certificateSpec(request: CertificateRequest) {
  const { secretName, commonName, dnsNames = [], ipAddresses = [], key = 'ECDSA-P256', uses, issuer } = request;
  return {
    ...(uses === 'authority' && { isCA: true }),
    secretName,
    ...(commonName !== undefined && { commonName }),
    ...(dnsNames.length > 0 && { dnsNames }),
    ...(ipAddresses.length > 0 && { ipAddresses }),
    duration: goDuration(request.duration ?? `${leafDays.valid}d`),
    renewBefore: goDuration(request.renewBefore ?? `${leafDays.renewBefore}d`),
    privateKey: { ...certificateKeys[key], rotationPolicy: request.keepsKey === true ? 'Never' : 'Always' },
    usages: usagesOf(uses),
    issuerRef: issuer,
  };
}
