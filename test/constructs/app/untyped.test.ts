import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { ManifestObject } from '../../../constructs/app/manifest-object';
import { SecureDeployment } from '../../../index';
import { basics, errorsOf, findingsOf, testNamespace } from '../../support/app';

const schemaFindings = (app: Parameters<typeof findingsOf>[0]) =>
  findingsOf(app).filter(({ rule }) => rule === 'schema-valid');

describe('what no types have checked', () => {
  it('is checked against the schema in patches, by construct', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', basics).patchPod({ securityContext: { runAsNonroot: true } } as object);
    expect(schemaFindings(app)).toEqual([
      {
        rule: 'schema-valid',
        severity: 'error',
        construct: 'shop/api',
        object: 'Deployment.apps shop/api',
        property: 'spec.template.spec.securityContext.runAsNonroot',
        message: 'a PodSecurityContext has no field "runAsNonroot"',
        remedy: 'did you mean runAsNonRoot?',
      },
    ]);
  });

  it('is checked in JSON patches, and in objects of other libraries', () => {
    const { app, shop } = testNamespace();
    const metadata = { name: 'x' };
    new ApiObject(shop, 'service', { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: '80' }] } });
    new ApiObject(shop, 'custom', { apiVersion: 'example.com/v1', kind: 'Widget', metadata, spec: { ports: '80' } });
    const api = new SecureDeployment(shop, 'api', basics);
    const deployment = api.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .find(({ kind }) => kind === 'Deployment');
    deployment?.addJsonPatch(JsonPatch.add('/spec/minReadySeconds', '10'));
    expect(schemaFindings(app)).toMatchObject([
      { object: 'Service shop/x', property: 'spec.ports[0].port', value: '80' },
      { construct: 'shop/api', property: 'spec.minReadySeconds', value: '10' },
    ]);
  });

  it('reports once what another check has reported', () => {
    const { app, shop } = testNamespace();
    const labels = { number: 5 } as unknown as Record<string, string>;
    new ApiObject(shop, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', labels } });
    const found = findingsOf(app).filter(({ property }) => property === 'metadata.labels.number');
    expect(found.map(({ rule }) => rule)).toEqual(['label-value']);
  });

  it('is not asked of what is ours and unpatched', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', basics);
    expect(errorsOf(app)).toEqual([]);
  });
});

describe('what YAML cannot hold', () => {
  /** An object of ours, which types would have kept from this. */
  const bad = (scope: Construct, id: string) =>
    new ManifestObject(scope, id, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: id },
      body: () => ({ data: { list: ['a', undefined, 5n] } }),
    });

  it('is reported all at once, by construct, where nothing else is wrong', () => {
    const { app, shop } = testNamespace();
    bad(shop, 'api');
    bad(shop, 'web');
    const at = 'data.list';
    expect(errorsOf(app).map(({ rule, construct, property }) => [rule, construct, property])).toEqual([
      ['plain-data', 'shop', `${at}[1]`],
      ['plain-data', 'shop', `${at}[2]`],
      ['plain-data', 'shop', `${at}[1]`],
      ['plain-data', 'shop', `${at}[2]`],
    ]);
  });

  it('is reported with what else is wrong', () => {
    const { app, shop } = testNamespace();
    bad(shop, 'api');
    new SecureDeployment(shop, 'web', { ...basics, image: 'nginx' });
    const rules = new Set(errorsOf(app).map(({ rule }) => rule));
    expect([...rules]).toEqual(expect.arrayContaining(['image-digest', 'plain-data']));
  });

  it('writes nothing', () => {
    const { app, shop } = testNamespace();
    bad(shop, 'api');
    expect(() => app.synth()).toThrow(/2 errors, nothing was written/);
  });
});

it('warns of exceptions that hold for more than a year', () => {
  const { app, shop } = testNamespace();
  const reason = 'until the next release';
  const exceptions = ['2027-11-22', '2027-11-23', '2099-12-31'].map((expires) => ({
    rule: 'privileged',
    reason,
    expires,
  }));
  new SecureDeployment(shop, 'api', { ...basics, exceptions });
  expect(findingsOf(app).filter(({ rule }) => rule === 'exception-long')).toMatchObject([
    { severity: 'warning', value: '2027-11-23', message: 'the exception to privileged holds for another 367 days' },
    { severity: 'warning', value: '2099-12-31' },
  ]);
});
