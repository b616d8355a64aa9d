/** The programs of a control plane that flags are for. */
export const controlPlaneComponents = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** A program of a control plane. */
export type ControlPlaneComponent = (typeof controlPlaneComponents)[number];

/** One flag of one program. */
export interface Flag {
  readonly component: ControlPlaneComponent;
  /** Without the dashes: `audit-log-path`. */
  readonly name: string;
  readonly value: string;
  /** The recommendations of the CIS Kubernetes Benchmark 1.12 that ask for it: `['1.2.16']`. Empty for none. */
  readonly cis: readonly string[];
  /**
   * `distribution` for what every distribution sets by itself where it knows the path (certificates, the CA, etcd): a writer for one of
   * them leaves it out, and a control plane that is put together by hand needs it. `settings` for what has to be given.
   */
  readonly setBy: 'settings' | 'distribution';
}

/** A flag as it stands on a command line: `--audit-log-path=/var/log/…`. */
export function flagText({ name, value }: Pick<Flag, 'name' | 'value'>): string {
  return `--${name}=${value}`;
}
