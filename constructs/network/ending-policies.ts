import { openReasonAnnotation, openUntilAnnotation, type Temporary } from '../../core/network/temporary';
import type { ManifestObject } from '../app/manifest-object';
import type { SecureWorkload } from '../workload/workload';

interface EndingPolicy {
  readonly object: ManifestObject;
  readonly reasons: Set<string>;
}

/** The policies of one workload that end: one of a kind for each last day, so that whatever prunes takes it out whole. */
export class EndingPolicies {
  readonly #known = new Map<string, EndingPolicy>();

  constructor(private readonly workload: SecureWorkload) {}

  /** Writes the policy, or adds the reason to the one that is there. */
  add(temporary: Temporary, kind: string, apiVersion: string, spec: () => object): void {
    const { expires, reason } = temporary;
    const id = `${kind}-until-${expires}`;
    const known = this.#known.get(id);
    if (known !== undefined) {
      known.reasons.add(reason);
      known.object.metadata.addAnnotation(openReasonAnnotation, [...known.reasons].join('; '));
      return;
    }
    const object = this.workload.manifest(id, apiVersion, kind, () => ({ spec: spec() }), {
      name: `${this.workload.name}-until-${expires}`,
      annotations: endAnnotations(temporary),
    });
    this.#known.set(id, { object, reasons: new Set([reason]) });
  }
}

/** What a policy that ends says of itself. */
export function endAnnotations({ expires, reason }: Temporary): Readonly<Record<string, string>> {
  return { [openUntilAnnotation]: expires, [openReasonAnnotation]: reason };
}
