import type { PkiFile, PkiPaths } from './settings';

/** Where the files of a control plane lie on its nodes. */
export const defaultFolder = '/etc/kubernetes/bulwark';

export const auditPolicyPath = (folder: string): string => `${folder}/audit-policy.yaml`;
export const auditWebhookPath = (folder: string): string => `${folder}/audit-webhook.yaml`;
export const encryptionPath = (folder: string): string => `${folder}/encryption.yaml`;
export const admissionPath = (folder: string): string => `${folder}/admission.yaml`;
export const authenticationPath = (folder: string): string => `${folder}/authentication.yaml`;

export const defaultPkiFolder = '/etc/kubernetes/pki';

/** Where kubeadm puts them. @see https://kubernetes.io/docs/setup/best-practices/certificates/ */
export const defaultPkiFiles: Readonly<Record<PkiFile, string>> = {
  clientCa: 'ca.crt',
  kubeletCa: 'ca.crt',
  kubeletClientCertificate: 'apiserver-kubelet-client.crt',
  kubeletClientKey: 'apiserver-kubelet-client.key',
  etcdCa: 'etcd/ca.crt',
  etcdCertificate: 'apiserver-etcd-client.crt',
  etcdKey: 'apiserver-etcd-client.key',
  servingCertificate: 'apiserver.crt',
  servingKey: 'apiserver.key',
  serviceAccountPublicKey: 'sa.pub',
  serviceAccountPrivateKey: 'sa.key',
  rootCa: 'ca.crt',
};

/** The path of each file of the PKI. */
export function pkiPath({ folder = defaultPkiFolder, files = {} }: PkiPaths, file: PkiFile): string {
  const name = files[file] ?? defaultPkiFiles[file];
  return name.startsWith('/') ? name : `${folder}/${name}`;
}

/** The folder of a file. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
