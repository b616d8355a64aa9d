import type { FeatureId } from '../../cluster/features';
import type { ClusterTarget } from '../../cluster/target';
import { apiGroup } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { type Path, valueAt } from '../../manifest/path';
import { isAbsent, listOf } from '../../manifest/plain';
import type { PodFault } from './fault';
import { isScaledToNone } from './scaled-to-none';

interface Gated {
  readonly feature: FeatureId;
  readonly path: Path;
  /** What the API server does without it. */
  readonly otherwise: string;
}

const none: readonly never[] = [];

type Find = (object: KubernetesObject, target: ClusterTarget) => readonly Gated[];

/** Of each kind its group, and what of it is gated. */
const byKind: ReadonlyMap<string, { readonly group: string; readonly find: Find }> = new Map([
  ['StatefulSet', { group: 'apps', find: inStatefulSet }],
  ['PersistentVolumeClaim', { group: '', find: (object) => dataSourceIn(object, []) }],
  ['HorizontalPodAutoscaler', { group: 'autoscaling', find: inAutoscaler }],
]);

function inStatefulSet(object: KubernetesObject, target: ClusterTarget): readonly Gated[] {
  return [
    // Which patch of 1.35 it is decides: nothing is certain there.
    ...(target.version === '1.35' ? [] : maxUnavailableIn(object)),
    ...listOf(valueAt(object, ['spec', 'volumeClaimTemplates'])).flatMap((claim, i) =>
      dataSourceIn(claim, ['spec', 'volumeClaimTemplates', i]),
    ),
  ];
}

function inAutoscaler(object: KubernetesObject): readonly Gated[] {
  return isScaledToNone(object) === 'by a metric'
    ? [{ feature: 'hpaScaleToZero', path: ['spec', 'minReplicas'], otherwise: 'refuses the object' }]
    : [];
}

/** Fields outside of pods that the API server drops or refuses in the target's version, unless its owner has switched them on. */
export function gatedFieldFaults(object: KubernetesObject, target: ClusterTarget): readonly PodFault[] {
  const kind = byKind.get(object.kind);
  if (kind === undefined || kind.group !== apiGroup(object.apiVersion)) return none;
  return kind.find(object, target).flatMap(({ feature, path, otherwise }) => {
    const support = target.supports(feature);
    if (support.supported) return [];
    const message = `${support.reason}: without it, the API server ${otherwise}`;
    const value = valueAt(object, path);
    return [{ path, value, message, remedy: 'leave it out, or switch the feature gate on' }];
  });
}

function maxUnavailableIn(object: KubernetesObject): readonly Gated[] {
  const path = ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable'];
  const value = valueAt(object, path);
  // One at a time is what there is without it.
  if (isAbsent(value) || value === 1) return [];
  return [{ feature: 'statefulSetMaxUnavailable', path, otherwise: 'drops it, and pods are replaced one by one' }];
}

function dataSourceIn(claim: unknown, at: Path): readonly Gated[] {
  const below = ['spec', 'dataSourceRef', 'namespace'];
  const value = valueAt(claim, below);
  if (isAbsent(value) || value === '') return [];
  const otherwise = 'drops all of dataSourceRef, and the volume is empty';
  return [{ feature: 'crossNamespaceDataSource', path: [...at, ...below], otherwise }];
}
