import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { networkPolicyPeerConfig, podSelectorConfig } from '../../../constructs/kplus';
import { objects, RawWorkload, RawWorkloadWithContainers, testChart } from '../../support/kplus-oracle';

const labels = { app: 'web', 'app.kubernetes.io/part-of': 'shop' };
const tcp = kplus.NetworkPolicyPort.tcp;

/** A chart with a workload of ours in it. */
function shop() {
  const chart = testChart('shop');
  return { chart, web: new RawWorkload(chart, 'web', labels) };
}

describe('a workload of ours under cdk8s-plus', () => {
  it('is selected by a Service', () => {
    const { chart, web } = shop();
    new kplus.Service(chart, 'service', { selector: web, ports: [{ port: 80, targetPort: 8080 }] });
    const [service] = objects(chart, 'Service');
    expect(service.spec).toMatchObject({ selector: labels, ports: [{ port: 80, targetPort: 8080 }] });
    expect(service.metadata.namespace).toBe('shop');
  });

  it('is reached by an Ingress, through its Service', () => {
    const { chart, web } = shop();
    const service = new kplus.Service(chart, 'service', { selector: web, ports: [{ port: 80 }] });
    service.exposeViaIngress('/web');
    new kplus.Ingress(chart, 'ingress', { defaultBackend: kplus.IngressBackend.fromService(service) });
    const backend = { service: { name: service.name, port: { number: 80 } } };
    const [exposed, other] = objects(chart, 'Ingress');
    expect(exposed.spec.rules[0].http.paths).toEqual([{ path: '/web', pathType: 'Prefix', backend }]);
    expect(other.spec.defaultBackend).toEqual(backend);
    expect(objects(chart, 'Service')[0].spec.selector).toEqual(labels);
  });

  it('is the subject of a NetworkPolicy, in its own namespace', () => {
    const { chart, web } = shop();
    new kplus.NetworkPolicy(chart, 'policy', { selector: web });
    const [policy] = objects(chart, 'NetworkPolicy');
    expect(policy.spec.podSelector).toEqual({ matchLabels: labels });
    expect(policy.metadata.namespace).toBe('shop');
  });

  it('is a peer of a NetworkPolicy, in its own namespace', () => {
    const { chart, web } = shop();
    const other = new Chart(chart.node.root as Chart, 'other', { namespace: 'other' });
    const selector = kplus.Pods.all(other, 'all');
    const rule = { peer: web, ports: [tcp(8080)] };
    new kplus.NetworkPolicy(other, 'policy', { selector, ingress: { rules: [rule] }, egress: { rules: [rule] } });
    const [{ spec }] = objects(other, 'NetworkPolicy');
    const peer = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
      podSelector: { matchLabels: labels },
    };
    const ports = [{ port: 8080, protocol: 'TCP' }];
    expect(spec.ingress).toEqual([{ from: [peer], ports }]);
    expect(spec.egress).toEqual([{ to: [peer], ports }]);
  });

  it('is in the namespace of the policy where it names none', () => {
    const chart = testChart();
    const web = new RawWorkload(chart, 'web', labels);
    new kplus.NetworkPolicy(chart, 'policy', { selector: web, egress: { rules: [{ peer: web, ports: [tcp(1)] }] } });
    const [policy] = objects(chart, 'NetworkPolicy');
    expect(policy.metadata.namespace).toBeUndefined();
    expect(policy.spec.egress[0].to).toEqual([{ podSelector: { matchLabels: labels } }]);
  });

  it('is what a cdk8s-plus Deployment can place itself beside', () => {
    const { chart, web } = shop();
    const deployment = new kplus.Deployment(chart, 'deployment', { containers: [{ image: 'image' }] });
    deployment.scheduling.colocate(web);
    const { podAffinity } = objects(chart, 'Deployment')[0].spec.template.spec.affinity;
    expect(podAffinity.requiredDuringSchedulingIgnoredDuringExecution).toEqual([
      expect.objectContaining({ labelSelector: { matchLabels: labels }, namespaces: ['shop'] }),
    ]);
  });
});

describe('cdk8s-plus connections to a workload of ours', () => {
  const containers = [{ name: 'main', ports: [{ containerPort: 8080 }, { containerPort: 9090, name: 'metrics' }] }];

  function policiesOf(kind: typeof RawWorkload) {
    const chart = testChart('shop');
    const client = new kplus.Deployment(chart, 'client', { containers: [{ image: 'image' }] });
    client.connections.allowTo(new kind(chart, 'web', labels, containers));
    const policies = objects(chart, 'NetworkPolicy').map(({ spec }) => spec);
    return { egress: policies.find((spec) => spec.egress), ingress: policies.find((spec) => spec.ingress) };
  }

  it('open its ports alone, on both sides, where it shows its containers', () => {
    const { egress, ingress } = policiesOf(RawWorkloadWithContainers);
    const ports = [
      { port: 8080, protocol: 'TCP' },
      { port: 9090, protocol: 'TCP' },
    ];
    expect(egress.egress[0].ports).toEqual(ports);
    expect(ingress.ingress[0].ports).toEqual(ports);
    expect(ingress.podSelector).toEqual({ matchLabels: labels });
  });

  it('open every port where it does not', () => {
    const { egress, ingress } = policiesOf(RawWorkload);
    expect([egress.egress[0].ports, ingress.ingress[0].ports]).toEqual([[], []]);
  });
});

describe('podSelectorConfig', () => {
  it('keeps an empty label beside one with a value', () => {
    const { labelSelector } = podSelectorConfig({ app: 'web', canary: '' }, undefined);
    expect(labelSelector._toKube().matchLabels).toEqual({ app: 'web', canary: '' });
  });

  it('selects every pod where it is given no labels', () => {
    expect(podSelectorConfig({}, 'shop').labelSelector._toKube()).toEqual({});
  });

  it('refuses labels that are all empty, which cdk8s-plus drops and so selects every pod', () => {
    expect(kplus.LabelSelector.of({ labels: { canary: '' } })._toKube()).toEqual({});
    const refusal = 'selector {"canary":""}: cdk8s-plus-28 drops labels that are all empty and selects every pod';
    expect(() => podSelectorConfig({ canary: '' }, 'shop')).toThrow(refusal);
    expect(() => networkPolicyPeerConfig({ canary: '' }, 'shop')).toThrow(refusal);
  });
});
