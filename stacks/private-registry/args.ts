import type { Input } from '@pulumi/pulumi';

/** The images, with their registries and digests. */
export interface RegistryImagesArgs {
  /** The product: `registry` from 3.1 with a shell (as its own image has one), or zot from 2.1. */
  registry: string;
}

/** Somebody who pulls and pushes by a password. */
export interface RegistryUserArgs {
  name: string;
  /** From 16 to 72 bytes: what bcrypt takes. A secret of Pulumi. Needed unless `secretsElsewhere`. */
  password?: Input<string>;
}

/** How the registry lets in. Nobody is let in without. */
export interface RegistryAuthenticationArgs {
  /** `htpasswd`, `token` or `oidc`. */
  kind: string;
  /** With `htpasswd`: who is let in. With `oidc` and zot: machines, which nobody signs in. */
  users?: RegistryUserArgs[];
  /** With `token`: where clients are sent for one, `https://auth.acme.example/token`. */
  realm?: string;
  /** With `token`: the audience that tokens name. */
  service?: string;
  /** With `token`, who issues them; with `oidc`, the provider: `https://login.acme.example/realms/acme`. */
  issuer?: string;
  /** With `token`: the certificates that tokens are signed by, as PEM. This or `jwks`. */
  certificates?: string;
  /** With `token`: the keys that tokens are signed by, as JSON. This or `certificates`. */
  jwks?: string;
  /** With `oidc`: the client at the provider. */
  clientId?: string;
  /**
   * With `oidc`: a Secret in the stack's namespace that somebody else makes. zot reads the client's name and secret from its key `credentials.json`:
   * `{"clientid": "registry", "clientsecret": "…"}`. Of Harbor it has every credential, the client's among them as `client-secret`.
   */
  secretName?: string;
  /** With `oidc`: @default - openid, profile, email, groups */
  scopes?: string[];
  /** With `oidc`: the claim with the groups of a user. @default 'groups' */
  groupsClaim?: string;
  /** With `oidc`: addresses of the provider, which the registry may connect to. */
  cidrs?: string[];
}

/** A team's rights. Who is in no team may pull and push nothing. */
export interface RegistryTeamArgs {
  name: string;
  /** Repositories that it may push to: `shop/**`. */
  push: string[];
  /** Repositories that it may pull from besides. @default - what it may push to */
  pull?: string[];
  /** @default - none */
  users?: string[];
  /** Groups of the OpenID provider. @default - none */
  groups?: string[];
}

/** A bucket that blobs are kept in, reached by the identity of the ServiceAccount. There is no argument for a key. */
export interface RegistryBucketArgs {
  /** `s3`, `gcs` or `azure`. */
  kind: string;
  /** The bucket; on Azure the container. */
  name: string;
  /** Who the registry is: the ARN of an IAM role, the email of a Google service account, the client ID of an Azure managed identity. */
  identity: string;
  /** Addresses of the store, and of the cloud's service of tokens: those of private endpoints, `10.0.0.0/16`. */
  cidrs: string[];
  /** Of an S3 bucket: `eu-central-1`. */
  region?: string;
  /** The key of KMS that S3 encrypts by. @default - S3's own */
  kmsKeyArn?: string;
  /** The storage account, on Azure. */
  account?: string;
}

/** The volume of a registry that keeps blobs on one. */
export interface RegistryVolumeArgs {
  /** @default - from the load */
  gibibytes?: number;
  /** @default - the cluster's */
  storageClass?: string;
}

/** A registry elsewhere, whose images are kept here once they were pulled. */
export interface RegistryUpstreamArgs {
  /** `docker.io` */
  host: string;
  /** Its repositories that may be pulled: `library/*`. They are found below its host: `registry.acme.example/docker.io/library/redis`. */
  allow: string[];
  /** Addresses of the upstream, or of a proxy to it, which the registry may connect to. */
  cidrs?: string[];
}

/** The database of Harbor: PostgreSQL, over TLS whose certificate is checked. Its password is in the Secret of `authentication.secretName`. */
export interface RegistryDatabaseArgs {
  host: string;
  /** @default 5432 */
  port?: number;
  /** @default 'registry' */
  name?: string;
  user: string;
  /** Addresses of it. */
  cidrs: string[];
  /** A Secret in the stack's namespace with the key `ca.crt`, which the authorities of the parts are added to. @default - the authorities of the images */
  authoritySecret?: string;
}

/** What Harbor looks for vulnerabilities by. */
export interface RegistryScannerArgs {
  /** Repositories of trivy's database, the first one that answers counting: `mirror.acme.example/aquasec/trivy-db`. */
  databases: string[];
  /** Those of what it knows of Java. */
  javaDatabases: string[];
  /** Addresses of these, and of registries that Harbor itself is to copy from. */
  cidrs: string[];
  /** The volume of the databases. @default 10 */
  gibibytes?: number;
}

/** What Harbor needs besides. */
export interface RegistryHarborArgs {
  /** The images of its other parts, by their names: `nginx`, `portal`, `core`, `jobservice`, `registryctl`, `trivy`, `redis`, `exporter`. */
  images: Record<string, string>;
  database: RegistryDatabaseArgs;
  scanner: RegistryScannerArgs;
  /** Where the chart is: a folder, or an address of an OCI registry. @default - https://helm.goharbor.io */
  chart?: string;
}

/** When what nothing refers to any more is deleted. With distribution nobody can push meanwhile. */
export interface RegistryCollectionArgs {
  /** `sunday`, … @default - sunday */
  weekdays?: string[];
  /** When it begins, in UTC: `02:00`. @default '02:00' */
  at?: string;
  /** How long it may take, and pushes are refused: from 15 to 720. @default 60 */
  minutes?: number;
}

/** A copy of the registry's volume on another one, made while it runs. */
export interface RegistryBackupArgs {
  /** When it is made each day, in UTC. @default '00:30' */
  at?: string;
  /** The size of the volume of copies. @default - that of the registry's */
  gibibytes?: number;
  /** Another than that of the registry's volume, on other disks: a copy beside the original is lost with it. */
  storageClass: string;
  /** How many days can be gone back to. @default 14 */
  days?: number;
  /** The day of the copy that an empty volume is filled from: `2027-03-01`. A volume that has a registry stays as it is. @default - none is */
  restore?: string;
}

/** A namespace whose pods pull by a user of the registry. */
export interface RegistryPullSecretArgs {
  namespace: string;
  /** One of `authentication.users`. */
  user: string;
}

/** What the registry has to carry: its size follows from it. */
export interface RegistryLoadArgs {
  /** Images that nodes pull in a second, at the busiest. @default 1 */
  pullsPerSecond?: number;
  /** What is kept, in GiB, layers that images share counted once. @default 50 */
  imageGibibytes?: number;
}

/** Who proves an identity while signing (keyless): a workflow of CI, mostly. One of `subject` and `matches`. */
export interface RegistryIdentityArgs {
  /** Who vouches for it: `https://token.actions.githubusercontent.com`. */
  issuer: string;
  /** The identity, exactly. */
  subject?: string;
  /** The identity as a regular expression of RE2, anchored at both ends. */
  matches?: string;
}

/** Who scans images for vulnerabilities, and what a scan may have found. */
export interface RegistryScanArgs {
  /** Public keys of cosign that scans are signed by, as PEM: none of those that images are signed by. */
  keys?: string[];
  identities?: RegistryIdentityArgs[];
  /** What has scanned, as the attestation names it: `pkg:github/aquasecurity/trivy`. */
  scanner: string;
  /** `trivy` or `grype`. @default 'trivy' */
  report?: string;
  /** How old a scan may be, from 1 to 720. @default 72 */
  maxAgeHours?: number;
  /** The least severity that is refused: `low`, `medium`, `high`, `critical`. @default 'high' */
  refuseFrom?: string;
}

/** Images from elsewhere that run unsigned, for a while. */
export interface RegistryUnsignedArgs {
  /** `registry.k8s.io/**` */
  patterns: string[];
  /** Why, in words that a colleague understands in a year. */
  reason: string;
  /** The last day on which it holds: `2027-03-01`. */
  expires: string;
}

/** Who signs what the cluster runs: Kyverno, from 1.19, admits images of the registry that one of them has signed, and nothing else. */
export interface RegistrySignaturesArgs {
  /** Public keys of cosign, as PEM. One is enough, so that a new one can be listed beside the old. */
  keys?: string[];
  /** @default - keys alone */
  identities?: RegistryIdentityArgs[];
  /** A fresh scan that has to be attested. @default - none is asked for */
  scan?: RegistryScanArgs;
  /** @default - none */
  unsigned?: RegistryUnsignedArgs[];
  /** Namespaces where nothing is verified, beside the registry's own and those that Kyverno leaves out. @default - none */
  excludeNamespaces?: string[];
  /** Secrets of type kubernetes.io/dockerconfigjson in Kyverno's namespace, by which it reads signatures. */
  pullSecrets: string[];
}

/** What a private registry takes. What decides which objects there are is plain; passwords may be outputs. */
export interface PrivateRegistryArgs {
  /** The version of Kubernetes: `1.34`. */
  kubernetesVersion: string;
  /** Where the cluster comes from: `kubeadm`, `kind`, `eks`. @default 'generic' */
  distribution?: string;
  /** Who answers for it: a label of the namespace. */
  owner: string;
  /** `distribution`, `zot` or `harbor`. @default 'distribution' */
  product?: string;
  images: RegistryImagesArgs;
  /** Registries that images may come from: the registry's own image comes from another than this one. */
  registries: string[];
  /** The ClusterIssuer of cert-manager whose authority nodes trust. */
  issuer: string;
  /** What clients call it: `registry.acme.example`, without scheme and path. */
  host: string;
  authentication: RegistryAuthenticationArgs;
  /** @default - whoever is let in may pull and push everything */
  teams?: RegistryTeamArgs[];
  /** Repositories whose tags never change: `shop/**`. @default - none */
  immutableTags?: string[];
  /** Where blobs are kept. @default - a volume */
  bucket?: RegistryBucketArgs;
  volume?: RegistryVolumeArgs;
  /** With the product harbor. */
  harbor?: RegistryHarborArgs;
  /** More than one needs a bucket. @default - 2 with a bucket, 1 without */
  replicas?: number;
  /** What replicas sign the state of uploads by, 32 characters or more: a secret of Pulumi. Needed with more than one, unless `secretsElsewhere`. */
  uploadSecret?: Input<string>;
  /**
   * Whether somebody else makes the Secrets, such as External Secrets: then the stack knows no password and makes none of them, and manifests name
   * them. `registry-users` and `registry-upload` are in its namespace, `registry-pull` in each of `pullSecrets`. @default false
   */
  secretsElsewhere?: boolean;
  upstreams?: RegistryUpstreamArgs[];
  /** Whose images the cluster runs, as a policy of Kyverno. @default - nobody has to sign */
  signatures?: RegistrySignaturesArgs;
  /** @default - each Sunday from 02:00 to 03:00 UTC */
  garbageCollection?: RegistryCollectionArgs;
  /** Of a volume: a bucket is copied by its cloud. @default - there is none */
  backup?: RegistryBackupArgs;
  /** Namespaces with a Secret `registry-pull`. @default - none */
  pullSecrets?: RegistryPullSecretArgs[];
  load?: RegistryLoadArgs;
  /** The namespace of the gateway that hands connections on as they are (TLS passthrough). */
  gatewayNamespace: string;
  /** The namespace of Prometheus, which may ask for metrics. @default - none may, and there are none */
  prometheusNamespace?: string;
  /** The namespace that is made. @default 'registry' */
  namespace?: string;
  /** With zot: the one of `authentication.users` that Prometheus asks as, at `https://<address>/metrics`. @default - there are no metrics */
  metricsUser?: string;
  /** Whether there are alerts, as a PrometheusRule: the cluster has the Prometheus operator. @default true where there is prometheusNamespace */
  alerts?: boolean;
  /** Whether there is a dashboard, as a ConfigMap that Grafana's sidecar finds: distribution has one. @default true where there is prometheusNamespace */
  dashboard?: boolean;
  /** Labels by which Prometheus selects its rules. @default - none */
  ruleLabels?: Record<string, string>;
  /** Where the runbooks are, as the start of an address: the name of the alert in lower case follows. @default - alerts name the page of the manual */
  runbooks?: Input<string>;
}
