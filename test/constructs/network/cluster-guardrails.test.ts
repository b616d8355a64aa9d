import { Chart } from 'cdk8s';
import {
  ClusterGuardrails,
  type ClusterGuardrailsProps,
  ClusterTarget,
  type ClusterTargetOptions,
} from '../../../index';
import { errorsOf, findingsOf, objectsOf, testApp } from '../../support/app';

function guarded(props?: ClusterGuardrailsProps, options: ClusterTargetOptions = { cni: 'calico' }) {
  const app = testApp({ target: ClusterTarget.of('1.36', options) });
  new ClusterGuardrails(new Chart(app, 'cluster', { disableResourceNameHashes: true }), 'guardrails', props);
  return app;
}

const names = (props?: ClusterGuardrailsProps, options?: ClusterTargetOptions) =>
  objectsOf(guarded(props, options)).map(({ metadata }) => metadata?.name);

const tenants = { label: 'acme.example/tenant', names: ['payments', 'shop'] };

/** Of each prop, what it does. */
const effects: Readonly<Record<keyof Required<ClusterGuardrailsProps>, () => void>> = {
  metadata: () => {
    expect(names({ metadata: false })).toEqual(['guardrail-dns', 'guardrail-system']);
    const [object] = objectsOf(guarded({ metadata: { exceptNamespaces: ['cloud'] }, system: false }));
    expect(object?.spec).toMatchObject({
      subject: { namespaces: { matchExpressions: [{ operator: 'NotIn', values: ['cloud'] }] } },
    });
  },
  system: () => {
    expect(names({ system: false })).toEqual(['guardrail-metadata']);
    const object = objectsOf(guarded({ system: { namespaces: ['kube-system', 'edge'], from: ['monitoring'] } })).find(
      ({ metadata }) => metadata?.name === 'guardrail-system',
    );
    expect(object?.spec).toMatchObject({
      subject: { namespaces: { matchExpressions: [{ operator: 'In', values: ['kube-system', 'edge'] }] } },
      ingress: [
        { from: [{ namespaces: { matchExpressions: [{ values: ['kube-system', 'edge', 'monitoring'] }] } }] },
        { action: 'Deny' },
      ],
    });
  },
  tenants: () => {
    expect(names({ tenants })).toEqual(expect.arrayContaining(['guardrail-tenant-payments', 'guardrail-tenant-shop']));
  },
};

describe('ClusterGuardrails', () => {
  it('closes what a cluster has in common, and raises nothing', () => {
    const app = guarded({ tenants });
    expect(objectsOf(app)).toMatchSnapshot();
    expect(findingsOf(app)).toEqual([]);
  });

  it('is whole by itself: the metadata services and kube-system', () => {
    expect(names()).toEqual(['guardrail-dns', 'guardrail-metadata', 'guardrail-system']);
  });

  it.each(Object.entries(effects))('has an effect for %s', (_, effect) => {
    effect();
  });

  it('knows what pods of GKE need the metadata service for', () => {
    const gke = { distribution: 'gke', cni: 'calico' } as const;
    expect(names({}, gke)).toEqual(['guardrail-dns', 'guardrail-dns-2', 'guardrail-system']);
    expect(objectsOf(guarded({}, gke))[1]?.spec).toMatchObject({
      subject: { pods: { podSelector: { matchLabels: { 'k8s-app': 'node-local-dns' } } } },
    });
    expect(errorsOf(guarded({ metadata: {} }, gke))).toEqual([
      expect.objectContaining({ rule: 'prop-valid', property: 'metadata' }),
    ]);
  });

  it('says whether the network plugin enforces it', () => {
    const said = (options: ClusterTargetOptions) =>
      findingsOf(guarded({}, options)).map(({ rule, severity, property }) => [rule, severity, property]);
    expect(said({ cni: 'cilium' })).toEqual([]);
    expect(said({ cni: 'antrea' })).toEqual([['network-policy-enforced', 'error', 'target.cni']]);
    expect(said({})).toEqual([['network-policy-enforced', 'warning', 'target.cni']]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['no guardrail', { metadata: false, system: false }, ['tenants']],
    ['what it does not know', { tenant: tenants }, ['tenant']],
    ['tenants without a label', { tenants: { names: ['a'] } }, ['tenants.label']],
    ['true', { metadata: true, system: 'yes' }, ['metadata', 'system']],
    [
      'everything at once',
      { metadata: { exceptNamespaces: ['A'] }, system: { from: ['B'] }, tenants: { label: '', names: [] } },
      ['metadata.exceptNamespaces[0]', 'system.from[0]', 'tenants.label', 'tenants.names'],
    ],
  ])('refuses %s', (_, props, properties) => {
    const app = guarded(props as ClusterGuardrailsProps);
    expect(errorsOf(app).map(({ rule, property }) => [rule, property])).toEqual(
      properties.map((property) => ['prop-valid', property]),
    );
  });
});
