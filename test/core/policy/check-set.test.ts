import type { KubernetesObject } from '../../../core/manifest';
import { checkSet } from '../../../core/policy';

/** A Deployment in a namespace, with the labels of its pods and those it selects. */
function deployment(
  name: string,
  labels: Readonly<Record<string, string>>,
  matchLabels: Readonly<Record<string, string>> = labels,
  namespace = 'shop',
): KubernetesObject {
  const spec = { selector: { matchLabels }, template: { metadata: { labels }, spec: { containers: [] } } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec };
}

function overlaps(...objects: readonly KubernetesObject[]) {
  return checkSet(objects.map((object) => ({ object, construct: String(object.metadata?.name) }))).filter(
    ({ rule }) => rule === 'selector-overlap',
  );
}

describe('selector-overlap', () => {
  it('names who selects whose pods', () => {
    expect(overlaps(deployment('api', { app: 'shop' }), deployment('worker', { app: 'shop', tier: 'back' }))).toEqual([
      {
        rule: 'selector-overlap',
        severity: 'error',
        construct: 'api',
        object: 'Deployment.apps shop/api',
        property: 'spec.selector.matchLabels',
        value: { app: 'shop' },
        message: 'it selects the pods of Deployment.apps shop/worker, too',
        remedy: 'give it a label that only its own pods carry',
      },
    ]);
  });

  it('sees both sides of equal selectors, in whatever order their labels stand', () => {
    const found = overlaps(deployment('a', { app: 'x', tier: 'y' }), deployment('b', { tier: 'y', app: 'x' }));
    expect(found.map(({ construct }) => construct)).toEqual(['a', 'b']);
  });

  it.each([
    ['other namespaces', [deployment('a', { app: 'x' }), deployment('b', { app: 'x' }, undefined, 'other')]],
    ['other labels', [deployment('a', { app: 'x', tier: '1' }), deployment('b', { app: 'x', tier: '2' })]],
    [
      'labels that are only shared',
      [deployment('a', { app: 'x', part: 'p' }, { app: 'x' }), deployment('b', { app: 'y', part: 'p' })],
    ],
  ])('has nothing against %s', (_, objects) => {
    expect(overlaps(...objects)).toEqual([]);
  });
});
