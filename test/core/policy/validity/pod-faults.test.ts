import { ClusterTarget } from '../../../../core/cluster';
import type { KubernetesObject } from '../../../../core/manifest';
import { checkValidity } from '../../../../core/policy';
import { acceptedPods, refusedPods } from './pod-cases';

const found = (object: KubernetesObject) =>
  checkValidity(object, ClusterTarget.of('1.36')).map(({ rule, property }) => [rule, property]);

describe('a pod that the API server would refuse', () => {
  it.each(refusedPods.map((one) => [one.name, one] as const))('%s', (_name, { object, property }) => {
    expect(found(object)).toEqual([['pod-valid', property]]);
  });
});

describe('a pod that is right', () => {
  it.each(acceptedPods.map((one) => [one.name, one] as const))('%s', (_name, { object }) => {
    expect(found(object)).toEqual([]);
  });
});
