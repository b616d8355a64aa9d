/**
 * The secure defaults, by profile. A profile never changes once it is released: a new set of defaults is a new profile,
 * so that an upgrade of the toolkit alone never changes what a cluster runs.
 */
export interface HardeningProfile {
  /** User, group and fsGroup of a workload that names none: the `nonroot` user of the distroless and Chainguard images. */
  readonly ids: { readonly user: number; readonly group: number; readonly fsGroup: number };
  /** The user of a Windows container that names none. @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/ */
  readonly windowsUser: string;
  /** Seconds between the removal from the endpoints and SIGTERM, while load balancers catch up. */
  readonly preStopSleepSeconds: number;
  /** Seconds that a workload has to finish what it is at, after SIGTERM. */
  readonly drainSeconds: number;
  /** The size of a writable path that names none. */
  readonly writableSize: `${number}Mi`;
  /** What a container may write outside its writable paths: its log and its root file system. */
  readonly ephemeralStorage: string;
  /** Seconds that a projected token lives. The kubelet renews it at 80 %; 600 is the least it takes. */
  readonly tokenSeconds: number;
  /** Old ReplicaSets kept for a rollback. */
  readonly revisionHistoryLimit: number;
}

/** The name of a set of defaults. */
export type ProfileName = keyof typeof profiles;

export const profiles = {
  '2026.1': {
    ids: { user: 65532, group: 65532, fsGroup: 65532 },
    windowsUser: 'ContainerUser',
    preStopSleepSeconds: 5,
    drainSeconds: 20,
    writableSize: '64Mi',
    ephemeralStorage: '128Mi',
    tokenSeconds: 3600,
    revisionHistoryLimit: 3,
  },
} as const satisfies Record<string, HardeningProfile>;

/** The profile of an app that names none. */
export const defaultProfile: ProfileName = '2026.1';
