import { Size } from 'cdk8s';
import { Volume } from 'cdk8s-plus-28';
import type { PodSpec } from '../../../core/manifest/pod';
import { Mount, SecureDeployment } from '../../../index';
import { basics, errorsOf, objectOf, testNamespace } from '../../support/app';

function podOf(declare: (shop: ReturnType<typeof testNamespace>['shop']) => void): PodSpec {
  const { app, shop } = testNamespace();
  declare(shop);
  return (objectOf(app, 'Deployment', 'api').spec as { template: { spec: PodSpec } }).template.spec;
}

describe('volumes of a pod', () => {
  it('are one where containers mount the same Mount, and count once against the disk of their node', () => {
    const handover = Mount.scratch({ size: '100Mi' });
    const pod = podOf((shop) => {
      new SecureDeployment(shop, 'api', {
        ...basics,
        mounts: { '/in': handover },
        initContainers: [{ ...basics, name: 'fetch', mounts: { '/out': handover } }],
      });
    });
    expect(pod.volumes).toEqual([{ name: 'api-mount-in', emptyDir: { sizeLimit: '100Mi' } }]);
    expect(pod.containers[0]?.volumeMounts).toEqual([{ name: 'api-mount-in', mountPath: '/in' }]);
    expect(pod.initContainers?.[0]?.volumeMounts).toEqual([{ name: 'api-mount-in', mountPath: '/out' }]);
    expect(pod.containers[0]?.resources?.limits).toMatchObject({ 'ephemeral-storage': '228Mi' });
    expect(pod.initContainers?.[0]?.resources?.limits).toMatchObject({ 'ephemeral-storage': '128Mi' });
  });

  it('are two where containers have a writable path of the same name', () => {
    const pod = podOf((shop) => {
      new SecureDeployment(shop, 'api', {
        ...basics,
        writable: ['/tmp'],
        containers: [{ ...basics, name: 'proxy', writable: [{ path: '/tmp', medium: 'memory', size: '8Mi' }] }],
      });
    });
    expect(pod.volumes).toEqual([
      { name: 'api-writable-tmp', emptyDir: { sizeLimit: '64Mi' } },
      { name: 'proxy-writable-tmp', emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } },
    ]);
    expect(pod.containers[1]?.resources?.limits).toMatchObject({ 'ephemeral-storage': '128Mi' });
  });

  it('of cdk8s-plus are shared and counted alike', () => {
    const { app, shop } = testNamespace();
    const cache = Volume.fromEmptyDir(shop, 'cache', 'cache', { sizeLimit: Size.mebibytes(10) });
    new SecureDeployment(shop, 'api', {
      ...basics,
      mounts: { '/cache': cache },
      sidecars: [{ ...basics, name: 'warm', mounts: { '/cache': cache } }],
    });
    const { spec } = (objectOf(app, 'Deployment', 'api').spec as { template: { spec: PodSpec } }).template;
    expect(spec.volumes).toEqual([{ name: 'api-mount-cache', emptyDir: { sizeLimit: '10Mi' } }]);
    expect(spec.containers[0]?.resources?.limits).toMatchObject({ 'ephemeral-storage': '138Mi' });
  });

  it('are copies: one Mount in two workloads is hardened in each, and stays as it was', () => {
    const scratch = Mount.scratch();
    const { app, shop } = testNamespace();
    for (const name of ['api', 'worker']) new SecureDeployment(shop, name, { ...basics, mounts: { '/work': scratch } });
    for (const name of ['api', 'worker']) {
      const { spec } = (objectOf(app, 'Deployment', name).spec as { template: { spec: PodSpec } }).template;
      expect(spec.volumes).toEqual([{ name: `${name}-mount-work`, emptyDir: { sizeLimit: '64Mi' } }]);
    }
    expect(scratch.source).toEqual({ emptyDir: {} });
    const { spec } = (objectOf(app, 'Deployment', 'api').spec as { template: { spec: PodSpec } }).template;
    expect(spec.containers[0]?.resources?.limits).toMatchObject({ 'ephemeral-storage': '192Mi' });
  });
});

it.each(['//', '/./', '/.', '/a/../..'])('a container mounts nothing at %s', (path) => {
  const { app, shop } = testNamespace();
  new SecureDeployment(shop, 'api', { ...basics, writable: [path] });
  expect(errorsOf(app).map(({ rule }) => rule)).toContain('mount-path');
});

describe('paths on Windows', () => {
  const props = {
    ...basics,
    writable: ['C:\\tmp', '/cache'],
    mounts: { 'C:/cfg': Mount.configMap('cfg') },
    tokens: [{ audience: 'vault', path: 'C:\\tokens\\vault' }],
  };

  it('may begin with a drive', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', { ...props, os: 'windows' });
    expect(errorsOf(app)).toEqual([]);
    const { spec } = (objectOf(app, 'Deployment', 'api').spec as { template: { spec: PodSpec } }).template;
    expect(spec.containers[0]?.volumeMounts).toEqual([
      { name: 'api-writablec-tmp', mountPath: 'C:\\tmp' },
      { name: 'api-writable-cache', mountPath: '/cache' },
      { name: 'api-mountc-cfg', mountPath: 'C:/cfg', readOnly: true },
      { name: 'token-0', mountPath: 'C:\\tokens', readOnly: true },
    ]);
    expect(spec.volumes?.find(({ name }) => name === 'token-0')?.projected?.sources).toMatchObject([
      { serviceAccountToken: { path: 'vault' } },
    ]);
  });

  it('are none on Linux', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', props);
    expect(errorsOf(app).map(({ rule, value }) => [rule, value])).toEqual([
      ['mount-path', 'C:\\tmp'],
      ['mount-path', 'C:/cfg'],
      ['mount-path', 'C:\\tokens\\vault'],
    ]);
  });

  it.each([
    ['C:data', 'is no absolute path'],
    ['C:\\', 'is the root of the container'],
    ['C:\\data\\..\\x', 'leads upwards'],
    ['C:/tmp', 'two volumes are mounted at C:/tmp'],
    ['C:\\cfg\\x', 'is within C:/cfg'],
  ])('are refused all the same: %s', (path, message) => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', { ...props, writable: ['C:\\tmp', path], os: 'windows' });
    expect(errorsOf(app)).toMatchObject([
      { rule: 'mount-path', value: path, message: expect.stringContaining(message) },
    ]);
  });
});
