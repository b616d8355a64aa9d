export type { Direction } from './allowances';
export { type Cidr, cidrContains, cidrsOverlap, parseCidr } from './cidr';
export type { Connection, RequiredPolicy } from './connection';
export type { Isolation, PeerOfPolicy } from './isolation';
export { type MetadataAddress, metadataAddresses } from './metadata-addresses';
export type { NetworkPolicyPeer, NetworkPolicyPort } from './peer';
export { type NetworkPolicySpec, networkPolicySpec, type Opening } from './policy-spec';
export type { LabelledPods, SelectedPods } from './selected-pods';
