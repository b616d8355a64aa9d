import type { NetworkPolicySpec } from './policy-spec';

/** Two ends of an opening, for reports. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  /** The last day on which it is open, as `YYYY-MM-DD`. @default - it is open for good */
  readonly until?: string;
}

/** A policy that somebody else must add for a connection of ours to work. */
export interface RequiredPolicy {
  /** The path of the construct whose connection needs it. */
  readonly construct: string;
  readonly namespace: string;
  readonly why: string;
  readonly policy: {
    readonly apiVersion: 'networking.k8s.io/v1';
    readonly kind: 'NetworkPolicy';
    readonly metadata: {
      readonly name: string;
      readonly namespace: string;
      readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec: NetworkPolicySpec;
  };
}
