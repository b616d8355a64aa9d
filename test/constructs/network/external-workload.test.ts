import { ExistingNamespace, ExternalWorkload, Probe, SecureDeployment } from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testNamespace } from '../../support/app';

function scene() {
  const { app, shop } = testNamespace();
  const data = new ExistingNamespace(app, 'data');
  const db = new ExternalWorkload(data, 'db', {
    selector: { app: 'postgres' },
    ports: [5432, { port: 9187, name: 'metrics' }],
  });
  const api = new SecureDeployment(shop, 'api', { ...basics, port: 8080, readiness: Probe.tcp() });
  return { app, shop, data, db, api };
}
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const ours = { ...inNamespace('shop'), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } } };
const theirs = { ...inNamespace('data'), podSelector: { matchLabels: { app: 'postgres' } } };

describe('ExternalWorkload', () => {
  it('is connected to: our side is written, theirs is asked for', () => {
    const { app, api, db } = scene();
    api.connectTo(db);
    expect(objectOf(app, 'NetworkPolicy', 'api').spec).toMatchObject({
      egress: [{}, { to: [theirs], ports: [{ protocol: 'TCP', port: 5432 }] }],
    });
    expect(objectsOf(app).filter(({ metadata }) => metadata?.namespace === 'data')).toEqual([]);
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'db-from-shop-api', namespace: 'data' },
      spec: {
        podSelector: { matchLabels: { app: 'postgres' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [ours], ports: [{ protocol: 'TCP', port: 5432 }] }],
      },
    };
    const { requiredPolicies, connections } = app.synth();
    expect(requiredPolicies).toEqual([
      { construct: 'shop/api', namespace: 'data', why: 'shop/api reaches data/db', policy },
    ]);
    expect(connections).toEqual([{ from: 'shop/api', to: 'data/db', ports: '5432' }]);
    expect(findingsOf(app)).toEqual([
      {
        rule: 'external-policy',
        severity: 'info',
        construct: 'shop/api',
        property: 'db-from-shop-api',
        message: 'shop/api reaches data/db only if the owner of namespace data allows it',
        remedy: 'give them the policy in the summary',
      },
    ]);
    expect(String(app.synth())).toContain('For the owner of namespace data (shop/api reaches data/db)');
  });

  it('is asked for one policy, whatever it opens', () => {
    const { app, api, db } = scene();
    api.connectTo(db);
    api.connectTo(db);
    api.connectTo(db, { port: 'metrics' });
    expect(app.platform.requiredPolicies.map(({ policy }) => policy.spec.ingress)).toEqual([
      [
        { from: [ours], ports: [{ protocol: 'TCP', port: 5432 }] },
        { from: [ours], ports: [{ protocol: 'TCP', port: 9187 }] },
      ],
    ]);
  });

  it('is asked for a policy of its own for each workload, though they bear one name', () => {
    const { app, api, db, data } = scene();
    const other = new SecureDeployment(new ExistingNamespace(app, 'other'), 'api', basics);
    const neighbour = new SecureDeployment(data, 'api', basics);
    for (const workload of [api, other, neighbour]) workload.connectTo(db);
    expect(app.platform.requiredPolicies.map(({ policy }) => policy.metadata.name)).toEqual([
      'db-from-shop-api',
      'db-from-other-api',
      'db-from-api',
    ]);
  });

  it('is asked for each, though the names of namespaces and workloads add up to the same', () => {
    const { app, db } = scene();
    const names = [
      ['a', 'b-c'],
      ['a-b', 'c'],
    ] as const;
    for (const [namespace, name] of names)
      new SecureDeployment(new ExistingNamespace(app, namespace), name, basics).connectTo(db);
    expect(app.platform.requiredPolicies.map(({ construct, policy }) => [construct, policy.metadata.name])).toEqual([
      ['a/b-c', 'db-from-a-b-c'],
      ['a-b/c', 'db-from-a-b-c-2'],
    ]);
  });

  it('called "all" is asked for nothing but itself', () => {
    const { app, api, data } = scene();
    api.connectTo(new ExternalWorkload(data, 'all', { selector: { app: 'all' }, ports: [5432] }));
    api.connectTo(data, { port: 9090 });
    expect(app.platform.requiredPolicies.map(({ policy: { metadata, spec } }) => [metadata.name, spec])).toMatchObject([
      [
        'all-from-shop-api',
        { podSelector: { matchLabels: { app: 'all' } }, ingress: [{ ports: [{ protocol: 'TCP', port: 5432 }] }] },
      ],
      ['all-from-shop-api-2', { podSelector: {}, ingress: [{ ports: [{ protocol: 'TCP', port: 9090 }] }] }],
    ]);
  });

  it('is let in: it must open its way out', () => {
    const { app, api, db } = scene();
    api.exposeTo(db);
    expect(objectOf(app, 'NetworkPolicy', 'api').spec).toMatchObject({
      ingress: [{ from: [theirs], ports: [{ protocol: 'TCP', port: 8080 }] }],
    });
    expect(app.platform.requiredPolicies.map(({ policy }) => policy)).toMatchObject([
      {
        metadata: { name: 'db-to-shop-api', namespace: 'data' },
        spec: { policyTypes: ['Egress'], egress: [{ to: [ours], ports: [{ protocol: 'TCP', port: 8080 }] }] },
      },
    ]);
  });

  it.each(['*', '', 'a b', 'x/../y'])('runs as no ServiceAccount %p', (serviceAccountName) => {
    const { data } = scene();
    expect(() => new ExternalWorkload(data, 'who', { selector: { app: 'who' }, serviceAccountName })).toThrow(
      /^data\/who: serviceAccountName = .*: it is no name of a ServiceAccount/,
    );
  });

  it.each<Readonly<Record<string, string>>>([{ 'a b': 'x' }, { app: 'x'.repeat(64) }, { app: 'a, b' }])(
    'is not selected by %j',
    (selector) => {
      const { data } = scene();
      expect(() => new ExternalWorkload(data, 'who', { selector })).toThrow(
        /^data\/who: selector = .* is no label, or its value is none/,
      );
    },
  );

  it.each([0, 70_000])('refuses the port %d', (port) => {
    const { data } = scene();
    expect(() => new ExternalWorkload(data, 'who', { selector: { app: 'who' }, ports: [port] })).toThrow(
      /^data\/who: ports: .* is no port that a NetworkPolicy takes/,
    );
  });

  it('has the ports that it was given, and no others', () => {
    const { app, api, db, data } = scene();
    api.connectTo(db, { port: 1 });
    api.connectTo(new ExternalWorkload(data, 'mute', { selector: { app: 'mute' } }));
    expect(errorsOf(app)).toMatchObject([
      { rule: 'connection-port', message: 'data/db has no port 1', remedy: 'it has tcp-5432 (5432), metrics (9187)' },
      { rule: 'connection-port', message: 'data/mute has no port', remedy: 'declare a port on data/mute' },
    ]);
  });
});
