import { LockedNamespace } from '../../../index';
import { errorsOf, findingsOf, objectOf, testApp } from '../../support/app';

function patched(patch: (shop: LockedNamespace) => void, exceptions: readonly string[] = []) {
  const app = testApp();
  const shop = new LockedNamespace(app, 'shop', {
    owner: 'team-shop',
    quota: { pods: 10 },
    access: { viewers: ['a'], developers: ['b'] },
    exceptions: exceptions.map((rule) => ({ rule, reason: 'agreed with the platform team', expires: '2027-01-31' })),
  });
  patch(shop);
  return app;
}

describe('patches of a namespace', () => {
  it('are merged', () => {
    const app = patched((shop) => shop.patch('Namespace', { metadata: { annotations: { note: 'x' } } }));
    expect(objectOf(app, 'Namespace', 'shop').metadata?.annotations).toEqual({ note: 'x' });
  });

  it.each([
    [
      'the Pod Security label',
      'namespace-pod-security',
      (shop: LockedNamespace) =>
        shop.patch('Namespace', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } }),
    ],
    [
      'the default deny',
      'network-open',
      (shop: LockedNamespace) => shop.patch('NetworkPolicy', { spec: { ingress: [{}] } }),
    ],
    [
      'the quota',
      'namespace-bounds',
      (shop: LockedNamespace) => shop.patch('ResourceQuota', { spec: { hard: { pods: '500' } } }),
    ],
    [
      'a bound of the quota, by taking it away',
      'namespace-bounds',
      (shop: LockedNamespace) => shop.patch('ResourceQuota', { spec: { hard: { 'services.nodeports': null } } }),
    ],
    [
      'the quota, by scopes',
      'namespace-bounds',
      (shop: LockedNamespace) => shop.patch('ResourceQuota', { spec: { scopes: ['Terminating'] } }),
    ],
    [
      'the quota, by a selector of scopes',
      'namespace-bounds',
      (shop: LockedNamespace) =>
        shop.patch('ResourceQuota', {
          spec: { scopeSelector: { matchExpressions: [{ scopeName: 'BestEffort', operator: 'Exists' }] } },
        }),
    ],
    ['the limits', 'namespace-bounds', (shop: LockedNamespace) => shop.patch('LimitRange', { spec: { limits: [] } })],
    [
      'the ServiceAccount',
      'service-account-automount',
      (shop: LockedNamespace) => shop.patch('ServiceAccount', { automountServiceAccountToken: true }),
    ],
    [
      'a persona',
      'rbac-wildcard',
      (shop: LockedNamespace) =>
        shop.patch('Role', { rules: [{ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }] }, 'viewer'),
    ],
  ])('that weaken %s break the rule %s, unless an exception waives it', (_, rule, patch) => {
    expect(errorsOf(patched(patch)).map((finding) => finding.rule)).toContain(rule);
    const open = findingsOf(patched(patch, [rule])).filter((finding) => finding.rule === rule && !finding.waivedBy);
    expect(open).toEqual([]);
  });

  it('name which of several they mean', () => {
    expect(() => patched((shop) => shop.patch('Role', { rules: [] }))).toThrow(
      "shop: patch('Role'): it has several: name one of them. It has: ",
    );
    expect(() => patched((shop) => shop.patch('Role', { rules: [] }, 'operator'))).toThrow(
      "shop: patch('Role', …, 'operator'): it has no such object. It has: ",
    );
  });
});

it.each([
  ['Namespace', 'namespace-network-isolation'],
  ['NetworkPolicy-default-deny', 'namespace-network-isolation'],
  ['ResourceQuota-quota', 'namespace-bounds'],
  ['LimitRange-limits', 'namespace-bounds'],
])('a namespace without its %s breaks the rule %s', (id, rule) => {
  expect(errorsOf(patched((shop) => shop.node.tryRemoveChild(id))).map((finding) => finding.rule)).toEqual([rule]);
});

it('a default deny of one direction is none', () => {
  const app = patched((shop) => shop.patch('NetworkPolicy', { spec: { policyTypes: ['Ingress'] } }));
  expect(errorsOf(app).map(({ rule }) => rule)).toContain('namespace-network-isolation');
});

it.each([-1, 1.5, Number.NaN])('a quota of %d node ports is refused', (nodePorts) => {
  const app = testApp();
  new LockedNamespace(app, 'shop', { owner: 'x', quota: { nodePorts } });
  expect(errorsOf(app)).toMatchObject([{ rule: 'namespace-quota', property: 'quota.nodePorts' }]);
});
