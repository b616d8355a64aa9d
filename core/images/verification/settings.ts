/** Which images a cluster runs: from where, signed by whom, and what else somebody has to have said of them. */
export interface ImageVerification {
  /** The policy's name. @default 'signed-images' */
  readonly name?: string;
  /** What may run. An image that more than one entry covers has to satisfy each of them; what none covers is refused. */
  readonly images: readonly TrustedImages[];
  /** What may run unsigned, for a while. @default - nothing */
  readonly unsigned?: readonly UnsignedImages[];
  /**
   * Namespaces in which nothing is verified. Whoever may create pods there runs what they like.
   * @default - none. Kyverno itself leaves out kube-system and its own namespace, as its chart is configured
   */
  readonly excludeNamespaces?: readonly string[];
  /** Secrets of type kubernetes.io/dockerconfigjson in Kyverno's namespace, with which it reads the registries. @default - none: registries that ask nobody */
  readonly pullSecrets?: readonly string[];
  /** How long the API server waits for the verdict, from 5 to 30. Past it the object is refused. @default 20 */
  readonly timeoutSeconds?: number;
}

/** Images, and what is asked of them. */
export interface TrustedImages {
  /** Lower case, to tell entries apart in messages: `shop`. */
  readonly name: string;
  /**
   * Registry and repository, neither tag nor digest: `registry.example/shop/cart`. `*` stands for any characters within one component,
   * `**` at the end for any components. The registry is written in full: `docker.io/library/redis` covers what is written like that, and not `redis`.
   */
  readonly patterns: readonly string[];
  /** Whoever of them has signed: one is enough, so that a new key can be listed beside the old. */
  readonly signers: readonly Signer[];
  /** A fresh scan for vulnerabilities. @default - none is asked for */
  readonly scan?: ScanRequirement;
  /** SLSA provenance. @default - none is asked for */
  readonly provenance?: ProvenanceRequirement;
  /** A bill of materials. @default - none is asked for */
  readonly sbom?: SbomRequirement;
}

/** Somebody who signs: with a key, with a certificate, or with an identity (keyless). */
export type Signer = KeySigner | CertificateSigner | KeylessSigner;

/** Who holds a private key, of which this is the public one. */
export interface KeySigner {
  /** Lower case; the policy calls the attestor so: `release-2026`. */
  readonly name: string;
  /** PEM, as `cosign public-key` prints it: ECDSA P-256, P-384 or P-521, Ed25519, or RSA from 2048 bits. Never a private key. */
  readonly key: string;
  /** Whether the signature also has to stand in a log that everybody can read. @default 'none': a key is proof enough, and the log would tell the names of images */
  readonly log?: TransparencyLog;
}

/** Who holds the key of a certificate, which an authority of one's own has given out. */
export interface CertificateSigner {
  /** Lower case. */
  readonly name: string;
  /** PEM, the signer's own, given out for signing code. It counts until the signer is taken away: its last day is not looked at. */
  readonly certificate: string;
  /** PEM, from the issuer of the certificate to the root. */
  readonly chain: string;
}

/** Who proves an identity while signing: a workflow of CI, mostly. Verified with Sigstore's public instance, or a private one. */
export interface KeylessSigner {
  /** Lower case. */
  readonly name: string;
  /** Who vouches for the identity, exactly: `https://token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** The identity: exactly, or as a regular expression (RE2) that is anchored at both ends. */
  readonly subject: string | { readonly matches: string };
  /** A Sigstore of one's own. @default - the public one, which Kyverno has to reach */
  readonly sigstore?: PrivateSigstore;
}

/** `none`; `public` is rekor.sigstore.dev, with the keys that Sigstore publishes by TUF; or a log of one's own. */
export type TransparencyLog = 'none' | 'public' | RekorLog;

/** A Rekor of one's own. Kyverno needs the TUF repository for it, too. */
export interface RekorLog {
  /** https. */
  readonly url: string;
  /** PEM, the log's public key. */
  readonly key: string;
  readonly tuf: TufRepository;
}

/** Where a Sigstore publishes its roots. */
export interface TufRepository {
  /** https. */
  readonly mirror: string;
  /** `root.json`, in base64: the trust begins here. */
  readonly root: string;
}

/** A Sigstore of one's own: Fulcio, Rekor and the log of certificates, as its TUF repository names them. */
export interface PrivateSigstore {
  /** Its `mirror` (https), and `root.json` in base64, where the trust begins. */
  readonly tuf: TufRepository;
  /** @default - as the TUF repository says */
  readonly rekor?: { readonly url: string; readonly key: string };
  /** PEM, the public key of the log of certificates. Goes with `rekor`. @default - as the TUF repository says */
  readonly certificateLogKey?: string;
}

/** Who scans, how old a scan may be, and what it may have found. Cosign's predicate: https://cosign.sigstore.dev/attestation/vuln/v1. */
export interface ScanRequirement {
  /**
   * Who signs scans, and nobody else: none of those that sign images. What Kyverno takes for a signature is any bundle of a signer, an attestation, too;
   * a scanner with the key of releases could release.
   */
  readonly scanners: readonly Signer[];
  /** What has to have scanned, as the attestation's `scanner.uri` has it before any `@`: `pkg:github/aquasecurity/trivy`. */
  readonly scanner: string;
  /** How the scanner writes its report. @default 'trivy' */
  readonly report?: ReportFormat;
  /** How many hours after its end a scan counts, from 1 to 720. Pods that are replaced later wait for a new one. @default 72 */
  readonly maxAgeHours?: number;
  /** The least severity that is refused. What the scanner gives no severity is refused as well. @default 'high' */
  readonly refuseFrom?: ScanSeverity;
  /** Findings that somebody has judged. @default - none */
  readonly accepted?: readonly AcceptedFinding[];
}

/** Programs whose reports are read. */
export type ReportFormat = 'trivy' | 'grype';

export type ScanSeverity = 'low' | 'medium' | 'high' | 'critical';

/** A vulnerability that does not stop an image. */
export interface AcceptedFinding {
  /** As the scanner writes it: `CVE-2026-1234`, `GHSA-…`. */
  readonly id: string;
  /** Why, in words that a colleague understands in a year. At least 10 letters and digits. */
  readonly reason: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** Where the work to end it is tracked. @default - none */
  readonly ticket?: string;
}

/** Where an image was built. SLSA's predicate: https://slsa.dev/provenance/v1. */
export interface ProvenanceRequirement {
  /** Whoever builds; may be who signs the images. */
  readonly signers: readonly Signer[];
  /** `runDetails.builder.id`, exactly. */
  readonly builder: string;
}

/** What an image is made of. Asked for is that it is there and signed. */
export interface SbomRequirement {
  /** Whoever builds; may be who signs the images. */
  readonly signers: readonly Signer[];
  /** Its predicate is https://cyclonedx.org/bom or https://spdx.dev/Document. @default 'cyclonedx' */
  readonly format?: SbomFormat;
}

export type SbomFormat = 'cyclonedx' | 'spdx';

/** Images that run without a signature, for a while. They need a digest all the same. */
export interface UnsignedImages {
  /** Registry and repository, as `patterns` of an entry has them. */
  readonly patterns: readonly string[];
  /** Why, in words that a colleague understands in a year. At least 10 letters and digits. */
  readonly reason: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. The cluster refuses them from the next day on, whether or not anybody synthesizes. */
  readonly expires: string;
  /** Where the work to end it is tracked. @default - none */
  readonly ticket?: string;
}
