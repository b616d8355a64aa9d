import type { NetworkPolicySpec } from './policy-spec';

/** Two ends of an opening, for reports. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
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
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: NetworkPolicySpec;
  };
}
