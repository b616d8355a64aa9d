import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  ClusterDns,
  ClusterTarget,
  type ConnectOptions,
  LockedNamespace,
  Probe,
  SecureDeployment,
  SecureJob,
} from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp, testNamespace } from '../../support/app';

const serving = { ...basics, port: 8080, ports: [{ port: 9090, name: 'metrics' }], readiness: Probe.http('/ready') };
const pods = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const tcp = (...numbers: number[]) => numbers.map((port) => ({ protocol: 'TCP', port }));
const dns53 = [
  { protocol: 'TCP', port: 53 },
  { protocol: 'UDP', port: 53 },
];
const kubeDns = {
  to: [{ ...inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: dns53,
};

interface Policy {
  readonly ingress?: readonly object[];
  readonly egress?: readonly object[];
}
const policyOf = (app: Parameters<typeof objectOf>[0], name: string) =>
  objectOf(app, 'NetworkPolicy', name).spec as Policy;

function pair() {
  const { app, shop } = testNamespace();
  return {
    app,
    shop,
    web: new SecureDeployment(shop, 'web', serving),
    api: new SecureDeployment(shop, 'api', serving),
  };
}

describe('connectTo', () => {
  it.each<[string, ConnectOptions, number]>([
    ['the first port', {}, 8080],
    ['a port by number', { port: 9090 }, 9090],
    ['a port by name', { port: 'metrics' }, 9090],
  ])('opens %s on both sides, DNS for this one, and nothing else', (_, options, port) => {
    const { app, web, api } = pair();
    web.connectTo(api, options);
    expect(policyOf(app, 'web').ingress).toBeUndefined();
    expect(policyOf(app, 'web').egress).toEqual([kubeDns, { to: [pods('api')], ports: tcp(port) }]);
    expect(policyOf(app, 'api').egress).toBeUndefined();
    expect(policyOf(app, 'api').ingress).toEqual([{ from: [pods('web')], ports: tcp(port) }]);
    expect(app.platform.connections).toEqual([{ from: 'shop/web', to: 'shop/api', ports: String(port) }]);
  });

  it('names the namespace of the other side where it is another', () => {
    const app = testApp();
    const web = new SecureDeployment(new LockedNamespace(app, 'front', { owner: 'x' }), 'web', serving);
    const api = new SecureDeployment(
      new LockedNamespace(app, 'back', { owner: 'x', name: 'back-prod' }),
      'api',
      serving,
    );
    web.connectTo(api);
    expect(policyOf(app, 'web').egress).toContainEqual({
      to: [{ ...inNamespace('back-prod'), ...pods('api') }],
      ports: tcp(8080),
    });
    expect(policyOf(app, 'api').ingress).toEqual([
      { from: [{ ...inNamespace('front'), ...pods('web') }], ports: tcp(8080) },
    ]);
  });

  it('may be circular, and may be with itself', () => {
    const { app, web, api } = pair();
    web.connectTo(api);
    api.connectTo(web);
    web.connectTo(web);
    expect(errorsOf(app)).toEqual([]);
    expect(policyOf(app, 'web').ingress).toEqual([{ from: [pods('api'), pods('web')], ports: tcp(8080) }]);
    expect(policyOf(app, 'web').egress).toEqual([kubeDns, { to: [pods('api'), pods('web')], ports: tcp(8080) }]);
  });

  it('says the same thing once', () => {
    const once = pair();
    once.web.connectTo(once.api);
    const thrice = pair();
    thrice.web.connectTo(thrice.api);
    thrice.web.connectTo(thrice.api, { port: 'http' });
    thrice.api.exposeTo(thrice.web);
    expect(objectsOf(thrice.app)).toEqual(objectsOf(once.app));
    expect(thrice.app.platform.connections).toEqual(once.app.platform.connections);
  });

  it('speaks the protocol of the port', () => {
    const { app, shop, web } = pair();
    const game = new SecureDeployment(shop, 'game', {
      ...basics,
      port: { port: 7777, protocol: 'UDP' },
      readiness: Probe.exec(['true']),
    });
    web.connectTo(game);
    expect(policyOf(app, 'game').ingress).toEqual([{ from: [pods('web')], ports: [{ protocol: 'UDP', port: 7777 }] }]);
    expect(app.platform.connections).toEqual([{ from: 'shop/web', to: 'shop/game', ports: '7777/UDP' }]);
  });

  it('gives the same policies in whatever order it is called', () => {
    const names = ['a', 'b', 'c', 'd'];
    const call = fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      port: fc.constantFrom(8080, 'metrics', undefined),
      expose: fc.boolean(),
    });
    const synthesize = (
      calls: readonly { from: string; to: string; port: string | number | undefined; expose: boolean }[],
    ) => {
      const { app, shop } = testNamespace();
      const made = new Map(names.map((name) => [name, new SecureDeployment(shop, name, serving)]));
      for (const { from, to, port, expose } of calls) {
        const options = port === undefined ? {} : { port };
        if (expose) made.get(to)!.exposeTo(made.get(from)!, options);
        else made.get(from)!.connectTo(made.get(to)!, options);
      }
      for (const name of ['a', 'c']) made.get(name)!.egressTo({ cidr: '198.51.100.0/24', ports: [443, 80] });
      return app.synthYaml();
    };
    fc.assert(
      fc.property(
        fc
          .array(call, { maxLength: 8 })
          .chain((calls) => fc.tuple(fc.constant(calls), fc.shuffledSubarray(calls, { minLength: calls.length }))),
        ([calls, shuffled]) => {
          expect(synthesize(shuffled)).toBe(synthesize(calls));
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each<[string, ConnectOptions, string, string]>([
    ['by number', { port: 1 }, 'shop/api has no port 1', 'it has http (8080), metrics (9090)'],
    ['by name', { port: 'grpc' }, 'shop/api has no port grpc', 'it has http (8080), metrics (9090)'],
  ])('refuses a port that is not there, %s', (_, options, message, remedy) => {
    const { app, web, api } = pair();
    web.connectTo(api, options);
    expect(errorsOf(app)).toEqual([
      {
        rule: 'connection-port',
        severity: 'error',
        construct: 'shop/web',
        property: 'connectTo',
        value: options.port,
        message,
        remedy,
      },
    ]);
  });

  it('refuses a workload without ports', () => {
    const { app, shop, web } = pair();
    web.connectTo(new SecureJob(shop, 'job', basics));
    expect(errorsOf(app)).toMatchObject([
      { rule: 'connection-port', message: 'shop/job has no port', remedy: 'declare a port on shop/job' },
    ]);
  });

  it('takes any peer of cdk8s-plus, for a port by number', () => {
    const { app, shop, web } = pair();
    web.connectTo(kplus.Pods.select(shop, 'cache', { labels: { app: 'cache' } }), { port: 6379 });
    expect(policyOf(app, 'web').egress).toContainEqual({
      to: [{ podSelector: { matchLabels: { app: 'cache' } } }],
      ports: tcp(6379),
    });
    web.connectTo(kplus.Pods.select(shop, 'queue', { labels: { app: 'queue' } }));
    expect(errorsOf(app)).toMatchObject([
      {
        rule: 'connection-port',
        value: 'shop/queue',
        message: 'the ports of shop/queue are not known here',
        remedy: 'name the port by its number: connectTo(peer, { port: 8080 })',
      },
    ]);
  });
});

describe('DNS for a workload that connects', () => {
  const nodeLocal = { ipBlock: { cidr: '169.254.20.10/32' } };
  const cloudDns = { ipBlock: { cidr: '169.254.169.254/32' } };
  const openshift = {
    ...inNamespace('openshift-dns'),
    podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
  };
  it.each<[string, ClusterTarget, object[]]>([
    ['kube-dns', ClusterTarget.of('1.36'), [kubeDns]],
    ['NodeLocal DNS', ClusterTarget.of('1.36', { dns: ClusterDns.nodeLocal() }), [{ to: [nodeLocal], ports: dns53 }]],
    [
      'several',
      ClusterTarget.of('1.36', { dns: [ClusterDns.kubeDns(), ClusterDns.nodeLocal()] }),
      [{ to: [nodeLocal, ...kubeDns.to], ports: dns53 }],
    ],
    [
      'GKE',
      ClusterTarget.of('1.36', { distribution: 'gke' }),
      [{ to: [nodeLocal, ...ClusterDns.gkeNodeLocal().peers.slice(1), cloudDns, ...kubeDns.to], ports: dns53 }],
    ],
    [
      'OpenShift',
      ClusterTarget.of('1.34', { distribution: 'openshift' }),
      [
        {
          to: [openshift],
          ports: [
            { protocol: 'TCP', port: 5353 },
            { protocol: 'UDP', port: 5353 },
          ],
        },
      ],
    ],
  ])('is %s', (_, target, expected) => {
    const { app, shop } = testNamespace({ target });
    const job = new SecureJob(shop, 'job', basics);
    job.connectTo(new SecureDeployment(shop, 'api', serving));
    const { egress } = policyOf(app, 'job');
    const dns = (egress ?? []).filter((rule) => JSON.stringify(rule).match(/:53\b|:5353/));
    const sorted = (rules: readonly object[]) =>
      rules.map((rule) => ({
        ...rule,
        to: new Set((rule as { to: object[] }).to.map((peer) => JSON.stringify(peer))).size,
      }));
    expect(sorted(dns)).toEqual(sorted(expected));
    expect(JSON.parse(JSON.stringify(dns))).toEqual(
      expected.map((rule) => ({ ...rule, to: expect.arrayContaining((rule as { to: object[] }).to) })),
    );
    expect(errorsOf(app)).toEqual([]);
  });

  it('is not opened for one that connects to nothing', () => {
    const { app } = pair();
    expect(policyOf(app, 'web').egress).toBeUndefined();
  });
});

describe('exposeTo', () => {
  it('lets every pod of a namespace reach one port', () => {
    const { app, shop, api } = pair();
    api.exposeTo(shop, { port: 'metrics' });
    expect(policyOf(app, 'api').ingress).toEqual([{ from: [inNamespace('shop')], ports: tcp(9090) }]);
    expect(app.platform.connections).toEqual([{ from: 'shop/*', to: 'shop/api', ports: '9090' }]);
  });

  it('opens both sides for a workload, without DNS for the one that is let in', () => {
    const { app, web, api } = pair();
    api.exposeTo(web);
    expect(policyOf(app, 'api').ingress).toEqual([{ from: [pods('web')], ports: tcp(8080) }]);
    expect(policyOf(app, 'web').egress).toEqual([{ to: [pods('api')], ports: tcp(8080) }]);
  });

  it('refuses a port that is not there', () => {
    const { app, shop, api } = pair();
    api.exposeTo(shop, { port: 81 });
    expect(errorsOf(app)).toMatchObject([
      { rule: 'connection-port', construct: 'shop/api', property: 'exposeTo', value: 81 },
    ]);
  });
});

it.each([
  ['flannel', 1],
  ['cilium', 0],
  ['calico', 0],
] as const)('warns once an app that policies are not enforced: %s, %d times', (cni, times) => {
  const { app, shop } = testNamespace({ target: ClusterTarget.of('1.36', { cni }) });
  new SecureDeployment(shop, 'api', basics);
  new SecureDeployment(shop, 'web', basics);
  const found = findingsOf(app).filter(({ rule }) => rule === 'network-policy-enforced');
  expect(found).toHaveLength(times);
  for (const finding of found) {
    expect(finding).toMatchObject({ severity: 'warning', construct: '', property: 'target.cni' });
    expect(finding.message).toContain('(flannel) enforces no NetworkPolicy');
  }
});
