import type { KubernetesObject } from '../../../core/manifest/object';
import { checkSet } from '../../../core/policy/check-set';

const metadata = { name: 'api', namespace: 'shop' };
const labels = { app: 'api' };
const budget: KubernetesObject = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata,
  spec: { minAvailable: 2, selector: { matchLabels: labels } },
};
const deployment = (replicas: number): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [] } } },
});
const scaler: KubernetesObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata,
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'api' }, minReplicas: 2 },
};
const at = (scope: string, ...objects: readonly KubernetesObject[]) =>
  objects.map((object) => ({ object, construct: scope, scope }));
const foundIn = (entries: ReturnType<typeof at>) =>
  checkSet(entries).flatMap(({ rule, construct }) => (rule === 'pdb-keeps-all' ? [construct] : []));

describe('what is not applied together', () => {
  it('is not counted together: each environment has pods of its own', () => {
    expect(foundIn([...at('dev', budget, deployment(2)), ...at('prod', budget, deployment(3))])).toEqual(['dev']);
  });

  it('may scale the workload all the same, as what is laid over it does', () => {
    expect(foundIn([...at('base', budget, deployment(2)), ...at('prod', scaler)])).toEqual([]);
  });

  it('makes no workload of another folder that of the budget', () => {
    expect(foundIn([...at('policies', budget), ...at('apps', deployment(2))])).toEqual([]);
  });
});
