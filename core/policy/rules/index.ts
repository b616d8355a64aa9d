import { nearest } from '../../nearest';
import type { DeclaredRule, Rule, SetRule } from '../rule';
import { gatekeeperRepoPrefix } from './admission/gatekeeper-repo-prefix';
import { webhookSecrets } from './admission/webhook-secrets';
import { webhookUrl } from './admission/webhook-url';
import { accessExpiry } from './declaration/access-expiry';
import { annotationValid } from './declaration/annotation-valid';
import { apiServerEndpoints } from './declaration/api-server-endpoints';
import { apparmorMissing } from './declaration/apparmor-missing';
import { cidrValid } from './declaration/cidr-valid';
import { connectionCut } from './declaration/connection-cut';
import { connectionPort } from './declaration/connection-port';
import { constructValidation } from './declaration/construct-validation';
import { encryptedSecret } from './declaration/encrypted-secret';
import { envName } from './declaration/env-name';
import { exceptionLong } from './declaration/exception-long';
import { exceptionUnused } from './declaration/exception-unused';
import { exceptionValid } from './declaration/exception-valid';
import { externalPolicy } from './declaration/external-policy';
import { fqdnPolicy } from './declaration/fqdn-policy';
import { gatedField } from './declaration/gated-field';
import { labelValue } from './declaration/label-value';
import { meshIdentity } from './declaration/mesh-identity';
import { meshPlaintext } from './declaration/mesh-plaintext';
import { meshPlugin } from './declaration/mesh-plugin';
import { mountPath } from './declaration/mount-path';
import { nameValid } from './declaration/name-valid';
import { namespaceBounds } from './declaration/namespace-bounds';
import { namespaceLimit } from './declaration/namespace-limit';
import { namespaceQuota } from './declaration/namespace-quota';
import { nestedChart } from './declaration/nested-chart';
import { networkPolicyEnforced } from './declaration/network-policy-enforced';
import { networkPolicyValid } from './declaration/network-policy-valid';
import { objectList } from './declaration/object-list';
import { openingExpiry } from './declaration/opening-expiry';
import { patchValid } from './declaration/patch-valid';
import { plainData } from './declaration/plain-data';
import { podSecurityConflict } from './declaration/pod-security-conflict';
import { podValid } from './declaration/pod-valid';
import { portValid } from './declaration/port-valid';
import { probePort } from './declaration/probe-port';
import { propValid } from './declaration/prop-valid';
import { replicasValid } from './declaration/replicas-valid';
import { ruleFailed } from './declaration/rule-failed';
import { scheduleValid } from './declaration/schedule-valid';
import { schemaValid } from './declaration/schema-valid';
import { secretMount } from './declaration/secret-mount';
import { secretWildcard } from './declaration/secret-wildcard';
import { selectorMatch } from './declaration/selector-match';
import { singleNodeVolume } from './declaration/single-node-volume';
import { supplementalGroups } from './declaration/supplemental-groups';
import { targetApi } from './declaration/target-api';
import { targetValid } from './declaration/target-valid';
import { userNamespaces } from './declaration/user-namespaces';
import { vaultTls } from './declaration/vault-tls';
import { imageAllowed } from './image/image-allowed';
import { imageDeprecatedRegistry } from './image/image-deprecated-registry';
import { imageDigest } from './image/image-digest';
import { imageRegistry } from './image/image-registry';
import { imageValid } from './image/image-valid';
import { limitRange } from './namespace/limit-range';
import { namespaceDefault } from './namespace/namespace-default';
import { namespacePodSecurity } from './namespace/namespace-pod-security';
import { namespaceSystem } from './namespace/namespace-system';
import { resourceQuota } from './namespace/resource-quota';
import { adminInterface } from './network/admin-interface';
import { gatewayRoutes } from './network/gateway-routes';
import { gatewayTls } from './network/gateway-tls';
import { ingressAnnotations } from './network/ingress-annotations';
import { ingressNginxRetired } from './network/ingress-nginx-retired';
import { ingressSnippet } from './network/ingress-snippet';
import { ingressTls } from './network/ingress-tls';
import { networkBlock } from './network/network-block';
import { networkClusterAddress } from './network/network-cluster-address';
import { networkConnectionBlocked } from './network/network-connection-blocked';
import { networkMetadata } from './network/network-metadata';
import { networkMetadataGroup } from './network/network-metadata-group';
import { networkOpen } from './network/network-open';
import { networkPeerUnknown } from './network/network-peer-unknown';
import { networkPolicyCoverage } from './network/network-policy-coverage';
import { networkPolicyRedundant } from './network/network-policy-redundant';
import { networkPolicyUnused } from './network/network-policy-unused';
import { networkPortUnused } from './network/network-port-unused';
import { serviceExposure } from './network/service-exposure';
import { serviceExternalIps } from './network/service-external-ips';
import { serviceExternalName } from './network/service-external-name';
import { serviceTargetPort } from './network/service-target-port';
import { rbacAdmission } from './rbac/rbac-admission';
import { rbacAggregation } from './rbac/rbac-aggregation';
import { rbacAnonymous } from './rbac/rbac-anonymous';
import { rbacApiExtension } from './rbac/rbac-api-extension';
import { rbacBind } from './rbac/rbac-bind';
import { rbacBroadSubject } from './rbac/rbac-broad-subject';
import { rbacCertificates } from './rbac/rbac-certificates';
import { rbacClusterAdmin } from './rbac/rbac-cluster-admin';
import { rbacConfigMaps } from './rbac/rbac-config-maps';
import { rbacDefaultAccount } from './rbac/rbac-default-account';
import { rbacDeletion } from './rbac/rbac-deletion';
import { rbacEscalate } from './rbac/rbac-escalate';
import { rbacEvents } from './rbac/rbac-events';
import { rbacExec } from './rbac/rbac-exec';
import { rbacImpersonate } from './rbac/rbac-impersonate';
import { rbacMasters } from './rbac/rbac-masters';
import { rbacNamespaces } from './rbac/rbac-namespaces';
import { rbacNetworkPolicies } from './rbac/rbac-network-policies';
import { rbacNodeProxy } from './rbac/rbac-node-proxy';
import { rbacNodes } from './rbac/rbac-nodes';
import { rbacPersistentVolumes } from './rbac/rbac-persistent-volumes';
import { rbacPortForward } from './rbac/rbac-port-forward';
import { rbacRoles } from './rbac/rbac-roles';
import { rbacSecrets } from './rbac/rbac-secrets';
import { rbacServiceStatus } from './rbac/rbac-service-status';
import { rbacTokens } from './rbac/rbac-tokens';
import { rbacTraffic } from './rbac/rbac-traffic';
import { rbacWildcard } from './rbac/rbac-wildcard';
import { rbacWorkloads } from './rbac/rbac-workloads';
import { sccPrivileged } from './rbac/scc-privileged';
import { serviceAccountAutomount } from './rbac/service-account-automount';
import { secretInConfig } from './secrets/secret-in-config';
import { secretInEnv } from './secrets/secret-in-env';
import { secretInManifest } from './secrets/secret-in-manifest';
import { secretLeak } from './secrets/secret-leak';
import { secretLiteral } from './secrets/secret-literal';
import { secretVolume } from './secrets/secret-volume';
import { storageEncryption } from './secrets/storage-encryption';
import { tokenSecret } from './secrets/token-secret';
import { vaultAgent } from './secrets/vault-agent';
import { identityUnique } from './set/identity-unique';
import { namespaceNetworkIsolation } from './set/namespace-network-isolation';
import { pdbKeepsAll } from './set/pdb-keeps-all';
import { secretOwner } from './set/secret-owner';
import { selectorOverlap } from './set/selector-overlap';
import { adminTools } from './workload/admin-tools';
import { apparmorProfile } from './workload/apparmor-profile';
import { assignedIds } from './workload/assigned-ids';
import { capabilitiesAdd } from './workload/capabilities-add';
import { capabilitiesDropAll } from './workload/capabilities-drop-all';
import { cpuRequest } from './workload/cpu-request';
import { duplicatePort } from './workload/duplicate-port';
import { emptyDirSize } from './workload/empty-dir-size';
import { ephemeralContainers } from './workload/ephemeral-containers';
import { ephemeralStorageLimit } from './workload/ephemeral-storage-limit';
import { explicitIds } from './workload/explicit-ids';
import { gitSyncCommand } from './workload/git-sync-command';
import { highIds } from './workload/high-ids';
import { hostAliases } from './workload/host-aliases';
import { hostNamespaces } from './workload/host-namespaces';
import { hostPathPersistentVolume } from './workload/host-path-persistent-volume';
import { hostPathSensitive } from './workload/host-path-sensitive';
import { hostPathVolumes } from './workload/host-path-volumes';
import { hostPathWritable } from './workload/host-path-writable';
import { hostPorts } from './workload/host-ports';
import { memoryLimit } from './workload/memory-limit';
import { nakedPod } from './workload/naked-pod';
import { namedPorts } from './workload/named-ports';
import { pdbBlocksDrain } from './workload/pdb-blocks-drain';
import { preStop } from './workload/pre-stop';
import { privilegeEscalation } from './workload/privilege-escalation';
import { privileged } from './workload/privileged';
import { privilegedPort } from './workload/privileged-port';
import { probeHost } from './workload/probe-host';
import { procMount } from './workload/proc-mount';
import { readOnlyRootFilesystem } from './workload/read-only-root-filesystem';
import { readinessProbe } from './workload/readiness-probe';
import { runAsGroup } from './workload/run-as-group';
import { runAsNonRoot } from './workload/run-as-non-root';
import { runAsUser } from './workload/run-as-user';
import { runtimeSocket } from './workload/runtime-socket';
import { seccompProfile } from './workload/seccomp-profile';
import { selinuxOptions } from './workload/selinux-options';
import { serviceAccountAlias } from './workload/service-account-alias';
import { serviceAccountName } from './workload/service-account-name';
import { serviceAccountToken } from './workload/service-account-token';
import { serviceLinks } from './workload/service-links';
import { sshPort } from './workload/ssh-port';
import { sudoEntrypoint } from './workload/sudo-entrypoint';
import { sysctls } from './workload/sysctls';
import { targetField } from './workload/target-field';
import { terminationGrace } from './workload/termination-grace';
import { tokenLifetime } from './workload/token-lifetime';
import { volumeTypes } from './workload/volume-types';
import { windowsHostProcess } from './workload/windows-host-process';

/** Every rule, by subject: one line each. */
export const rules = [
  hostNamespaces,
  privileged,
  hostPathVolumes,
  runtimeSocket,
  hostPathSensitive,
  hostPathWritable,
  hostPathPersistentVolume,
  hostPorts,
  windowsHostProcess,
  apparmorProfile,
  selinuxOptions,
  sysctls,
  procMount,
  probeHost,
  capabilitiesAdd,
  seccompProfile,
  privilegeEscalation,
  capabilitiesDropAll,
  runAsNonRoot,
  runAsUser,
  runAsGroup,
  highIds,
  volumeTypes,
  readOnlyRootFilesystem,
  sudoEntrypoint,
  explicitIds,
  assignedIds,
  serviceAccountName,
  serviceAccountAlias,
  serviceAccountToken,
  tokenLifetime,
  serviceLinks,
  hostAliases,
  cpuRequest,
  memoryLimit,
  ephemeralStorageLimit,
  emptyDirSize,
  readinessProbe,
  preStop,
  terminationGrace,
  namedPorts,
  privilegedPort,
  sshPort,
  duplicatePort,
  ephemeralContainers,
  nakedPod,
  targetField,
  gitSyncCommand,
  adminTools,
  pdbBlocksDrain,
  imageValid,
  imageRegistry,
  imageAllowed,
  imageDigest,
  imageDeprecatedRegistry,
  secretInEnv,
  secretLiteral,
  secretInManifest,
  secretInConfig,
  secretLeak,
  secretVolume,
  tokenSecret,
  vaultAgent,
  storageEncryption,
  networkOpen,
  networkMetadata,
  networkMetadataGroup,
  networkBlock,
  networkClusterAddress,
  identityUnique,
  pdbKeepsAll,
  secretOwner,
  namespaceNetworkIsolation,
  selectorOverlap,
  networkPolicyCoverage,
  networkPolicyUnused,
  networkPeerUnknown,
  networkConnectionBlocked,
  networkPortUnused,
  networkPolicyRedundant,
  serviceExposure,
  serviceExternalIps,
  serviceExternalName,
  serviceTargetPort,
  adminInterface,
  ingressTls,
  ingressSnippet,
  ingressAnnotations,
  ingressNginxRetired,
  gatewayRoutes,
  gatewayTls,
  namespacePodSecurity,
  namespaceDefault,
  namespaceSystem,
  resourceQuota,
  limitRange,
  rbacWildcard,
  rbacSecrets,
  rbacEscalate,
  rbacBind,
  rbacImpersonate,
  rbacExec,
  rbacPortForward,
  rbacTokens,
  rbacNodeProxy,
  rbacNodes,
  rbacAdmission,
  rbacCertificates,
  rbacNamespaces,
  rbacPersistentVolumes,
  rbacApiExtension,
  rbacNetworkPolicies,
  rbacServiceStatus,
  rbacAggregation,
  rbacConfigMaps,
  rbacRoles,
  rbacWorkloads,
  rbacDeletion,
  rbacTraffic,
  rbacEvents,
  rbacClusterAdmin,
  rbacMasters,
  rbacAnonymous,
  rbacBroadSubject,
  rbacDefaultAccount,
  sccPrivileged,
  serviceAccountAutomount,
  webhookUrl,
  webhookSecrets,
  gatekeeperRepoPrefix,
  nameValid,
  objectList,
  labelValue,
  annotationValid,
  exceptionValid,
  exceptionLong,
  exceptionUnused,
  accessExpiry,
  openingExpiry,
  targetValid,
  targetApi,
  gatedField,
  connectionPort,
  connectionCut,
  podValid,
  networkPolicyValid,
  portValid,
  probePort,
  propValid,
  meshIdentity,
  meshPlaintext,
  meshPlugin,
  mountPath,
  envName,
  scheduleValid,
  patchValid,
  plainData,
  schemaValid,
  selectorMatch,
  encryptedSecret,
  secretMount,
  secretWildcard,
  vaultTls,
  cidrValid,
  nestedChart,
  fqdnPolicy,
  apiServerEndpoints,
  networkPolicyEnforced,
  externalPolicy,
  namespaceLimit,
  namespaceQuota,
  namespaceBounds,
  podSecurityConflict,
  userNamespaces,
  supplementalGroups,
  apparmorMissing,
  replicasValid,
  singleNodeVolume,
  constructValidation,
  ruleFailed,
] as const satisfies readonly Rule[];

type AnyRule = (typeof rules)[number];

/** The id of a rule. */
export type RuleId = AnyRule['id'];

/** The ids of the rules that are as the given type says. */
export type RuleIdOf<R> = Extract<AnyRule, R>['id'];

/** The id of a rule that is answered where the facts are. */
export type DeclaredRuleId = RuleIdOf<DeclaredRule>;

const all: readonly Rule[] = rules;

/** The rules over all objects together. */
export const setRules: readonly SetRule[] = all.filter((rule) => rule.subject === 'set');

const byId: ReadonlyMap<string, Rule> = new Map(all.map((rule) => [rule.id, rule]));

/** The rule of that id; undefined where there is none. */
export function ruleById(id: RuleId): Rule;
export function ruleById(id: string): Rule | undefined;
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}

/** Why a rule is not asked where these registries are named; undefined where it is. */
export function unaskedWithout(
  registries: readonly string[] | undefined,
  { id }: Pick<Rule, 'id'>,
): string | undefined {
  return id === imageAllowed.id && (registries ?? []).length === 0
    ? 'no registries are named that images may come from'
    : undefined;
}

/** The id that was most likely meant, for "did you mean"; undefined where none is near. */
export function nearestRuleId(text: string): RuleId | undefined {
  return nearest(
    text,
    rules.map(({ id }) => id),
  );
}
