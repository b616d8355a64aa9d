/**
 * kube-bulwark: hardened Kubernetes manifests from TypeScript. Here is what an app is written with; `kube-bulwark/core` has the rules,
 * the hardening, the YAML and what else works on plain data, without cdk8s.
 */
export { BulwarkValidation, type ValidationContext } from './cli/cdk8s/bulwark-validation';
export * from './constructs';
export type { CertificateKey, CertificateUse, IssuerReference } from './core/certificates/certificate';
export type { Wildcards } from './core/certificates/faults';
export {
  type ApiServerOptions,
  type Capability,
  ClusterDns,
  ClusterTarget,
  type ClusterTargetOptions,
  type Cni,
  type Distribution,
  type KubernetesVersion,
  type MeshPlugin,
  type NodesOptions,
} from './core/cluster';
export type { ProfileName } from './core/hardening';
export type { ImageRegistry } from './core/images/image-registry';
export {
  type KubernetesObject,
  type k8s,
  type Layout,
  type Patch,
  type PodTemplateKind,
  PodTemplateKinds,
} from './core/manifest';
export type {
  MeshName,
  MetadataGuardrail,
  NetworkPolicyPeer,
  ProxyResources,
  SystemGuardrail,
  Temporary,
  TenantGuardrail,
} from './core/network';
export type { KnownGatewayImplementation } from './core/network/gateway/implementations';
export type { KnownIngressImplementation } from './core/network/ingress/implementations';
export type {
  Finding,
  PodSecurityLevel,
  RuleException,
  RuleId,
  RuleName,
  SecurityException,
  Severity,
} from './core/policy';
export type { CustomResources } from './core/rbac/auditor';
export type {
  AwsGrant,
  AwsPolicyArgs,
  AwsRolePolicyArgs,
  AzureGrant,
  AzureRoleAssignmentArgs,
  CloudGrant,
  GcpGrant,
  GcpSecretMemberArgs,
} from './core/secrets/cloud/access';
export type { AwsPolicyDocument, AwsPolicyStatement } from './core/secrets/cloud/aws-policy';
export type { AwsLogin, AzureLogin, CloudLogin, GcpLogin } from './core/secrets/cloud/login';
export type {
  AwsPlace,
  AzureEnvironment,
  AzurePlace,
  Cloud,
  CloudDeliveryId,
  CloudSecrets,
  GcpPlace,
} from './core/secrets/cloud/settings';
export type { SecretsStoreDriverOptions } from './core/secrets/csi-driver-values';
export type { SealingScope } from './core/secrets/encryption/sealed-secret';
export type { SecretFault } from './core/secrets/fault';
export {
  type ChangeSignal,
  CommandOnChange,
  type OnChange,
  RestartOnChange,
  SignalOnChange,
} from './core/secrets/on-change';
export { SecretTemplate } from './core/secrets/template';
export type { VaultRole } from './core/secrets/vault/access';
export type { VaultAccessOptions, VaultAuthRole } from './core/secrets/vault/auth-role';
export type {
  VaultAgentOptions,
  VaultAgentResources,
  VaultDeliveryId,
  VaultOperatorCache,
  VaultServer,
  VaultSoftware,
} from './core/secrets/vault/server';
export type { TransitOperation, VaultCapability, VaultGrant } from './core/secrets/vault/source';
