import { Chart } from 'cdk8s';
import { kubernetesVersions } from '../../../core/cluster/version';
import { auditorRules } from '../../../core/rbac/auditor';
import { ClusterAuditor, type ClusterAuditorProps, ClusterTarget, Group, User } from '../../../index';
import { errorsOf, findingsOf, objectOf, testApp } from '../../support/app';

function scene(props: Partial<ClusterAuditorProps> = {}, id = 'security') {
  const app = testApp();
  const to = [
    new Group(app, 'auditors', { name: 'oidc:auditors' }),
    new User(app, 'jane', { name: 'oidc:jane' }),
  ] as const;
  new ClusterAuditor(new Chart(app, 'cluster'), id, { to, ...props });
  return app;
}

interface Rules {
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}
const rulesOf = (app: ReturnType<typeof testApp>) =>
  (objectOf(app, 'ClusterRole', 'auditor-security') as unknown as Rules).rules;

describe('ClusterAuditor', () => {
  it('binds a ClusterRole to people, for the whole cluster', () => {
    const app = scene();
    expect(errorsOf(app)).toEqual([]);
    expect(findingsOf(app)).toEqual([]);
    expect(objectOf(app, 'ClusterRoleBinding', 'auditor-security')).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'auditor-security' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'auditor-security' },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'oidc:auditors' },
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'oidc:jane' },
      ],
    });
    expect(objectOf(app, 'ClusterRole', 'auditor-security')).toMatchSnapshot();
  });

  it('reads, and does nothing else; no Secret, no subresource, no star', () => {
    const rules = rulesOf(scene());
    for (const { apiGroups, resources, verbs } of rules) {
      expect(verbs).toEqual(['get', 'list', 'watch']);
      for (const resource of resources) expect(resource).toMatch(/^[a-z]+$/);
      expect(resources).not.toContain('secrets');
      expect(apiGroups).not.toContain('*');
    }
    expect(rules.length).toBeGreaterThan(15);
  });

  it('reads logs where that is said, and resources of others', () => {
    const customResources = [{ group: 'cilium.io', resources: ['ciliumnetworkpolicies'] }] as const;
    const plain = rulesOf(scene());
    expect(rulesOf(scene({ logs: true, customResources })).slice(plain.length)).toEqual([
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
      { apiGroups: ['cilium.io'], resources: ['ciliumnetworkpolicies'], verbs: ['get', 'list', 'watch'] },
    ]);
  });

  it.each(kubernetesVersions)('names what %s has', (version) => {
    const app = testApp({ target: ClusterTarget.of(version) });
    const to = [new Group(app, 'auditors', { name: 'oidc:auditors' })] as const;
    new ClusterAuditor(new Chart(app, 'cluster'), 'security', { to });
    expect(errorsOf(app)).toEqual([]);
    const named = auditorRules(version).flatMap(({ apiGroups, resources }) =>
      resources?.map((resource) => `${apiGroups?.[0]}/${resource}`),
    );
    expect(named).toContain('rbac.authorization.k8s.io/clusterrolebindings');
    expect(named.includes('admissionregistration.k8s.io/mutatingadmissionpolicies')).toBe(
      Number(version.split('.')[1]) >= 32,
    );
    expect(new Set(named).size).toBe(named.length);
  });

  it.each<[string, object, string]>([
    ['nobody', { to: [] }, 'to'],
    ['a name instead of a Group', { to: ['oidc:auditors'] }, 'to[0]'],
    ['a star', { customResources: [{ group: 'cilium.io', resources: ['*'] }] }, 'customResources[0].resources[0]'],
    ['a star of groups', { customResources: [{ group: '*', resources: ['things'] }] }, 'customResources[0].group'],
    ['secrets', { customResources: [{ group: '', resources: ['secrets'] }] }, 'customResources[0].group'],
    ['a group of Kubernetes', { customResources: [{ group: 'apps', resources: ['x'] }] }, 'customResources[0].group'],
    [
      'a subresource',
      { customResources: [{ group: 'a.b', resources: ['x/proxy'] }] },
      'customResources[0].resources[0]',
    ],
    ['no resource', { customResources: [{ group: 'a.b', resources: [] }] }, 'customResources[0].resources'],
    ['a misspelt prop', { log: true }, 'log'],
  ])('refuses %s, and grants nothing', (_, props, property) => {
    const app = scene(props as Partial<ClusterAuditorProps>);
    expect(errorsOf(app).map((error) => error.property)).toEqual([property]);
    expect(app.node.findAll().filter(({ node }) => node.id.startsWith('ClusterRole'))).toEqual([]);
  });

  it('refuses an id that is no name', () => {
    expect(errorsOf(scene({}, 'Security Team')).map(({ rule }) => rule)).toEqual(['name-valid']);
  });

  it('finds everybody, as every binding for them', () => {
    const app = testApp();
    const to = [new Group(app, 'all', { name: 'system:authenticated' })] as const;
    new ClusterAuditor(new Chart(app, 'cluster'), 'security', { to });
    expect(errorsOf(app).map(({ rule }) => rule)).toContain('rbac-broad-subject');
  });
});
