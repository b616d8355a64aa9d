import type { KubernetesObject } from '../../../core/manifest/object';
import type { PodSpec } from '../../../core/manifest/pod';
import { containersOf, PodTemplateKinds, podTemplateOf, withPodTemplate } from '../../../core/manifest/pod-template';

const spec: PodSpec = { containers: [{ name: 'app', image: 'registry.example/app:1' }] };
const template = { metadata: { labels: { app: 'x' } }, spec };

const kinds: readonly (readonly [string, string, readonly string[], object])[] = [
  ['v1', 'Pod', [], template],
  ['v1', 'PodTemplate', ['template'], { template }],
  ['v1', 'ReplicationController', ['spec', 'template'], { spec: { template } }],
  ['apps/v1', 'Deployment', ['spec', 'template'], { spec: { replicas: 2, template } }],
  ['apps/v1', 'StatefulSet', ['spec', 'template'], { spec: { template } }],
  ['apps/v1', 'DaemonSet', ['spec', 'template'], { spec: { template } }],
  ['apps/v1', 'ReplicaSet', ['spec', 'template'], { spec: { template } }],
  ['batch/v1', 'Job', ['spec', 'template'], { spec: { template } }],
  [
    'batch/v1',
    'CronJob',
    ['spec', 'jobTemplate', 'spec', 'template'],
    { spec: { schedule: '@daily', jobTemplate: { spec: { backoffLimit: 1, template } } } },
  ],
];

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

describe.each(kinds)('%s %s', (apiVersion, kind, path, rest) => {
  const object: KubernetesObject = freeze({ apiVersion, kind, ...structuredClone(rest) });

  it('has its pod template', () => {
    expect(podTemplateOf(object)).toEqual({ path, metadata: template.metadata, spec });
  });

  it('gets another one, in a copy', () => {
    const found = podTemplateOf(object)!;
    const changed = withPodTemplate(object, { ...found, spec: { ...found.spec, hostUsers: false } });
    const expected = JSON.stringify(object).replace('"spec":{"containers"', '"spec":{"hostUsers":false,"containers"');
    expect(changed).toEqual(JSON.parse(expected));
    expect(podTemplateOf(changed)!.spec).toEqual({ ...spec, hostUsers: false });
    expect(podTemplateOf(object)!.spec).toEqual(spec);
  });

  it('is another kind in another API group', () => {
    expect(podTemplateOf({ ...object, apiVersion: 'example.com/v1' })).toBeUndefined();
  });
});

describe('podTemplateOf', () => {
  it('is the same for every version of a group', () => {
    expect(podTemplateOf({ apiVersion: 'apps/v1beta1', kind: 'Deployment', spec: { template } })?.spec).toBe(spec);
  });

  it('has empty metadata where the template has none', () => {
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } };
    const found = podTemplateOf(object)!;
    expect(found.metadata).toEqual({});
    expect(withPodTemplate(object, found)).toEqual(object);
  });

  it.each([
    [{ apiVersion: 'v1', kind: 'Service', spec: {} }],
    [{ apiVersion: 'apps/v1', kind: 'Deployment' }],
    [{ apiVersion: 'apps/v1', kind: 'Deployment', spec: null }],
    [{ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: 'x' } }],
    [{ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: ['x'] } } }],
    [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }],
  ])('is undefined for %j', (object) => expect(podTemplateOf(object)).toBeUndefined());
});

describe('PodTemplateKinds', () => {
  const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template } };
  const registered = PodTemplateKinds.builtIn.with({
    group: 'argoproj.io',
    kind: 'Rollout',
    path: ['spec', 'template'],
  });

  it('knows a custom kind once it is registered, in the new registry only', () => {
    expect(podTemplateOf(rollout)).toBeUndefined();
    expect(podTemplateOf(rollout, registered)?.spec).toBe(spec);
    expect(podTemplateOf({ apiVersion: 'v1', kind: 'Pod', spec }, registered)?.spec).toBe(spec);
  });

  it('leaves the kinds of Kubernetes where they are', () => {
    const { builtIn } = PodTemplateKinds;
    expect(() => builtIn.with({ group: 'apps', kind: 'Deployment', path: ['spec', 'nothing'] })).toThrow(
      new RangeError(
        "Deployment is a kind of Kubernetes' own, which holds its pod template at spec.template: leave it out",
      ),
    );
    expect(() => builtIn.with({ group: '', kind: 'Pod', path: ['spec'] })).toThrow(/which is a pod itself/);
    for (const kind of builtIn.all()) expect(builtIn.with(kind).all()).toEqual(builtIn.all());
    const path = ['spec', 'pods'];
    const namesake = { group: 'example.com', kind: 'Deployment', path };
    expect(builtIn.with(namesake).pathOf({ apiVersion: 'example.com/v1', kind: 'Deployment' })).toEqual(path);
  });

  it('leads through lists', () => {
    const kind = PodTemplateKinds.builtIn.with({ group: 'example.com', kind: 'Fleet', path: ['spec', 'pods', 1] });
    const object = { apiVersion: 'example.com/v1', kind: 'Fleet', spec: { pods: ['first', template] } };
    const found = podTemplateOf(object, kind)!;
    expect(found.spec).toBe(spec);
    const hostNetwork = { ...spec, hostNetwork: true };
    expect(withPodTemplate(object, { ...found, spec: hostNetwork }).spec).toEqual({
      pods: ['first', { ...template, spec: hostNetwork }],
    });
  });

  it('does not follow a later change of the path that it was given', () => {
    const path = ['spec', 'template'];
    const kinds = PodTemplateKinds.builtIn.with({ group: 'argoproj.io', kind: 'Rollout', path });
    path.push('nowhere');
    expect(podTemplateOf(rollout, kinds)?.spec).toBe(spec);
  });
});

describe('withPodTemplate', () => {
  it('refuses an object without that path, and says so', () => {
    const found = podTemplateOf({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } })!;
    const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
    expect(() => withPodTemplate(other, found)).toThrow(
      'ConfigMap settings has no mapping at spec: replace a pod template only in the object that podTemplateOf() found it in',
    );
  });
});

describe('containersOf', () => {
  it('tells the roles apart and says where each container is', () => {
    const pod: PodSpec = {
      initContainers: [{ name: 'migrate' }, { name: 'mesh', restartPolicy: 'Always' }],
      containers: [{ name: 'app' }],
      ephemeralContainers: [{ name: 'debug' }],
    };
    expect(containersOf(pod).map(({ role, path, container }) => [container.name, role, path])).toEqual([
      ['migrate', 'init', ['initContainers', 0]],
      ['mesh', 'sidecar', ['initContainers', 1]],
      ['app', 'container', ['containers', 0]],
      ['debug', 'ephemeral', ['ephemeralContainers', 0]],
    ]);
  });

  it('passes over what is no container', () => {
    const broken = { initContainers: 'x', containers: [null, 'x', { name: 'app' }] } as unknown as PodSpec;
    expect(containersOf(broken).map(({ path }) => path)).toEqual([['containers', 2]]);
  });
});
