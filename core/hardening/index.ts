export { type DebugContainer, debugContainer, debugUser } from './debug-profile';
export { type Demand, peakDemand, type QuotaResource } from './demand';
export type { Change, ChangeClass, Note } from './draft';
export { type HardenContext, type HardenedPod, harden, type OwnerFacts } from './harden';
export { defaultProfile, type HardeningProfile, type ProfileName, profiles } from './profile';
export type { SafeDefaultName } from './safe-defaults';
export { targetNotes } from './target-notes';
