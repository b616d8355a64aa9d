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
  it('may have zeros before the numbers of an address, as older API servers take them', () => {
    const [{ object }] = acceptedPods.filter(({ name }) => name === 'an alias') as [(typeof acceptedPods)[number]];
    const hostAliases = [{ ip: '010.0.00.1', hostnames: ['a'] }];
    expect(found({ ...object, spec: { ...(object.spec as object), hostAliases } })).toEqual([]);
  });

  it.each(acceptedPods.map((one) => [one.name, one] as const))('%s', (_name, { object }) => {
    expect(found(object)).toEqual([]);
  });
});
