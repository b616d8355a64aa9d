import { apiGroup, identityKey, identityOf } from '../../core/manifest/identity';
import type { KubernetesObject } from '../../core/manifest/object';

interface ScaleTarget {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
}

/** Kinds that scale others: Kubernetes' own and KEDA's. */
const scalers: ReadonlySet<string> = new Set(['HorizontalPodAutoscaler', 'ScaledObject']);

/** The objects that say how many replicas there are, and that an autoscaler among them scales: their number is the autoscaler's. */
export function autoscaled(objects: readonly KubernetesObject[]): ReadonlySet<KubernetesObject> {
  const targets = new Set(
    objects
      .filter(({ kind }) => scalers.has(kind))
      .map(({ metadata, spec }) => {
        const {
          apiVersion = 'apps/v1',
          kind = 'Deployment',
          name = '',
        } = (spec as { scaleTargetRef?: ScaleTarget })?.scaleTargetRef ?? {};
        const namespace = metadata?.namespace;
        return identityKey({ group: apiGroup(apiVersion), kind, name, ...(namespace !== undefined && { namespace }) });
      }),
  );
  return new Set(
    objects.filter(
      (object) =>
        (object.spec as { readonly replicas?: unknown } | undefined)?.replicas !== undefined &&
        targets.has(identityKey(identityOf(object))),
    ),
  );
}
