import { JsonPatch } from 'cdk8s';
import { Probe, SecureDeployment } from '../../../index';
import { basics, errorsOf, findingsOf, testNamespace } from '../../support/app';

function connected() {
  const { app, shop } = testNamespace();
  const api = new SecureDeployment(shop, 'api', { ...basics, port: 8080, readiness: Probe.http('/ready') });
  const web = new SecureDeployment(shop, 'web', { ...basics, port: 8080, readiness: Probe.http('/ready') });
  web.connectTo(api);
  const cuts = () =>
    findingsOf(app)
      .filter(({ rule }) => rule === 'connection-cut')
      .map(({ severity, construct, property, message }) => [severity, construct, property, message]);
  return { app, api, web, cuts };
}

const dns = 'pods k8s-app=kube-dns of namespace kube-system on TCP 53, UDP 53';

describe('a patch of a NetworkPolicy', () => {
  it('that takes all egress away cuts what was declared, by name', () => {
    const { app, web, cuts } = connected();
    web.patch('NetworkPolicy', { spec: { egress: null } });
    const cut = (peer: string) => [
      'warning',
      'shop/web',
      'patch of NetworkPolicy (spec.egress)',
      `the patch cuts a connection that is declared: egress to ${peer}`,
    ];
    expect(cuts()).toEqual([cut(dns), cut('pods app.kubernetes.io/name=api on TCP 8080')]);
    expect(errorsOf(app)).toEqual([]);
  });

  it('that takes one rule away cuts that one, on the other side, too', () => {
    const { api, web, cuts } = connected();
    web.node.children
      .filter((child) => child.node.id === 'NetworkPolicy')
      .forEach((child) => {
        (child as unknown as { addJsonPatch: (patch: JsonPatch) => void }).addJsonPatch(
          JsonPatch.remove('/spec/egress/0'),
        );
      });
    api.patch('NetworkPolicy', { spec: { policyTypes: ['Egress'] } });
    expect(cuts().map(([, construct, , message]) => `${construct} ${message}`)).toEqual([
      'shop/api the patch cuts a connection that is declared: ingress from pods app.kubernetes.io/name=web on TCP 8080',
      `shop/web the patch cuts a connection that is declared: egress to ${dns}`,
    ]);
  });

  it('that adds, widens or labels cuts nothing', () => {
    const { api, web, cuts } = connected();
    web.patch('NetworkPolicy', { metadata: { labels: { team: 'shop' } } });
    api.patch('NetworkPolicy', { spec: { ingress: [{ from: [{ podSelector: {} }] }, { ports: [{ port: 8080 }] }] } });
    expect(cuts()).toEqual([]);
  });

  it('that is no policy any more is said to be none, and nothing throws', () => {
    const { app, web, cuts } = connected();
    web.patch('NetworkPolicy', { spec: { egress: 5 } } as never);
    expect(cuts()).toEqual([]);
    expect(errorsOf(app).map(({ rule, construct }) => `${construct} ${rule}`)).toContain('shop/web rule-failed');
  });

  it('cuts names, where the policy is of Cilium', () => {
    const { web, cuts } = connected();
    web.egressTo({ fqdn: 'api.example.org', ports: [443] });
    web.patch('CiliumNetworkPolicy', { spec: { egress: null } });
    expect(cuts().map(([, , property, message]) => `${property} ${message}`)).toContain(
      'patch of CiliumNetworkPolicy (spec.egress) the patch cuts a connection that is declared: egress to {"matchName":"api.example.org"} on TCP 443',
    );
  });
});
