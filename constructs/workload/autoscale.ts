/** How many replicas there are, by how busy they are. */
export interface Autoscale {
  /** @default 2 */
  readonly min?: number;
  readonly max: number;
  /** The average CPU use to aim for, in percent of the request. @default 80, unless memory is given */
  readonly cpuPercent?: number;
  /** The average memory use to aim for, in percent of the request. @default - not looked at */
  readonly memoryPercent?: number;
}

/** The spec of an autoscaling/v2 HorizontalPodAutoscaler. */
export function autoscalerSpec(
  target: { readonly apiVersion: string; readonly kind: string; readonly name: string },
  autoscale: Autoscale,
) {
  const cpu = autoscale.cpuPercent ?? (autoscale.memoryPercent === undefined ? 80 : undefined);
  const metrics = [
    ['cpu', cpu],
    ['memory', autoscale.memoryPercent],
  ] as const;
  return {
    scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
    // Of none replicas-valid tells: usage would never start the first again.
    minReplicas: Math.max(1, autoscale.min ?? 2),
    maxReplicas: autoscale.max,
    metrics: metrics
      .filter(([, percent]) => percent !== undefined)
      .map(([name, averageUtilization]) => ({
        type: 'Resource',
        resource: { name, target: { type: 'Utilization', averageUtilization } },
      })),
  };
}
