/** A file of a node. */
export interface NodeRegistryFile {
  readonly path: string;
  readonly content: string;
}

/** The folder that `config_path` of containerd's configuration names. */
const folder = '/etc/containerd/certs.d';

/** The folder of a host: containerd writes `:8443` as `_8443_`. */
function folderOf(host: string): string {
  return `${folder}/${host.replace(/:(\d+)$/, '_$1_')}`;
}

/** Where the certificate of the authority of a registry belongs on each node. */
export function authorityPath(host: string): string {
  return `${folderOf(host)}/ca.crt`;
}

/**
 * The file by which containerd finds a registry and trusts its authority, and no other. Credentials are not in it: pods pull by their
 * imagePullSecrets, and whoever is root on a node has nobody's password.
 *
 * @see https://github.com/containerd/containerd/blob/main/docs/hosts.md
 */
export function containerdFile(host: string): NodeRegistryFile {
  const address = JSON.stringify(`https://${host}`);
  const ca = JSON.stringify(authorityPath(host));
  return {
    path: `${folderOf(host)}/hosts.toml`,
    content: `server = ${address}\nca = ${ca}\n\n[host.${address}]\n  capabilities = ["pull", "resolve", "push"]\n  ca = ${ca}\n`,
  };
}
