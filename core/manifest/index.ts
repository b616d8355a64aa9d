export { cronScheduleFault, isTimeZone } from './cron-schedule';
export { apiGroup, apiVersionOf, formatIdentity, type Identity, identityKey, identityOf } from './identity';
export type { JsonPatchOperation } from './json-patch';
export { type Layout, LayoutCollisionError, layOut, type TextOf, UnnamedObjectError } from './layout';
export { mergePatch, type Patch } from './merge';
export { isAnnotationKey, isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, toDnsLabel } from './names';
export type { Json, KubernetesObject, ObjectMeta } from './object';
export { DependencyCycleError, orderObjects, UnknownDependencyError } from './order';
export { formatPath, type Path, parsePath } from './path';
/** The core/v1 types of pods, as plain data: `k8s.PodSpec`, `k8s.Container`. */
export type * as k8s from './pod';
export {
  type ContainerRole,
  containerRoles,
  containersOf,
  type PodContainer,
  type PodTemplate,
  type PodTemplateKind,
  PodTemplateKinds,
  podTemplateOf,
  withPodTemplate,
} from './pod-template';
export { Quantity, QuantityError, type QuantityFormat } from './quantity';
export {
  type ManifestDocument,
  type ManifestError,
  type Manifests,
  type Position,
  type ReadOptions,
  readManifests,
} from './yaml/read';
export { writeManifests, writeYaml, YamlWriteError } from './yaml/write';
