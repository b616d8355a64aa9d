/** Openings that end: policies of their own until their day, and nothing after it. */
import * as fc from 'fast-check';
import { networkWorldOf, Reachability } from '../../../core/network';
import { openUntilAnnotation } from '../../../core/network/temporary';
import { evaluate } from '../../../core/policy';
import {
  ClusterTarget,
  ExistingNamespace,
  ExternalNetwork,
  ExternalWorkload,
  LockedNamespace,
  MutualTls,
  Probe,
  SecureDeployment,
  type Temporary,
} from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp } from '../../support/app';

const reason = 'the old reports read it until they move';
const temporary: Temporary = { expires: '2026-12-31', reason };
const serving = { ...basics, port: 8080, ports: [{ port: 9090, name: 'metrics' }], readiness: Probe.http('/ready') };

function scene(today: string, target = ClusterTarget.of('1.36', { cni: 'cilium', meshPlugin: 'istio-cni' })) {
  const app = testApp({ today, target });
  const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  const old = new LockedNamespace(app, 'old', { owner: 'team-old' });
  return {
    app,
    shop,
    old,
    api: new SecureDeployment(shop, 'api', serving),
    reports: new SecureDeployment(old, 'reports', serving),
  };
}

const policies = (app: ReturnType<typeof testApp>) =>
  objectsOf(app)
    .filter(({ kind, metadata }) => /NetworkPolicy$/.test(kind) && !/^default/.test(metadata?.name ?? ''))
    .map(({ kind, metadata }) => `${kind} ${metadata?.namespace}/${metadata?.name}`)
    .sort();

describe('a temporary connection', () => {
  it('stands in policies of its own, on both sides, which say until when and why', () => {
    const { app, reports, api } = scene('2026-11-22');
    reports.connectTo(api, { port: 'metrics', temporary });
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, 'NetworkPolicy', 'reports-until-2026-12-31')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'reports-until-2026-12-31',
        namespace: 'old',
        labels: { 'app.kubernetes.io/name': 'reports' },
        annotations: {
          'network.kube-bulwark.dev/expires': '2026-12-31',
          'network.kube-bulwark.dev/reason': reason,
        },
      },
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'reports' } },
        policyTypes: ['Ingress', 'Egress'],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
                podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
              },
            ],
            ports: [{ protocol: 'TCP', port: 9090 }],
          },
        ],
      },
    });
    expect(objectOf(app, 'NetworkPolicy', 'api-until-2026-12-31').spec).toMatchObject({
      ingress: [{ ports: [{ protocol: 'TCP', port: 9090 }] }],
    });
    expect(objectOf(app, 'NetworkPolicy', 'api').spec).not.toHaveProperty('ingress');
    expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'reports').spec)).not.toContain('9090');
    expect(app.platform.connections).toEqual([
      { from: 'old/reports', to: 'shop/api', ports: '9090', until: '2026-12-31' },
    ]);
    expect(String(app.synth())).toContain('old/reports -> shop/api :9090, until 2026-12-31');
  });

  it('shares a policy with what ends on the same day, whose reasons stand together in the order of their letters', () => {
    const { app, reports, api } = scene('2026-11-22');
    reports.connectTo(api, { temporary });
    reports.egressTo({ cidr: '203.0.113.0/24', ports: [443], temporary });
    reports.egressTo({ cidr: '198.51.100.0/24', ports: [443], temporary: { ...temporary, reason: 'a second reason' } });
    reports.egressTo({
      cidr: '192.0.2.0/24',
      ports: [443],
      temporary: { ...temporary, expires: '2027-01-31' },
    });
    expect(errorsOf(app)).toEqual([]);
    expect(policies(app)).toEqual([
      'NetworkPolicy old/reports',
      'NetworkPolicy old/reports-until-2026-12-31',
      'NetworkPolicy old/reports-until-2027-01-31',
      'NetworkPolicy shop/api',
      'NetworkPolicy shop/api-until-2026-12-31',
    ]);
    const { metadata, spec } = objectOf(app, 'NetworkPolicy', 'reports-until-2026-12-31');
    expect(metadata?.annotations).toMatchObject({ 'network.kube-bulwark.dev/reason': `a second reason; ${reason}` });
    expect((spec as { readonly egress: readonly object[] }).egress).toHaveLength(2);
  });

  it('is listed beside the one that is open for good', () => {
    const { app, reports, api } = scene('2026-11-22');
    reports.connectTo(api);
    reports.connectTo(api, { temporary });
    expect(app.platform.connections.map(({ until }) => until)).toEqual([undefined, '2026-12-31']);
  });

  it('is asked of the owners of other namespaces until then, too', () => {
    const { app, reports } = scene('2026-11-22');
    const data = new ExistingNamespace(app, 'data');
    const db = new ExternalWorkload(data, 'db', { selector: { app: 'db' }, ports: [5432] });
    reports.connectTo(db);
    reports.connectTo(db, { temporary });
    reports.connectTo(db, { temporary: { ...temporary, reason: 'a second reason' } });
    expect(app.platform.requiredPolicies.map(({ policy: { metadata } }) => metadata)).toEqual([
      { name: 'db-from-old-reports', namespace: 'data' },
      {
        name: 'db-from-old-reports-until-2026-12-31',
        namespace: 'data',
        annotations: {
          'network.kube-bulwark.dev/expires': '2026-12-31',
          'network.kube-bulwark.dev/reason': `a second reason; ${reason}`,
        },
      },
    ]);
  });

  it('to names is a policy of Cilium of its own', () => {
    const { app, reports } = scene('2026-11-22');
    reports.egressTo({ fqdn: 'api.example.org', ports: [443] });
    reports.egressTo({ fqdn: 'old.example.org', ports: [443], temporary });
    expect(errorsOf(app)).toEqual([]);
    expect(JSON.stringify(objectOf(app, 'CiliumNetworkPolicy', 'reports'))).not.toContain('old.example.org');
    const ending = JSON.stringify(objectOf(app, 'CiliumNetworkPolicy', 'reports-until-2026-12-31'));
    expect(ending).toContain('old.example.org');
    expect(ending).not.toContain('api.example.org');
  });

  describe('in a mesh', () => {
    const annotations = {
      'network.kube-bulwark.dev/expires': '2026-12-31',
      'network.kube-bulwark.dev/reason': `a second reason; ${reason}`,
    };

    it('goes through the tunnel, and is let in by a policy of Istio that ends, too', () => {
      const { app, reports, api } = scene('2026-11-22');
      new MutualTls(app, 'mtls', { mesh: 'istio-ambient' });
      reports.connectTo(api, { port: 'metrics', temporary });
      reports.connectTo(api, { port: 'metrics', temporary: { ...temporary, reason: 'a second reason' } });
      expect(errorsOf(app)).toEqual([]);
      expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'api-until-2026-12-31').spec)).toContain('15008');
      expect(objectOf(app, 'AuthorizationPolicy', 'api-until-2026-12-31')).toEqual({
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: {
          name: 'api-until-2026-12-31',
          namespace: 'shop',
          labels: { 'app.kubernetes.io/name': 'api' },
          annotations,
        },
        spec: {
          selector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
          action: 'ALLOW',
          rules: [
            {
              from: [{ source: { principals: ['cluster.local/ns/old/sa/reports'] } }],
              to: [{ operation: { ports: ['9090'] } }],
            },
          ],
        },
      });
      expect(objectOf(app, 'AuthorizationPolicy', 'api').spec).not.toHaveProperty('rules');
    });

    it('is let in by a policy of Linkerd that ends, on the Server that stays', () => {
      const target = ClusterTarget.of('1.36', { cni: 'cilium', meshPlugin: 'linkerd-cni' });
      const { app, reports, api } = scene('2026-11-22', target);
      new MutualTls(app, 'mtls', { mesh: 'linkerd' });
      reports.connectTo(api, { port: 'metrics', temporary });
      reports.connectTo(api, { port: 'metrics', temporary: { ...temporary, reason: 'a second reason' } });
      expect(errorsOf(app)).toEqual([]);
      const ending = 'api-9090-until-2026-12-31';
      const policy = objectOf(app, 'AuthorizationPolicy', ending);
      expect(policy.metadata?.annotations).toEqual(annotations);
      expect(policy.spec).toEqual({
        targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'api-9090' },
        requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: ending }],
      });
      const authentication = objectOf(app, 'MeshTLSAuthentication', ending);
      expect(authentication.metadata?.annotations).toEqual(annotations);
      expect(authentication.spec).toEqual({
        identities: ['reports.old.serviceaccount.identity.linkerd.cluster.local'],
      });
      const lasting = objectsOf(app).filter(
        ({ metadata }) => metadata?.annotations?.[openUntilAnnotation] === undefined,
      );
      expect(JSON.stringify(lasting)).not.toContain('reports.old.serviceaccount');
      expect(lasting.some(({ kind, metadata }) => kind === 'Server' && metadata?.name === 'api-9090')).toBe(true);
    });

    it('is let in by nothing once its day is over', () => {
      const { app, reports, api } = scene('2027-01-01');
      new MutualTls(app, 'mtls', { mesh: 'istio' });
      reports.connectTo(api, { temporary });
      const policies = objectsOf(app).filter(({ kind }) => kind === 'AuthorizationPolicy');
      expect(policies.map(({ metadata }) => metadata?.name)).not.toContain('api-until-2026-12-31');
      expect(JSON.stringify(policies)).not.toContain('sa/reports');
    });

    it('needs no policy where a port takes plain text from all', () => {
      const { app, reports, api } = scene('2026-11-22');
      const mtls = new MutualTls(app, 'mtls', { mesh: 'istio' });
      mtls.allowPlaintext(api, { port: 8080 });
      api.addException({
        rule: ['mesh-plaintext'],
        reason: 'Prometheus has no identity yet',
        expires: '2027-01-31',
        ticket: 'T-1',
      });
      reports.connectTo(api, { temporary });
      const names = objectsOf(app)
        .filter(({ kind }) => kind === 'AuthorizationPolicy')
        .map(({ metadata }) => metadata?.name);
      expect(names).toContain('api');
      expect(names).not.toContain('api-until-2026-12-31');
    });
  });

  it('leaves patches to the policy that is always there, whatever was declared first', () => {
    const { app, reports, api } = scene('2026-11-22');
    reports.connectTo(api, { temporary });
    api.patch('NetworkPolicy', { metadata: { annotations: { team: 'shop' } } });
    api.patch('NetworkPolicy', { metadata: { annotations: { team: 'old' } } }, 'api-until-2026-12-31');
    expect(objectOf(app, 'NetworkPolicy', 'api').metadata?.annotations).toEqual({ team: 'shop' });
    expect(objectOf(app, 'NetworkPolicy', 'api-until-2026-12-31').metadata?.annotations).toMatchObject({ team: 'old' });
  });

  it('is not written once its day is over, which is a warning', () => {
    const { app, reports, api } = scene('2027-01-01');
    reports.connectTo(api, { temporary });
    api.exposeTo(new ExternalNetwork(app, 'office', { cidrs: ['203.0.113.0/24'] }), { temporary });
    reports.egressTo({ fqdn: 'api.example.org', ports: [443], temporary });
    expect(errorsOf(app)).toEqual([]);
    expect(policies(app)).toEqual(['NetworkPolicy old/reports', 'NetworkPolicy shop/api']);
    const specs = ['reports', 'api'].map((name) => objectOf(app, 'NetworkPolicy', name).spec);
    // Not even DNS.
    for (const spec of specs) expect(Object.keys(spec as object).sort()).toEqual(['podSelector', 'policyTypes']);
    expect(app.platform.connections).toEqual([]);
    expect(findingsOf(app).filter(({ rule }) => rule === 'opening-expiry')).toEqual(
      [
        ['shop/api', 'exposeTo'],
        ['old/reports', 'connectTo'],
        ['old/reports', 'egressTo'],
      ].map(([construct, method]) => ({
        rule: 'opening-expiry',
        severity: 'warning',
        construct,
        property: `${method}.temporary.expires`,
        value: '2026-12-31',
        message: 'it ended on 2026-12-31, and is no longer open',
        remedy: 'take it out, or judge anew why it has to be open',
      })),
    );
  });

  it.each([
    ['no day', { expires: 'soon', reason }, 'connectTo.temporary.expires'],
    ['a far day', { expires: '2028-01-01', reason }, 'connectTo.temporary.expires'],
    ['no reason', { expires: '2026-12-31', reason: '' }, 'connectTo.temporary.reason'],
    ['a missing reason', { expires: '2026-12-31' }, 'connectTo.temporary.reason'],
    ['a misspelt key', { expires: '2026-12-31', reasons: reason }, 'connectTo.temporary.reasons'],
    ['a text', '2026-12-31', 'connectTo.temporary'],
  ])('is refused with %s, and nothing is open', (_, wrong, property) => {
    const { app, reports, api } = scene('2026-11-22');
    reports.connectTo(api, { temporary: wrong as Temporary });
    expect(errorsOf(app).map((finding) => finding.property)).toContain(property);
    expect(app.platform.connections).toEqual([]);
  });

  it('is found in manifests that outlive it', () => {
    const { app, reports, api } = scene('2026-11-22');
    reports.connectTo(api, { temporary });
    const manifests = objectsOf(app).map((object) => ({ object }));
    const over = (today: string) =>
      evaluate(manifests, { target: app.platform.target, registries: [], today })
        .findings.filter(({ rule }) => rule === 'opening-expiry')
        .map(({ severity, object, message }) => [severity, object, message]);
    expect(over('2026-12-31')).toEqual([]);
    expect(over('2027-01-01').sort()).toEqual([
      ['error', 'NetworkPolicy.networking.k8s.io old/reports-until-2026-12-31', 'it ended on 2026-12-31'],
      ['error', 'NetworkPolicy.networking.k8s.io shop/api-until-2026-12-31', 'it ended on 2026-12-31'],
    ]);
  });

  it('is open for as long as it says, by the evaluator of network policies', () => {
    const day = fc.constantFrom('2026-11-21', '2026-11-22', '2026-12-31', '2027-01-01', '2027-03-01');
    const method = fc.constantFrom('connectTo', 'exposeTo');
    const connection = fc.record({
      method,
      expires: fc.option(day, { nil: undefined }),
      port: fc.constantFrom(8080, 9090),
    });
    fc.assert(
      fc.property(fc.array(connection, { maxLength: 4 }), day, (connections, today) => {
        const { app, reports, api } = scene(today);
        const declared = connections.filter(({ expires }) => expires === undefined || expires >= '2026-11-22');
        for (const each of declared) {
          const options = { port: each.port, ...(each.expires && { temporary: { expires: each.expires, reason } }) };
          if (each.method === 'connectTo') reports.connectTo(api, options);
          else api.exposeTo(reports, options);
        }
        const { world } = networkWorldOf(objectsOf(app));
        const reach = new Reachability(world);
        const indexOf = (id: string) => reach.indexOf(id) ?? -1;
        const open = new Set(
          declared.filter(({ expires }) => expires === undefined || expires >= today).map((each) => each.port),
        );
        const text = [...open].sort((a, b) => a - b).join(', ');
        expect(reach.between(indexOf('old/reports'), indexOf('shop/api')).certain.text).toBe(
          text === '' ? 'no port' : `TCP ${text}`,
        );
      }),
      { numRuns: 40 },
    );
  });
});
