import type { ClusterTarget } from '../cluster/target';
import { clonePlain, isAbsent } from '../manifest/plain';
import type { PodSpec, PodTemplateSpec } from '../manifest/pod';
import { hardenContainer } from './container-defaults';
import { type Change, Draft, type Note } from './draft';
import { hardenPod } from './pod-defaults';
import { defaultProfile, type HardeningProfile, type ProfileName, profiles } from './profile';

/** What only the owner of a workload knows. Whatever is absent is asked for, never invented. */
export interface OwnerFacts {
  /** The user that the processes run as. */
  readonly user?: number;
  readonly group?: number;
  /** The group that owns the volumes. */
  readonly fsGroup?: number;
  /** The workload's own ServiceAccount. */
  readonly serviceAccountName?: string;
  /** The labels that select the workload's pods, to spread them over nodes and zones. */
  readonly selector?: Readonly<Record<string, string>>;
  /** True where a volume's file system cannot map ids (NFS), so that user namespaces are out of the question. @default false */
  readonly withoutIdMapping?: boolean;
}

export interface HardenContext {
  readonly target: ClusterTarget;
  /** @default '2026.1' */
  readonly profile?: ProfileName;
  readonly facts?: OwnerFacts;
  /**
   * `service` runs until it is stopped, behind endpoints: it sleeps before it stops. `batch` runs to its end.
   * @default 'service'
   */
  readonly role?: 'service' | 'batch';
  /**
   * Which changes are made: `safe` leaves out those that may break an application that relied on the old default.
   * @default 'all'
   */
  readonly changes?: 'all' | 'safe';
}

export interface HardenedPod {
  readonly template: PodTemplateSpec & { readonly spec: PodSpec };
  /** What was changed and what needs a fact first, in the order of the template. */
  readonly changes: readonly Change[];
  /** What this pod cannot have although the target can; what the target cannot do is in `targetNotes`. */
  readonly notes: readonly Note[];
}

/** What the steps of hardening work with. */
export interface Hardening {
  readonly target: ClusterTarget;
  readonly profile: HardeningProfile;
  readonly facts: OwnerFacts;
  readonly batch: boolean;
  readonly windows: boolean;
}

/**
 * Hardens a pod template: fills in every secure default that the target can take and that can be filled in without knowing the
 * application. What the owner wrote is kept: a weaker value stays and is for the rules to refuse, a missing fact
 * (the user an image runs as, a memory limit) is asked for. The template given is not changed.
 *
 * Pure: the same input gives the same output. Hardening a hardened template changes nothing.
 */
export function harden(template: PodTemplateSpec & { readonly spec: PodSpec }, context: HardenContext): HardenedPod {
  const draft = new Draft(clonePlain(template) as Draft['template'], true, context.changes === 'safe');
  hardenDraft(draft, context);
  if (draft.safeOnly) leaveNoneEmpty(draft.template, template);
  return { template: draft.template, changes: draft.changes, notes: draft.notes };
}

/**
 * The same for a template that is the caller's own and that nobody else holds: hardened in place, and no list of changes made.
 * @returns what the pod cannot have
 */
export function hardenInPlace(
  template: PodTemplateSpec & { readonly spec: PodSpec },
  context: HardenContext,
): readonly Note[] {
  const draft = new Draft(template as Draft['template'], false, context.changes === 'safe');
  const given = draft.safeOnly ? clonePlain(template) : template;
  hardenDraft(draft, context);
  if (draft.safeOnly) leaveNoneEmpty(draft.template, given);
  return draft.notes;
}

/** Takes away what was made to hold a value that was left out then: `securityContext: { capabilities: {} }`. */
function leaveNoneEmpty(made: object, given: unknown): void {
  for (const [key, value] of Object.entries(made)) {
    if (typeof value !== 'object' || value === null) continue;
    const before = (given as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    leaveNoneEmpty(value, before);
    if (Object.keys(value).length === 0 && isAbsent(before)) delete (made as Record<string, unknown>)[key];
  }
}

function hardenDraft(draft: Draft, context: HardenContext): void {
  const hardening: Hardening = {
    target: context.target,
    profile: profiles[context.profile ?? defaultProfile],
    facts: context.facts ?? {},
    batch: context.role === 'batch',
    windows: draft.spec.os?.name === 'windows',
  };
  const lists = ['initContainers', 'containers'] as const;
  for (const list of lists) {
    draft.spec[list]?.forEach((container, i) => {
      hardenContainer(draft, container, ['spec', list, i], hardening, list === 'initContainers');
    });
  }
  hardenPod(draft, hardening);
}
