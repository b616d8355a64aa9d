import { ClusterTarget } from '../../../../core/cluster';
import { type KubernetesObject, PodTemplateKinds } from '../../../../core/manifest';
import { checkValidity } from '../../../../core/policy';
import { withNulls } from '../rules/rule-cases';
import { acceptedWorkloads, refusedWholes, refusedWorkloads } from './workload-cases';

const found = (object: KubernetesObject, isWhole = false) =>
  checkValidity(object, ClusterTarget.of('1.36'), undefined, isWhole).map(({ rule, property }) => [rule, property]);

describe('a workload that the API server would refuse', () => {
  it.each(refusedWorkloads.map((one) => [one.name, one] as const))('%s', (_name, { object, property }) => {
    expect(found(object)).toEqual([['pod-valid', property]]);
    expect(found(withNulls(object))).toEqual([['pod-valid', property]]);
  });
});

describe('a workload without containers', () => {
  it.each(refusedWholes.map((one) => [one.name, one] as const))('%s, which may be a part', (_name, one) => {
    expect(found(one.object)).toEqual([]);
    expect(found(one.object, true)).toEqual([['pod-valid', one.property]]);
  });

  it.each<[string, object]>([
    ['a Rollout of another workload', { selector: {}, workloadRef: { kind: 'Deployment', name: 'a' } }],
    ['a Rollout', { selector: {}, template: { spec: { containers: [] } } }],
  ])('is not for us to judge: %s', (_name, spec) => {
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'a' }, spec };
    const kinds = PodTemplateKinds.builtIn.with({ group: 'argoproj.io', kind: 'Rollout', path: ['spec', 'template'] });
    expect(checkValidity(rollout, ClusterTarget.of('1.36'), kinds, true)).toEqual([]);
  });

  it('is not told by what is no mapping on the way', () => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    for (const spec of ['text', [], { containers: 'text' }, { containers: {} }])
      expect(found({ ...object, spec } as KubernetesObject, true)).toEqual([]);
  });
});

describe('a workload that is right', () => {
  it.each(acceptedWorkloads.map((one) => [one.name, one] as const))('%s', (_name, { object }) => {
    expect(found(object)).toEqual([]);
    expect(found(object, true)).toEqual([]);
  });

  it.each<[string, object]>([
    ['a part of a Job', { template: { spec: { containers: [{ name: 'a' }] } } }],
    ['labels of a Job', { template: { metadata: { labels: { a: 'b' } }, spec: {} } }],
  ])('%s', (_name, spec) => {
    expect(found({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec })).toEqual([]);
  });

  it.each<[string, string, object]>([
    [
      'a new image of a CronJob',
      'batch/v1/CronJob',
      { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', image: 'a:2' }] } } } } },
    ],
    ['what of a rollout one layer says', 'apps/v1/DaemonSet', { updateStrategy: { rollingUpdate: { maxSurge: 1 } } }],
    ['labels of a selector', 'apps/v1/Deployment', { selector: { matchLabels: { a: 'b' } } }],
    ['pods of no labels', 'apps/v1/Deployment', { selector: {}, template: { spec: { nodeSelector: { a: 'b' } } } }],
    [
      'a container to be left out',
      'apps/v1/Deployment',
      { template: { spec: { containers: [{ $patch: 'delete', name: 'a' }] } } },
    ],
  ])('%s may be a part', (_name, of, spec) => {
    const [group, version, kind] = of.split('/');
    expect(found({ apiVersion: `${group}/${version}`, kind: `${kind}`, metadata: { name: 'a' }, spec })).toEqual([]);
  });

  it('is of Kubernetes itself', () => {
    for (const { object } of refusedWorkloads)
      expect(found({ ...object, apiVersion: 'example.com/v1' }).filter(([rule]) => rule === 'pod-valid')).toEqual([]);
  });
});
