export { type Cidr, cidrContains, cidrsOverlap, parseCidr } from './cidr';
export type { Connection, RequiredPolicy } from './connection';
export { type MetadataAddress, metadataAddresses } from './metadata-addresses';
export type { NetworkPolicyPeer, NetworkPolicyPort } from './peer';
export { type NetworkPolicySpec, networkPolicySpec, type Opening } from './policy-spec';
