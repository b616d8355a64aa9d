export {
  type ClusterApiControlPlane,
  type ClusterApiOptions,
  type ClusterApiVersion,
  type SecretContent,
  writeClusterApi,
} from './cluster-api';
export { writeK3s } from './k3s';
export { type KindOptions, writeKind } from './kind';
export { writeKubeadm } from './kubeadm';
export { writeRke2 } from './rke2';
export type {
  Account,
  ManagedControlPlane,
  NodeFolder,
  NotSettable,
  Replaced,
  ToolFile,
  WrittenControlPlane,
} from './written';
