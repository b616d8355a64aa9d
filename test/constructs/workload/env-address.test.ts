import { Env, LockedNamespace, Probe, SecureCronJob, SecureDeployment, SecureStatefulSet } from '../../../index';
import { basics, errorsOf, objectOf, testApp, testNamespace } from '../../support/app';

const served = { ...basics, port: 8080, readiness: Probe.tcp() } as const;

type PodOwner = {
  readonly template: {
    readonly spec: Readonly<Record<'containers' | 'initContainers', readonly { readonly env?: unknown }[]>>;
  };
};

const envOf = (spec: unknown) => (spec as PodOwner).template.spec.containers[0]?.env;

describe('Env.addressOf', () => {
  it("is the address of the other workload's Service, and opens the way to its port", () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', { ...served, port: { port: 8080, servicePort: 80 } });
    new SecureDeployment(shop, 'web', { ...basics, env: { A: '1', API_ADDR: Env.addressOf(api), B: '2' } });
    expect(envOf(objectOf(app, 'Deployment', 'web').spec)).toEqual([
      { name: 'A', value: '1' },
      { name: 'API_ADDR', value: 'api:80' },
      { name: 'B', value: '2' },
    ]);
    expect(app.platform.connections).toEqual([{ from: 'shop/web', to: 'shop/api', ports: '8080' }]);
    const opened = (kind: 'ingress' | 'egress', name: string) =>
      (objectOf(app, 'NetworkPolicy', name).spec as Record<string, unknown[]>)[kind];
    expect(opened('ingress', 'api')).toEqual([
      {
        from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } }],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
    ]);
    expect(opened('egress', 'web')).toHaveLength(2);
  });

  it('takes a port by name, a Service by its own name, and the namespace of another', () => {
    const app = testApp();
    const data = new LockedNamespace(app, 'data', { owner: 'team-data' });
    const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    const db = new SecureStatefulSet(data, 'db', {
      ...served,
      port: 5432,
      ports: [{ port: 9187, name: 'metrics' }],
      service: { name: 'postgres' },
    });
    new SecureDeployment(shop, 'api', {
      ...basics,
      env: { DB: Env.addressOf(db), METRICS: Env.addressOf(db, { port: 'metrics' }) },
    });
    expect(envOf(objectOf(app, 'Deployment', 'api').spec)).toEqual([
      { name: 'DB', value: 'postgres.data:5432' },
      { name: 'METRICS', value: 'postgres.data:9187' },
    ]);
    expect(app.platform.connections.map(({ ports }) => ports)).toEqual(['5432', '9187']);
  });

  it('opens one way for any number of containers that are given the address', () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', served);
    const env = { API: Env.addressOf(api) };
    new SecureCronJob(shop, 'report', {
      ...basics,
      schedule: '0 3 * * *',
      env,
      initContainers: [{ ...basics, name: 'wait', env }],
      containers: [{ ...basics, name: 'beside', env }],
    });
    expect(app.platform.connections).toEqual([{ from: 'shop/report', to: 'shop/api', ports: '8080' }]);
    const { egress } = objectOf(app, 'NetworkPolicy', 'report').spec as { egress: unknown[] };
    expect(egress).toHaveLength(2);
  });

  it('opens the way for a container that is not the main one', () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', served);
    const env = { API: Env.addressOf(api) };
    new SecureDeployment(shop, 'one', { ...basics, initContainers: [{ ...basics, name: 'wait', env }] });
    new SecureDeployment(shop, 'two', { ...basics, sidecars: [{ ...basics, name: 'proxy', env }] });
    new SecureDeployment(shop, 'three', { ...basics, containers: [{ ...basics, name: 'beside', env }] });
    expect(app.platform.connections.map(({ from }) => from)).toEqual(['shop/one', 'shop/two', 'shop/three']);
  });

  it('refuses a workload without a port, a port that it lacks, and one without a Service', () => {
    const { app, shop } = testNamespace();
    const batch = new SecureDeployment(shop, 'batch', basics);
    const api = new SecureDeployment(shop, 'api', served);
    const hidden = new SecureDeployment(shop, 'hidden', { ...served, service: false });
    new SecureDeployment(shop, 'web', {
      ...basics,
      env: { A: Env.addressOf(batch), B: Env.addressOf(api, { port: 9090 }), C: Env.addressOf(hidden) },
    });
    expect(errorsOf(app).map(({ rule, construct, message }) => [rule, construct, message])).toEqual([
      ['connection-port', 'shop/web', 'shop/batch has no port'],
      ['connection-port', 'shop/web', 'shop/api has no port 9090'],
      ['connection-port', 'shop/web', 'shop/hidden has no Service, so that it has no address'],
    ]);
  });
});
