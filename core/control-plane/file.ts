/** A file on every node of the control plane. */
export interface NodeFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
  /** Permission bits: `0o600`. CIS 1.12, 1.1.1 and following. */
  readonly mode: number;
  /** User and group, `root:root`, as CIS 1.12 asks of the files of the control plane. */
  readonly owner: string;
  /** Whether the content holds keys: whoever stores or shows it has to treat it as a secret. */
  readonly holdsSecrets: boolean;
}

/** A folder of the node that kube-apiserver sees, at the same path, where it runs as a static pod. */
export interface NodeMount {
  /** A DNS label: the name of the volume. */
  readonly name: string;
  /** On the node and in the container. */
  readonly path: string;
  readonly readOnly: boolean;
  /** As of a hostPath volume: `DirectoryOrCreate` for what kube-apiserver writes itself. */
  readonly type: 'Directory' | 'DirectoryOrCreate';
}

/** A file that the settings name and somebody else puts onto the nodes: a certificate, its key. */
export interface NeededFile {
  readonly path: string;
  /** What it is, for people. */
  readonly what: string;
}
