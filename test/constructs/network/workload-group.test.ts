import { Probe, SecureDeployment, WorkloadGroup } from '../../../index';
import { basics, errorsOf, objectOf, testNamespace } from '../../support/app';

const serving = { ...basics, port: 8080, readiness: Probe.http('/ready') };

function scene() {
  const { app, shop } = testNamespace();
  const [web, admin, ledger] = ['web', 'admin', 'ledger'].map((name) => new SecureDeployment(shop, name, serving)) as [
    SecureDeployment,
    SecureDeployment,
    SecureDeployment,
  ];
  const ways = () => app.platform.connections.map(({ from, to }) => `${from} -> ${to}`.replaceAll('shop/', ''));
  return { app, shop, web, admin, ledger, ways };
}

describe('WorkloadGroup', () => {
  it('connects each of them', () => {
    const { app, web, admin, ledger, ways } = scene();
    WorkloadGroup.of(web, admin).connectTo(ledger);
    expect(errorsOf(app)).toEqual([]);
    expect(ways()).toEqual(['web -> ledger', 'admin -> ledger']);
    expect(objectOf(app, 'NetworkPolicy', 'ledger').spec).toMatchObject({
      ingress: [
        {
          from: ['admin', 'web'].map((name) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } })),
          ports: [{ protocol: 'TCP', port: 8080 }],
        },
      ],
    });
  });

  it('is connected to and exposed to, each of them', () => {
    const { web, admin, ledger, ways } = scene();
    ledger.connectTo(WorkloadGroup.of(web, admin));
    ledger.exposeTo(WorkloadGroup.of(web, admin));
    expect(ways()).toEqual(['ledger -> web', 'ledger -> admin', 'web -> ledger', 'admin -> ledger']);
  });

  it('lets those in who are in it, and nobody itself', () => {
    const { web, admin, ways } = scene();
    web.exposeTo(WorkloadGroup.of(web, admin));
    expect(ways()).toEqual(['admin -> web']);
  });

  it('is exposed to others, and opens the way out, each of them', () => {
    const { web, admin, ledger, ways } = scene();
    const group = WorkloadGroup.of(web, admin);
    group.exposeTo(ledger);
    group.egressTo({ cidr: '203.0.113.0/24', ports: [443] });
    expect(ways()).toEqual(['ledger -> web', 'ledger -> admin', 'web -> 203.0.113.0/24', 'admin -> 203.0.113.0/24']);
  });

  it('lets each reach every other, and nobody itself', () => {
    const { web, admin, ledger, ways } = scene();
    WorkloadGroup.of(web, admin, ledger).connectToEachOther();
    expect(ways().sort()).toEqual([
      'admin -> ledger',
      'admin -> web',
      'ledger -> admin',
      'ledger -> web',
      'web -> admin',
      'web -> ledger',
    ]);
  });

  it('says for each what it has not', () => {
    const { app, web, admin, ledger } = scene();
    ledger.connectTo(WorkloadGroup.of(web, admin), { port: 'grpc' });
    expect(errorsOf(app).map(({ message }) => message)).toEqual([
      'shop/web has no port grpc',
      'shop/admin has no port grpc',
    ]);
  });

  it('has each once', () => {
    const { web, admin } = scene();
    expect(WorkloadGroup.of(web, admin, web).members).toEqual([web, admin]);
  });

  it.each([[[]], [[{}]], [['web']], [[undefined]]])('is none of %j', (members) => {
    expect(() => WorkloadGroup.of(...(members as unknown as [SecureDeployment]))).toThrow(
      /^WorkloadGroup.of: .*\. Give the constructs themselves: WorkloadGroup.of\(web, admin\)$/,
    );
  });
});
