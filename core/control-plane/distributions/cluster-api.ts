import { writeYaml } from '../../manifest/yaml/write';
import { fault } from '../checks';
import type { ControlPlane } from '../control-plane';
import { ControlPlaneError } from '../fault';
import type { NodeFile } from '../file';
import { type ArgsForm, clusterConfiguration, kubeadmFate, kubeletStep, secretKey } from './kubeadm-parts';
import { modeText, requireTarget, sortParts, type WrittenControlPlane } from './written';

/** The versions of Cluster API's own API: they have the flags in different forms. */
export type ClusterApiVersion = 'v1beta1' | 'v1beta2';

/** What is not said of the control plane itself. */
export interface ClusterApiOptions {
  readonly version: ClusterApiVersion;
  /** The KubeadmControlPlane. */
  readonly name: string;
  /** Its namespace, and that of the Secret. */
  readonly namespace: string;
  /** The Secret with the content of files that hold keys. @default - `<name>-files` */
  readonly secretName?: string;
}

/** The content of a file for a Secret that the output refers to. */
export interface SecretContent {
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
  /** Holds keys: never to be printed. */
  readonly content: string;
}

/** A control plane for Cluster API: its files are part of the KubeadmControlPlane, apart from those of the Secret. */
export interface ClusterApiControlPlane extends WrittenControlPlane {
  /** For whoever makes the Secret, before the KubeadmControlPlane: nothing of it stands in a manifest. */
  readonly secrets: readonly SecretContent[];
}

const forms: Readonly<Record<ClusterApiVersion, ArgsForm>> = { v1beta1: 'map', v1beta2: 'list' };

/** What v1beta2 takes for the content of a file, in characters; longer ones go to the Secret, too. */
const longestContent = 10_240;

/**
 * For Cluster API: the part of a KubeadmControlPlane that is asked for, as a patch or for server-side apply. Files that hold keys stand in
 * a Secret, which `contentFrom` names.
 * @throws ControlPlaneError for a target that is not kubeadm's, whose nodes could not join
 * @see https://cluster-api.sigs.k8s.io/tasks/bootstrap/kubeadm-bootstrap/
 */
export function writeClusterApi(controlPlane: ControlPlane, options: ClusterApiOptions): ClusterApiControlPlane {
  requireTarget(controlPlane.target, 'Cluster API', ['kubeadm']);
  const { version, name, namespace, secretName = `${name}-files` } = options;
  if (!Object.hasOwn(forms, version)) throw new ControlPlaneError([versionFault(version)]);
  const { account, flags, files, mounts } = sortParts(controlPlane, (part) => kubeadmFate(part, controlPlane));
  const inSecret = (file: NodeFile) => file.holdsSecrets || file.content.length > longestContent;
  const content = writeYaml({
    apiVersion: `controlplane.cluster.x-k8s.io/${version}`,
    kind: 'KubeadmControlPlane',
    metadata: { name, namespace },
    spec: {
      kubeadmConfigSpec: {
        clusterConfiguration: clusterConfiguration(controlPlane, flags, mounts, forms[version]),
        files: files.map((file) => ({
          path: file.path,
          owner: file.owner,
          permissions: modeText(file.mode),
          ...(inSecret(file)
            ? { contentFrom: { secret: { name: secretName, key: secretKey(file) } } }
            : { content: file.content }),
        })),
      },
    },
  });
  return {
    ...account,
    config: [{ name: 'kubeadm-control-plane.yaml', content, holdsSecrets: false }],
    files: [],
    folders: [],
    needs: controlPlane.needs,
    secrets: files
      .filter(inSecret)
      .map((file) => ({ namespace, name: secretName, key: secretKey(file), content: file.content })),
    steps: [
      `Make the Secret ${namespace}/${secretName} first, with the label clusterctl.cluster.x-k8s.io/move where clusters are moved.`,
      'Join the manifest with the rest of the KubeadmControlPlane. Machines are replaced one by one.',
      kubeletStep,
    ],
  };
}

function versionFault(version: unknown) {
  const message = `there is no version ${JSON.stringify(version)} of Cluster API that is known`;
  return fault('version', version, message, `use one of ${Object.keys(forms).join(', ')}`);
}
