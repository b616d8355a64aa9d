import { LockedNamespace, type Persona, personaRules } from '../../../index';
import { findingsOf, objectOf, objectsOf, testApp } from '../../support/app';

const may = (persona: Persona, resource: string, verb: string, group = '') =>
  personaRules[persona].some(
    ({ apiGroups, resources, verbs }) =>
      apiGroups.includes(group) && resources.includes(resource) && verbs.includes(verb),
  );
const personas = Object.keys(personaRules) as Persona[];
const reads = ['get', 'list', 'watch'];
const writes = ['create', 'delete', 'deletecollection', 'patch', 'update'];

describe('personas', () => {
  it.each(personas)('%s has exactly these rules', (persona) => {
    expect(personaRules[persona]).toMatchSnapshot();
  });

  it.each(personas)('%s has no wildcard, and no way into a container, to a Secret or to more rights', (persona) => {
    for (const { apiGroups, resources, verbs } of personaRules[persona]) {
      expect([...apiGroups, ...resources, ...verbs]).not.toContain('*');
      expect(verbs).not.toContain('escalate');
      expect(verbs).not.toContain('bind');
      expect(verbs).not.toContain('impersonate');
    }
    for (const resource of [
      'pods/exec',
      'pods/attach',
      'pods/portforward',
      'pods/proxy',
      'pods/ephemeralcontainers',
      'serviceaccounts/token',
    ])
      for (const verb of [...reads, ...writes])
        expect([resource, verb, may(persona, resource, verb)]).toEqual([resource, verb, false]);
    for (const verb of [...reads, 'patch', 'delete', 'deletecollection'])
      expect(may(persona, 'secrets', verb)).toBe(false);
    for (const verb of writes) {
      for (const resource of ['resourcequotas', 'limitranges']) expect(may(persona, resource, verb)).toBe(false);
      for (const resource of ['roles', 'rolebindings'])
        expect(may(persona, resource, verb, 'rbac.authorization.k8s.io')).toBe(false);
      expect(may(persona, 'networkpolicies', verb, 'networking.k8s.io')).toBe(false);
    }
  });

  it.each([
    ['pods/log', 'get', '', ['developer', 'operator', 'admin']],
    ['pods', 'list', '', ['viewer', 'developer', 'operator', 'admin']],
    ['pods', 'delete', '', ['operator', 'admin']],
    ['pods/eviction', 'create', '', ['operator', 'admin']],
    ['deployments/scale', 'patch', 'apps', ['operator', 'admin']],
    ['deployments', 'update', 'apps', ['admin']],
    ['secrets', 'create', '', ['admin']],
  ] as const)('%s may be %s by the right ones (%s)', (resource, verb, group, expected) => {
    expect(personas.filter((persona) => may(persona, resource, verb, group))).toEqual(expected);
  });

  it('are Roles bound to the groups that have them', () => {
    const app = testApp();
    new LockedNamespace(app, 'shop', {
      owner: 'x',
      access: { developers: ['devs', 'interns'], admins: ['leads'], viewers: [] },
    });
    expect(
      objectsOf(app)
        .filter(({ kind }) => kind.startsWith('Role'))
        .map(({ kind, metadata }) => [kind, metadata?.name]),
    ).toEqual([
      ['Role', 'admin'],
      ['Role', 'developer'],
      ['RoleBinding', 'admin'],
      ['RoleBinding', 'developer'],
    ]);
    expect(objectOf(app, 'Role', 'developer')).toMatchObject({ rules: personaRules.developer });
    expect(objectOf(app, 'RoleBinding', 'developer')).toMatchObject({
      metadata: { namespace: 'shop' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'developer' },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'devs' },
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'interns' },
      ],
    });
    // Whoever runs workloads can mount what is there: that is said, and keeps nobody from it.
    expect(findingsOf(app)).toMatchObject([
      { rule: 'rbac-workloads', severity: 'info', object: 'Role.rbac.authorization.k8s.io shop/admin' },
    ]);
  });

  it('are nobody unless asked for', () => {
    const app = testApp();
    new LockedNamespace(app, 'shop', { owner: 'x' });
    expect(objectsOf(app).filter(({ kind }) => kind.startsWith('Role'))).toEqual([]);
  });
});
