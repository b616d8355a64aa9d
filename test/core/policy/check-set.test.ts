import type { KubernetesObject } from '../../../core/manifest';
import { checkSet, type SetRule } from '../../../core/policy';

/** A Deployment whose pods carry the labels that it selects. */
function deployment(name: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [] } } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' }, spec };
}

const set = (...objects: readonly KubernetesObject[]) =>
  objects.map((object) => ({ object, construct: String(object.metadata?.name) }));

const found = (rule: string, ...objects: readonly KubernetesObject[]) =>
  checkSet(set(...objects)).filter((finding) => finding.rule === rule);

describe('checkSet', () => {
  it('names who selects whose pods', () => {
    const worker = deployment('worker', { app: 'shop', tier: 'back' });
    expect(found('selector-overlap', deployment('api', { app: 'shop' }), worker)).toEqual([
      {
        rule: 'selector-overlap',
        severity: 'error',
        construct: 'api',
        object: 'Deployment.apps shop/api',
        property: 'spec.selector',
        value: { matchLabels: { app: 'shop' } },
        message: 'it selects the pods of Deployment.apps shop/worker, too',
        remedy: 'give it a label that only its own pods carry',
      },
    ]);
  });

  it('sees both sides of equal selectors, in whatever order their labels stand', () => {
    const [a, b] = [deployment('a', { app: 'x', tier: 'y' }), deployment('b', { tier: 'y', app: 'x' })];
    expect(found('selector-overlap', a, b).map(({ construct }) => construct)).toEqual(['a', 'b']);
  });

  it('reports a second object of a name for its own construct, and names that of the first; two scopes share none', () => {
    const object = deployment('api', { app: 'api' });
    const twice = (one?: string, other?: string) =>
      checkSet([
        { object, construct: 'first', ...(one && { scope: one }) },
        { object, construct: 'second', ...(other && { scope: other }) },
      ]).filter(({ rule }) => rule === 'identity-unique');
    expect(twice()).toMatchObject([{ construct: 'second', message: 'there are two of them: the other is first' }]);
    expect(twice('a/', 'a/')).toHaveLength(1);
    expect(twice('a/', 'b/')).toEqual([]);
  });

  it('asks of a targetPort where the pods stand beside the Service: those of another folder may be changed on their way', () => {
    const labels = { app: 'api' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'c' }] } };
    const pods = { ...deployment('api', labels), spec: { selector: { matchLabels: labels }, template } };
    const service: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api', namespace: 'shop' },
      spec: { selector: labels, ports: [{ port: 80, targetPort: 'http' }] },
    };
    const asked = (one?: string, other?: string) =>
      checkSet([
        { object: pods, construct: 'pods', ...(one && { scope: one }) },
        { object: service, construct: 'service', ...(other && { scope: other }) },
      ]).filter(({ rule }) => rule === 'service-target-port');
    expect(asked()).toMatchObject([{ construct: 'service', value: 'http' }]);
    expect(asked('a/', 'a/')).toHaveLength(1);
    expect(asked('base/', 'overlay/')).toEqual([]);
  });

  const counting: SetRule = {
    id: 'counting',
    subject: 'set',
    title: '',
    severity: 'info',
    why: '',
    fix: '',
    check: ({ objects }) => [{ construct: 'app', message: `there are ${objects.length}`, remedy: 'none' }],
  };
  const throwing: SetRule = {
    ...counting,
    id: 'throwing',
    *check() {
      yield { construct: 'app', message: 'before', remedy: 'none' };
      throw new Error('boom');
    },
  };

  it('asks the rules that it is given', () => {
    const objects = set(deployment('a', {}), deployment('b', {}));
    expect(checkSet(objects, undefined, [counting])).toEqual([
      { rule: 'counting', severity: 'info', construct: 'app', message: 'there are 2', remedy: 'none' },
    ]);
    expect(checkSet(objects, undefined, [])).toEqual([]);
  });

  it('makes a finding of a rule that throws, and asks the others', () => {
    expect(checkSet(set(deployment('a', {})), undefined, [throwing, counting])).toEqual([
      expect.objectContaining({ rule: 'throwing', message: 'before' }),
      {
        rule: 'rule-failed',
        severity: 'error',
        construct: '',
        message: 'the rule throwing could not judge the objects together: boom',
        remedy: expect.any(String),
      },
      expect.objectContaining({ rule: 'counting' }),
    ]);
  });
});
