import { Probe, SecureStatefulSet } from '../../../index';
import { basics, errorsOf, objectOf, objectsOf, testNamespace } from '../../support/app';
import { everyProp, lenientNamespace } from '../../support/every-prop';
import { podOf } from '../../support/workload-kinds';

describe('SecureStatefulSet', () => {
  it('emits all of this for a minimal declaration', () => {
    const { app, shop } = testNamespace();
    new SecureStatefulSet(shop, 'minimal', { ...basics });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('emits all of this where every prop is used', () => {
    const { app, lab } = lenientNamespace();
    new SecureStatefulSet(lab, 'id', {
      ...everyProp,
      podManagementPolicy: 'Parallel',
      storage: [
        { path: '/var/lib/data', size: '10Gi', name: 'disk', storageClass: 'fast', accessMode: 'ReadWriteOncePod' },
      ],
    });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('has one replica, a headless Service, and a disk for each pod', () => {
    const { app, shop } = testNamespace();
    new SecureStatefulSet(shop, 'db', {
      ...basics,
      port: 5432,
      readiness: Probe.tcp(),
      storage: [{ path: '/var/lib/data', size: '10Gi' }],
    });
    const { spec } = objectOf(app, 'StatefulSet', 'db');
    expect(spec).toMatchObject({
      replicas: 1,
      serviceName: 'db',
      podManagementPolicy: 'OrderedReady',
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
        },
      ],
    });
    expect(podOf(app, 'StatefulSet', 'db').containers[0]?.volumeMounts).toEqual([
      { name: 'data', mountPath: '/var/lib/data' },
    ]);
    expect(objectOf(app, 'Service', 'db').spec).toMatchObject({ clusterIP: 'None' });
    expect(objectOf(app, 'ResourceQuota', 'quota').spec).toMatchObject({
      hard: { persistentvolumeclaims: '1', 'requests.storage': '10Gi' },
    });
  });

  it('names the Service that it was given', () => {
    const { app, shop } = testNamespace();
    new SecureStatefulSet(shop, 'db', { ...basics, service: { name: 'db-pods' } });
    expect(objectOf(app, 'StatefulSet', 'db').spec).toMatchObject({ serviceName: 'db-pods' });
    expect(objectOf(app, 'Service', 'db-pods').spec).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: { 'app.kubernetes.io/name': 'db' },
    });
  });

  it('refuses two volumes at one path', () => {
    const { app, shop } = testNamespace();
    new SecureStatefulSet(shop, 'db', { ...basics, writable: ['/data'], storage: [{ path: '/data/', size: '1Gi' }] });
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({
        rule: 'mount-path',
        property: 'storage',
        message: 'container db: two volumes are mounted at /data',
      }),
    ]);
  });

  it('refuses names of volumes and classes that the API server refuses', () => {
    const { app, shop } = testNamespace();
    new SecureStatefulSet(shop, 'db', {
      ...basics,
      storage: [
        { path: '/a', size: '1Gi', name: 'A' },
        { path: '/b', size: '1Gi', storageClass: 'a_b' },
      ],
    });
    expect(errorsOf(app).filter(({ rule }) => rule === 'name-valid')).toMatchObject([
      { property: 'storage[0].name', message: '"A" is no name of a volume', remedy: 'name it a, for example' },
      { property: 'storage[1].storageClass', message: '"a_b" is no name of a storage class' },
    ]);
  });

  it('names a volume by its path', () => {
    const { app, shop } = testNamespace();
    new SecureStatefulSet(shop, 'db', { ...basics, storage: [{ path: '/var/lib/Conf.d/', size: '1Gi' }] });
    const { spec } = objectOf(app, 'StatefulSet', 'db') as unknown as { spec: { volumeClaimTemplates: unknown[] } };
    expect(spec.volumeClaimTemplates).toMatchObject([{ metadata: { name: 'conf-d' } }]);
  });
});
