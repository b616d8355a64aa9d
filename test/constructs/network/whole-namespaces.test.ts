/** connectTo and exposeTo of a whole namespace: our workloads there on both sides, whenever they are made; pods of others by the namespace. */
import { Chart } from 'cdk8s';
import { networkWorldOf, Reachability } from '../../../core/network';
import { ExistingNamespace, LockedNamespace, Probe, SecureDeployment } from '../../../index';
import { basics, errorsOf, objectOf, objectsOf, testApp } from '../../support/app';

const metrics = { port: 9090, name: 'metrics' };
const serving = { ...basics, port: 8080, readiness: Probe.http('/ready') };
const measured = { ...serving, ports: [metrics] };
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

function scene() {
  const app = testApp();
  const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  const monitoring = new LockedNamespace(app, 'monitoring', { owner: 'team-sre' });
  const prometheus = new SecureDeployment(monitoring, 'prometheus', measured);
  const ports = (from: string, to: string) => {
    const reach = new Reachability(networkWorldOf(objectsOf(app)).world);
    return reach.between(reach.indexOf(from) ?? -1, reach.indexOf(to) ?? -1).certain.text;
  };
  return { app, shop, monitoring, prometheus, ports };
}

describe('connectTo a namespace of ours', () => {
  it('reaches each workload that has the port, those that are made later, too', () => {
    const { app, shop, prometheus, ports } = scene();
    new SecureDeployment(shop, 'before', measured);
    prometheus.connectTo(shop, { port: 'metrics' });
    new SecureDeployment(shop, 'after', { ...serving, ports: [{ ...metrics, port: 9091 }] });
    new SecureDeployment(shop, 'without', serving);
    expect(errorsOf(app)).toEqual([]);
    expect(['before', 'after', 'without'].map((name) => ports('monitoring/prometheus', `shop/${name}`))).toEqual([
      'TCP 9090',
      'TCP 9091',
      'no port',
    ]);
    expect(app.platform.connections.map(({ to, ports: of }) => `${to}:${of}`)).toEqual([
      'shop/before:9090',
      'shop/after:9091',
    ]);
  });

  it('leaves the one that asks out', () => {
    const { app, monitoring, prometheus } = scene();
    new SecureDeployment(monitoring, 'other', measured);
    prometheus.connectTo(monitoring, { port: 9090 });
    expect(app.platform.connections.map(({ to }) => to)).toEqual(['monitoring/other']);
  });

  it('refuses a port that nobody there has, once all are there', () => {
    const { app, shop, prometheus } = scene();
    prometheus.connectTo(shop, { port: 'metrics' });
    new SecureDeployment(shop, 'without', serving);
    expect(errorsOf(app).map(({ rule, message }) => [rule, message])).toEqual([
      ['connection-port', 'no workload of namespace shop has a port metrics'],
    ]);
  });

  it('refuses to guess the port', () => {
    const { app, shop, prometheus } = scene();
    new SecureDeployment(shop, 'web', measured);
    prometheus.connectTo(shop);
    expect(errorsOf(app).map(({ message, remedy }) => [message, remedy])).toEqual([
      [
        'a namespace has no first port: shop has as many as its workloads',
        'name the port: connectTo(shop, { port: 9090 })',
      ],
    ]);
  });
});

describe('a namespace that several constructs stand for', () => {
  it.each([
    [
      'another ExistingNamespace',
      (app: ReturnType<typeof testApp>) => new ExistingNamespace(new Chart(app, 'two'), 'data'),
    ],
    ['a plain Chart', (app: ReturnType<typeof testApp>) => new Chart(app, 'two', { namespace: 'data' })],
  ])('is the same one: workloads in %s are opened, too', (_, make) => {
    const { app, prometheus, ports } = scene();
    const data = new ExistingNamespace(app, 'data');
    const other = make(app);
    new SecureDeployment(other, 'before', measured);
    prometheus.connectTo(data, { port: 9090 });
    prometheus.exposeTo(data);
    new SecureDeployment(other, 'after', measured);
    for (const name of ['before', 'after']) {
      expect(ports('monitoring/prometheus', `data/${name}`)).toBe('TCP 9090');
      expect(ports(`data/${name}`, 'monitoring/prometheus')).toBe('TCP 8080');
    }
  });
});

describe('connectTo a namespace of others', () => {
  it('opens the way to every pod there, and asks its owner for the other side', () => {
    const { app, prometheus } = scene();
    const kafka = new ExistingNamespace(app, 'kafka');
    prometheus.connectTo(kafka, { port: 9404 });
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, 'NetworkPolicy', 'prometheus').spec).toMatchObject({
      egress: [{}, { to: [inNamespace('kafka')], ports: [{ protocol: 'TCP', port: 9404 }] }],
    });
    expect(app.platform.requiredPolicies).toEqual([
      {
        construct: 'monitoring/prometheus',
        namespace: 'kafka',
        why: 'monitoring/prometheus reaches every pod of kafka',
        policy: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: 'all-from-monitoring-prometheus', namespace: 'kafka' },
          spec: {
            podSelector: {},
            policyTypes: ['Ingress'],
            ingress: [
              {
                from: [
                  {
                    ...inNamespace('monitoring'),
                    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
                  },
                ],
                ports: [{ protocol: 'TCP', port: 9404 }],
              },
            ],
          },
        },
      },
    ]);
  });

  it('opens our own workloads there, too', () => {
    const { app, prometheus, ports } = scene();
    const kafka = new ExistingNamespace(app, 'kafka');
    new SecureDeployment(kafka, 'exporter', measured);
    prometheus.connectTo(kafka, { port: 9090 });
    expect(ports('monitoring/prometheus', 'kafka/exporter')).toBe('TCP 9090');
  });

  it.each([
    [undefined, 'a namespace has no first port: kafka has as many as its workloads'],
    ['metrics', 'the ports of the pods that others run in kafka are not known here'],
  ])('refuses the port %s', (port, message) => {
    const { app, prometheus } = scene();
    prometheus.connectTo(new ExistingNamespace(app, 'kafka'), port === undefined ? {} : { port });
    expect(errorsOf(app).map((error) => [error.message, error.remedy])).toEqual([
      [message, 'name the port by its number: connectTo(kafka, { port: 9090 })'],
    ]);
  });

  it('refuses a number that is no port', () => {
    const { app, prometheus } = scene();
    prometheus.connectTo(new ExistingNamespace(app, 'kafka'), { port: 70_000 });
    expect(errorsOf(app).map(({ rule }) => rule)).toEqual(['port-valid']);
  });
});

describe('exposeTo a namespace of ours', () => {
  it('opens the other side of our workloads there, those that are made later, too', () => {
    const { app, shop, monitoring, ports } = scene();
    const web = new SecureDeployment(shop, 'web', measured);
    web.exposeTo(monitoring, { port: 'metrics' });
    new SecureDeployment(monitoring, 'later', serving);
    expect(errorsOf(app)).toEqual([]);
    for (const from of ['prometheus', 'later']) expect(ports(`monitoring/${from}`, 'shop/web')).toBe('TCP 9090');
    expect(ports('shop/web', 'monitoring/prometheus')).toBe('no port');
    expect(app.platform.connections).toEqual([{ from: 'monitoring/*', to: 'shop/web', ports: '9090' }]);
  });

  it('opens no way of a workload to itself', () => {
    const { app, shop } = scene();
    const web = new SecureDeployment(shop, 'web', measured);
    web.exposeTo(shop);
    expect(objectOf(app, 'NetworkPolicy', 'web').spec).not.toHaveProperty('egress');
  });
});
