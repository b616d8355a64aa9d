export type { Direction } from './allowances';
export { type Cidr, cidrContains, cidrsOverlap, parseCidr } from './cidr';
export type { Connection, RequiredPolicy } from './connection';
export {
  type GuardedCluster,
  type GuardrailFault,
  type Guardrails,
  guardrailFaults,
  guardrailPolicies,
  type MetadataGuardrail,
  type SystemGuardrail,
  type TenantGuardrail,
} from './guardrails';
export type { Isolation, PeerOfPolicy, RuleOfPolicy } from './isolation';
export {
  type Evasion,
  type Marks,
  type Mesh,
  type MeshClient,
  type MeshName,
  type MeshPort,
  type MeshProbe,
  type MeshSettings,
  type MeshWorkload,
  meshes,
  type ProxyResources,
} from './mesh';
export { type MetadataAddress, metadataAddresses } from './metadata-addresses';
export type { NetworkPolicyPeer, NetworkPolicyPort } from './peer';
export { type NetworkPolicySpec, networkPolicySpec, type Opening } from './policy-spec';
export { type PortEntry, PortSet } from './port-set';
export {
  type Action,
  type DeclaredPort,
  type End,
  type Explanation,
  type NetworkNamespace,
  type NetworkNode,
  type NetworkPods,
  type NetworkWorld,
  networkWorldOf,
  type PodsSelection,
  type PolicyPeer,
  type PolicyRule,
  type PortId,
  privateNetworks,
  type Reach,
  Reachability,
  type ReachPolicy,
  type RuleStep,
  type SideAnswer,
  type Tier,
  type WorldOfObjects,
  type WorldOptions,
} from './reach';
export type { LabelledPods, SelectedPods } from './selected-pods';
export type { KnownLabels } from './selectors';
export type { Temporary } from './temporary';
