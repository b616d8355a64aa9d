import { openReasonAnnotation, openUntilAnnotation, type Temporary } from '../../core/network/temporary';
import type { ManifestObject } from '../app/manifest-object';
import type { SecureWorkload } from '../workload/workload';

/** A policy that ends, but for its day. */
export interface EndingPolicy {
  /** Of its construct. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

interface Written {
  readonly object: ManifestObject;
  /** What ends in it. */
  readonly all: Temporary[];
}

/** The policies of one workload that end: one of a kind for each last day, so that whatever prunes takes it out whole. */
export class EndingPolicies {
  readonly #known = new Map<string, Written>();

  constructor(private readonly workload: SecureWorkload) {}

  /** Writes the policy, or adds the reason to the one that is there. */
  add(temporary: Temporary, { id, apiVersion, kind, name }: EndingPolicy, spec: () => object): void {
    const { expires } = temporary;
    const key = `${id}-until-${expires}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      known.all.push(temporary);
      for (const [annotation, text] of Object.entries(endAnnotations(known.all)))
        known.object.metadata.addAnnotation(annotation, text);
      return;
    }
    const object = this.workload.manifest(key, apiVersion, kind, () => ({ spec: spec() }), {
      name: `${name}-until-${expires}`,
      annotations: endAnnotations([temporary]),
    });
    this.#known.set(key, { object, all: [temporary] });
  }
}

/** What a policy says of itself in which all of these end, on one day. Who was declared first changes nothing. */
export function endAnnotations(all: readonly Temporary[]): Readonly<Record<string, string>> {
  const reasons = [...new Set(all.map(({ reason }) => reason))].sort();
  return { ...(all[0] && { [openUntilAnnotation]: all[0].expires }), [openReasonAnnotation]: reasons.join('; ') };
}
