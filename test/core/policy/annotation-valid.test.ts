import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { checkValidity } from '../../../core/policy';

function found(object: object) {
  return checkValidity(object as KubernetesObject, ClusterTarget.of('1.36'))
    .filter(({ rule }) => rule === 'annotation-valid')
    .map(({ property, message }) => [property, message]);
}
const settings = (annotations: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', annotations },
});

describe('annotation-valid', () => {
  it.each<[string, object, string, string]>([
    ['a number', { port: 8080 }, 'port', 'an annotation is a text, and this is the number 8080'],
    ['a yes', { scrape: true }, 'scrape', 'an annotation is a text, and this is the boolean true'],
    ['a list', { hosts: ['a'] }, 'hosts', 'an annotation is a text, and this is a list'],
    ['an object', { owner: { team: 'a' } }, 'owner', 'an annotation is a text, and this is an object'],
    ['a name with a space', { 'my owner': 'a' }, '["my owner"]', '"my owner" is no name of an annotation'],
    ['two slashes', { 'a/b/c': 'a' }, '["a/b/c"]', '"a/b/c" is no name of an annotation'],
  ])('finds %s', (_name, annotations, key, message) => {
    const property = key.startsWith('[') ? `metadata.annotations${key}` : `metadata.annotations.${key}`;
    expect(found(settings(annotations))).toEqual([[property, message]]);
  });

  it('takes capitals before the slash, an empty value and none', () => {
    expect(found(settings({ 'Example.COM/Owner': '', 'example.com/none': null }))).toEqual([]);
  });

  it('counts bytes, not letters', () => {
    const most = 256 * 1024;
    expect(found(settings({ a: 'ä'.repeat(most / 2 - 1) }))).toEqual([]);
    expect(found(settings({ a: 'ä'.repeat(most / 2) }))).toEqual([
      ['metadata.annotations', `its annotations have ${most + 1} bytes, and an object takes ${most}`],
    ]);
  });

  it('reads the template of a workload', () => {
    const template = { metadata: { annotations: { 'prometheus.io/port': 8080 } }, spec: { containers: [] } };
    const job = { spec: { template } };
    const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec: { jobTemplate: job } };
    expect(found(cronJob)).toEqual([
      [
        'spec.jobTemplate.spec.template.metadata.annotations["prometheus.io/port"]',
        'an annotation is a text, and this is the number 8080',
      ],
    ]);
  });
});
