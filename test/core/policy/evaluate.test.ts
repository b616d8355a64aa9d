import { ClusterTarget } from '../../../core/cluster/target';
import type { KubernetesObject } from '../../../core/manifest/object';
import { PodTemplateKinds } from '../../../core/manifest/pod-template';
import { readManifests } from '../../../core/manifest/yaml/read';
import { evaluate } from '../../../core/policy/evaluate';
import { frameworkIds } from '../../../core/policy/frameworks';
import type { EvaluateOptions } from '../../../core/policy/judge';
import type { ObjectRule, PodRule, Rule } from '../../../core/policy/rule';
import { type RuleIdOf, ruleById } from '../../../core/policy/rules';
import { privileged } from '../../../core/policy/rules/workload/privileged';

const today = '2026-07-01';
const target = ClusterTarget.of('1.34');

function judge(text: string, options: Partial<EvaluateOptions> = {}, source = 'k8s/web.yaml') {
  const { documents, errors } = readManifests(text, { source });
  expect(errors).toEqual([]);
  return evaluate(documents, { target, today, ...options });
}

const pod = (annotations = '', name = 'a') => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: shop${annotations === '' ? '' : `\n  annotations:\n    ${annotations}`}
spec:
  containers:
  - name: main
    image: quay.io/acme/a:1
    securityContext:
      privileged: true
`;

/** What a finding says, whatever computes the rest of it. */
const sameFinding = ({ rule, property }: { readonly rule: string; readonly property?: string }): unknown =>
  expect.objectContaining({ rule, property });

const only = { rules: [privileged] };
const key = 'exceptions.kube-bulwark.dev';

describe('evaluate', () => {
  it('says of a finding which rule, object, property and value, and where that is written', () => {
    const { findings, waived, objects, rules } = judge(pod(), only);
    expect({ objects, waived, rules: rules.map(({ id }) => id) }).toEqual({
      objects: 1,
      waived: [],
      rules: ['privileged'],
    });
    expect(findings).toEqual([
      {
        rule: 'privileged',
        fix: [{ op: 'replace', path: '/spec/containers/0/securityContext/privileged', value: false }],
        severity: 'error',
        object: 'Pod shop/a',
        of: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'a' },
        property: 'spec.containers[0].securityContext.privileged',
        value: true,
        message: 'container "main" is privileged',
        remedy: 'leave privileged out, or set it to false',
        container: 'main',
        podSecurity: 'baseline',
        location: { file: 'k8s/web.yaml', line: 11, column: 7 },
        positionOf: expect.any(Function),
        fingerprint: expect.any(Function),
        hidesLine: expect.any(Function),
      },
    ]);
    expect(findings[0]?.fingerprint()).toBe(
      'privileged Pod shop/a spec.containers[main].securityContext.privileged = true',
    );
  });

  it('asks of declared rules those that objects answer, and of all rules those that it has facts for', () => {
    const plain = judge(pod());
    const ids = plain.rules.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['pod-valid', 'identity-unique', 'namespace-network-isolation', 'privileged']),
    );
    expect(ids).not.toContain('connection-port');
    expect(ids).not.toContain('image-allowed');
    expect(plain.unasked).toEqual([{ rule: 'image-allowed', reason: expect.stringContaining('no registries') }]);
    const withRegistries = judge(pod(), { registries: ['registry.acme.example'] });
    expect(withRegistries.unasked).toEqual([]);
    expect(withRegistries.findings.map(({ rule }) => rule)).toContain('image-allowed');
  });

  const ofPod = (spec: object, metadata: KubernetesObject['metadata'] = { name: 'a' }): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { containers: [{ name: 'a', ...spec }] },
  });
  const answers: Readonly<Record<RuleIdOf<{ answeredBy: 'object' }>, KubernetesObject>> = {
    'name-valid': ofPod({}, { name: 'A' }),
    'label-value': ofPod({}, { name: 'a', labels: { long: 'x'.repeat(64) } }),
    'annotation-valid': ofPod({}, { name: 'a', annotations: { 'prometheus.io/port': 8080 as never } }),
    'target-api': { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', metadata: { name: 'a' } },
    'gated-field': {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'a' },
      spec: { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'b', namespace: 'c' } },
    },
    'schema-valid': ofPod({ imagePulPolicy: 'Always' }),
    'selector-match': {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: { selector: { matchLabels: { app: 'a' } }, template: { spec: { containers: [] } } },
    },
    'pod-valid': { ...ofPod({}), spec: { priority: 5, containers: [] } },
    'port-valid': ofPod({ ports: [{ containerPort: 70_000 }] }),
    'probe-port': ofPod({ image: 'a', livenessProbe: { tcpSocket: { port: 'web' } } }),
    'network-policy-valid': {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'a' },
      spec: { podSelector: {}, ingress: [{ ports: [{ port: 70_000 }] }] },
    },
    'env-name': ofPod({ env: [{ name: '1A', value: '' }] }),
    'vault-tls': {
      apiVersion: 'secrets.hashicorp.com/v1beta1',
      kind: 'VaultConnection',
      metadata: { name: 'a' },
      spec: { address: 'https://vault.vault.svc:8200', skipTLSVerify: true },
    },
    'object-list': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, items: [ofPod({})] },
    'access-expiry': {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'a' },
      roleRef: { kind: 'Role', name: 'break-glass-a' },
    },
    'opening-expiry': {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'a', annotations: { 'network.kube-bulwark.dev/expires': '2025-12-31' } },
      spec: { podSelector: {} },
    },
  };

  it.each(Object.entries(answers))('finds %s, which an object alone answers', (id, object) => {
    const report = evaluate([{ object }], { target, today });
    expect(report.rules.map((rule) => rule.id)).toContain(id);
    expect(report.findings.map(({ rule }) => rule)).toContain(id);
  });

  it('passes on what mends a violation, and makes a finding of a rule that throws', () => {
    const fix = [{ op: 'remove', path: '/spec/containers/0/securityContext/privileged' }] as const;
    const mending: PodRule = { ...privileged, check: () => [{ path: ['spec'], message: 'm', remedy: 'r', fix }] };
    const throwing: ObjectRule = {
      id: 'throws',
      subject: 'object',
      title: '',
      severity: 'info',
      why: '',
      fix: '',
      kinds: ['/Pod'],
      check: () => {
        throw new Error('boom');
      },
    };
    const { findings } = judge(pod(), { rules: [mending, throwing] });
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'privileged', fix }),
      expect.objectContaining({ rule: 'rule-failed', message: expect.stringContaining('boom') }),
    ]);
  });

  it('finds what only the set shows, at the objects that it is about; two folders are two sets', () => {
    const twice = `${pod()}---\n${pod()}`;
    expect(judge(twice).findings.filter(({ rule }) => rule === 'identity-unique')).toEqual([
      expect.objectContaining({ location: { file: 'k8s/web.yaml', line: 16, column: 3 } }),
    ]);
    const read = (source: string) => readManifests(pod(), { source }).documents;
    const apart = evaluate([...read('dev/a.yaml'), ...read('prod/a.yaml')], { target, today });
    expect(apart.findings.map(({ rule }) => rule)).not.toContain('identity-unique');
    const together = evaluate([...read('prod/b.yaml'), ...read('prod/a.yaml')], { target, today });
    expect(together.findings.map(({ rule }) => rule)).toContain('identity-unique');
  });

  it('judges pod templates in custom kinds, declared or not, and counts kinds that nobody knows', () => {
    const custom = (spec: string) => `apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\nspec:\n${spec}`;
    const template = (indent: string) =>
      pod()
        .slice(pod().indexOf('spec:'))
        .trimEnd()
        .split('\n')
        .map((line) => `${indent}${line}\n`)
        .join('');
    const two = custom(`  head:\n${template('    ')}  workers:\n  - template:\n${template('      ')}`);
    const { findings, skipped } = judge(two, only);
    expect(findings.map(({ property }) => property)).toEqual([
      'spec.head.spec.containers[0].securityContext.privileged',
      'spec.workers[0].template.spec.containers[0].securityContext.privileged',
    ]);
    expect(skipped).toEqual([]);
    const declared = PodTemplateKinds.builtIn.with({ group: 'example.com', kind: 'Thing', path: ['spec', 'head'] });
    expect(judge(two, { ...only, podTemplateKinds: declared }).findings).toEqual(findings.map(sameFinding));
    const mistyped = PodTemplateKinds.builtIn.with({ group: 'example.com', kind: 'Thing', path: ['spec', 'haed'] });
    expect(judge(two, { ...only, podTemplateKinds: mistyped }).findings).toEqual(findings.map(sameFinding));
    expect(judge(custom('  size: 3\n'), only).skipped).toEqual([
      { apiVersion: 'example.com/v1', kind: 'Thing', count: 1 },
    ]);
    const policy = 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata:\n  name: p\nspec: {}\n';
    expect(judge(policy).skipped).toEqual([]);
    const operator = (kind: string) =>
      `apiVersion: secrets.hashicorp.com/v1beta1\nkind: ${kind}\nmetadata:\n  name: v\nspec: {}\n`;
    expect(judge(operator('VaultConnection')).skipped).toEqual([]);
    expect(judge(operator('VaultAuth')).skipped).toHaveLength(1);
    // Other kinds list containers at their root, and mean something else.
    expect(judge(custom('  containers:\n  - name: a\n    image: b\n'), only).skipped).toHaveLength(1);
  });

  it('asks only the rules of a framework, and takes only what it demands', () => {
    const report = judge(pod(), { frameworks: ['pss-baseline'] });
    expect(report.findings.map(({ rule }) => rule)).toEqual(['privileged']);
    expect(report.rules.map(({ id }) => id)).not.toContain('memory-limit');
    expect(judge(pod(), { frameworks: ['pss-restricted'] }).findings.every(({ podSecurity }) => podSecurity)).toBe(
      true,
    );
  });

  it.each(frameworkIds)('says what cannot be judged under %s, too', (framework) => {
    const hidden = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, items: [ofPod({})] };
    const odd = { ...ofPod({}), metadata: { name: 'b', namespace: 'shop', labels: { app: 'b' } } };
    const strange = {
      ...odd,
      spec: { containers: [{ name: 'a', securityContext: { capabilities: { add: [{}] } } }] },
    } as unknown as KubernetesObject;
    const report = evaluate([{ object: hidden }, { object: strange }], { target, today, frameworks: [framework] });
    const cannot = report.findings.filter(({ rule }) => rule === 'object-list' || rule === 'rule-failed');
    expect(new Set(cannot.map(({ rule, object }) => `${rule} ${object}`))).toEqual(
      new Set(['object-list ConfigMap a', 'rule-failed Pod shop/b']),
    );
    const plain = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'shop' },
      data: { items: '' },
    };
    expect(evaluate([{ object: plain }], { target, today, frameworks: [framework] }).findings).toEqual([]);
  });

  it('judges objects of any shape', () => {
    const odd = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: { selector: 3, template: { spec: { containers: 'x', volumes: [null, 3] } } },
    };
    expect(() => evaluate([{ object: odd }], { target, today })).not.toThrow();
  });
});

describe('exceptions', () => {
  const reason = 'needs raw sockets';

  it('in annotations count for nothing where the check says so', () => {
    const annotated = pod(`${key}/privileged: "${reason}; expires 2026-12-31"`);
    const { findings, waived } = judge(annotated, { ...only, ignoresAnnotations: true });
    expect(waived).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toEqual(['privileged']);
  });

  it('in an annotation cover their object alone', () => {
    const annotated = pod(`${key}/privileged: "${reason}; expires 2026-12-31; ticket SEC-1"`);
    const { findings, waived } = judge(`${annotated}---\n${pod('', 'b')}`, only);
    expect(waived).toEqual([
      expect.objectContaining({
        object: 'Pod shop/a',
        waivedBy: { rule: 'privileged', reason, expires: '2026-12-31', ticket: 'SEC-1' },
      }),
    ]);
    expect(findings.map(({ rule, object }) => [rule, object])).toEqual([['privileged', 'Pod shop/b']]);
  });

  it.each([
    [`${key}/privileged: "${reason}; expires 2026-06-30"`, 'exception-valid', 'ended on 2026-06-30'],
    [`${key}/privileged: "${reason}; expires 2026-02-30"`, 'exception-valid', 'ends on no day of the calendar'],
    [`${key}/privileged: "legacy; expires 2026-12-31"`, 'exception-valid', 'no reason that anybody could judge'],
    [`${key}/privileged: "${reason}"`, 'exception-valid', 'it does not say when it expires'],
    [`${key}/priviledged: "${reason}; expires 2026-12-31"`, 'exception-valid', 'there is no rule "priviledged"'],
    [
      `${key}/name-valid: "${reason}; expires 2026-12-31"`,
      'exception-valid',
      'no exception can make the rule name-valid right',
    ],
    [
      `${key}/privileged: "${reason}; expires 2026-12-31; container other"`,
      'exception-unused',
      'covers none of what breaks',
    ],
  ])('%s is a finding at the annotation, and waives nothing', (annotation, rule, message) => {
    const { findings, waived } = judge(pod(annotation), only);
    expect(waived).toEqual([]);
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'privileged' }),
      expect.objectContaining({
        rule,
        object: 'Pod shop/a',
        message: expect.stringContaining(message),
        location: { file: 'k8s/web.yaml', line: 7, column: 5 },
      }),
    ]);
  });

  const selected = (selector: object, more: object = {}) => ({
    exceptions: [
      {
        rule: 'privileged',
        reason,
        expires: '2026-12-31',
        selector,
        property: 'exceptions[0]',
        location: { file: 'bulwark.yaml', line: 3, column: 3 },
        ...more,
      },
    ],
  });

  it('by selectors cover what they select', () => {
    const both = `${pod()}---\n${pod('', 'b')}`;
    expect(judge(both, { ...only, ...selected({ name: 'a' }) })).toMatchObject({
      waived: [{ object: 'Pod shop/a' }],
      findings: [{ object: 'Pod shop/b' }],
    });
    expect(judge(both, { ...only, ...selected({ image: 'quay.io/acme/*' }) }).findings).toEqual([]);
  });

  it.each([
    [{ name: 'z' }, {}, 'exception-unused', 'covers none of what breaks the rule privileged'],
    [{}, {}, 'exception-valid', 'too vague: it selects every object'],
    [{ kind: '*' }, {}, 'exception-valid', 'too vague'],
    [{ name: 'a' }, { rule: 'priviledged' }, 'exception-valid', 'there is no rule'],
    [{ name: 'a' }, { expires: '2026-06-30' }, 'exception-valid', 'ended on'],
  ])('by %j %j are a finding in bulwark.yaml, and waive nothing', (selector, more, rule, message) => {
    const { findings, waived } = judge(pod(), { ...only, ...selected(selector, more) });
    expect(waived).toEqual([]);
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'privileged' }),
      expect.objectContaining({
        rule,
        message: expect.stringContaining(message),
        property: expect.stringMatching(/^exceptions\[0\]/),
        location: { file: 'bulwark.yaml', line: 3, column: 3 },
      }),
    ]);
  });

  it('to several rules are found out rule by rule, where each is written', () => {
    const rule = ['host-ports', 'privileged', 'priviledged'];
    const { findings, waived } = judge(pod(), { frameworks: ['pss-baseline'], ...selected({ name: 'a' }, { rule }) });
    expect(waived).toMatchObject([{ rule: 'privileged', waivedBy: { rule: 'privileged', reason } }]);
    expect(findings).toMatchObject([
      { rule: 'exception-valid', property: 'exceptions[0].rule[2]', remedy: 'did you mean privileged?' },
      { rule: 'exception-unused', property: 'exceptions[0].rule[0]', message: expect.stringContaining('host-ports') },
    ]);
    const annotated = pod(`${key}/privileged: "${reason}; also host-ports; expires 2026-12-31"`);
    expect(judge(annotated, { frameworks: ['pss-baseline'] })).toMatchObject({
      waived: [{ rule: 'privileged' }],
      findings: [{ rule: 'exception-unused', value: 'host-ports', location: { line: 7, column: 5 } }],
    });
  });

  it("to a rule of one's own are known", () => {
    const own = { ...ruleById('privileged'), id: 'acme-privileged' } as Rule;
    const exceptions = selected({ name: 'a' }, { rule: ['acme-privileged', 'privileged'] });
    const { findings, waived } = judge(pod(), { rules: [own, ruleById('privileged')], ...exceptions });
    expect(findings).toEqual([]);
    expect(waived.map(({ rule }) => rule)).toEqual(['acme-privileged', 'privileged']);
  });

  it('to rules that were not asked are not called unused', () => {
    const other = selected({ name: 'z' }, { rule: 'memory-limit' });
    expect(judge(pod(), { ...only, ...other }).findings.map(({ rule }) => rule)).toEqual(['privileged']);
    expect(judge(pod(), { frameworks: ['pss-baseline'], ...other }).findings.map(({ rule }) => rule)).toEqual([
      'privileged',
    ]);
    expect(judge(pod(), other).findings.map(({ rule }) => rule)).toContain('exception-unused');
  });

  it('to what the namespace enforces are a conflict', () => {
    const namespace =
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: baseline\n---\n';
    const annotated = pod(`${key}/privileged: "${reason}; expires 2026-12-31"`);
    expect(judge(`${namespace}${annotated}`).findings).toContainEqual(
      expect.objectContaining({
        rule: 'pod-security-conflict',
        message: expect.stringContaining('will refuse the pod'),
      }),
    );
  });
});

describe('a null among the items of a list', () => {
  const ids = (text: string) => judge(text).findings.map(({ rule, property }) => `${rule} ${property}`);

  it('is the core group, which grants every Secret', () => {
    const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
- apiGroups: [null]
  resources: [secrets]
  verbs: [list]
  resourceNames: [null]
`;
    expect(ids(role)).toEqual(['rbac-secrets rules[0].resources']);
  });

  it('is every TCP port of a NetworkPolicy', () => {
    const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress:
  - from: [{podSelector: {matchLabels: {app: gateway}}}]
    ports: [null]
`;
    expect(ids(policy)).toContain('network-open spec.ingress[0].ports[0]');
  });

  it('is a selector of every role', () => {
    const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
aggregationRule: {clusterRoleSelectors: [null]}
`;
    expect(ids(role)).toEqual(['rbac-aggregation aggregationRule.clusterRoleSelectors[0]']);
  });

  it('is a port without a number, and no reason not to judge the pod', () => {
    const found = ids(pod().replace('    securityContext:', '    ports: [null]\n    securityContext:'));
    expect(found).toContain('privileged spec.containers[0].securityContext.privileged');
    expect(found.filter((id) => id.startsWith('rule-failed'))).toEqual([]);
  });
});
