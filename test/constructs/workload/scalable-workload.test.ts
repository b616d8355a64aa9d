import { HorizontalPodAutoscaler } from 'cdk8s-plus-28';
import { Mount, type ScalableWorkloadProps, SecureDeployment, SecureStatefulSet } from '../../../index';
import { basics, errorsOf, objectOf, testNamespace } from '../../support/app';

const kinds = [
  ['Deployment', SecureDeployment],
  ['StatefulSet', SecureStatefulSet],
] as const;

describe.each(kinds)('a %s', (kind, Workload) => {
  const scale = (props: Partial<ScalableWorkloadProps>) => {
    const { app, shop } = testNamespace();
    return { app, shop, workload: new Workload(shop, 'api', { ...basics, ...props }) };
  };

  it.each([
    [{ max: 5 }, { minReplicas: 2, maxReplicas: 5 }, [['cpu', 80]]],
    [{ min: 1, max: 3, cpuPercent: 60 }, { minReplicas: 1, maxReplicas: 3 }, [['cpu', 60]]],
    [{ max: 3, memoryPercent: 70 }, { minReplicas: 2, maxReplicas: 3 }, [['memory', 70]]],
    [
      { max: 3, cpuPercent: 50, memoryPercent: 70 },
      {},
      [
        ['cpu', 50],
        ['memory', 70],
      ],
    ],
  ] as const)('is scaled by %j, and then names no replicas', (autoscale, expected, metrics) => {
    const { app } = scale({ autoscale });
    expect(objectOf(app, kind, 'api').spec).not.toHaveProperty('replicas');
    expect(objectOf(app, 'HorizontalPodAutoscaler', 'api').spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind, name: 'api' },
      ...expected,
      metrics: metrics.map(([name, averageUtilization]) => ({
        type: 'Resource',
        resource: { name, target: { type: 'Utilization', averageUtilization } },
      })),
    });
  });

  it('says whether it is scaled, and takes no word for it but the method', () => {
    const { app, workload } = scale({});
    expect(objectOf(app, kind, 'api').spec).toHaveProperty('replicas');
    // @ts-expect-error it is read-only
    expect(() => (workload.hasAutoscaler = true)).toThrow(TypeError);
    expect(workload.hasAutoscaler).toBe(false);
    workload.markHasAutoscaler();
    expect(workload.hasAutoscaler).toBe(true);
    expect(objectOf(app, kind, 'api').spec).not.toHaveProperty('replicas');
  });

  it('is scaled by an autoscaler of cdk8s-plus', () => {
    const { app, shop, workload } = scale({});
    new HorizontalPodAutoscaler(shop, 'hpa', { target: workload, maxReplicas: 4, metadata: { name: 'api' } });
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, kind, 'api').spec).not.toHaveProperty('replicas');
    expect(objectOf(app, 'ResourceQuota', 'quota').spec).toMatchObject({
      hard: { pods: kind === 'Deployment' ? '6' : '4' },
    });
  });

  it('is not scaled by both', () => {
    expect(errorsOf(scale({ replicas: 3, autoscale: { max: 5 } }).app)).toEqual([
      {
        rule: 'replicas-valid',
        severity: 'error',
        construct: 'shop/api',
        property: 'replicas',
        value: 3,
        message:
          'an autoscaler decides how many replicas there are; a fixed number would undo its work at every deployment',
        remedy: 'leave replicas out, or remove the autoscaler',
      },
    ]);
  });

  it.each([-1, 1.5, Number.NaN])('has no %p replicas', (replicas) => {
    expect(errorsOf(scale({ replicas }).app)).toMatchObject([
      {
        rule: 'replicas-valid',
        message: `${replicas} is no number of replicas`,
        remedy: 'give a whole number from 0 to 2147483647',
      },
    ]);
  });

  it.each([
    [{ max: 1 }, 'from 2 to 1 replicas cannot be scaled'],
    [{ min: 0, max: 3 }, 'from 0 to 3 replicas cannot be scaled'],
    [{ min: 1, max: 2.5 }, 'from 1 to 2.5 replicas cannot be scaled'],
  ])('is not scaled by %j', (autoscale, message) => {
    expect(errorsOf(scale({ autoscale }).app)).toMatchObject([
      { rule: 'replicas-valid', construct: 'shop/api', property: 'autoscale', value: autoscale, message },
    ]);
  });

  it('may have none', () => {
    const { app } = scale({ replicas: 0 });
    expect(objectOf(app, kind, 'api').spec).toMatchObject({ replicas: 0 });
    expect(errorsOf(app)).toEqual([]);
  });

  it.each([{ replicas: 2 }, { autoscale: { max: 2 } }])(
    'has one replica with a volume that one node holds: not %j',
    (props) => {
      const mounts = { '/data': Mount.claim('data') };
      expect(errorsOf(scale({ mounts, ...props }).app)).toMatchObject([
        {
          rule: 'single-node-volume',
          property: 'replicas',
          message: 'its volume is held by one node (ReadWriteOnce), so that replicas on other nodes cannot start',
          remedy:
            "use one replica, a claim with accessMode 'ReadWriteMany', or a SecureStatefulSet with storage for each pod",
        },
      ]);
      expect(errorsOf(scale({ mounts, replicas: 1 }).app)).toEqual([]);
    },
  );
});
