import * as fc from 'fast-check';
import { type AuditPolicySpec, type AuditRequest, type AuditRule, auditDecision, levelOf } from '../../../core/audit';
import { auditPolicy, auditRequest } from './arbitrary';

/** The same once more, from the documentation: all that a rule is for is written out, and looked up. */
function naive(policy: AuditPolicySpec, request: AuditRequest): ReturnType<typeof auditDecision> {
  for (const [index, rule] of policy.rules.entries()) {
    if (!conditions(rule, request).every((met) => met)) continue;
    const stages = new Set<NonNullable<AuditRule['omitStages']>[number]>();
    for (const stage of policy.omitStages ?? []) stages.add(stage);
    for (const stage of rule.omitStages ?? []) stages.add(stage);
    const managed = rule.omitManagedFields === undefined ? policy.omitManagedFields === true : rule.omitManagedFields;
    return { level: rule.level, rule: index, omitStages: [...stages], omitManagedFields: managed };
  }
  return {
    level: 'None',
    omitStages: policy.omitStages ?? [],
    omitManagedFields: policy.omitManagedFields === true,
  };
}

function conditions(rule: AuditRule, { user, verb, resource, path }: AuditRequest): readonly boolean[] {
  const listed = (list: readonly string[] | undefined, test: (item: string) => boolean): boolean => {
    if (list === undefined || list.length === 0) return true;
    for (const item of list) if (test(item)) return true;
    return false;
  };
  const groups = new Set(user?.groups ?? []);
  const ofResources = (rule.resources ?? []).length + (rule.namespaces ?? []).length > 0;
  const ofPaths = !ofResources && (rule.nonResourceURLs ?? []).length > 0;
  const texts = resource === undefined ? [] : namesOf(resource.resource, resource.subresource ?? '');
  const matching = (rule.resources ?? []).filter(({ group, resources, resourceNames }) => {
    if (group !== '*' && group !== (resource?.group ?? '')) return false;
    if (resources === undefined || resources.length === 0) return true;
    if (resourceNames !== undefined && resourceNames.length > 0 && !resourceNames.includes(resource?.name ?? ''))
      return false;
    return resources.filter((pattern) => texts.includes(pattern)).length > 0;
  });
  return [
    listed(rule.users, (name) => user !== undefined && user.name === name),
    listed(rule.userGroups, (group) => groups.has(group)),
    listed(rule.verbs, (known) => known === verb),
    !ofResources || resource !== undefined,
    !ofPaths || resource === undefined,
    listed(rule.namespaces, (namespace) => namespace === (resource?.namespace ?? '')),
    (rule.resources ?? []).length === 0 || matching.length > 0,
    !ofPaths || listed(rule.nonResourceURLs, (url) => new RegExp(`^${url.replace(/\*$/, '.*')}$`).test(path ?? '')),
  ];
}

/** Every pattern that is for a resource: its own name, those with a `*` on either side, and `*`. */
function namesOf(resource: string, subresource: string): readonly string[] {
  const any = ['*', `${resource}/*`];
  return subresource === '' ? [resource, ...any] : [`${resource}/${subresource}`, `*/${subresource}`, ...any];
}

describe('levelOf', () => {
  it('is what a second evaluator says', () => {
    fc.assert(
      fc.property(auditPolicy, auditRequest, (policy, request) => {
        expect(auditDecision(policy, request)).toEqual(naive(policy, request));
      }),
      { numRuns: 5000 },
    );
  });

  const get = (resource: NonNullable<AuditRequest['resource']>): AuditRequest => ({ verb: 'get', resource });
  const one = (rule: Partial<AuditRule>): AuditPolicySpec => ({ rules: [{ level: 'Metadata', ...rule }] });

  it.each<[string, Partial<AuditRule>, AuditRequest, boolean]>([
    [
      'a resource is not its subresource',
      { resources: [{ group: '', resources: ['pods'] }] },
      get({ resource: 'pods', subresource: 'log' }),
      false,
    ],
    ['pods/* is pods, too', { resources: [{ group: '', resources: ['pods/*'] }] }, get({ resource: 'pods' }), true],
    [
      '*/log is any log',
      { resources: [{ group: '', resources: ['*/log'] }] },
      get({ resource: 'pods', subresource: 'log' }),
      true,
    ],
    [
      '*/log is no resource of its own',
      { resources: [{ group: '', resources: ['*/log'] }] },
      get({ resource: 'log' }),
      false,
    ],
    [
      'a group without resources is all of it',
      { resources: [{ group: 'apps' }] },
      get({ group: 'apps', resource: 'deployments', subresource: 'scale' }),
      true,
    ],
    [
      'the core group is not every group',
      { resources: [{ group: '' }] },
      get({ group: 'apps', resource: 'deployments' }),
      false,
    ],
    [
      '* is every group',
      { resources: [{ group: '*', resources: ['secrets'] }] },
      get({ group: 'x.example', resource: 'secrets' }),
      true,
    ],
    [
      'a name is that object alone',
      { resources: [{ group: '', resources: ['pods'], resourceNames: ['a'] }] },
      get({ resource: 'pods', name: 'b' }),
      false,
    ],
    ["the namespace '' is what is in none", { namespaces: [''] }, get({ resource: 'nodes' }), true],
    ['a namespace keeps paths out', { namespaces: [''] }, { verb: 'get', path: '/metrics' }, false],
    ['a path keeps resources out', { nonResourceURLs: ['*'] }, get({ resource: 'pods' }), false],
    ['a path may end with *', { nonResourceURLs: ['/livez*'] }, { verb: 'get', path: '/livez/etcd' }, true],
    [
      'a path without * is that path alone',
      { nonResourceURLs: ['/livez'] },
      { verb: 'get', path: '/livez/etcd' },
      false,
    ],
    [
      'one group of several is enough',
      { userGroups: ['a', 'b'] },
      { verb: 'get', path: '/', user: { name: 'x', groups: ['b'] } },
      true,
    ],
    ['nobody is in no group', { userGroups: ['system:unauthenticated'] }, { verb: 'get', path: '/' }, false],
    [
      'an empty list says nothing',
      { users: [], verbs: [], resources: [], nonResourceURLs: [] },
      { verb: 'get', path: '/' },
      true,
    ],
  ])('%s', (_, rule, request, matches) => {
    expect(levelOf(one(rule), request)).toBe(matches ? 'Metadata' : 'None');
  });

  it('takes the first rule, and the stages of both the rule and the policy', () => {
    const policy: AuditPolicySpec = {
      rules: [
        { level: 'Request', verbs: ['get'], omitStages: ['ResponseStarted'], omitManagedFields: false },
        { level: 'Metadata' },
      ],
      omitStages: ['RequestReceived'],
      omitManagedFields: true,
    };
    expect(auditDecision(policy, get({ resource: 'pods' }))).toEqual({
      level: 'Request',
      rule: 0,
      omitStages: ['RequestReceived', 'ResponseStarted'],
      omitManagedFields: false,
    });
  });
});
