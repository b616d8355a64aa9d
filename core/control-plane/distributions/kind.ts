import { writeYaml } from '../../manifest/yaml/write';
import type { ControlPlane } from '../control-plane';
import type { NodeMount } from '../file';
import { type KubeadmVersion, kubeadmDocument, kubeadmFate, kubeletStep } from './kubeadm-parts';
import { requireTarget, sortParts, type WrittenControlPlane } from './written';

/** What is not said of the control plane itself. */
export interface KindOptions {
  /** The folder on the machine that kind runs on, in which the files lie at the paths that they have on the nodes. @default './bulwark' */
  readonly hostFolder?: string;
}

/** kind writes v1beta3 for Kubernetes before 1.36 and v1beta4 from there on, and applies the patch that has the version. */
const versions: readonly KubeadmVersion[] = ['v1beta3', 'v1beta4'];

/**
 * For kind: a Cluster with `kubeadmConfigPatches`, and `extraMounts` of the folders that its nodes, which are containers, do not have.
 * @throws ControlPlaneError for a target of another distribution
 * @see https://kind.sigs.k8s.io/docs/user/auditing/
 */
export function writeKind(
  controlPlane: ControlPlane,
  { hostFolder = './bulwark' }: KindOptions = {},
): WrittenControlPlane {
  requireTarget(controlPlane.target, 'kind', ['kind']);
  const { account, flags, files, mounts } = sortParts(controlPlane, (part) => kubeadmFate(part, controlPlane));
  const content = writeYaml({
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    nodes: [
      {
        role: 'control-plane',
        extraMounts: mounts.filter(comesFromOutside).map(({ path, readOnly }) => ({
          hostPath: `${hostFolder}${path}`,
          containerPath: path,
          readOnly,
        })),
        kubeadmConfigPatches: versions.map((version) => kubeadmDocument(version, controlPlane, flags, mounts)),
      },
    ],
  });
  return {
    ...account,
    config: [{ name: 'kind.yaml', content, holdsSecrets: false }],
    files,
    folders: [],
    needs: controlPlane.needs,
    steps: [
      `Put the files below ${hostFolder}, each at its path on the node: ${hostFolder}${files[0]?.path ?? '/…'}.`,
      'kind create cluster --config kind.yaml, from the folder that the paths are relative to.',
      kubeletStep,
      ...storageStep(controlPlane),
      ...pullStep(controlPlane),
    ],
  };
}

/** The namespace of kind's own storage. Its pods run as root, on folders of the node. */
const storageNamespace = 'local-path-storage';

/** What the Pod Security admission means for kind's own storage. */
function storageStep({ settings }: ControlPlane): readonly string[] {
  if (settings.admission?.podSecurity?.exemptNamespaces?.includes(storageNamespace)) return [];
  return [
    `Label the namespace of kind's own storage, whose pods run as root: kubectl label namespace ${storageNamespace} pod-security.kubernetes.io/enforce=privileged.`,
  ];
}

/** What the plugin AlwaysPullImages means where images are not pulled. */
function pullStep({ settings }: ControlPlane): readonly string[] {
  if (settings.admission?.alwaysPullImages === false) return [];
  return [
    'Images come from a registry alone: of what kind load docker-image brings, AlwaysPullImages asks the registry, too.',
  ];
}

/** What kube-apiserver only reads has to come from the machine; what is made when it is missing lies in the node. */
function comesFromOutside({ type }: NodeMount): boolean {
  return type === 'Directory';
}
