export { cronScheduleFault, isTimeZone } from './cron-schedule';
export * from './identity';
export * from './image-reference';
export type { JsonPatchOperation } from './json-patch';
export { type Layout, LayoutCollisionError, layOut, UnnamedObjectError } from './layout';
export { mergePatch, type Patch } from './merge';
export { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, toDnsLabel } from './names';
export type { Json, KubernetesObject, ObjectMeta } from './object';
export { DependencyCycleError, orderObjects, UnknownDependencyError } from './order';
export * from './path';
/** The core/v1 types of pods, as plain data: `k8s.PodSpec`, `k8s.Container`. */
export type * as k8s from './pod';
export * from './pod-template';
export * from './quantity';
export * from './yaml/read';
export * from './yaml/write';
