import { AuditPolicy, type AuditPolicySpec, type AuditRule } from '../../../core/audit';
import { readManifests } from '../../../core/manifest';

const of = (...rules: readonly AuditRule[]): AuditPolicy => AuditPolicy.of({ rules });
const texts = (policy: AuditPolicy): readonly string[] =>
  policy.faults.map(({ property, message, remedy }) => `${property}: ${message}; ${remedy}`);
const loose = (rule: object): AuditRule => rule as AuditRule;

describe('AuditPolicy', () => {
  it('has no fault as recommended, at any level of writes', () => {
    for (const writes of ['Metadata', 'Request', 'RequestResponse'] as const)
      expect(AuditPolicy.recommended({ writes }).faults).toEqual([]);
  });

  it('is written as kube-apiserver reads it', () => {
    const yaml = AuditPolicy.recommended().toYaml();
    expect(yaml).toMatchSnapshot();
    expect(readManifests(yaml, { source: 'audit-policy.yaml' }).documents).toHaveLength(1);
  });

  it('puts rules after the guards and before its own', () => {
    const rule: AuditRule = { level: 'None', users: ['system:serviceaccount:monitoring:prometheus'], verbs: ['get'] };
    const base = AuditPolicy.recommended();
    const policy = base.with(rule);
    expect(policy.spec.rules).toEqual([base.spec.rules[0], rule, ...base.spec.rules.slice(1)]);
    expect(policy.with({ level: 'Request', users: ['x'], resources: [{ group: 'apps' }] }).spec.rules[2]).toBe(rule);
    const user = { name: 'system:serviceaccount:monitoring:prometheus', groups: ['system:authenticated'] };
    expect(policy.levelOf({ user, verb: 'get', path: '/metrics' })).toBe('None');
    expect(policy.levelOf({ user, verb: 'get', resource: { resource: 'secrets' } })).toBe('Metadata');
    expect(base.spec.rules).toHaveLength(policy.spec.rules.length - 1);
  });

  it('keeps further resources at Metadata, with names and without', () => {
    const sensitive = [
      { group: 'apps', resources: ['deployments'] },
      { group: 'batch' },
      { group: '', resources: ['pods'], resourceNames: ['vault-0'] },
    ];
    const policy = AuditPolicy.recommended({ sensitive });
    const user = { name: 'jane', groups: ['system:authenticated'] };
    const level = (resource: object) =>
      policy.levelOf({ user, verb: 'update', resource: { resource: 'x', namespace: 'shop', ...resource } });
    expect(level({ group: 'apps', resource: 'deployments' })).toBe('Metadata');
    expect(level({ group: 'apps', resource: 'statefulsets' })).toBe('RequestResponse');
    expect(level({ group: 'batch', resource: 'jobs', subresource: 'status' })).toBe('Metadata');
    expect(level({ resource: 'pods', name: 'vault-0' })).toBe('Metadata');
    expect(level({ resource: 'pods', name: 'web' })).toBe('RequestResponse');
    expect(policy.faults).toEqual([]);
  });
});

describe('a policy with something wrong', () => {
  const secrets = { group: '', resources: ['secrets'] };
  const remedy = 'narrow what comes before, move it up, or leave it out';
  const bodies = 'use Metadata, or name the groups and resources whose bodies are wanted, without those';
  const verbs = 'get, list, watch, create, update, patch, delete, deletecollection';

  it.each<[string, AuditPolicy, readonly string[]]>([
    [
      'a rule that an earlier one takes all of',
      of({ level: 'Metadata', resources: [{ group: '' }] }, { level: 'None', resources: [secrets], verbs: ['watch'] }),
      [`rules[1]: it can never match: rules[0] takes every such request before; ${remedy}`],
    ],
    [
      'a rule that two earlier ones take all of',
      of(
        { level: 'Metadata', verbs: ['get'] },
        { level: 'Metadata', verbs: ['list'] },
        { level: 'Metadata', users: ['x'], verbs: ['get', 'list'] },
        { level: 'None', users: ['y'], verbs: ['get'] },
      ),
      [
        `rules[2]: it can never match: rules[0] and rules[1] together take every such request before; ${remedy}`,
        `rules[3]: it can never match: rules[0] takes every such request before; ${remedy}`,
      ],
    ],
    [
      'a rule for a group that everybody of an earlier one is in',
      of({ level: 'Metadata', userGroups: ['system:authenticated'] }, { level: 'None', userGroups: ['system:nodes'] }),
      [`rules[1]: it can never match: rules[0] takes every such request before; ${remedy}`],
    ],
    [
      'a rule for a name that Kubernetes puts into a group of an earlier one',
      of(
        { level: 'Metadata', userGroups: ['system:nodes', 'system:serviceaccounts:shop'] },
        { level: 'None', users: ['system:node:n1'] },
        { level: 'None', users: ['system:serviceaccount:shop:web'] },
      ),
      [`rules[1]: it, and so rules[2], can never match: rules[0] takes every such request before; ${remedy}`],
    ],
    [
      'what follows a rule for everything',
      of({ level: 'Metadata' }, { level: 'None', verbs: ['get'] }, { level: 'None', nonResourceURLs: ['/metrics'] }),
      [`rules[1]: it, and so rules[2], can never match: rules[0] takes every such request before; ${remedy}`],
    ],
    [
      'bodies of Secrets',
      of({ level: 'Request', resources: [secrets] }),
      [`rules[0].level: it would log the bodies of Secrets; ${bodies}`],
    ],
    [
      'bodies of a whole group',
      of({ level: 'RequestResponse', resources: [{ group: '' }], users: ['jane'] }),
      [`rules[0].level: it would log the bodies of Secrets, ConfigMaps and tokens of ServiceAccounts; ${bodies}`],
    ],
    [
      'bodies of every subresource of a name',
      of({ level: 'Request', resources: [{ group: '*', resources: ['*/token'] }] }),
      [
        `rules[0].level: it would log the bodies of tokens of ServiceAccounts, the files and join tokens of machines, the files of control planes, what External Secrets generates and custom resources, which may hold secrets in their spec; ${bodies}`,
      ],
    ],
    [
      'bodies of tokens',
      of({ level: 'Request', resources: [{ group: 'authentication.k8s.io', resources: ['tokenreviews'] }] }),
      [`rules[0].level: it would log the bodies of the tokens of TokenReviews; ${bodies}`],
    ],
    [
      'bodies of custom resources that hold secrets',
      of({ level: 'Request', resources: [{ group: 'helm.toolkit.fluxcd.io', resources: ['helmreleases'] }] }),
      [`rules[0].level: it would log the bodies of the values of Flux' HelmReleases; ${bodies}`],
    ],
    [
      'bodies of every custom resource, after the guards',
      AuditPolicy.recommended().with({ level: 'Request', resources: [{ group: '*', resources: ['widgets'] }] }),
      [`rules[1].level: it would log the bodies of custom resources, which may hold secrets in their spec; ${bodies}`],
    ],
    [
      'an unknown level',
      of(loose({ level: 'Meta' })),
      ['rules[0].level: there is no level "Meta"; use one of None, Metadata, Request, RequestResponse'],
    ],
    [
      'a level that is missing',
      of(loose({})),
      ['rules[0].level: there is no level undefined; use one of None, Metadata, Request, RequestResponse'],
    ],
    [
      'unknown stages',
      AuditPolicy.of({
        rules: [loose({ level: 'None', omitStages: ['Recieved'] })],
        omitStages: ['RequestRecieved' as never],
      }),
      [
        'rules[0].omitStages[0]: there is no stage "Recieved"; use one of RequestReceived, ResponseStarted, ResponseComplete, Panic',
        'omitStages[0]: there is no stage "RequestRecieved"; write RequestReceived',
      ],
    ],
    [
      'no stage left',
      of({ level: 'Metadata', omitStages: ['RequestReceived', 'ResponseStarted', 'ResponseComplete'] }),
      ['rules[0].omitStages: no event is left of a request; keep ResponseComplete, or use the level None'],
    ],
    [
      'verbs of authorization, and *',
      of(loose({ level: 'None', verbs: ['*', 'impersonate', 'udpate'], resources: [secrets] })),
      [
        'rules[0].verbs[0]: there is no verb "*"; leave verbs out for all of them',
        `rules[0].verbs[1]: there is no verb "impersonate"; use one of ${verbs}`,
        'rules[0].verbs[2]: there is no verb "udpate"; write update',
      ],
    ],
    [
      'a verb of resources for a path',
      of(loose({ level: 'None', verbs: ['list'], nonResourceURLs: ['/metrics'] })),
      ['rules[0].verbs[0]: there is no verb "list"; use one of get, head, post, put, patch, delete, options'],
    ],
    [
      'a * where there is none',
      of({ level: 'None', users: ['system:*'], userGroups: ['*'], namespaces: ['kube-*'] }),
      ['users', 'userGroups', 'namespaces'].map(
        (field) =>
          `rules[0].${field}: an audit policy has no * here, and so it is for nobody; leave ${field} out for all of them, or name each`,
      ),
    ],
    [
      'a field that the API server would leave out',
      of(loose({ level: 'None', usersGroups: ['system:nodes'], resources: [{ group: '', resource: ['pods'] }] })),
      [
        'rules[0].usersGroups: there is no field "usersGroups", and the API server would leave it out of the rule; write userGroups',
        'rules[0].resources[0].resource: there is no field "resource", and the API server would leave it out of the rule; write resources',
      ],
    ],
    [
      'groups and resources that can be none',
      of({
        level: 'None',
        resources: [{ group: 'apps/v1', resources: ['Pods', 'a/b/c', '*/*'], resourceNames: ['x*'] }],
      }),
      [
        'rules[0].resources[0].resourceNames: an audit policy has no * here, and so it is for nobody; leave resourceNames out for all of them, or name each',
        `rules[0].resources[0].group: "apps/v1" is no API group; name it without a version: 'apps', '' for core`,
        ...['Pods', 'a/b/c', '*/*'].map(
          (name, i) =>
            `rules[0].resources[0].resources[${i}]: "${name}" can be no resource; write the plural in lower case, with its subresource if it has one: 'pods', 'pods/log', '*/scale'`,
        ),
      ],
    ],
    [
      'names without a resource',
      of({ level: 'None', resources: [{ group: '', resourceNames: ['x'] }] }),
      ['rules[0].resources[0].resourceNames: names of objects need the resource that they are of; add resources'],
    ],
    [
      'paths that can be none, beside resources',
      of({ level: 'None', nonResourceURLs: ['metrics', '/a*/b'], resources: [secrets] }),
      [
        ...['metrics', '/a*/b'].map(
          (path, i) =>
            `rules[0].nonResourceURLs[${i}]: "${path}" is no path that a rule can have; start it with / and have * at its end only`,
        ),
        'rules[0].nonResourceURLs: a rule is either for resources or for paths, and this one has both; make two rules of it',
      ],
    ],
    [
      'no rules',
      AuditPolicy.of({ rules: [] }),
      ['rules: it has no rules, and so nothing is logged; start from AuditPolicy.recommended()'],
    ],
    [
      'a field of the policy',
      AuditPolicy.of({ rules: [{ level: 'Metadata' }], omitStage: [] } as AuditPolicySpec),
      ['omitStage: there is no field "omitStage", and the API server would leave it out of the rule; write omitStages'],
    ],
  ])('%s', (_, policy, expected) => {
    // Most of them are a part of a policy.
    expect(texts(policy).filter((text) => !text.startsWith('rules: no rule is for '))).toEqual(expected);
  });

  it.each<[string, Partial<AuditRule>, RegExp | undefined]>([
    ['everything', {}, /^pods\/exec, pods\/attach, pods\/portforward and 11 more$/],
    ['what somebody does', { users: ['jane'] }, /^pods\/exec, /],
    ['what administrators do', { userGroups: ['system:masters'] }, /^pods\/exec, /],
    ['reads, of which exec is one', { verbs: ['get'] }, /^pods\/exec, .* and 4 more$/],
    ['changes', { verbs: ['create', 'patch'] }, /^pods\/exec, /],
    [
      'changes to RBAC',
      { resources: [{ group: 'rbac.authorization.k8s.io' }] },
      /^changes to rbac\.authorization\.k8s\.io$/,
    ],
    [
      'reads of RBAC',
      { verbs: ['get', 'list', 'watch'], resources: [{ group: 'rbac.authorization.k8s.io' }] },
      undefined,
    ],
    ['a subresource', { resources: [{ group: '', resources: ['pods/exec'] }] }, /^pods\/exec$/],
    ['a namespace', { namespaces: ['kube-system'] }, /^pods\/exec, /],
    ['other resources', { resources: [{ group: '', resources: ['pods', 'pods/log'] }] }, undefined],
    ['paths', { nonResourceURLs: ['/metrics'] }, undefined],
  ])('nothing of %s', (_, rule, what) => {
    const found = AuditPolicy.recommended()
      .with({ ...rule, level: 'None' })
      .faults.filter(({ property }) => property === 'rules[1].level');
    expect(found.map(({ message }) => message.replace('it would leave out ', ''))).toEqual(
      what === undefined ? [] : [expect.stringMatching(what)],
    );
    expect(
      AuditPolicy.recommended()
        .with({ ...rule, level: 'Metadata' })
        .faults.filter(({ property }) => property === 'rules[1].level'),
    ).toEqual([]);
  });

  it('a policy that is not for everything that gives power', () => {
    expect(texts(of({ level: 'None' }))).toEqual([
      'rules[0].level: it would leave out who has Secrets, who gets tokens of ServiceAccounts, pods/exec and 13 more; use Metadata, or name the resources and verbs that say nothing, without those',
    ]);
    const ends = { level: 'Metadata', resources: [{ group: '' }] } as const;
    expect(texts(of(ends))).toEqual([
      "rules: no rule is for changes to rbac.authorization.k8s.io, changes to admissionregistration.k8s.io, changes to apiregistration.k8s.io, changes to apiextensions.k8s.io and changes to certificates.k8s.io, and nothing of it is logged; end with { level: 'Metadata' }",
    ]);
    expect(texts(of(ends, { level: 'Metadata' }))).toEqual([]);
  });

  it('says nothing of bodies that nobody sends: those of requests whose authentication failed', () => {
    const everybody = ['system:authenticated', 'system:unauthenticated'];
    const policy = of(
      { level: 'Metadata', userGroups: everybody, resources: [secrets] },
      { level: 'RequestResponse', resources: [secrets] },
      { level: 'Metadata' },
    );
    expect(texts(policy)).toEqual([]);
  });

  it('says nothing of what is only unusual', () => {
    const policy = of(
      { level: 'None', users: ['a'], verbs: ['get'], resources: [{ group: '', resources: ['pods'] }] },
      { level: 'Metadata', users: ['a', 'b'], verbs: ['get'] },
      { level: 'RequestResponse', resources: [{ group: '', resources: ['pods', 'pods/*'] }, { group: 'apps' }] },
      { level: 'Request', nonResourceURLs: ['/metrics'] },
      { level: 'Metadata', userGroups: ['system:unauthenticated'] },
      { level: 'Metadata', verbs: ['list', 'create', 'delete'] },
      { level: 'Metadata', resources: [{ group: '*' }] },
      { level: 'None', nonResourceURLs: ['/apis'] },
    );
    expect(texts(policy)).toEqual([]);
  });
});
