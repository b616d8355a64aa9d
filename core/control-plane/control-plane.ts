import type { ClusterTarget } from '../cluster/target';
import type { NeededFile, NodeFile, NodeMount } from './file';
import type { Flag } from './flag';
import type { ControlPlaneSettings } from './settings';

/** What a control plane needs to be what its settings say: for a distribution's own files, or for static pods. */
export interface ControlPlane {
  readonly settings: ControlPlaneSettings;
  readonly target: ClusterTarget;
  /** In the order of the programs, and by name. One a name and program. */
  readonly flags: readonly Flag[];
  /** By path. */
  readonly files: readonly NodeFile[];
  /** For kube-apiserver, where it is a static pod. By path. */
  readonly mounts: readonly NodeMount[];
  /** What has to be on the nodes besides. By path. */
  readonly needs: readonly NeededFile[];
}
