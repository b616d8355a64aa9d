import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { evaluate, ruleById } from '../../../core/policy';

const found = (object: KubernetesObject, version = '1.36') =>
  evaluate([{ object }], { target: ClusterTarget.of(version), today: '2026-11-22' })
    .findings.filter(({ rule }) => rule === 'schema-valid')
    .map(({ severity, property, message, remedy }) => [severity, property, message, remedy]);
const options = { target: ClusterTarget.of('1.36'), today: '2026-11-22' };
const pod = (spec: object, metadata: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'shop', ...metadata },
  spec: { containers: [{ name: 'a', image: 'a' }], ...spec },
});

describe('fields of what others wrote', () => {
  it('are told where Kubernetes has none of that name: a Role that names no Secret reads every one', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'a', namespace: 'shop' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceName: ['db'], verbs: ['get'] }],
    };
    expect(found(role)).toEqual([
      ['error', 'rules[0].resourceName', 'a PolicyRule has no field "resourceName"', 'did you mean resourceNames?'],
    ]);
  });

  it('are told in the version of the target', () => {
    const job: KubernetesObject = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { managedBy: 'example.com/queue' },
    };
    expect(found(job, '1.29')).toEqual([
      [
        'error',
        'spec.managedBy',
        'in Kubernetes 1.29 a JobSpec has no field managedBy (1.30 is the first that does)',
        'leave it out, or raise the version of the target once its cluster is upgraded',
      ],
    ]);
    expect(found(job)).toEqual([]);
  });

  it('are told once, by the rule that knows most', () => {
    const { findings } = evaluate([{ object: pod({}, { annotations: { 'prometheus.io/port': 8080 } }) }], {
      target: ClusterTarget.of('1.36'),
      today: '2026-11-22',
    });
    const at = findings.filter(({ property }) => property === 'metadata.annotations["prometheus.io/port"]');
    expect(at.map(({ rule }) => rule)).toEqual(['annotation-valid']);
  });

  it.each<[string, KubernetesObject]>([
    ['lacks what it leaves as it is', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: {} }],
    ['says what to take away', pod({ containers: [{ $patch: 'delete', name: 'a' }], $retainKeys: ['containers'] })],
  ])('may be those of a patch, which %s', (_name, object) => {
    expect(found(object)).toEqual([]);
  });

  it.each([
    `\${REPLICAS}`,
    `\${REPLICAS:=2}`,
    '{{ .Values.replicas }}',
    '$REPLICAS',
    '$(REPLICAS)',
    '#{replicas}#',
    '<path:secret/data/web#replicas>',
    '__REPLICAS__',
    '<replicas>',
  ])('may be filled in later: %s', (replicas) => {
    const of = (value: unknown): KubernetesObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { replicas: value },
    });
    expect(found(of(replicas))).toEqual([]);
    expect(found(of('REPLICAS')).map(([, property]) => property)).toEqual(['spec.replicas']);
  });

  it('may be encrypted by SOPS, whose own field it is', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'ENC[AES256_GCM,data:a]' } };
    expect(found({ ...secret, sops: { version: '3.9.0' } } as KubernetesObject)).toEqual([]);
    expect(found(secret)).toEqual([
      ['error', 'data.a', 'it must be bytes in base64, and is the string that stands there', 'write bytes in base64'],
    ]);
  });

  it('are told of what says that it is encrypted, or a patch, and is neither', () => {
    const role = (fields: object, rule: object): KubernetesObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'a', namespace: 'shop' },
      ...fields,
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], ...rule }],
    });
    const at = (...given: Parameters<typeof role>) => found(role(...given)).map(([, property]) => property);
    expect(at({ sops: {} }, { resourceName: ['a'] })).toEqual(['rules[0].resourceName']);
    expect(at({ sops: { mac: 'x' } }, { verbs: 'get' })).toEqual(['rules[0].verbs']);
    expect(at({}, { $resourceNames: ['a'] })).toEqual(['rules[0].$resourceNames']);
  });

  it('are told whatever is waived of the same field: no server takes the object', () => {
    const exceptions = [
      { rule: 'privilege-escalation', reason: 'a tool of old', expires: '2026-12-31', selector: { name: 'a' } },
    ];
    const spec = { containers: [{ name: 'a', image: 'a', securityContext: { allowPrivilegeEscalation: 'false' } }] };
    const { findings, waived } = evaluate([{ object: pod(spec) }], {
      target: ClusterTarget.of('1.36'),
      today: '2026-11-22',
      exceptions,
    });
    const property = 'spec.containers[0].securityContext.allowPrivilegeEscalation';
    const of = (all: readonly { readonly property?: string; readonly rule: string }[]) =>
      all.filter((one) => one.property === property).map(({ rule }) => rule);
    expect([of(findings), of(waived)]).toEqual([['schema-valid'], ['privilege-escalation']]);
  });

  it.each<[string, object | undefined, string]>([
    ['a list of texts, as Compose has them', { env: ['DB_PASSWORD=hunter2'] }, 'spec.containers[0].env[0]'],
    ['a text for arguments', { args: '--token=hunter2' }, 'spec.containers[0].args'],
    ['a misspelt list', { envs: [{ name: 'A', value: 'hunter2' }] }, 'spec.containers[0].envs'],
    [
      'a header that is a number',
      { livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'A', value: 4711 }] } } },
      'spec.containers[0].livenessProbe.httpGet.httpHeaders[0].value',
    ],
    ['a misspelt field of a Secret', undefined, 'password'],
  ])('show no secret, nor the line that it stands in: %s', (_name, container, property) => {
    const object =
      container === undefined
        ? ({
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 'a', namespace: 'shop' },
            password: 'hunter2',
          } as never)
        : pod({ containers: [{ name: 'a', image: 'a', ...container }] });
    const { findings } = evaluate([{ object }], options);
    const own = findings.filter((finding) => finding.rule === 'schema-valid' && finding.property === property);
    expect(own.map(({ hidesLine }) => hidesLine?.('any line'))).toEqual([true]);
    expect(JSON.stringify(findings)).not.toMatch(/hunter2|4711/);
  });

  it.each<[string, object]>([
    ['a command in one text', { livenessProbe: { exec: { command: 'login -p hunter2' } } }],
    [
      'a header in one text',
      { livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'A: hunter2', value: '' }] } } },
    ],
    ['a variable in one text', { env: [{ name: 'DB_PASSWORD=hunter2' }] }],
  ])('show no secret in what any rule says: %s', (_name, container) => {
    const object = pod({ containers: [{ name: 'a', image: 'a', ...container }] });
    const { findings } = evaluate([{ object }], options);
    expect(findings.filter(({ rule }) => rule.endsWith('-valid') || rule === 'env-name')).not.toEqual([]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('show no number of a parameter that is like a password', () => {
    const object = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'a' },
      provisioner: 'csi.acme.example',
      parameters: { adminPassword: 4711 },
    };
    const { findings } = evaluate([{ object: object as never }], {
      target: ClusterTarget.of('1.36'),
      today: '2026-11-22',
    });
    expect(findings.map(({ rule }) => rule)).toContain('schema-valid');
    expect(JSON.stringify(findings)).not.toContain('4711');
  });

  it('are told where no other rule is asked', () => {
    const object = pod({}, { annotations: { 'prometheus.io/port': 8080 } });
    const rules = [ruleById('schema-valid')!];
    const { findings } = evaluate([{ object }], { target: ClusterTarget.of('1.36'), today: '2026-11-22', rules });
    expect(findings.map(({ rule }) => rule)).toEqual(['schema-valid']);
  });

  it('leave the rest of a list to be judged, which holds something else', () => {
    const object = pod({ topologySpreadConstraints: ['zone', { maxSkew: 0 }] });
    const { findings } = evaluate([{ object }], options);
    expect(findings.map(({ rule }) => rule)).not.toContain('rule-failed');
    expect(findings.map(({ property }) => property)).toContain('spec.topologySpreadConstraints[0]');
  });

  it('are those of kinds of Kubernetes itself', () => {
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'a' }, spec: { zzz: 1 } };
    expect(found(rollout)).toEqual([]);
  });
});

describe('a group that there is not', () => {
  const remedyOf = (apiVersion: string, kind: string): readonly string[] =>
    evaluate([{ object: { apiVersion, kind, metadata: { name: 'a', namespace: 'shop' } } }], {
      target: ClusterTarget.of('1.36'),
      today: '2026-11-22',
    })
      .findings.filter(({ rule, property }) => rule === 'target-api' && property === 'apiVersion')
      .map(({ remedy }) => remedy);

  it.each([
    ['rbac/v1', 'ClusterRoleBinding', 'write rbac.authorization.k8s.io/v1, if that is what is meant'],
    ['networking/v1', 'NetworkPolicy', 'write networking.k8s.io/v1, if that is what is meant'],
    ['rbac.authorisation.k8s.io/v1', 'Role', 'write rbac.authorization.k8s.io/v1, if that is what is meant'],
    ['pods/v1', 'Pod', 'write v1, if that is what is meant'],
    ['autoscale/v2', 'HorizontalPodAutoscaler', 'write autoscaling/v2, if that is what is meant'],
    ['autoscale/v2beta9', 'HorizontalPodAutoscaler', 'write autoscaling/v2, if that is what is meant'],
  ])('is refused for a kind of Kubernetes: %s %s', (apiVersion, kind, remedy) => {
    expect(remedyOf(apiVersion, kind)).toEqual([remedy]);
  });

  it.each([
    ['apps/v1', 'Deployment'],
    ['events.k8s.io/v1', 'Event'],
    ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
    ['metrics.k8s.io/v1beta1', 'PodMetrics'],
    ['serving.knative.dev/v1', 'Service'],
    ['crd.projectcalico.org/v1', 'NetworkPolicy'],
    ['config.openshift.io/v1', 'Ingress'],
    ['shop/v1', 'Order'],
    [`\${API}`, 'Ingress'],
    [`\${GROUP}/v1`, 'Role'],
  ])("may be somebody's own: %s %s", (apiVersion, kind) => {
    expect(remedyOf(apiVersion, kind)).toEqual([]);
  });
});
