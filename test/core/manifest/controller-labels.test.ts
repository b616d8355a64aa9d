import { podLabelsOf } from '../../../core/manifest/controller-labels';
import type { KubernetesObject } from '../../../core/manifest/object';
import { podTemplateOf } from '../../../core/manifest/pod-template';

function labelsOf(apiVersion: string, kind: string, more: object = {}, labels?: object) {
  const template = { ...(labels && { metadata: { labels } }), spec: {} };
  const spec = { ...more, template };
  const object = {
    apiVersion,
    kind,
    metadata: { name: 'db.x' },
    spec: kind === 'CronJob' ? { jobTemplate: { spec } } : spec,
  } as KubernetesObject;
  const found = podTemplateOf(object);
  if (found === undefined) throw new Error(`${kind} has no template`);
  return podLabelsOf(object, found);
}

describe('podLabelsOf', () => {
  it.each<[string, string, object, object, readonly string[]]>([
    ['apps/v1', 'Deployment', {}, {}, ['pod-template-hash']],
    ['apps/v1', 'ReplicaSet', {}, {}, []],
    ['apps/v1', 'DaemonSet', {}, {}, ['controller-revision-hash', 'pod-template-generation']],
    [
      'apps/v1',
      'StatefulSet',
      {},
      {},
      ['apps.kubernetes.io/pod-index', 'controller-revision-hash', 'statefulset.kubernetes.io/pod-name'],
    ],
    [
      'batch/v1',
      'Job',
      {},
      { 'job-name': 'db.x', 'batch.kubernetes.io/job-name': 'db.x' },
      ['batch.kubernetes.io/controller-uid', 'controller-uid'],
    ],
    [
      'batch/v1',
      'Job',
      { manualSelector: true, completionMode: 'Indexed' },
      {},
      ['batch.kubernetes.io/job-completion-index'],
    ],
    [
      'batch/v1',
      'CronJob',
      {},
      {},
      ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name', 'controller-uid', 'job-name'],
    ],
  ])('%s %s %j', (apiVersion, kind, more, known, open) => {
    const { labels, labelForms } = labelsOf(apiVersion, kind, more, { app: 'db' });
    expect(labels).toEqual({ app: 'db', ...known });
    expect(Object.keys(labelForms).sort()).toEqual(open);
  });

  it('knows which values may be, and lets what is written stand', () => {
    const { labelForms } = labelsOf('apps/v1', 'StatefulSet');
    const name = labelForms['statefulset.kubernetes.io/pod-name'];
    expect(['db.x-0', 'db.x-12', 'dbyx-0', 'db.x', 'web-0'].map((each) => name?.test(each))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    const live = labelsOf('batch/v1', 'Job', {}, { 'controller-uid': 'u', 'job-name': 'db.x' });
    expect(live.labels).toMatchObject({ 'controller-uid': 'u', 'job-name': 'db.x' });
    expect(Object.keys(live.labelForms)).toEqual(['batch.kubernetes.io/controller-uid']);
  });
});
