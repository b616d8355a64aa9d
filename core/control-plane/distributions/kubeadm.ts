import type { ControlPlane } from '../control-plane';
import { kubeadmDocument, kubeadmFate, kubeletStep } from './kubeadm-parts';
import { requireTarget, sortParts, type WrittenControlPlane } from './written';

/**
 * For kubeadm: a ClusterConfiguration of kubeadm.k8s.io/v1beta4, or v1beta3 before Kubernetes 1.31, whose kubeadm knows no newer one, and the files
 * for the nodes.
 * @throws ControlPlaneError for a target of another distribution
 * @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
 */
export function writeKubeadm(controlPlane: ControlPlane): WrittenControlPlane {
  requireTarget(controlPlane.target, 'kubeadm', ['kubeadm']);
  const { account, flags, files, mounts } = sortParts(controlPlane, (part) => kubeadmFate(part, controlPlane));
  const version = controlPlane.target.supports('kubeadmV1beta4').supported ? 'v1beta4' : 'v1beta3';
  const content = kubeadmDocument(version, controlPlane, flags, mounts);
  return {
    ...account,
    config: [{ name: 'kubeadm.yaml', content, holdsSecrets: false }],
    files,
    folders: [],
    needs: controlPlane.needs,
    steps: [
      'Put the files onto every node of the control plane, the same everywhere, before it is made or joins.',
      'Join kubeadm.yaml with the InitConfiguration and the rest of the ClusterConfiguration: kubeadm init --config kubeadm.yaml.',
      kubeletStep,
    ],
  };
}
