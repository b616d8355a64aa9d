import { writeYaml } from '../../manifest/yaml/write';
import type { ControlPlane } from '../control-plane';
import type { NodeFile, NodeMount } from '../file';
import type { ControlPlaneComponent, Flag } from '../flag';
import { defaultPkiFolder } from '../paths';
import { type Fate, flagsFor, type Part } from './written';

/** How a version of an API has the flags of a program. */
export type ArgsForm = 'map' | 'list';

/** A version of kubeadm's own API. */
export type KubeadmVersion = 'v1beta3' | 'v1beta4';

const argsForms: Readonly<Record<KubeadmVersion, ArgsForm>> = { v1beta3: 'map', v1beta4: 'list' };

const fields: Readonly<Record<ControlPlaneComponent, string>> = {
  'kube-apiserver': 'apiServer',
  'kube-controller-manager': 'controllerManager',
  'kube-scheduler': 'scheduler',
};

/** kubeadm knows its own certificates, as long as they have its names. */
export function kubeadmFate(part: Part, { settings }: ControlPlane): Fate {
  if (part.kind !== 'flag' || part.flag.setBy === 'settings' || settings.pki?.files !== undefined) return 'written';
  return { by: 'kubeadm, which makes these files in certificatesDir' };
}

/** The fields of ClusterConfiguration that are the same wherever kubeadm is configured. */
export function clusterConfiguration(
  { settings }: ControlPlane,
  flags: readonly Flag[],
  mounts: readonly NodeMount[],
  form: ArgsForm,
): object {
  const program = (component: ControlPlaneComponent) => ({ extraArgs: extraArgs(flagsFor(flags, component), form) });
  const { folder = defaultPkiFolder } = settings.pki ?? {};
  return {
    ...(folder !== defaultPkiFolder && { certificatesDir: folder }),
    [fields['kube-apiserver']]: { ...program('kube-apiserver'), extraVolumes: mounts.map(extraVolume) },
    [fields['kube-controller-manager']]: program('kube-controller-manager'),
    [fields['kube-scheduler']]: program('kube-scheduler'),
  };
}

function extraArgs(flags: readonly Flag[], form: ArgsForm): object {
  const list = flags.map(({ name, value }) => ({ name, value }));
  return form === 'list' ? list : Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

function extraVolume({ name, path, readOnly, type }: NodeMount): object {
  return { name, hostPath: path, mountPath: path, readOnly, pathType: type };
}

/** What --kubelet-certificate-authority asks of the nodes wherever kubeadm makes them: without it kubectl logs and exec fail. CIS 1.12 1.2.5. */
export const kubeletStep =
  'Let kubelets ask for serving certificates (serverTLSBootstrap: true in the KubeletConfiguration) and approve them: --kubelet-certificate-authority believes no others, and kubectl logs and exec fail until then.';

/** A ClusterConfiguration of kubeadm's own API. */
export function kubeadmDocument(
  version: KubeadmVersion,
  controlPlane: ControlPlane,
  flags: readonly Flag[],
  mounts: readonly NodeMount[],
): string {
  return writeYaml({
    apiVersion: `kubeadm.k8s.io/${version}`,
    kind: 'ClusterConfiguration',
    ...clusterConfiguration(controlPlane, flags, mounts, argsForms[version]),
  });
}

/** The part of the path of a file by which a Secret has it: letters, digits, - and . of its name. */
export function secretKey({ path }: NodeFile): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._-]/g, '-');
}
