import type { Distribution } from '../../core/cluster';
import {
  type ControlPlane,
  type NodeFile,
  type NodeFolder,
  type NodeMount,
  type NotSettable,
  type Replaced,
  type ToolFile,
  type WrittenControlPlane,
  writeAks,
  writeClusterApi,
  writeEks,
  writeGke,
  writeK3s,
  writeKind,
  writeKops,
  writeKubeadm,
  writeRke2,
  writeTalos,
} from '../../core/control-plane';
import type { NeededFile } from '../../core/control-plane/file';
import { clonePlain } from '../../core/manifest/plain';
import { writeYaml } from '../../core/manifest/yaml/write';
import type { CloudValues } from './outputs';
import type { PlainArgs } from './plain-args';
import { type Field, fields, type ToolGroup } from './tool-fields';

/** What a control plane can be made with. */
export const toolIds = [
  'kubeadm',
  'kind',
  'cluster-api-v1beta1',
  'cluster-api-v1beta2',
  'k3s',
  'rke2',
  'talos-cluster',
  'talos-documents',
  'kops',
  'eks',
  'gke',
  'aks',
  'by-hand',
] as const;

export type ToolId = (typeof toolIds)[number];

/** What every tool's writer makes, in one form. */
export interface Written {
  readonly files: readonly NodeFile[];
  readonly config: readonly ToolFile[];
  readonly folders: readonly NodeFolder[];
  /** Where nothing else has them. */
  readonly mounts: readonly NodeMount[];
  readonly needs: readonly NeededFile[];
  readonly steps: readonly string[];
  readonly values: CloudValues;
  readonly replaced: readonly Replaced[];
  readonly notSettable: readonly NotSettable[];
}

/** One row of {@link tools}. */
export interface Tool {
  /** The distributions that are made with it. */
  readonly on: readonly Distribution[];
  /** The argument that has what it is told besides. */
  readonly group?: ToolGroup;
  readonly fields: Readonly<Record<string, Field>>;
  /** Arguments that it has nothing for, and what is to be done instead. */
  readonly takesNot: Readonly<Partial<Record<keyof PlainArgs, string>>>;
  /** Whether it encrypts by keys of its own, and takes no `encryption`. */
  readonly encryptsItself: boolean;
  /** What it has where an argument says nothing. */
  readonly defaults: { readonly logPath?: string; readonly anonymous?: 'off' };
  /** The settings have no faults, and the group is complete. */
  readonly write: (controlPlane: ControlPlane, group: Readonly<Record<string, string>>) => Written;
  /** What makes the nodes take a changed configuration of encryption, by its path on them. @default - kubeadm's way: a static pod */
  readonly apply?: (group: Readonly<Record<string, string>>, path: string) => readonly string[];
}

const none: Written = {
  files: [],
  config: [],
  folders: [],
  mounts: [],
  needs: [],
  steps: [],
  values: {},
  replaced: [],
  notSettable: [],
};

const readyz = 'kubectl get --raw=/readyz';

const onNodes = (written: WrittenControlPlane): Written => ({ ...none, ...written });

type Row = Pick<Tool, 'on' | 'write'> & Partial<Tool>;

const tool = (row: Row): Tool => ({
  takesNot: {},
  encryptsItself: false,
  defaults: {},
  fields: row.group === undefined ? {} : fields[row.group],
  ...row,
});

function clusterApi(version: 'v1beta1' | 'v1beta2'): Tool {
  return tool({
    on: ['kubeadm'],
    group: 'clusterApi',
    write: (plane, { name = '', namespace = '', secretName }) => {
      const options = { version, name, namespace, ...(secretName !== undefined && { secretName }) };
      const { secrets, ...written } = writeClusterApi(plane, options);
      return { ...onNodes(written), config: [...written.config, ...secretsOf(secrets)] };
    },
    apply: ({ name = '', namespace = '', secretName = `${name}-files` }) => [
      `kubectl apply --server-side -f ${secretName}.yaml`,
      `clusterctl alpha rollout restart kubeadmcontrolplane/${name} --namespace ${namespace}`,
    ],
  });
}

/** The Secret of the files that hold keys, for whoever applies it. */
function secretsOf(
  contents: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly key: string;
    readonly content: string;
  }[],
): readonly ToolFile[] {
  const [first] = contents;
  if (first === undefined) return [];
  const { namespace, name } = first;
  const stringData = Object.fromEntries(contents.map(({ key, content }) => [key, content]));
  const content = writeYaml({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData });
  return [{ name: `${name}.yaml`, content, holdsSecrets: true }];
}

function talos(form: 'cluster' | 'documents'): Tool {
  const own = {
    encryption: 'keep cluster.secretboxEncryptionSecret of the machine configuration, which talosctl gen config makes',
    rotation: 'talosctl gen secrets makes a new one, or use the tool talos-documents with Talos 1.14',
  };
  return tool({
    on: ['talos'],
    takesNot: form === 'cluster' ? own : {},
    encryptsItself: form === 'cluster',
    defaults: {
      logPath: '/var/log/audit/kube/kube-apiserver.log',
      ...(form === 'cluster' && { anonymous: 'off' as const }),
    },
    write: (plane) => onNodes(writeTalos(plane, { form })),
    apply: () => ['talosctl patch machineconfig --patch @talos-encryption.yaml', readyz],
  });
}

function rancher(product: 'k3s' | 'rke2', unit: string, write: (plane: ControlPlane) => WrittenControlPlane): Tool {
  return tool({
    on: [product],
    write: (plane) => onNodes(write(plane)),
    apply: (_, path) => [`install -o root -g root -m 0600 /dev/stdin ${path}`, `systemctl restart ${unit}`, readyz],
  });
}

/** A control plane that a cloud runs: there are values for its resources, and no files. */
function cloud(group: 'eks' | 'gke' | 'aks', on: readonly Distribution[], instead: string, write: Tool['write']): Tool {
  const names = ['encryption', 'rotation', 'webhook', 'load', 'sensitive', 'rules', 'anonymous', 'discovery'] as const;
  return tool({
    on,
    group,
    takesNot: Object.fromEntries(names.map((name) => [name, instead])),
    encryptsItself: true,
    write,
  });
}

/** How each tool is written for. */
export const tools: Readonly<Record<ToolId, Tool>> = {
  kubeadm: tool({ on: ['kubeadm'], write: (plane) => onNodes(writeKubeadm(plane)) }),
  kind: tool({
    on: ['kind'],
    group: 'kind',
    write: (plane, { hostFolder }) => onNodes(writeKind(plane, hostFolder === undefined ? {} : { hostFolder })),
    apply: ({ hostFolder = './bulwark' }, path) => [
      `install -m 0600 /dev/stdin ${hostFolder}${path}`,
      'docker exec kind-control-plane sh -c \'crictl stop "$(crictl ps --name kube-apiserver -q)"\'',
      readyz,
    ],
  }),
  'cluster-api-v1beta1': clusterApi('v1beta1'),
  'cluster-api-v1beta2': clusterApi('v1beta2'),
  k3s: rancher('k3s', 'k3s', writeK3s),
  rke2: rancher('rke2', 'rke2-server', writeRke2),
  'talos-cluster': talos('cluster'),
  'talos-documents': talos('documents'),
  kops: tool({
    on: ['generic'],
    group: 'kops',
    defaults: { anonymous: 'off' },
    write: (plane, { clusterName = '' }) => onNodes(writeKops(plane, { clusterName })),
    apply: ({ clusterName = '' }) => [
      `kops create secret encryptionconfig -f kops-encryption.yaml --force --name ${clusterName}`,
      `kops update cluster --yes --name ${clusterName}`,
      `kops rolling-update cluster --yes --instance-group-roles control-plane --name ${clusterName}`,
    ],
  }),
  eks: cloud(
    'eks',
    ['eks', 'eks-fargate'],
    'enable the five log types of the cluster, and encrypt Secrets by a key of KMS: values.eks has both',
    (plane, { clusterName = '', kmsKeyArn = '', logKmsKeyArn }) => {
      const options = { clusterName, kmsKeyArn, ...(logKmsKeyArn !== undefined && { logKmsKeyArn }) };
      const { values, ...account } = writeEks(plane, options);
      return { ...none, ...account, values: { eks: clonePlain(values) } };
    },
  ),
  gke: cloud(
    'gke',
    ['gke', 'gke-autopilot'],
    'enable Data Access logs of the Kubernetes Engine API, and encryption of etcd by Cloud KMS: values.gke has both',
    (plane, { project = '', kmsKeyName = '' }) => {
      const { values, ...account } = writeGke(plane, { project, kmsKeyName });
      return { ...none, ...account, values: { gke: clonePlain(values) } };
    },
  ),
  aks: cloud(
    'aks',
    ['aks'],
    'enable kube-audit in the diagnostic settings, and encryption of etcd by Key Vault: values.aks has both',
    (plane, { workspaceId = '', kmsKeyId = '', privateKeyVaultId }) => {
      const options = { workspaceId, kmsKeyId, ...(privateKeyVaultId !== undefined && { privateKeyVaultId }) };
      const { values, ...account } = writeAks(plane, options);
      return { ...none, ...account, values: { aks: clonePlain(values) } };
    },
  ),
  'by-hand': tool({
    on: ['generic', 'kubeadm', 'kind', 'k3s', 'rke2'],
    write: ({ files, mounts, needs }) => ({
      ...none,
      files,
      mounts,
      needs,
      steps: [
        'Put the files onto every node of the control plane, the same everywhere.',
        'Start the programs of the control plane with the flags, and kube-apiserver with the mounts where it is a static pod: each at the same path on the node and in it.',
        'Give kubelets serving certificates of the CA of --kubelet-certificate-authority, which believes no others: kubectl logs and exec fail until then.',
      ],
    }),
  }),
};
