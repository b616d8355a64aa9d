import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  LockedNamespace,
  Probe,
  SecureCronJob,
  SecureDaemonSet,
  SecureDeployment,
  SecureJob,
  SecureStatefulSet,
} from '../../index';
import { basics, objectsOf, testApp } from '../support/app';

const root = resolve(__dirname, '../..');

/** Everything with defaults, as it is synthesized. */
const app = testApp();
const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
new SecureDeployment(shop, 'web', {
  ...basics,
  port: 80,
  readiness: Probe.http('/'),
  writable: ['/tmp'],
  autoscale: { max: 9 },
});
new SecureDeployment(shop, 'fixed', {
  ...basics,
  nodes: { key: 'pool', value: 'x' },
  tokens: [{ audience: 'a', path: '/run/t/t' }],
});
new SecureStatefulSet(shop, 'db', { ...basics, storage: [{ path: '/var/lib/db', size: '1Gi' }] });
new SecureDaemonSet(shop, 'agent', basics);
new SecureJob(shop, 'once', basics);
new SecureCronJob(shop, 'nightly', { ...basics, schedule: '@daily' });
const made = objectsOf(app);

function at(kind: string, name: string, path: string): unknown {
  const object = made.find((candidate) => candidate.kind === kind && candidate.metadata?.name === name);
  return path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], object);
}

/** The file, the prop, what its docstring says, and where it is seen. */
const documented: readonly (readonly [
  file: string,
  prop: string,
  says: string,
  kind: string,
  name: string,
  path: string,
  value: unknown,
])[] = [
  [
    'workload/mount.ts',
    'size',
    "'64Mi'",
    'Deployment',
    'web',
    'spec.template.spec.volumes.0.emptyDir.sizeLimit',
    '64Mi',
  ],
  [
    'workload/resources.ts',
    'ephemeralStorage',
    '128Mi and the sizes of the writable paths',
    'Deployment',
    'web',
    'spec.template.spec.containers.0.resources.limits.ephemeral-storage',
    '192Mi',
  ],
  ['workload/pod.ts', 'user', '65532', 'Deployment', 'web', 'spec.template.spec.securityContext.runAsUser', 65532],
  ['workload/pod.ts', 'group', '65532', 'Deployment', 'web', 'spec.template.spec.securityContext.runAsGroup', 65532],
  ['workload/pod.ts', 'fsGroup', 'the group', 'Deployment', 'web', 'spec.template.spec.securityContext.fsGroup', 65532],
  [
    'workload/pod.ts',
    'terminationGraceSeconds',
    '30',
    'Deployment',
    'web',
    'spec.template.spec.terminationGracePeriodSeconds',
    30,
  ],
  [
    'workload/pod.ts',
    'expirationSeconds',
    '3600',
    'Deployment',
    'fixed',
    'spec.template.spec.volumes.0.projected.sources.0.serviceAccountToken.expirationSeconds',
    3600,
  ],
  [
    'workload/pod.ts',
    'effect',
    "'NoSchedule'",
    'Deployment',
    'fixed',
    'spec.template.spec.tolerations.0.effect',
    'NoSchedule',
  ],
  [
    'workload/container.ts',
    'preStop',
    'sleeps 5 s',
    'Deployment',
    'web',
    'spec.template.spec.containers.0.lifecycle.preStop.sleep.seconds',
    5,
  ],
  ['workload/port.ts', 'protocol', "'TCP'", 'Service', 'web', 'spec.ports.0.protocol', 'TCP'],
  ['workload/port.ts', 'servicePort', 'the number inside the container', 'Service', 'web', 'spec.ports.0.port', 80],
  ['workload/autoscale.ts', 'min', '2', 'HorizontalPodAutoscaler', 'web', 'spec.minReplicas', 2],
  [
    'workload/autoscale.ts',
    'cpuPercent',
    '80',
    'HorizontalPodAutoscaler',
    'web',
    'spec.metrics.0.resource.target.averageUtilization',
    80,
  ],
  [
    'workload/secure-stateful-set.ts',
    'name',
    "the path's last part",
    'StatefulSet',
    'db',
    'spec.volumeClaimTemplates.0.metadata.name',
    'db',
  ],
  [
    'workload/secure-stateful-set.ts',
    'accessMode',
    "'ReadWriteOnce'",
    'StatefulSet',
    'db',
    'spec.volumeClaimTemplates.0.spec.accessModes.0',
    'ReadWriteOnce',
  ],
  [
    'workload/secure-daemon-set.ts',
    'maxUnavailable',
    '1',
    'DaemonSet',
    'agent',
    'spec.updateStrategy.rollingUpdate.maxUnavailable',
    1,
  ],
  ['workload/job-spec.ts', 'backoffLimit', '3', 'Job', 'once', 'spec.backoffLimit', 3],
  ['workload/job-spec.ts', 'activeDeadlineSeconds', '3600', 'Job', 'once', 'spec.activeDeadlineSeconds', 3600],
  ['workload/job-spec.ts', 'ttlSecondsAfterFinished', '86400', 'Job', 'once', 'spec.ttlSecondsAfterFinished', 86400],
  ['workload/secure-cron-job.ts', 'timeZone', "'Etc/UTC'", 'CronJob', 'nightly', 'spec.timeZone', 'Etc/UTC'],
  ['workload/secure-cron-job.ts', 'concurrency', "'Forbid'", 'CronJob', 'nightly', 'spec.concurrencyPolicy', 'Forbid'],
  [
    'workload/secure-cron-job.ts',
    'startingDeadlineSeconds',
    '300',
    'CronJob',
    'nightly',
    'spec.startingDeadlineSeconds',
    300,
  ],
  ['namespace/locked-namespace.ts', 'maxMemory', "'4Gi'", 'LimitRange', 'limits', 'spec.limits.0.max.memory', '4Gi'],
  [
    'namespace/locked-namespace.ts',
    'defaultCpu',
    "'50m'",
    'LimitRange',
    'limits',
    'spec.limits.0.defaultRequest.cpu',
    '50m',
  ],
  [
    'namespace/locked-namespace.ts',
    'defaultMemory',
    "'128Mi'",
    'LimitRange',
    'limits',
    'spec.limits.0.default.memory',
    '128Mi',
  ],
];

/** The `@default` of a prop, from its docstring. */
function defaultOf(file: string, prop: string): string {
  const text = readFileSync(join(root, 'constructs', file), 'utf8');
  const found = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*readonly ${prop}\\?:`).exec(text)?.[1] ?? '';
  return (
    /@default\s+([\s\S]*)$/
      .exec(found)?.[1]
      ?.replace(/\s*\n\s*\*\s*/g, ' ')
      .trim() ?? ''
  );
}

describe('what a docstring says is the default', () => {
  it.each(documented)('%s: %s is %s, and so it is in the %s %s', (file, prop, says, kind, name, path, value) => {
    expect(defaultOf(file, prop)).toContain(says);
    expect(at(kind, name, path)).toEqual(value);
  });

  it('of the quota for load balancers and node ports is 0', () => {
    for (const prop of ['loadBalancers', 'nodePorts'])
      expect(defaultOf('namespace/locked-namespace.ts', prop)).toBe('0');
    expect(at('ResourceQuota', 'quota', 'spec.hard')).toMatchObject({
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    });
  });

  it.each([
    ['SecureDeployment', 'secure-deployment.ts', /Two of them unless told otherwise/, 'Deployment', 'fixed', 2],
    ['SecureStatefulSet', 'secure-stateful-set.ts', /One of them unless told otherwise/, 'StatefulSet', 'db', 1],
  ])('of the replicas of a %s', (_, file, says, kind, name, replicas) => {
    expect(readFileSync(join(root, 'constructs/workload', file), 'utf8')).toMatch(says);
    expect(at(kind, name, 'spec.replicas')).toBe(replicas);
    expect(at(kind, name, 'spec.revisionHistoryLimit')).toBe(3);
  });
});
