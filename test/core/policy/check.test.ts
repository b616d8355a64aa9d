import * as fc from 'fast-check';
import type { KubernetesObject } from '../../../core/manifest/object';
import { PodTemplateKinds } from '../../../core/manifest/pod-template';
import { checkObject, podIn } from '../../../core/policy/check';
import { rules } from '../../../core/policy/rules';
import { privileged } from '../../../core/policy/rules/workload/privileged';
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
    const check = jest.spyOn(privileged, 'check').mockImplementation(() => {
      throw new TypeError('no such thing');
    });
    try {
      expect(checkObject(deployment({ ...podIn(hardened)?.spec, hostPID: true }), context)).toEqual([
        expect.objectContaining({ rule: 'host-namespaces' }),
        {
          rule: 'rule-failed',
          severity: 'error',
          object: 'Deployment.apps shop/api',
          message: 'the rule privileged could not judge the object: no such thing',
          remedy: expect.stringMatching(/report the rule/),
        },
      ]);
    } finally {
      check.mockRestore();
    }
  });

  it('makes a finding of a rule that fails half way', () => {
    const check = jest.spyOn(privileged, 'check').mockImplementation(function* () {
      yield { path: ['spec'], message: 'one', remedy: 'mend it' };
      throw 'a text';
    } as never);
    try {
      const found = checkObject(hardened, context).map(({ rule, message }) => [rule, message]);
      expect(found).toEqual([
        ['privileged', 'one'],
        ['rule-failed', 'the rule privileged could not judge the object: a text'],
      ]);
    } finally {
      check.mockRestore();
    }
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
