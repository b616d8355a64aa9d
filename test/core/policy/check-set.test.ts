import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { checkSet, evaluate } from '../../../core/policy';
import type { SetRule } from '../../../core/policy/rule';

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

describe('a rule over all objects that throws', () => {
  const rule = (id: string, check: SetRule['check']): SetRule => ({
    id,
    subject: 'set',
    severity: 'warning',
    title: id,
    why: 'a test',
    fix: 'a test',
    check,
  });
  const failing = rule('failing', () => {
    throw new TypeError('it is broken');
  });
  const lazy = rule('lazy', function* () {
    yield { message: 'a finding that is lost', remedy: 'none' };
    throw new TypeError('it broke later');
  });
  const sound = rule('sound', ({ objects }) =>
    objects.map(({ construct }) => ({ construct, message: 'seen', remedy: 'none' })),
  );
  const twins = [deployment('api', { app: 'x' }), deployment('api', { app: 'x' })];
  const failed = (id: string, reason: string) => ({
    rule: 'rule-failed',
    severity: 'error',
    construct: 'one',
    object: 'Deployment.apps shop/api',
    message: `the rule ${id} could not judge the objects together: ${reason}`,
    remedy: expect.any(String),
  });

  it('is a finding, and takes none from the others', () => {
    const entries = twins.map((object, i) => ({ object, construct: i === 0 ? 'one' : 'two' }));
    const found = checkSet(entries, undefined, undefined, [failing, sound, lazy]);
    expect(found.map(({ rule: id }) => id)).toEqual([
      'identity-unique',
      'namespace-network-isolation',
      'rule-failed',
      'sound',
      'sound',
      'rule-failed',
    ]);
    expect(found[2]).toEqual(failed('failing', 'it is broken'));
    expect(found[5]).toEqual(failed('lazy', 'it broke later'));
  });

  it('is none for an object of a shape that Kubernetes does not take', () => {
    const odd = { ...deployment('odd', { app: 'x' }), spec: { selector: { matchLabels: 7 }, template: { spec: {} } } };
    const entries = [...twins, odd as never].map((object) => ({ object, construct: 'one' }));
    const found = checkSet(entries, undefined, undefined, [sound]);
    expect(found.filter(({ rule: id }) => id === 'identity-unique' || id === 'sound')).toHaveLength(4);
  });

  it('is reported with the place of the first object', () => {
    const report = evaluate(
      twins.map((object, line) => ({ object, source: 'all.yaml', positionOf: () => ({ line: line + 1, column: 1 }) })),
      { target: ClusterTarget.of('1.36'), today: '2026-07-01', rules: [failing, sound] },
    );
    expect(report.findings.filter(({ rule: id }) => id === 'rule-failed')).toMatchObject([
      { message: failed('failing', 'it is broken').message, location: { file: 'all.yaml', line: 1 } },
    ]);
    expect(report.findings.filter(({ rule: id }) => id === 'sound')).toHaveLength(2);
  });

  it('is not asked at all where it is not chosen', () => {
    const report = evaluate(
      twins.map((object) => ({ object })),
      { target: ClusterTarget.of('1.36'), today: '2026-07-01', rules: [sound] },
    );
    expect(report.findings.some(({ rule: id }) => id === 'rule-failed')).toBe(false);
  });
});
