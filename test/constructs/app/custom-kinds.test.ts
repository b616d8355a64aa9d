import { ApiObject } from 'cdk8s';
import { PodTemplateKinds } from '../../../core/manifest';
import { evaluate } from '../../../core/policy';
import { errorsOf, findingsOf, objectsOf, testNamespace } from '../../support/app';

const container = { name: 'a', image: 'nginx', securityContext: { privileged: true } };
const template = { spec: { hostNetwork: true, containers: [container] } };

function withCustom(spec: unknown, props: Parameters<typeof testNamespace>[0] = {}, kind = 'Rollout') {
  const { app, shop } = testNamespace(props);
  new ApiObject(shop, 'custom', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    metadata: { name: 'custom' },
    spec,
  } as ConstructorParameters<typeof ApiObject>[2]);
  return app;
}

describe('an object of a custom kind', () => {
  it.each([
    ['a Rollout', { template }, ['spec.template.spec']],
    ['a Knative Service', { podTemplate: template }, ['spec.podTemplate.spec']],
    ['several templates', { tasks: [{ template }, { template }] }, ['spec.tasks[0].template.spec', 'spec.tasks[1]']],
  ])('is judged by the pod templates in it: %s', (_what, spec, places) => {
    const errors = errorsOf(withCustom(spec));
    for (const rule of ['host-namespaces', 'privileged', 'image-allowed', 'memory-limit'])
      for (const place of places)
        expect(errors).toContainEqual(
          expect.objectContaining({
            rule,
            object: expect.stringContaining('Rollout'),
            property: expect.stringContaining(place),
          }),
        );
  });

  it('gives the same findings here and in a check of what it would write', () => {
    const app = withCustom({ tasks: [{ template }, { template }] });
    const { target, registries, today } = app.platform;
    const found = findingsOf(app).filter(({ object }) => object?.startsWith('Rollout'));
    const written = [{ object: app.node.findAll().filter(ApiObject.isApiObject).at(-1)?.toJson() }];
    const checked = evaluate(written, { target, registries, today }).findings;
    const texts = (all: readonly { rule: string; property?: string }[]) =>
      all.map(({ rule, property }) => `${rule} ${property}`).sort();
    expect(texts(found)).toEqual(texts(checked.filter(({ object }) => object?.startsWith('Rollout'))));
  });

  it('is found once where each template would find it', () => {
    const errors = errorsOf(withCustom({ tasks: [{ template }, { template }] }, {}, 'Rollout'));
    const keys = errors.map(({ rule, property, message }) => `${rule} ${property} ${message}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is judged by its declared template, and by any other: once each', () => {
    const podTemplateKinds = PodTemplateKinds.builtIn.with({
      group: 'argoproj.io',
      kind: 'Rollout',
      path: ['spec', 'template'],
    });
    const properties = errorsOf(withCustom({ template, other: template }, { podTemplateKinds }))
      .filter(({ rule }) => rule === 'host-namespaces')
      .map(({ property }) => property);
    expect(properties).toEqual(['spec.template.spec.hostNetwork', 'spec.other.spec.hostNetwork']);
  });

  it('is named in the summary where no rule knows its kind, and nothing else is', () => {
    const app = withCustom({ size: 3 }, {}, 'Thing');
    const summary = app.synth();
    expect(objectsOf(app).length).toBeGreaterThan(1);
    expect(summary.skipped).toEqual([{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Thing', count: 1 }]);
    expect(String(summary)).toContain('\nNo rule is about these kinds: 1 Thing (argoproj.io/v1alpha1)\n');
  });
});
