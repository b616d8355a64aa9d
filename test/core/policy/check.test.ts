import * as fc from 'fast-check';
import type { KubernetesObject } from '../../../core/manifest/object';
import { PodTemplateKinds } from '../../../core/manifest/pod-template';
import { checkObject } from '../../../core/policy/check';
import { ownContainers, pods } from '../../../core/policy/clause';
import { podRule } from '../../../core/policy/define';
import { is, ofTarget, text } from '../../../core/policy/expression/operators';
import { podIn } from '../../../core/policy/pod-in';
import type { PodRule } from '../../../core/policy/rule';
import { ruleSetOf } from '../../../core/policy/rule-set';
import { rules } from '../../../core/policy/rules';
import { hostNamespaces } from '../../../core/policy/rules/workload/host-namespaces';
import { container, deployment, object, pod, target, withNulls } from './rules/rule-cases';

const context = { target, registries: ['registry.acme.example'] };
const digest = `sha256:${'a'.repeat(64)}`;

/** A Deployment that breaks no rule. */
const hardened: KubernetesObject = deployment({
  serviceAccountName: 'api',
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 65_532,
    runAsGroup: 65_532,
    fsGroup: 65_532,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  containers: [
    {
      name: 'api',
      image: `registry.acme.example/api@${digest}`,
      ports: [{ name: 'http', containerPort: 8080 }],
      env: [{ name: 'LOG_LEVEL', value: 'info' }],
      readinessProbe: { httpGet: { port: 'http', path: '/' } },
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
      resources: {
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { memory: '128Mi', 'ephemeral-storage': '128Mi' },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    },
  ],
  volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
});

const about = <const I extends string>(id: I) =>
  ({ id, title: 'A rule', severity: 'error', why: 'It is a test.', fix: 'None.' }) as const;

const failing = (id: string): PodRule => ({
  ...about(id),
  subject: 'pod',
  check: () => {
    throw new TypeError('no such thing');
  },
});

const failingRead = () => {
  throw new TypeError('no such target');
};

describe('checkObject', () => {
  it('finds nothing wrong with a hardened workload', () => {
    expect(checkObject(hardened, context)).toEqual([]);
    expect(checkObject(withNulls(hardened), context)).toEqual([]);
  });

  it('makes a whole finding of a violation', () => {
    const given = deployment({ ...podIn(hardened)?.spec, hostPID: true });
    expect(checkObject(given, context)).toEqual([
      {
        rule: 'host-namespaces',
        severity: 'error',
        object: 'Deployment.apps shop/api',
        property: 'spec.template.spec.hostPID',
        value: true,
        message: 'the pod sees the processes of its node',
        remedy: 'leave hostPID out',
        podSecurity: 'baseline',
        fix: [{ op: 'remove', path: '/spec/template/spec/hostPID' }],
      },
    ]);
  });

  it('says which container it is', () => {
    const finding = checkObject(container({ securityContext: { privileged: true } }), context).find(
      ({ rule }) => rule === 'privileged',
    );
    expect(finding).toEqual({
      rule: 'privileged',
      severity: 'error',
      object: 'Pod api',
      property: 'spec.containers[0].securityContext.privileged',
      value: true,
      message: 'container "api" is privileged',
      remedy: 'leave privileged out, or set it to false',
      container: 'api',
      podSecurity: 'baseline',
      fix: [{ op: 'replace', path: '/spec/containers/0/securityContext/privileged', value: false }],
    });
  });

  it('sees the pods of every kind that has them, and of custom kinds once they are named', () => {
    const spec = { hostNetwork: true, containers: [] };
    const template = { template: { spec } };
    const rollout = object('argoproj.io/v1alpha1', 'Rollout', { spec: template });
    const kinds = PodTemplateKinds.builtIn.with({ group: 'argoproj.io', kind: 'Rollout', path: ['spec', 'template'] });
    const seen = (given: KubernetesObject, known?: PodTemplateKinds) =>
      checkObject(given, context, known)
        .filter(({ rule }) => rule === 'host-namespaces')
        .map(({ property }) => property);

    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']) {
      expect(seen(object('apps/v1', kind, { spec: template }))).toEqual(['spec.template.spec.hostNetwork']);
    }
    expect(seen(object('batch/v1', 'Job', { spec: template }))).toEqual(['spec.template.spec.hostNetwork']);
    expect(seen(object('v1', 'ReplicationController', { spec: template }))).toEqual(['spec.template.spec.hostNetwork']);
    expect(seen(pod(spec))).toEqual(['spec.hostNetwork']);
    expect(seen(rollout)).toEqual([]);
    expect(seen(rollout, kinds)).toEqual(['spec.template.spec.hostNetwork']);
  });

  it('asks the rules of its kind only, whatever the version of its group', () => {
    const namesOf = (given: KubernetesObject) => new Set(checkObject(given, context).map(({ rule }) => rule));
    expect([...namesOf(object('v1', 'Namespace', {}))]).toEqual(['namespace-pod-security']);
    expect([...namesOf(object('policy/v1beta1', 'PodDisruptionBudget', { spec: { maxUnavailable: 0 } }))]).toEqual([
      'pdb-blocks-drain',
    ]);
    expect([...namesOf(object('acme.example/v1', 'Namespace', {}))]).toEqual([]);
    expect([...namesOf(object('v1', 'ConfigMap', { data: { a: 'b' } }))]).toEqual([]);
  });

  it('makes a finding of a rule that throws, and asks the others', () => {
    const asked = ruleSetOf([failing('no-such-thing'), hostNamespaces]);
    const given = deployment({ ...podIn(hardened)?.spec, hostPID: true });
    expect(checkObject(given, context, undefined, asked)).toEqual([
      {
        rule: 'rule-failed',
        severity: 'error',
        object: 'Deployment.apps shop/api',
        message: 'the rule no-such-thing could not judge the object: no such thing',
        remedy: expect.stringMatching(/report the rule/),
      },
      expect.objectContaining({ rule: 'host-namespaces' }),
    ]);
  });

  it('leaves out the standard of the rule, or of the clause, where the clause is relaxed', () => {
    const clauseOf = (at: 'hostPID' | 'hostIPC', own: object) =>
      pods.violation({
        when: ({ spec }) => is(spec[at], true),
        at: ({ spec }) => spec[at],
        message: at,
        remedy: 'none',
        relaxed: ({ spec }) => is(spec.hostUsers, false),
        ...own,
      });
    const clauses = [clauseOf('hostPID', {}), clauseOf('hostIPC', { podSecurity: 'restricted' })];
    const asked = ruleSetOf([podRule({ ...about('own-rule'), podSecurity: 'baseline', clauses })]);
    const standards = (hostUsers: boolean) =>
      checkObject(pod({ hostPID: true, hostIPC: true, hostUsers }), context, undefined, asked).map(
        ({ podSecurity }) => podSecurity,
      );
    expect(standards(true)).toEqual(['baseline', 'restricted']);
    expect(standards(false)).toEqual([undefined, undefined]);
  });

  it('refuses a text of what CEL has no words for: the whole of what a loop binds', () => {
    const env = ownContainers.each((own) => own.env);
    const clause = env.violation({
      when: (variable) => is(variable.name, 'A'),
      at: (variable) => variable.name,
      // @ts-expect-error only containers and volumes are named in a text
      message: (variable) => text`${variable} is there`,
      remedy: 'none',
    });
    const asked = ruleSetOf([podRule({ ...about('own-rule'), clauses: [clause] })]);
    const found = checkObject(container({ env: [{ name: 'A', value: '' }] }), context, undefined, asked);
    expect(found).toMatchObject([{ rule: 'rule-failed', message: expect.stringContaining('binds as envItem') }]);
  });

  it('makes a finding of a clause that throws, and asks the others', () => {
    const clause = pods.violation({
      when: () => ofTarget(failingRead),
      at: ({ spec }) => spec,
      message: 'never said',
      remedy: 'none',
    });
    const asked = ruleSetOf([podRule({ ...about('own-rule'), clauses: [clause] }), hostNamespaces]);
    const given = deployment({ ...podIn(hardened)?.spec, hostPID: true });
    expect(checkObject(given, context, undefined, asked).map(({ rule, message }) => [rule, message])).toEqual([
      ['rule-failed', 'the rule own-rule could not judge the object: no such target'],
      ['host-namespaces', expect.any(String)],
    ]);
  });

  it('makes a finding of a rule that fails half way', () => {
    const half: PodRule = {
      ...about('half-way'),
      subject: 'pod',
      *check() {
        yield { path: ['spec'], message: 'one', remedy: 'mend it' };
        throw 'a text';
      },
    };
    const found = checkObject(hardened, context, undefined, ruleSetOf([half]));
    expect(found.map(({ rule, message }) => [rule, message])).toEqual([
      ['half-way', 'one'],
      ['rule-failed', 'the rule half-way could not judge the object: a text'],
    ]);
  });

  it('finds with all rules at once what each finds alone', () => {
    const alone = rules
      .filter(({ subject }) => subject === 'pod' || subject === 'object')
      .map((rule) => ruleSetOf([rule]));
    const weakened = fc.constantFrom<Readonly<Record<string, unknown>>>(
      {},
      { hostPID: true },
      { volumes: [{ name: 'a', hostPath: { path: '/' } }, null] },
      {
        containers: [
          { name: 'a', image: 'nginx' },
          { name: 'b', securityContext: { privileged: true } },
        ],
      },
      { initContainers: [{ name: 'i', ports: [{ containerPort: 22, hostPort: 22 }, { containerPort: 22 }] }] },
      { ephemeralContainers: [{ name: 'e', env: [{ name: 'PASSWORD', value: 'hunter2hunter2' }] }] },
      { os: { name: 'windows' }, securityContext: { windowsOptions: { hostProcess: true } } },
    );
    fc.assert(
      fc.property(fc.array(weakened, { maxLength: 3 }), (parts) => {
        const given = deployment(Object.assign({}, podIn(hardened)?.spec, ...parts));
        expect(checkObject(given, context)).toEqual(
          alone.flatMap((rule) => checkObject(given, context, undefined, rule)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('lists the first thousand of what one rule finds in one object, and says that there is more', () => {
    const ports = Array.from({ length: 300 }, (_, i) => ({ containerPort: i + 1 }));
    const containers = Array.from({ length: 20 }, (_, i) => ({ name: `c${i}`, image: 'a', ports }));
    const found = checkObject(pod({ containers }), context).filter(({ rule }) => rule === 'duplicate-port');
    expect(found).toHaveLength(1001);
    expect(found.at(-1)).toEqual({
      rule: 'duplicate-port',
      severity: 'error',
      object: 'Pod api',
      property: '',
      message: 'there is more of it in the object: only the first 1000 places are listed',
      remedy: 'mend those that are listed, and check again',
    });
  });

  it('answers for anything that is an object, without a crash and without a change to it', () => {
    const kinds = fc.constantFrom(
      ['v1', 'Pod'],
      ['v1', 'Secret'],
      ['v1', 'Service'],
      ['v1', 'Namespace'],
      ['apps/v1', 'Deployment'],
      ['networking.k8s.io/v1', 'NetworkPolicy'],
      ['rbac.authorization.k8s.io/v1', 'Role'],
      ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
      ['policy/v1', 'PodDisruptionBudget'],
    );
    const keys = fc.constantFrom(
      'containers',
      'securityContext',
      'volumes',
      'ports',
      'env',
      'spec',
      'template',
      'rules',
      'egress',
      'to',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(kinds, fc.dictionary(keys, tree), ([apiVersion = '', kind = ''], properties) => {
        const given = { ...properties, apiVersion, kind, metadata: { name: 'it' } };
        const before = JSON.stringify(given);
        const known = new Set<string>(rules.map(({ id }) => id));
        for (const { rule, message } of checkObject(given, context)) {
          expect(known.has(rule)).toBe(true);
          expect(message).not.toBe('');
        }
        expect(JSON.stringify(given)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });
});

describe('podIn', () => {
  it('shows a pod as rules see it', () => {
    const given = object('apps/v1', 'Deployment', {
      spec: {
        template: {
          metadata: { labels: { app: 'api' } },
          spec: {
            os: { name: 'windows' },
            initContainers: [{ name: 'proxy', restartPolicy: 'Always' }],
            containers: [{ name: 'api' }],
          },
        },
      },
    });
    expect(podIn(given)).toMatchObject({
      path: ['spec', 'template', 'spec'],
      labels: { app: 'api' },
      annotations: {},
      containers: [
        { role: 'sidecar', path: ['spec', 'template', 'spec', 'initContainers', 0] },
        { role: 'container', path: ['spec', 'template', 'spec', 'containers', 0] },
      ],
    });
  });

  it('finds none in a kind without pods', () => {
    expect(podIn(object('v1', 'Service', { spec: {} }))).toBeUndefined();
    expect(podIn(object('apps/v1', 'Deployment', {}))).toBeUndefined();
  });
});
