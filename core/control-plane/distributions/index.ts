export { type AksOptions, type AksValues, aksLogCategories, writeAks } from './aks';
export {
  type ClusterApiControlPlane,
  type ClusterApiOptions,
  type ClusterApiVersion,
  type SecretContent,
  writeClusterApi,
} from './cluster-api';
export { type EksOptions, type EksValues, eksLogTypes, writeEks } from './eks';
export { type GkeOptions, type GkeValues, writeGke } from './gke';
export { writeK3s } from './k3s';
export { type KindOptions, writeKind } from './kind';
export { type KopsOptions, writeKops } from './kops';
export { writeKubeadm } from './kubeadm';
export { writeRke2 } from './rke2';
export { type TalosOptions, writeTalos } from './talos';
export type { TalosForm } from './talos-forms';
export type {
  Account,
  ManagedControlPlane,
  NodeFolder,
  NotSettable,
  Replaced,
  ToolFile,
  WrittenControlPlane,
} from './written';
