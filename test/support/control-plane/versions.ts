/** The control planes that tests run against: the newest Kubernetes that the toolkit targets, and the oldest. */
export const VERSIONS = ['1.36.3', '1.28.15'] as const;

/** A version of which modules/ has a go.mod. */
export type Version = (typeof VERSIONS)[number];

/** The programs of a control plane. The scheduler runs in tests of its flags alone. */
export type Program = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler';

/**
 * What runs in each version. The oldest is there to prove that no field is lost or too new, which admission and storage
 * answer; controllers (quota status, ReplicaSets, Pods) are tested on the newest only.
 */
export const PROGRAMS: Readonly<Record<Version, readonly Program[]>> = {
  '1.36.3': ['etcd', 'kube-apiserver', 'kube-controller-manager'],
  '1.28.15': ['etcd', 'kube-apiserver'],
};
