import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { convertEnvValue } from '../../../constructs/kplus';
import { lazily, renderedPod, testChart } from '../../support/kplus-oracle';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
const keyed: readonly string[] = [kplus.EnvFieldPaths.POD_LABEL, kplus.EnvFieldPaths.POD_ANNOTATION];

type Make = (chart: Chart) => kplus.EnvValue;
const value: fc.Arbitrary<Make> = fc.oneof(
  fc.string().map(
    (text): Make =>
      () =>
        kplus.EnvValue.fromValue(text),
  ),
  fc.record({ name, key: fc.string(), optional: optional(fc.boolean()) }).map(
    ({ name, key, optional }): Make =>
      (chart) =>
        kplus.EnvValue.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'source', name), key, { optional }),
  ),
  fc.record({ name, key: fc.string(), optional: optional(fc.boolean()) }).map(
    ({ name, key, optional }): Make =>
      (chart) =>
        kplus.EnvValue.fromSecretValue(
          { secret: kplus.Secret.fromSecretName(chart, 'source', name), key },
          { optional },
        ),
  ),
  fc
    .record({
      path: fc.constantFrom(...Object.values(kplus.EnvFieldPaths)),
      key: fc.string(),
      apiVersion: optional(fc.constantFrom('v1', '')),
    })
    .map(({ path, key, apiVersion }): Make => {
      return () => kplus.EnvValue.fromFieldRef(path, { apiVersion, ...(keyed.includes(path) && { key }) });
    }),
  fc
    .record({
      path: fc.constantFrom(...Object.values(kplus.ResourceFieldPaths)),
      divisor: optional(fc.constantFrom('1', '1m', '1Mi', '')),
      container: optional(name),
    })
    .map(({ path, divisor, container }): Make => {
      const other = container === undefined ? undefined : new kplus.Container({ name: container, image: 'image' });
      return () => kplus.EnvValue.fromResource(path, { divisor, container: other });
    }),
);

describe('convertEnvValue', () => {
  it('is what cdk8s-plus writes for any value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,9}$/), value, (variable, make) => {
        const chart = testChart();
        const given = make(chart);
        const { container } = renderedPod(chart, { envVariables: { [variable]: given } });
        expect([convertEnvValue(variable, given)]).toEqual(container.env);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a Secret, for the rules to refuse', () => {
    const secret = kplus.Secret.fromSecretName(testChart(), 'source', 'db');
    expect(convertEnvValue('PASSWORD', kplus.EnvValue.fromSecretValue({ secret, key: 'password' }))).toEqual({
      name: 'PASSWORD',
      valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
    });
  });

  it('keeps the divisor as plain text', () => {
    const given = kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi' });
    expect(convertEnvValue('GOMEMLIMIT', given)).toEqual({
      name: 'GOMEMLIMIT',
      valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } },
    });
  });

  it('keeps optional: false and the empty text', () => {
    const map = kplus.ConfigMap.fromConfigMapName(testChart(), 'source', 'settings');
    expect(
      convertEnvValue('A', kplus.EnvValue.fromConfigMap(map, 'a', { optional: false })).valueFrom?.configMapKeyRef,
    ).toEqual({ name: 'settings', key: 'a', optional: false });
    expect(convertEnvValue('B', kplus.EnvValue.fromValue(''))).toEqual({ name: 'B', value: '' });
  });

  it('is a name alone for a variable that the process does not have, as cdk8s-plus writes it', () => {
    const given = kplus.EnvValue.fromProcess('KUBE_BULWARK_TEST_UNSET');
    expect(renderedPod(testChart(), { envVariables: { A: given } }).container.env).toEqual([{ name: 'A' }]);
    expect(convertEnvValue('A', given)).toEqual({ name: 'A' });
  });

  it('sees through Lazy', () => {
    const given = kplus.EnvValue.fromValue(lazily('late'));
    const map = kplus.EnvValue.fromConfigMap({ name: lazily('late-map') } as kplus.IConfigMap, 'key');
    const { container } = renderedPod(testChart(), { envVariables: { A: given, B: map } });
    expect([convertEnvValue('A', given), convertEnvValue('B', map)]).toEqual(container.env);
    expect(container.env).toEqual([
      { name: 'A', value: 'late' },
      { name: 'B', valueFrom: { configMapKeyRef: { key: 'key', name: 'late-map' } } },
    ]);
  });

  it('refuses a number, which cdk8s-plus writes and the API server refuses', () => {
    const given = kplus.EnvValue.fromValue(8080 as unknown as string);
    expect(renderedPod(testChart(), { envVariables: { PORT: given } }).container.env).toEqual([
      { name: 'PORT', value: 8080 },
    ]);
    expect(() => convertEnvValue('PORT', given)).toThrow("env PORT: 8080 is no text; write it as one, such as '8080'");
  });

  it('refuses a source that cdk8s-plus does not make, instead of dropping it', () => {
    const given = { valueFrom: { fileKeyRef: { key: 'a' } } } as unknown as kplus.EnvValue;
    expect(() => convertEnvValue('A', given)).toThrow(/env A: \{"fileKeyRef".* is no source of cdk8s-plus-28/);
  });
});
