import { ClusterTarget, SecureDeployment } from '../../../index';
import { basics, errorsOf, objectOf, objectsOf, testNamespace } from '../../support/app';
import { podOf, workloadKinds } from '../../support/workload-kinds';

const unknown = ClusterTarget.of('1.36');

describe('grantApiAccess', () => {
  it.each(workloadKinds.map((row) => [row.kind, row] as const))(
    'gives a %s a Role, a token that expires, and the way to the API server',
    (kind, { make }) => {
      const { app, shop } = testNamespace();
      const api = make(shop, 'api');
      api.grantApiAccess({ resources: ['configmaps'], verbs: ['get', 'watch'], resourceNames: ['settings'] });
      api.grantApiAccess({ apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] });
      expect(objectOf(app, 'Role', 'api')).toMatchObject({
        metadata: { namespace: 'shop' },
        rules: [
          { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'watch'], resourceNames: ['settings'] },
          { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] },
        ],
      });
      expect(objectOf(app, 'RoleBinding', 'api')).toMatchObject({
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'api' },
        subjects: [{ kind: 'ServiceAccount', name: 'api', namespace: 'shop' }],
      });
      expect(objectOf(app, 'NetworkPolicy', 'api').spec).toMatchObject({
        egress: [{ to: [{ ipBlock: { cidr: '203.0.113.10/32' } }], ports: [{ protocol: 'TCP', port: 6443 }] }],
      });
      const pod = podOf(app, kind, 'api');
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(pod.containers[0]?.volumeMounts).toEqual([
        { name: 'api-credentials', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
      ]);
      expect(pod.volumes).toEqual([
        {
          name: 'api-credentials',
          projected: {
            defaultMode: 0o440,
            sources: [
              { serviceAccountToken: { expirationSeconds: 3600, path: 'token' } },
              { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
              { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
            ],
          },
        },
      ]);
      expect(errorsOf(app)).toEqual([]);
    },
  );

  it('is refused where the addresses of the API server are unknown, and can be waived', () => {
    const { app, shop } = testNamespace({ target: unknown });
    new SecureDeployment(shop, 'api', basics).grantApiAccess({ resources: ['pods'], verbs: ['list'] });
    expect(errorsOf(app)).toMatchObject([
      {
        rule: 'api-server-endpoints',
        construct: 'shop/api',
        property: 'grantApiAccess',
        message: 'the addresses of the API server are not known, so that the way to it cannot be opened',
        remedy:
          "declare apiServer: { cidrs: ['203.0.113.10/32'] } in the ClusterTarget: what `kubectl get endpointslices -n default kubernetes` shows",
      },
    ]);
    const waived = testNamespace({ target: unknown });
    const exceptions = [{ rule: 'api-server-endpoints', reason: 'the network plugin opens it', expires: '2027-01-31' }];
    new SecureDeployment(waived.shop, 'api', { ...basics, exceptions }).grantApiAccess({
      resources: ['pods'],
      verbs: ['list'],
    });
    expect(objectOf(waived.app, 'NetworkPolicy', 'api').spec).not.toHaveProperty('egress');
  });

  it.each([
    [[], /every name to RBAC/],
    [['settings', ''], /a name that is empty/],
  ])('is refused for the names %j, which RBAC would take for all', (resourceNames, message) => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', basics).grantApiAccess({
      resources: ['configmaps'],
      verbs: ['get'],
      resourceNames,
    });
    expect(errorsOf(app).map(({ rule, property, message: said }) => [rule, property, said])).toEqual([
      ['prop-valid', 'grantApiAccess[0].resourceNames', expect.stringMatching(message)],
    ]);
  });

  it('gives nothing that the rules refuse', () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', basics);
    api.grantApiAccess({ resources: ['*'], verbs: ['get'] }, { resources: ['secrets'], verbs: ['list'] });
    expect(new Set(errorsOf(app).map(({ rule }) => rule))).toEqual(
      new Set(['rbac-exec', 'rbac-node-proxy', 'rbac-port-forward', 'rbac-secrets', 'rbac-wildcard']),
    );
  });

  it('is nothing unless asked for', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', basics);
    expect(objectsOf(app).some(({ kind }) => kind.startsWith('Role'))).toBe(false);
  });
});

describe('canGet, canList and canWatch', () => {
  it('are rules of its Role, with the group of the resource', () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', basics);
    api.canGet('configmaps', 'settings', 'flags');
    api.canList('pods');
    api.canWatch('deployments');
    api.canWatch('widgets.example.com');
    expect(objectOf(app, 'Role', 'api').rules).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['settings', 'flags'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['example.com'], resources: ['widgets'], verbs: ['get', 'list', 'watch'] },
    ]);
    expect(errorsOf(app)).toEqual([]);
  });

  it('say what is no resource, and what is meant', () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', basics);
    api.canList('pod');
    api.canWatch(7 as never);
    api.canGet('pods/lgo');
    api.canGet('deployments.apps/scales');
    api.canGet('configmaps/data');
    expect(errorsOf(app)).toMatchObject([
      { rule: 'prop-valid', property: 'canList', value: 'pod', remedy: expect.stringContaining("write 'pods'") },
      { rule: 'prop-valid', property: 'canWatch', value: 7 },
      {
        property: 'canGet',
        value: 'pods/lgo',
        message: 'pods have nothing called lgo below them',
        remedy: 'did you mean log?',
      },
      { property: 'canGet', value: 'deployments.apps/scales', remedy: 'did you mean scale?' },
      { property: 'canGet', value: 'configmaps/data', remedy: 'did you mean status?' },
    ]);
  });

  it('are judged as any Role: every Secret needs an exception', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', basics).canList('secrets');
    expect(errorsOf(app)).toMatchObject([{ rule: 'rbac-secrets' }]);
  });
});
