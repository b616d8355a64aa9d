import { ClusterTarget } from '../../../core/cluster/target';
import type { KubernetesObject } from '../../../core/manifest/object';
import { formatPath, type Path } from '../../../core/manifest/path';
import { PodTemplateKinds } from '../../../core/manifest/pod-template';
import { kindsToJudgeBy } from '../../../core/policy/embedded-templates';
import { evaluate } from '../../../core/policy/evaluate';
import { imageDigest } from '../../../core/policy/rules/image/image-digest';
import { secretLeak } from '../../../core/policy/rules/secrets/secret-leak';

const custom = (spec: unknown, apiVersion = 'example.com/v1', kind = 'Thing'): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'a', namespace: 'shop' },
  spec,
});

/** Where pod templates are found. */
const placesIn = (object: KubernetesObject, kinds = PodTemplateKinds.builtIn): readonly string[] =>
  kindsToJudgeBy(object, kinds).flatMap((each) => {
    const path = each.pathOf(object);
    return path === undefined ? [] : [formatPath(path)];
  });

const named = { name: 'a', resources: {} };
const withImage = { name: 'a', image: 'quay.io/acme/a:1' };
const privileged = { name: 'a', securityContext: { privileged: true } };

/** A value that stands at a path. */
const at = (path: Path, value: unknown): unknown => path.reduceRight((below, step) => ({ [step]: below }), value);

describe('a pod template in a custom kind', () => {
  it.each<[string, unknown]>([
    ['a container with an image', { containers: [withImage] }],
    ['a container without a name', { containers: [{ image: 'quay.io/acme/a:1' }] }],
    ['one with an image among others', { containers: [withImage, { name: 'istio-proxy', resources: {} }] }],
    ['one with an image beside what is no container', { containers: [null, {}, withImage] }],
    ['an init container alone', { initContainers: [privileged] }],
    ['a container whose image an operator adds', { containers: [privileged] }],
    ['the network of the node', { containers: [named], hostNetwork: true }],
    ['the processes of the node', { initContainers: [named], hostPID: true }],
    ['a folder of the node', { containers: [named], volumes: [{ name: 'a', hostPath: { path: '/' } }] }],
    ['a user', { containers: [named], securityContext: { runAsUser: 0 } }],
  ])('is known by %s', (_what, spec) => {
    expect(placesIn(custom({ pods: { spec } }))).toEqual(['spec.pods']);
  });

  it.each<[string, unknown]>([
    ['names alone', { spec: { containers: [named] } }],
    ['no containers', { spec: { containers: [], hostNetwork: true } }],
    ['containers by their names', { spec: { containers: { a: withImage }, hostNetwork: true } }],
    ['names of containers', { spec: { containers: ['a', 'b'] } }],
    ['steps', { spec: { steps: [withImage] } }],
    [
      'a schema',
      { spec: { type: 'object', properties: { containers: { type: 'array', items: { type: 'object' } } } } },
    ],
    ['policies of containers', { spec: { containerPolicies: [{ containerName: 'a', mode: 'Auto' }] } }],
    ['a pattern of images', { spec: { containers: [{ image: '!*:latest' }] } }],
    ['a pattern of containers', { spec: { containers: [{ name: '?*', securityContext: { privileged: 'false' } }] } }],
    ['a pattern with anchors', { spec: { containers: [{ '=(securityContext)': { '=(privileged)': 'false' } }] } }],
  ])('is not seen in %s', (_what, pods) => {
    expect(placesIn(custom({ pods }))).toEqual([]);
  });

  it('is not seen at the root, nor in what is read from the cluster', () => {
    expect(placesIn(custom({ containers: [withImage] }))).toEqual([]);
    expect(placesIn({ ...custom({}), status: { pods: { spec: { containers: [withImage] } } } })).toEqual([]);
  });

  it.each([12, 50, 5_000])('is found %i levels deep', (depth) => {
    const path = Array.from({ length: depth }, (_, i) => (i % 2 === 0 ? 'items' : 'a'));
    expect(placesIn(custom(at(path, { spec: { containers: [withImage] } })))).toEqual([formatPath(['spec', ...path])]);
  });

  it('is looked for once in what holds itself', () => {
    const loop: { pods?: unknown; self?: unknown } = { pods: { spec: { containers: [withImage] } } };
    loop.self = { loop, other: { loop } };
    expect(placesIn(custom(loop))).toEqual(['spec.pods']);
  });

  it('is what looks like one beside one that is certain', () => {
    const nodeSets = [withImage, named].map((container) => ({ podTemplate: { spec: { containers: [container] } } }));
    expect(placesIn(custom({ nodeSets }))).toEqual(['spec.nodeSets[0].podTemplate', 'spec.nodeSets[1].podTemplate']);
  });
});

describe('in kinds of others', () => {
  const target = ClusterTarget.of('1.34');
  const judge = (object: KubernetesObject) => evaluate([{ object }], { target, today: '2026-07-01' });

  it('an Elasticsearch is judged by what its operator is told to add', () => {
    const spec = {
      hostNetwork: true,
      initContainers: [{ ...privileged, name: 'sysctl' }],
      volumes: [{ name: 'root', hostPath: { path: '/' } }],
    };
    const apiVersion = 'elasticsearch.k8s.elastic.co/v1';
    const object = custom({ nodeSets: [{ name: 'a', podTemplate: { spec } }] }, apiVersion, 'Elasticsearch');
    const { findings, skipped } = judge(object);
    expect(findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['privileged', 'host-namespaces', 'host-path-sensitive']),
    );
    expect(skipped).toEqual([]);
  });

  it('images, volumes and ports that an operator adds are not missing, and those of a declared kind are', () => {
    const mounting = { name: 'proxy', volumeMounts: [{ name: 'of-the-operator', mountPath: '/data' }] };
    const asked = { ...withImage, livenessProbe: { tcpSocket: { port: 'web' } } };
    const object = custom({ template: { spec: { containers: [asked, mounting] } } });
    const missing = ['image-valid', 'pod-valid', 'probe-port'];
    const found = (podTemplateKinds?: PodTemplateKinds) =>
      evaluate([{ object }], { target, today: '2026-07-01', ...(podTemplateKinds && { podTemplateKinds }) })
        .findings.map(({ rule }) => rule)
        .filter((rule) => missing.includes(rule));
    expect(found()).toEqual([]);
    const declared = { group: 'example.com', kind: 'Thing', path: ['spec', 'template'] };
    expect(found(PodTemplateKinds.builtIn.with(declared)).sort()).toEqual(missing);
  });

  it('hundreds of templates are each judged, and the object that they stand in once', () => {
    const check = jest.fn(() => [{ path: ['spec'], message: 'is asked', remedy: 'ask once' }]);
    const fleet = custom({
      members: Array.from({ length: 300 }, (_, i) => ({
        template: { spec: { containers: [{ ...withImage, name: `c${i}` }] } },
      })),
    });
    const { findings } = evaluate([{ object: fleet }], {
      target: ClusterTarget.of('1.34'),
      rules: [{ ...secretLeak, check }, imageDigest],
      today: '2026-01-01',
    });
    expect(check).toHaveBeenCalledTimes(1);
    expect(findings.filter(({ rule }) => rule === 'secret-leak')).toHaveLength(1);
    expect(findings.filter(({ rule }) => rule === 'image-digest').map(({ property }) => property)).toEqual(
      Array.from({ length: 300 }, (_, i) => `spec.members[${i}].template.spec.containers[0].image`),
    );
  });

  it('a Template of OpenShift is judged by its pods, and is named, since it holds other objects, too', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'NAME_OF_IT' }, spec: { containers: [privileged] } };
    const object = {
      apiVersion: 'template.openshift.io/v1',
      kind: 'Template',
      metadata: { name: 'a', namespace: 'shop' },
      objects: [pod, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'NAME_OF_IT' } }],
    } as KubernetesObject;
    const { findings, skipped } = judge(object);
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'privileged', property: expect.stringMatching(/^objects\[0\]\.spec/) }),
    );
    expect(findings.map(({ rule }) => rule)).not.toContain('name-valid');
    expect(skipped).toEqual([{ apiVersion: 'template.openshift.io/v1', kind: 'Template', count: 1 }]);
  });
});
