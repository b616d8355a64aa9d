import * as fc from 'fast-check';
import { peakDemand } from '../../../core/hardening';
import { type KubernetesObject, PodTemplateKinds } from '../../../core/manifest';

const pod = (cpu: string) => ({
  containers: [{ name: 'a', resources: { requests: { cpu, memory: '1Mi' }, limits: { memory: '1Mi' } } }],
});
const object = (apiVersion: string, kind: string, spec: object): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
  spec,
});
const deployment = (spec: object, cpu = '10m') =>
  object('apps/v1', 'Deployment', { template: { spec: pod(cpu) }, ...spec });
const podsOf = (...objects: KubernetesObject[]) => peakDemand(objects).pods.toString();

describe('peakDemand', () => {
  it.each<[string, KubernetesObject, string]>([
    ['a Deployment that says nothing: one, and a quarter of it twice', deployment({}), '3'],
    [
      'a surge in percent, rounded up',
      deployment({ replicas: 10, strategy: { rollingUpdate: { maxSurge: '25%' } } }),
      '16',
    ],
    ['a surge as a number', deployment({ replicas: 4, strategy: { rollingUpdate: { maxSurge: 2 } } }), '8'],
    ['Recreate', deployment({ replicas: 4, strategy: { type: 'Recreate' } }), '4'],
    ['a Job', object('batch/v1', 'Job', { parallelism: 4, template: { spec: pod('1') } }), '4'],
    [
      'a CronJob',
      object('batch/v1', 'CronJob', { jobTemplate: { spec: { parallelism: 2, template: { spec: pod('1') } } } }),
      '2',
    ],
    ['a Pod', { ...object('v1', 'Pod', pod('1')) }, '1'],
    ['what has no pods', object('v1', 'Service', {}), '0'],
    ['numbers that are none', deployment({ replicas: Number.NaN }), '0'],
  ])('counts the pods of %s', (_, given, pods) => {
    expect(podsOf(given)).toBe(pods);
  });

  it('counts a DaemonSet once a node', () => {
    const set = object('apps/v1', 'DaemonSet', { template: { spec: pod('100m') } });
    expect(peakDemand([set], 30)['requests.cpu'].toString()).toBe('3');
    expect(podsOf(set)).toBe('1');
  });

  it('counts custom kinds that are registered', () => {
    const kinds = PodTemplateKinds.builtIn.with({ group: 'argoproj.io', kind: 'Rollout', path: ['spec', 'template'] });
    const rollout = object('argoproj.io/v1alpha1', 'Rollout', { replicas: 3, template: { spec: pod('1') } });
    expect(peakDemand([rollout], 1, kinds).pods.toString()).toBe('3');
    expect(podsOf(rollout)).toBe('0');
  });

  it('is the sum of its parts, in any order', () => {
    const one = fc
      .record({ replicas: fc.nat(5), cpu: fc.constantFrom('10m', '250m', '1') })
      .map(({ replicas, cpu }) => deployment({ replicas }, cpu));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), (objects) => {
        const sum = objects.map((part) => peakDemand([part])['requests.cpu'].toNumber()).reduce((a, b) => a + b, 0);
        expect(peakDemand(objects)['requests.cpu'].toNumber()).toBeCloseTo(sum, 6);
        expect(peakDemand([...objects].reverse())).toEqual(peakDemand(objects));
      }),
    );
  });
});
