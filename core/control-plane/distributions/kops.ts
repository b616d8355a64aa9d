import { writeYaml } from '../../manifest/yaml/write';
import type { ControlPlane } from '../control-plane';
import { type ControlPlaneComponent, controlPlaneComponents, type Flag } from '../flag';
import { defaultFolder, encryptionPath } from '../paths';
import { kopsFate, kopsKubeletCa } from './kops-fate';
import { kopsFields, kopsValue } from './kops-fields';
import { flagsFor, modeText, requireTarget, sortParts, type WrittenControlPlane } from './written';

/** What is not said of the control plane itself. */
export interface KopsOptions {
  /** The name of the cluster: `prod.example.com`. */
  readonly clusterName: string;
}

const specs: Readonly<Record<ControlPlaneComponent, string>> = {
  'kube-apiserver': 'kubeAPIServer',
  'kube-controller-manager': 'kubeControllerManager',
  'kube-scheduler': 'kubeScheduler',
};

/**
 * For kOps: the part of a Cluster of kops.k8s.io/v1alpha2 that is asked for, and the content of its secret `encryptionconfig`. kOps has a
 * field for each flag that it knows, and none for others.
 * @throws ControlPlaneError for a target of another distribution
 * @see https://kops.sigs.k8s.io/cluster_spec/
 */
export function writeKops(controlPlane: ControlPlane, { clusterName }: KopsOptions): WrittenControlPlane {
  requireTarget(controlPlane.target, 'kOps', ['generic']);
  const { account, flags, files } = sortParts(controlPlane, (part) => kopsFate(part, controlPlane));
  const path = encryptionPath(controlPlane.settings.folder ?? defaultFolder);
  const isEncrypted = account.replaced.some(({ what }) => what === path);
  const encryption = controlPlane.files.filter((file) => isEncrypted && file.path === path);
  const content = writeYaml({
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'Cluster',
    metadata: { name: clusterName },
    spec: {
      ...(isEncrypted && { encryptionConfig: true }),
      fileAssets: files.map((file) => ({
        name: file.path.slice(1).replace(/[^A-Za-z0-9]+/g, '-'),
        path: file.path,
        roles: ['ControlPlane'],
        mode: modeText(file.mode),
        content: file.content,
      })),
      ...Object.fromEntries(
        controlPlaneComponents.map((component) => [specs[component], fieldsOf(component, flagsFor(flags, component))]),
      ),
    },
  });
  return {
    ...account,
    config: [
      { name: 'kops.yaml', content, holdsSecrets: false },
      ...encryption.map(({ content: body, holdsSecrets }) => ({
        name: 'kops-encryption.yaml',
        content: body,
        holdsSecrets,
      })),
    ],
    files: [],
    folders: [],
    needs: controlPlane.needs,
    steps: [
      ...(isEncrypted
        ? [`kops create secret encryptionconfig -f kops-encryption.yaml --force --name ${clusterName}`]
        : []),
      'Join kops.yaml with the Cluster (kops edit cluster, or kops replace -f).',
      'kops update cluster --yes, and kops rolling-update cluster --yes.',
    ],
  };
}

function fieldsOf(component: ControlPlaneComponent, flags: readonly Flag[]): object {
  const known = kopsFields[component];
  const entries = flags.flatMap(({ name, value }) => {
    const field = known[name];
    return field === undefined ? [] : [[field[0], kopsValue(field[1], value)] as const];
  });
  const ca = component === 'kube-apiserver' ? { kubeletCertificateAuthority: kopsKubeletCa } : {};
  return { ...Object.fromEntries(entries), ...ca };
}
