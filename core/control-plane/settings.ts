import type { AuditPolicy } from '../audit/policy';
import type { ControlPlaneComponent } from './flag';

/** What a control plane is asked for. What is left out is the secure default that its comment says. */
export interface ControlPlaneSettings {
  /** How Secrets are encrypted in etcd. There is no default: a key, or a KMS, has to be chosen. */
  readonly encryption: EncryptionSettings;
  /** What is logged of which request, and where to. @default - the recommended policy, into a file that is rotated */
  readonly audit?: AuditSettings;
  /** What the API server refuses by itself. @default - Pod Security `restricted` outside of kube-system, and limits for events */
  readonly admission?: AdmissionSettings;
  /** Who may ask without credentials, and who vouches for users. @default - anonymous requests for health alone, and on kubeadm and kind for kube-public/cluster-info */
  readonly authentication?: AuthenticationSettings;
  /** The certificates and keys of the control plane. @default - kubeadm's, in /etc/kubernetes/pki */
  readonly pki?: PkiPaths;
  /**
   * Flags besides those that are made of the other settings, by program and name, without dashes. A flag that the settings make already is
   * a fault, and so is one that undoes them.
   * @default - none
   */
  readonly flags?: Readonly<Partial<Record<ControlPlaneComponent, Readonly<Record<string, string>>>>>;
  /** Finished pods that are kept before the oldest are deleted. CIS 1.12 1.3.1. More than 12500 takes an exception. @default 1000 */
  readonly terminatedPodThreshold?: number;
  /** Seconds that a request may take. CIS 1.12 1.2.20. More than 300 takes an exception. @default 60 */
  readonly requestTimeoutSeconds?: number;
  /** The folder of the files on the nodes. @default '/etc/kubernetes/bulwark' */
  readonly folder?: string;
  /** Why a setting is weaker than it should be, and until when. @default - none */
  readonly exceptions?: readonly ControlPlaneException[];
  /** The day against which exceptions expire, as `YYYY-MM-DD`. @default - none: needed with exceptions */
  readonly today?: string;
}

/** {@link ControlPlaneSettings.exceptions} */
export interface ControlPlaneException {
  /**
   * What is weaker: `audit.log.maxAgeDays`, `audit.log.maxBackups`, `audit.log.maxSizeMegabytes` below what CIS asks for,
   * `authentication.anonymous` for `rbac`, `admission.alwaysPullImages` for false, `admission.podSecurity.audit` and `.warn` for `privileged`,
   * `admission.podSecurity.exemptNamespaces` for others than kube-system, `requestTimeoutSeconds` above 300, `terminatedPodThreshold` above 12500.
   */
  readonly property: string;
  /** Why, in words that a colleague understands in a year. At least 10 letters and digits. */
  readonly reason: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** Where the work to end it is tracked. @default - none */
  readonly ticket?: string;
}

/** {@link ControlPlaneSettings.encryption}: one of `kms` and `secretbox`, or both while one replaces the other. */
export interface EncryptionSettings {
  /** A KMS plugin of version 2 on every node of the control plane: keys that never lie on a disk. Preferred. @default - none: this or `secretbox` is needed */
  readonly kms?: KmsPlugin;
  /**
   * The names of the keys, which the material is given for apart (`EncryptionKeys`): the first one encrypts, all of them decrypt.
   * XSalsa20 with Poly1305.
   * @default - none: this or `kms` is needed
   */
  readonly secretbox?: readonly string[];
  /** Which of both encrypts, where both are given: the other one decrypts what it has encrypted before. @default 'kms' */
  readonly writeWith?: 'kms' | 'secretbox';
  /** What is encrypted, as `<resource>` or `<resource>.<group>`. @default ['secrets', 'configmaps'] */
  readonly resources?: readonly string[];
}

/** A KMS plugin of version 2. */
export interface KmsPlugin {
  /** A name that stays: it stands before every value that is encrypted. */
  readonly name: string;
  /** The socket that the plugin listens on. @default 'unix:///var/run/kmsplugin/socket.sock' */
  readonly endpoint?: string;
  /** Seconds until a call has failed. @default 3 */
  readonly timeoutSeconds?: number;
}

/** The material of keys by their names: 32 random bytes each, in base64 (`head -c 32 /dev/urandom | base64`). */
export type EncryptionKeys = Readonly<Record<string, string>>;

/** {@link ControlPlaneSettings.audit} */
export interface AuditSettings {
  /** What is logged. @default AuditPolicy.recommended() */
  readonly policy?: AuditPolicy;
  /** The log in files, which the pipeline reads; false where a webhook takes everything. @default - as AuditLogFile says */
  readonly log?: AuditLogFile | false;
  /** The log to a service. @default - none */
  readonly webhook?: AuditWebhook;
}

/** How a backend goes about events: `blocking` keeps the answer back until the event is written, `batch` does not and may drop events. */
export type AuditMode = 'batch' | 'blocking' | 'blocking-strict';

/** The audit log as files. CIS 1.12 1.2.16 to 1.2.19. */
export interface AuditLogFile {
  /** Its folder is mounted for kube-apiserver to write to, and is to hold nothing else. @default '/var/log/kubernetes/audit/audit.log' */
  readonly path?: string;
  /** Days that rotated files are kept. @default 30 */
  readonly maxAgeDays?: number;
  /** Older files that are kept. @default 10 */
  readonly maxBackups?: number;
  /** The size that a file is rotated at. @default 100 */
  readonly maxSizeMegabytes?: number;
  /** Whether rotated files are compressed. @default true */
  readonly compress?: boolean;
  /** With `blocking` no event is lost in memory, and a full disk does not stop the API server. @default 'blocking' */
  readonly mode?: AuditMode;
  /** Bytes that an event may have before its bodies are cut off. @default - no limit */
  readonly maxEventBytes?: number;
}

/** The audit log to a service over HTTPS, with a certificate of the API server's own. */
export interface AuditWebhook {
  /** `https://…` */
  readonly url: string;
  /** The CA of the service, on the nodes. */
  readonly caFile: string;
  /** The certificate that the API server shows, on the nodes. */
  readonly clientCertificateFile: string;
  /** Its key, on the nodes. */
  readonly clientKeyFile: string;
  /** With `batch` no request waits for the service, and events are dropped where it is away for too long. @default 'batch' */
  readonly mode?: AuditMode;
  /** Events that wait in memory; those beyond are dropped, and counted in `apiserver_audit_error_total`. @default 10000 */
  readonly bufferSize?: number;
  /** Events in a batch. @default 400 */
  readonly maxBatchEvents?: number;
  /** Seconds until a batch is sent that is not full. @default 30 */
  readonly maxBatchWaitSeconds?: number;
  /** Batches a second. @default 10 */
  readonly throttleQps?: number;
  /** Batches at once after a pause. @default 15 */
  readonly throttleBurst?: number;
  /** Seconds until the first retry. @default 10 */
  readonly initialBackoffSeconds?: number;
  /** Bytes that an event may have before its bodies are cut off. @default 102400 */
  readonly maxEventBytes?: number;
  /** Bytes that a batch may have. @default 10485760 */
  readonly maxBatchBytes?: number;
}

/** One of the Pod Security Standards. */
export type PodSecurityStandard = 'privileged' | 'baseline' | 'restricted';

/** {@link ControlPlaneSettings.admission} */
export interface AdmissionSettings {
  /** What applies to namespaces without labels of their own. @default - `restricted` throughout, kube-system exempt */
  readonly podSecurity?: PodSecurityDefaults;
  /** How many events may be written. @default - 500 a second on each API server, 50 from a namespace, 50 from a user */
  readonly eventLimits?: readonly EventLimit[];
  /** Whether every start of a container asks the registry for its image, so that nobody runs another's private image. CIS 1.12 1.2.11. False takes an exception. @default true */
  readonly alwaysPullImages?: boolean;
  /** Admission plugins to switch on besides. @default - none */
  readonly plugins?: readonly string[];
}

/** Pod Security of namespaces that say nothing. */
export interface PodSecurityDefaults {
  /** What pods are refused by. @default 'restricted' */
  readonly enforce?: PodSecurityStandard;
  /** What is noted in the audit log. @default 'restricted' */
  readonly audit?: PodSecurityStandard;
  /** What is said to who makes the pod. @default 'restricted' */
  readonly warn?: PodSecurityStandard;
  /** Namespaces that are not judged at all; others than kube-system take an exception. @default ['kube-system'] */
  readonly exemptNamespaces?: readonly string[];
}

/** A limit of the admission plugin EventRateLimit. */
export interface EventLimit {
  /** What the limit is counted by. */
  readonly type: 'Server' | 'Namespace' | 'User' | 'SourceAndObject';
  /** Events a second. */
  readonly qps: number;
  /** Events at once. */
  readonly burst: number;
  /** How many of them are told apart. @default 4096 */
  readonly cacheSize?: number;
}

/** {@link ControlPlaneSettings.authentication} */
export interface AuthenticationSettings {
  /**
   * What requests without credentials may ask for. `health`: /livez, /readyz and /healthz, which probes and load balancers need. `off`:
   * nothing; probes then fail unless they have credentials. `rbac`: what RBAC gives them, only for versions that cannot tell paths apart.
   * @default 'health'
   */
  readonly anonymous?: 'health' | 'off' | 'rbac';
  /**
   * How nodes find the cluster they join: `token` reads kube-public/cluster-info without credentials, `file` brings it along.
   * @default - `token` on kubeadm and kind, `file` elsewhere
   */
  readonly discovery?: 'token' | 'file';
  /** Issuers of users' tokens (OIDC), as of AuthenticationConfiguration. @default - none */
  readonly jwt?: readonly JwtAuthenticator[];
}

/** An issuer of tokens. @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration */
export interface JwtAuthenticator {
  /** `https://…`, as in the claim `iss`. */
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** PEM of the CA of the issuer. @default - the system's */
  readonly certificateAuthority?: string;
  /** The claim that names the user. @default 'sub' */
  readonly usernameClaim?: string;
  /** What stands before user names, so that no issuer can name a user of the system's. */
  readonly usernamePrefix: string;
  /** The claim that names groups. @default - none */
  readonly groupsClaim?: string;
  /** What stands before groups. Needed with `groupsClaim`. */
  readonly groupsPrefix?: string;
}

/** Certificates, keys and CAs on the nodes. */
export interface PkiPaths {
  /** The folder that they are in. @default '/etc/kubernetes/pki' */
  readonly folder?: string;
  /** Names in the folder, or absolute paths, of what is not where kubeadm has it. @default - kubeadm's */
  readonly files?: Readonly<Partial<Record<PkiFile, string>>>;
}

/** What the flags of a control plane name. */
export type PkiFile =
  | 'clientCa'
  | 'kubeletCa'
  | 'kubeletClientCertificate'
  | 'kubeletClientKey'
  | 'etcdCa'
  | 'etcdCertificate'
  | 'etcdKey'
  | 'servingCertificate'
  | 'servingKey'
  | 'serviceAccountPublicKey'
  | 'serviceAccountPrivateKey'
  | 'rootCa';
