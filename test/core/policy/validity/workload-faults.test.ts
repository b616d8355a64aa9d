import { ClusterTarget } from '../../../../core/cluster';
import type { KubernetesObject } from '../../../../core/manifest';
import { checkValidity } from '../../../../core/policy';
import { withNulls } from '../rules/rule-cases';
import { acceptedWorkloads, refusedWorkloads } from './workload-cases';

const found = (object: KubernetesObject) =>
  checkValidity(object, ClusterTarget.of('1.36')).map(({ rule, property }) => [rule, property]);

describe('a workload that the API server would refuse', () => {
  it.each(refusedWorkloads.map((one) => [one.name, one] as const))('%s', (_name, { object, property }) => {
    expect(found(object)).toEqual([['pod-valid', property]]);
    expect(found(withNulls(object))).toEqual([['pod-valid', property]]);
  });
});

describe('a workload that is right', () => {
  it.each(acceptedWorkloads.map((one) => [one.name, one] as const))('%s', (_name, { object }) => {
    expect(found(object)).toEqual([]);
  });

  it.each<[string, object]>([
    ['a part of a Job', { template: { spec: { containers: [{ name: 'a' }] } } }],
    ['labels of a Job', { template: { metadata: { labels: { a: 'b' } }, spec: { containers: [] } } }],
  ])('%s', (_name, spec) => {
    expect(found({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec })).toEqual([]);
  });

  it('is of Kubernetes itself', () => {
    for (const { object } of refusedWorkloads)
      expect(found({ ...object, apiVersion: 'example.com/v1' }).filter(([rule]) => rule === 'pod-valid')).toEqual([]);
  });
});
