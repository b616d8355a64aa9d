import { ClusterTarget } from '../../../../core/cluster';
import { type KubernetesObject, writeManifests } from '../../../../core/manifest';
import { PolicyCompileError } from '../../../../core/policy/compile/compile-error';
import { globCel } from '../../../../core/policy/compile/glob-cel';
import {
  type EnforcementOptions,
  enforcementModes,
  enforcementPolicies,
  engineNames,
  policyGroupings,
  systemNamespaces,
} from '../../../../core/policy/compile/policies';
import type { SelectedException } from '../../../../core/policy/exceptions/selector';
import type { Rule } from '../../../../core/policy/rule';
import { ruleById, rules } from '../../../../core/policy/rules';
import { isBelow, objectRule, objects } from '../../../../core/rules';

const today = '2026-11-21';
const target = ClusterTarget.of('1.36');
const waived: SelectedException = {
  rule: 'privileged',
  reason: 'loads the driver of the card',
  expires: '2027-03-31',
  ticket: 'OPS-7',
  selector: { namespace: 'gpu', name: 'driver-*' },
};

const both = [ruleById('privileged'), ruleById('host-ports')];

function policiesOf(options: Partial<EnforcementOptions> = {}) {
  return enforcementPolicies({ target, today, rules: both, ...options });
}

function faultsOf(options: Partial<EnforcementOptions>): readonly string[] {
  try {
    policiesOf(options);
  } catch (error) {
    if (error instanceof PolicyCompileError) return error.message.split('\n');
    throw error;
  }
  return [];
}

function specOf(objects: readonly KubernetesObject[], kind: string, name: string) {
  const found = objects.find((object) => object.kind === kind && object.metadata?.name === name);
  return found?.spec as Record<string, never> | undefined;
}

interface PolicySpec {
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
  readonly matchConditions: readonly unknown[];
}

/** The spec of the first policy. */
function policySpec(options: Partial<EnforcementOptions>): PolicySpec {
  const [policy] = policiesOf(options).objects;
  if (policy === undefined) throw new Error('there is no policy');
  return policy.spec as unknown as PolicySpec;
}

describe('the policies of a set of rules', () => {
  it('are one a rule, or one for the rules about the same objects', () => {
    expect(policiesOf().objects.map(({ kind, metadata }) => `${kind}/${metadata?.name}`)).toEqual([
      'ValidatingAdmissionPolicy/bulwark-privileged',
      'ValidatingAdmissionPolicyBinding/bulwark-privileged',
      'ValidatingAdmissionPolicy/bulwark-host-ports',
      'ValidatingAdmissionPolicyBinding/bulwark-host-ports',
    ]);
    const { objects } = policiesOf({ group: 'subject', rules, registries: ['registry.acme.example'] });
    const names = objects
      .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
      .map(({ metadata }) => metadata?.name);
    expect(names).toContain('bulwark-pods');
    expect(names.length).toBeLessThan(20);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(
    engineNames.flatMap((engine) =>
      policyGroupings.flatMap((group) => enforcementModes.map((mode) => [engine, group, mode] as const)),
    ),
  )('fit twice into the annotation of kubectl apply: %s, a policy a %s, mode %s', (engine, group, mode) => {
    const exceptions = Array.from({ length: 20 }, (_, i) => ({ ...waived, selector: { namespace: `team-${i}` } }));
    const options = { engine, group, mode, rules, registries: ['registry.acme.example'], exceptions };
    for (const object of policiesOf(options).objects) {
      const size = Math.max(Buffer.byteLength(JSON.stringify(object)), Buffer.byteLength(writeManifests([object])));
      expect({ object: object.metadata?.name, tooLarge: size > 128_000 ? size : 0 }).toEqual({
        object: object.metadata?.name,
        tooLarge: 0,
      });
    }
  });

  it('say each rule once, where those of a subject are in several policies', () => {
    const { objects, enforced } = policiesOf({ group: 'subject', rules, registries: ['registry.acme.example'] });
    const policies = objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    expect(policies.map(({ metadata }) => metadata?.name)).toEqual(
      expect.arrayContaining(['bulwark-pods', 'bulwark-pods-2']),
    );
    const idsOf = ({ spec }: KubernetesObject) =>
      new Set((spec as unknown as PolicySpec).validations.map(({ message }) => /\[([^[\]]+)\]$/.exec(message)?.[1]));
    expect(policies.flatMap((policy) => [...idsOf(policy)]).sort()).toEqual([...enforced].sort());
  });

  it.each([
    ['vap', 'namespace-pod-security', ['namespaces', 'namespaces/status', 'namespaces/finalize']],
    ['kyverno', 'namespace-pod-security', ['namespaces', 'namespaces/status', 'namespaces/finalize']],
    ['kubewarden', 'namespace-pod-security', ['namespaces', 'namespaces/status', 'namespaces/finalize']],
    ['vap', 'ingress-snippet', ['ingresses', 'ingresses/status']],
    ['vap', 'rbac-masters', ['rolebindings', 'clusterrolebindings']],
  ] as const)('for %s, of %s ask about every request that changes what is judged', (engine, rule, resources) => {
    interface Matching {
      readonly rules?: readonly object[];
      readonly matchConstraints?: { readonly resourceRules: readonly object[] };
    }
    const [policy] = policiesOf({ engine, rules: [ruleById(rule)] }).objects;
    const { rules: asked, matchConstraints } = (policy?.spec ?? {}) as Matching;
    expect(asked ?? matchConstraints?.resourceRules).toMatchObject([{ resources }]);
  });

  it.each([
    ['audit', ['Audit']],
    ['warn', ['Warn', 'Audit']],
    ['deny', ['Deny']],
  ] as const)('in mode %s act by %j', (mode, actions) => {
    const { objects } = policiesOf({ mode });
    expect(specOf(objects, 'ValidatingAdmissionPolicyBinding', 'bulwark-privileged')).toMatchObject({
      validationActions: actions,
    });
  });

  it('in mode deny refuse what fails a check, and warn of what does not, clause by clause', () => {
    const token = ruleById('service-account-token');
    const denied = (options: Partial<EnforcementOptions>) =>
      policiesOf({ mode: 'deny', rules: [token, ruleById('high-ids')], ...options }).objects.flatMap(
        ({ kind, metadata, spec }) =>
          kind.endsWith('Binding')
            ? [`${metadata?.name} ${(spec as { validationActions: string[] }).validationActions}`]
            : [],
      );
    expect(denied({})).toEqual([
      'bulwark-service-account-token Deny',
      'bulwark-service-account-token-warnings Warn,Audit',
      'bulwark-high-ids Warn,Audit',
    ]);
    expect(denied({ group: 'subject' })).toEqual(['bulwark-pods Deny', 'bulwark-pods-warnings Warn,Audit']);
    expect(denied({ denyFrom: 'info' })).toEqual(['bulwark-service-account-token Deny', 'bulwark-high-ids Deny']);
  });

  it('leave the namespaces of the system alone, or those that are named', () => {
    const values = (options: Partial<EnforcementOptions>) =>
      JSON.stringify(specOf(policiesOf(options).objects, 'ValidatingAdmissionPolicyBinding', 'bulwark-privileged'));
    expect(values({})).toContain(JSON.stringify(systemNamespaces));
    expect(values({ exemptNamespaces: ['lab'] })).toContain('"values":["lab"]');
    for (const name of ['*', 'kube-*'])
      expect(() => values({ exemptNamespaces: [name] })).toThrow('is no name of a namespace');
    expect(values({ exemptNamespaces: [] })).not.toContain('matchResources');
  });

  it('list what is enforced, and what is not with the reason', () => {
    const { enforced, left } = policiesOf({ rules });
    expect(enforced.length).toBeGreaterThan(35);
    expect(left).toContainEqual({ rule: 'image-allowed', reason: 'no registries are named that images may come from' });
    expect(left).toContainEqual({ rule: 'selector-match', reason: expect.stringContaining('about what is declared') });
    expect(left).toContainEqual({
      rule: 'network-policy-coverage',
      reason: 'it takes all objects together, and a request shows one',
    });
    expect([...enforced, ...left.map(({ rule }) => rule)].sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it('of a Pod Security Standard are as strict as it, and no stricter', () => {
    const ids = (frameworks: EnforcementOptions['frameworks']) => policiesOf({ rules, frameworks }).enforced;
    expect(ids(['pss-baseline'])).not.toContain('run-as-non-root');
    expect(ids(['pss-restricted'])).toContain('run-as-non-root');
    expect(ids(['pss-restricted'])).not.toContain('read-only-root-filesystem');
  });

  it.each(engineNames)('have names that Kubernetes takes, with the engine %s', (engine) => {
    const long: Rule = objectRule({
      id: `acme-${'very-'.repeat(20)}long`,
      title: 'Too few replicas',
      severity: 'error',
      why: 'It stops.',
      fix: 'Ask for more.',
      kinds: ['apps/Deployment'],
      clauses: [
        objects<{ readonly spec: { readonly replicas: number } }>().violation({
          when: ({ spec }) => isBelow(spec.replicas, 2),
          at: ({ spec }) => spec.replicas,
          message: 'one is none',
          remedy: 'ask for two',
        }),
      ],
    });
    const again: Rule = { ...long, id: `${long.id}-too` };
    const { objects: made } = policiesOf({
      engine,
      rules: [...rules, long, again],
      mode: 'deny',
      registries: ['a.example'],
    });
    const names = made.map(({ kind, metadata }) => `${kind}/${metadata?.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of made) expect(metadata?.name).toMatch(/^[a-z0-9][-a-z0-9]{0,61}[a-z0-9]$/);
  });

  it.each(engineNames)(
    'leave roles alone that the control plane keeps, by its users and by no name, with the engine %s',
    (engine) => {
      const rbac = JSON.stringify(policiesOf({ engine, rules: [ruleById('rbac-wildcard')] }).objects);
      expect(rbac).toContain(
        "request.resource.group != 'rbac.authorization.k8s.io' || !(request.?userInfo.?username.orValue('') in ['system:apiserver', 'system:kube-controller-manager', 'system:serviceaccount:kube-system:clusterrole-aggregation-controller'])",
      );
      expect(rbac).not.toContain('system:masters');
      expect(rbac).not.toMatch(/startsWith\('system:/);
      expect(JSON.stringify(policiesOf({ engine }).objects)).not.toContain('userInfo');
    },
  );

  it('keep the registries where administrators change them', () => {
    const options = { rules: [ruleById('image-allowed')], registries: ['a.example', 'b.example'], params: true };
    const { objects } = policiesOf(options);
    expect(objects[0]).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'bulwark-registries', namespace: 'kube-system' },
      data: { registries: 'a.example\nb.example\n' },
    });
    expect(JSON.stringify(objects.slice(1))).not.toContain('a.example');
    const constraint = policiesOf({ ...options, engine: 'gatekeeper' }).objects[1];
    expect(constraint).toMatchObject({ spec: { parameters: { registries: ['a.example', 'b.example'] } } });
    expect(faultsOf({ ...options, engine: 'kyverno' })).toEqual([expect.stringMatching(/take no parameters; leave/)]);
  });
});

describe('exceptions of administrators', () => {
  it('become conditions of the policy, which says why and until when', () => {
    const [policy] = policiesOf({ exceptions: [waived] }).objects;
    expect(policy?.metadata?.annotations).toEqual({
      'waived.kube-bulwark.dev/gpu-driver':
        'privileged: loads the driver of the card; expires 2027-03-31; ticket OPS-7',
    });
    expect(specOf([policy as KubernetesObject], 'ValidatingAdmissionPolicy', 'bulwark-privileged')).toMatchObject({
      matchConditions: expect.arrayContaining([
        {
          name: 'gpu-driver',
          expression:
            "!(object.metadata.?namespace.orValue('') == 'gpu' && object.metadata.?name.or(object.metadata.?generateName).orValue('').startsWith('driver-'))",
        },
      ]),
    });
    expect(JSON.stringify(policiesOf({ exceptions: [waived] }).objects.slice(2))).not.toContain('gpu');
  });

  it('to several rules stand in the policy of each, and of no other', () => {
    const rule = ['privileged', 'host-ports', 'memory-limit'];
    const { objects } = policiesOf({ exceptions: [{ ...waived, rule }], rules: [ruleById('high-ids'), ...both] });
    const policies = objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    expect(policies.map(({ metadata }) => metadata?.annotations)).toEqual([
      undefined,
      { 'waived.kube-bulwark.dev/gpu-driver': expect.stringMatching(/^privileged: loads/) },
      { 'waived.kube-bulwark.dev/gpu-driver': expect.stringMatching(/^host-ports: loads/) },
    ]);
    const [first, ...rest] = policies.map(({ spec }) => JSON.stringify((spec as PolicySpec).matchConditions));
    expect(first).not.toContain('gpu');
    for (const conditions of rest) expect(conditions).toContain('gpu-driver');
    const kyverno = policiesOf({ engine: 'kyverno', exceptions: [{ ...waived, rule }] }).objects;
    expect(kyverno.flatMap(({ kind, metadata }) => (kind === 'PolicyException' ? [metadata?.name] : []))).toEqual([
      'bulwark-privileged.gpu-driver',
      'bulwark-host-ports.gpu-driver',
    ]);
  });

  it.each(engineNames)('to several rules of a group are worked out once, with the engine %s', (engine) => {
    const exceptions = [{ ...waived, rule: ['privileged', 'host-ports'] }];
    const [policy] = policiesOf({ engine, group: 'subject', exceptions }).objects;
    expect(policy?.metadata?.annotations).toEqual({
      'waived.kube-bulwark.dev/gpu-driver': expect.stringMatching(/^privileged, host-ports: loads/),
    });
    const text = JSON.stringify(policy?.spec);
    expect(text.match(/"name":"waived_gpu_driver"/g)).toHaveLength(1);
    expect(text.match(/variables\.waived_gpu_driver \|\| /g)).toHaveLength(2);
  });

  it('for one rule of a group leave the others as they are', () => {
    const { validations, matchConditions } = policySpec({ group: 'subject', exceptions: [waived] });
    expect(JSON.stringify(matchConditions)).not.toContain('gpu');
    for (const { expression, message } of validations)
      expect(expression.startsWith('variables.waived_gpu_driver || (')).toBe(message.endsWith('[privileged]'));
  });

  it('for a container take it out of the loops', () => {
    const exception = { ...waived, selector: { namespace: 'gpu', container: 'driver', image: 'a.example/*' } };
    const { validations } = policySpec({ exceptions: [exception] });
    expect(validations[0]?.expression).toContain(
      "variables.allContainers.filter(container, !(variables.waived_gpu_driver_a_example && container.?name.orValue('') == 'driver' && container.?image.orValue('').startsWith('a.example/'))).all(",
    );
  });

  it('are refused all at once where they are expired, vague, without a reason, or of no rule', () => {
    const exceptions: readonly SelectedException[] = [
      { ...waived, expires: '2026-11-20' },
      { ...waived, selector: { name: '*' } },
      { ...waived, reason: '…' },
      { ...waived, rule: ['privileged', 'privilegd', 'host-prots', '*'] },
      { ...waived, rule: 'rule-failed' },
      waived,
    ];
    const old = ClusterTarget.of('1.29');
    expect(faultsOf({ exceptions, target: old })).toEqual([
      'engine: vap needs Kubernetes 1.30, and the target is 1.29; raise the version of the target, or take the engine kyverno or gatekeeper',
      expect.stringMatching(
        /^exceptions\[0\]: the exception to privileged ended on 2026-11-20; .*; mend what it excused/,
      ),
      'exceptions[1]: the exception to privileged is too vague: its selectors are all *, and select every object; select what it is about by namespace, kind, name, labels, container or image',
      expect.stringMatching(/^exceptions\[2\]: the exception to privileged has no reason/),
      'exceptions[3]: there is no rule "privilegd"; did you mean privileged?',
      'exceptions[3]: there is no rule "host-prots"; did you mean host-ports?',
      expect.stringMatching(/^exceptions\[3\]: there is no rule "\*"; name each rule/),
      expect.stringMatching(/^exceptions\[4\]: no exception can make the rule rule-failed right/),
    ]);
  });

  it('warn of selectors that others can meet', () => {
    const warningsOf = (selector: SelectedException['selector']) =>
      policiesOf({ exceptions: [{ ...waived, selector }] }).warnings.map(({ property, message, remedy }) => {
        expect(property).toBe('exceptions[0]');
        return `${message}; ${remedy}`;
      });
    expect(warningsOf({ namespace: 'gpu', name: 'driver-*' })).toEqual([]);
    expect(warningsOf({ namespace: 'gpu', labels: { a: 'b' } })).toEqual([expect.stringMatching(/by the label a:/)]);
    expect(warningsOf({ kind: 'Pod', name: 'x' })).toEqual([expect.stringMatching(/names no namespace/)]);
    expect(warningsOf({ namespace: 'gpu', kind: 'Deployment' })).toEqual([
      expect.stringMatching(/the pods that it makes/),
    ]);
    expect(warningsOf({ namespace: 'gpu', name: 'api' })).toEqual([expect.stringMatching(/write api\* to cover them/)]);
  });

  it('of Kubewarden say of how many nobody is warned, whichever severity made them so', () => {
    const rules = [ruleById('privileged'), ruleById('named-ports')];
    const warningsOf = (options: Partial<EnforcementOptions>) =>
      policiesOf({ engine: 'kubewarden', rules, ...options }).warnings.map(({ property, message }) => [
        property,
        /(\d+) policies/.exec(message)?.[1],
      ]);
    expect(warningsOf({ mode: 'audit' })).toEqual([]);
    expect(warningsOf({ mode: 'warn' })).toEqual([['mode', '2']]);
    expect(warningsOf({ mode: 'deny' })).toEqual([['mode', '1']]);
    expect(warningsOf({ mode: 'deny', denyFrom: 'info' })).toEqual([]);
  });

  it('of Kyverno end by its own clock', () => {
    const exception = policiesOf({ engine: 'kyverno', exceptions: [waived] }).objects.find(
      ({ kind }) => kind === 'PolicyException',
    );
    expect(exception).toMatchObject({
      metadata: { namespace: 'kyverno', labels: { 'cleanup.kyverno.io/ttl': '2027-04-01' } },
      spec: {
        policyRefs: [{ kind: 'ValidatingPolicy', name: 'bulwark-privileged' }],
        expiresAt: '2027-04-01T00:00:00Z',
        properties: { reason: 'loads the driver of the card', ticket: 'OPS-7' },
      },
    });
  });
});

describe('a glob in CEL', () => {
  it.each([
    ['api', "it == 'api'"],
    ['api-*', "it.startsWith('api-')"],
    ['*-api', "it.endsWith('-api')"],
    ['*', 'true'],
    ['a*b', "it.matches('(?s)^a.*b$')"],
    ['a.b*c', "it.matches(r'(?s)^a\\.b.*c$')"],
  ])('%s is %s', (pattern, expected) => {
    expect(globCel(pattern, 'it')).toBe(expected);
  });
});
