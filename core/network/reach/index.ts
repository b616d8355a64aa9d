export { assumptionsOf } from './assumptions';
export { NetworkDifference, type ReachChange } from './difference';
export { type MatrixFilter, type MatrixOptions, NetworkMatrix, type ReachRow } from './matrix';
export type { PortId } from './port-ids';
export { resolvePorts } from './port-spec';
export { type Explanation, type Reach, Reachability, type RuleStep, type SideAnswer } from './reachability';
export type { Action, PodsSelection, PolicyPeer, PolicyRule, ReachPolicy, Tier } from './read-policy';
export {
  type DeclaredPort,
  type End,
  type NetworkNamespace,
  type NetworkNode,
  type NetworkPods,
  type NetworkWorld,
  privateNetworks,
} from './world';
export { declaredPortsOf, networkWorldOf, type WorldOfObjects, type WorldOptions } from './world-of-objects';
