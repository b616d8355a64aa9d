export type { AccessGrant } from './access/access-grant';
export { BreakGlass, type BreakGlassProps } from './access/break-glass';
export { BreakGlassPolicy, type BreakGlassPolicyProps } from './access/break-glass-policy';
export { ClusterAuditor, type ClusterAuditorProps } from './access/cluster-auditor';
export { DebugProfile, type DebugProfileOptions } from './access/debug-profile';
export { AccessSubject, type AccessSubjectProps, Group, type PodAccessOptions, User } from './access/subject';
export type { AccessVerb } from './access/verbs';
export { BulwarkApp, type BulwarkAppProps, type SynthesisOptions, type SynthesisResult } from './app/bulwark-app';
export { OutputFolderError, type OutputFolderFault } from './app/output-error';
export type { OutputResult } from './app/output-folder';
export { Platform, type PlatformProps } from './app/platform';
export { SynthesisError } from './app/synthesis-error';
export type { CertificateMountOptions, CertificateReload } from './certificates/certificate-mount';
export { Issuer } from './certificates/issuer';
export { PrivateAuthority, type PrivateAuthorityProps } from './certificates/private-authority';
export { TlsCertificate, type TlsCertificateProps } from './certificates/tls-certificate';
export { type AuthoritySecret, TrustBundle, type TrustBundleProps } from './certificates/trust-bundle';
export { ExistingNamespace, type ExistingNamespaceProps } from './namespace/existing-namespace';
export {
  LockedNamespace,
  type LockedNamespaceProps,
  type NamespaceLimits,
  type NamespaceQuota,
} from './namespace/locked-namespace';
export { NamespaceScope, type NamespaceScopeProps } from './namespace/namespace-scope';
export { type Persona, type PersonaGroups, type PolicyRule, personaRules } from './namespace/personas';
export type { ApiAccessRule, Verb } from './network/api-access';
export { CloudIdentity, type GkeIdentityOptions, type PodUse } from './network/cloud-identity';
export { ClusterGuardrails, type ClusterGuardrailsProps } from './network/cluster-guardrails';
export type { ConnectOptions } from './network/connect-options';
export type { Egress, EgressPort } from './network/egress';
export { ExternalNetwork, type ExternalNetworkProps } from './network/external-network';
export { ExternalWorkload, type ExternalWorkloadProps } from './network/external-workload';
export { ExistingGateway, type ExistingGatewayProps } from './network/gateway/existing-gateway';
export type { RouteOptions } from './network/gateway/expose';
export { Gateway, type GatewayImplementation, type GatewayProps } from './network/gateway/gateway';
export type { RouteParent } from './network/gateway/route-parent';
export type { IngressOptions } from './network/ingress/expose';
export {
  IngressController,
  type IngressControllerProps,
  type IngressImplementation,
} from './network/ingress/ingress-controller';
export { MutualTls, type MutualTlsProps, type PlaintextOptions } from './network/mutual-tls';
export type { IngressSource, Peer, PodSource } from './network/peers';
export { WorkloadGroup } from './network/workload-group';
export { AdmissionPolicies, type AdmissionPoliciesProps } from './policy/admission-policies';
export { SignedImages, type SignedImagesProps } from './policy/signed-images';
export type { AccessError, AccessFault } from './secrets/access-error';
export { CloudAccessError, type CloudAccessFault } from './secrets/cloud/access-error';
export {
  type AwsLocation,
  AwsSecretMount,
  type ParameterName,
  type ParameterOptions,
  type SecretsManagerOptions,
} from './secrets/cloud/aws-secret-mount';
export {
  type AzureObjectOptions,
  AzureSecretMount,
  type AzureSecretOptions,
  type AzureVersion,
} from './secrets/cloud/azure-secret-mount';
export { CloudAccess } from './secrets/cloud/cloud-access';
export type { CloudFileOptions, CloudMountOptions, CloudSecretMount } from './secrets/cloud/cloud-secret-mount';
export { GcpSecretMount, type GcpSecretOptions } from './secrets/cloud/gcp-secret-mount';
export { EncryptedSecret, type EncryptedSecretProps } from './secrets/encrypted/encrypted-secret';
export { SecretFile, type SecretFileOptions, type SecretReference } from './secrets/kubernetes/secret-file';
export { SecretMount } from './secrets/secret-mount';
export { SecretsStoreDriver, SecretsStoreDriverError } from './secrets/secrets-store-driver';
export { VaultAccessError, type VaultAccessFault } from './secrets/vault/access-error';
export { VaultAccess } from './secrets/vault/vault-access';
export {
  type DatabaseMountOptions,
  type KvMountOptions,
  type PkiMountOptions,
  type SyncedSecret,
  type TransitOptions,
  type VaultFileOptions,
  type VaultMountOptions,
  VaultSecretMount,
} from './secrets/vault/vault-secret-mount';
export type { Autoscale } from './workload/autoscale';
export type { ContainerProps, PreStop } from './workload/container';
export { type ContainerResource, Env, type PodField } from './workload/env';
export type { JobOptions } from './workload/job-spec';
export { type ClaimOptions, type KeysOptions, Mount, type WritablePath } from './workload/mount';
export type { DedicatedNodes, NamedContainerProps, PodProps, TokenProps } from './workload/pod';
export type { Port, PortProps } from './workload/port';
export {
  type GrpcProbeOptions,
  type HttpProbeOptions,
  type PortProbeOptions,
  Probe,
  type ProbeOptions,
} from './workload/probe';
export type { ByteQuantity, CpuQuantity, Resources } from './workload/resources';
export { ScalableWorkload, type ScalableWorkloadProps } from './workload/scalable-workload';
export { SecureCronJob, type SecureCronJobProps } from './workload/secure-cron-job';
export { SecureDaemonSet, type SecureDaemonSetProps } from './workload/secure-daemon-set';
export { SecureDeployment, type SecureDeploymentProps } from './workload/secure-deployment';
export { SecureJob, type SecureJobProps } from './workload/secure-job';
export { SecureStatefulSet, type SecureStatefulSetProps, type StorageProps } from './workload/secure-stateful-set';
export { SecureWorkload } from './workload/workload';
export type { ServiceProps, WorkloadProps } from './workload/workload-props';
