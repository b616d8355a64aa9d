import type { KubernetesObject } from '../../manifest/object';
import { isAbsent, isMapping, listOf } from '../../manifest/plain';

/** Whether an autoscaler may take away every pod, and whether it has a metric by which it would know when to start one. */
export function isScaledToNone({
  apiVersion,
  metadata,
  spec,
}: KubernetesObject): 'by a metric' | 'by none' | undefined {
  if (!apiVersion.startsWith('autoscaling/')) return undefined;
  // A part of one, to be merged with the rest, may leave the metrics to that.
  if (!isMapping(spec) || spec.minReplicas !== 0 || isAbsent(spec.scaleTargetRef)) return undefined;
  // What autoscaling/v1 has no field for stands in an annotation.
  if (
    apiVersion !== 'autoscaling/v2' &&
    metadata?.annotations?.['autoscaling.alpha.kubernetes.io/metrics'] !== undefined
  )
    return undefined;
  const isOutside = (metric: unknown): boolean =>
    isMapping(metric) && (metric.type === 'External' || metric.type === 'Object');
  return listOf(spec.metrics).some(isOutside) ? 'by a metric' : 'by none';
}
