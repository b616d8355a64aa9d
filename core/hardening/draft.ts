import type { Mutable } from '../manifest/plain';
import type { PodSpec, PodTemplateSpec } from '../manifest/pod';

/**
 * How far a change can be trusted not to disturb the application:
 * `safe` cannot; `may-break` can, where the application relied on the old default; `needs-fact` was not made, since only
 * the owner knows the value.
 */
export type ChangeClass = 'safe' | 'may-break' | 'needs-fact';

/** One thing that hardening changed, or could not change. */
export interface Change {
  /** From the root of the pod template: `['spec', 'containers', 0, 'securityContext', 'capabilities']`. */
  readonly path: readonly (string | number)[];
  /** The value now; absent where a fact is needed first. */
  readonly to?: unknown;
  readonly class: ChangeClass;
  /** What it is for, what may break, or which fact is needed. */
  readonly why: string;
}

/** Something that was left out for a reason the owner should know. */
export interface Note {
  /** The declared rule it belongs to. */
  readonly rule: 'user-namespaces' | 'supplemental-groups' | 'apparmor-missing' | 'network-policy-enforced';
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
}

/** A pod template while it is being hardened, in place, with the record of what was done to it if anyone asks for it. */
export class Draft {
  readonly changes: Change[] = [];
  readonly notes: Note[] = [];

  constructor(
    readonly template: Mutable<PodTemplateSpec> & { spec: Mutable<PodSpec> },
    /** Whether anyone asks for the changes. */
    readonly recording: boolean,
    /** Whether only what cannot disturb the application is changed. */
    readonly safeOnly = false,
  ) {}

  get spec(): Mutable<PodSpec> {
    return this.template.spec;
  }

  /** Sets the property where it is absent (or null), and records it. A value of undefined sets nothing. */
  setDefault(
    owner: object,
    ownerPath: readonly (string | number)[],
    key: string,
    value: unknown,
    kind: 'safe' | 'may-break',
    why: string,
  ): void {
    const present = (owner as Record<string, unknown>)[key];
    if (value === undefined || (present !== undefined && present !== null)) return;
    this.set(owner, ownerPath, key, value, kind, why);
  }

  /** Sets the property whatever it was, and records it. */
  set(
    owner: object,
    ownerPath: readonly (string | number)[],
    key: string,
    value: unknown,
    kind: 'safe' | 'may-break',
    why: string,
  ): void {
    if (this.safeOnly && kind !== 'safe') return;
    (owner as Record<string, unknown>)[key] = value;
    if (this.recording) this.changes.push({ path: [...ownerPath, key], to: value, class: kind, why });
  }

  /** Records a fact that only the owner has. */
  needFact(path: readonly (string | number)[], why: string): void {
    if (this.recording) this.changes.push({ path, class: 'needs-fact', why });
  }
}
