import { podTemplateOf } from '../../../../core/manifest/pod-template';
import { type ExceptionSelector, selectorMatcher, vagueness } from '../../../../core/policy/exceptions/selector';
import type { Finding } from '../../../../core/policy/finding';
import { deployment } from '../rules/rule-cases';

const object = {
  ...deployment({
    containers: [
      { name: 'api', image: 'quay.io/a/b:1' },
      { name: 'proxy', image: 'docker.io/envoy:2' },
    ],
  }),
  metadata: { name: 'api', namespace: 'shop', labels: { app: 'api', team: 'web' } },
};
const template = podTemplateOf(object);
const finding = (container?: string): Finding => ({
  rule: 'privileged',
  severity: 'error',
  message: '',
  remedy: '',
  ...(container !== undefined && { container }),
});
const covers = (selector: ExceptionSelector, container?: string) =>
  selectorMatcher(selector)(finding(container), { object, ...(template && { template }) });

describe('selectorMatcher', () => {
  it.each<[ExceptionSelector, string | undefined, boolean]>([
    [{ kind: 'Deployment' }, undefined, true],
    [{ kind: 'Deployment.apps' }, undefined, true],
    [{ kind: 'Deployment.extensions' }, undefined, false],
    [{ kind: 'DaemonSet' }, undefined, false],
    [{ kind: '*Set' }, undefined, false],
    [{ namespace: 'sh*' }, undefined, true],
    [{ namespace: 'prod' }, undefined, false],
    [{ name: 'a*i' }, undefined, true],
    [{ name: 'ap' }, undefined, false],
    [{ labels: { app: 'api', team: 'w*' } }, undefined, true],
    [{ labels: { app: 'api', team: 'ops' } }, undefined, false],
    [{ labels: { other: 'x' } }, undefined, false],
    [{ container: 'api' }, 'api', true],
    [{ container: 'api' }, 'proxy', false],
    [{ container: 'api' }, undefined, false],
    [{ image: 'quay.io/*' }, 'api', true],
    [{ image: 'quay.io/*' }, 'proxy', false],
    [{ image: 'quay.io/*' }, undefined, false],
    [{ image: '*io/*' }, undefined, true],
    [{ image: 'quay.io/*', namespace: 'prod' }, 'api', false],
  ])('%j covers container %s: %s', (selector, container, expected) => {
    expect(covers(selector, container)).toBe(expected);
  });

  it.each([
    ['api-*', true],
    ['*', true],
    ['api-', false],
    ['*-', false],
  ])('by the name %j covers a name that is generated: %s', (name, expected) => {
    const generated = { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'api-' } };
    expect(selectorMatcher({ name })(finding(), { object: generated })).toBe(expected);
  });

  it('covers no image where there is no pod', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } };
    expect(selectorMatcher({ image: 'quay.io/*' })(finding(), { object: service })).toBe(false);
  });
});

describe('vagueness', () => {
  it.each<[ExceptionSelector, string | undefined]>([
    [{}, 'it selects every object'],
    [{ labels: {} }, 'it selects every object'],
    [{ kind: '*', namespace: '**' }, 'its selectors are all *, and select every object'],
    [{ kind: '*o*' }, 'its selectors say next to nothing, and select nearly every object'],
    [{ image: '*/*' }, 'its selectors say next to nothing, and select nearly every object'],
    [{ kind: '*', namespace: '*-*' }, 'its selectors say next to nothing, and select nearly every object'],
    [{ namespace: '' }, 'its selectors are all *, and select every object'],
    [{ kind: '*Set' }, undefined],
    [{ name: 'db*' }, undefined],
    [{ image: 'quay.io/*' }, undefined],
    [{ kind: '*', namespace: 'shop' }, undefined],
    [{ labels: { app: 'a' } }, undefined],
  ])('of %j is %s', (selector, expected) => {
    expect(vagueness(selector)).toBe(expected);
  });
});
