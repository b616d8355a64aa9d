/** Props of the workloads: every one of every kind. */
import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type {
  ContainerProps,
  PodProps,
  SecureCronJobProps,
  SecureDaemonSetProps,
  SecureDeploymentProps,
  SecureJobProps,
  SecureStatefulSetProps,
  WorkloadProps,
} from '../../../index';
import {
  CloudIdentity,
  SecureCronJob,
  SecureDaemonSet,
  SecureDeployment,
  SecureJob,
  SecureStatefulSet,
} from '../../../index';
import { readableCloudSecrets } from './cloud-secret';
import { containerPropNames, containerProps } from './container-props';
import { type Fields, few, mostly, of, sparse } from './parts';
import { type PodTemper, podPropNames, podProps } from './pod-props';

/** What each kind takes, and its class. */
export interface Kinds {
  readonly Deployment: SecureDeploymentProps;
  readonly StatefulSet: SecureStatefulSetProps;
  readonly DaemonSet: SecureDaemonSetProps;
  readonly Job: SecureJobProps;
  readonly CronJob: SecureCronJobProps;
}
export type KindName = keyof Kinds;

export const classOfKind = {
  Deployment: SecureDeployment,
  StatefulSet: SecureStatefulSet,
  DaemonSet: SecureDaemonSet,
  Job: SecureJob,
  CronJob: SecureCronJob,
} as const;

/** The names that workloads have. */
const workloadNames = ['app', 'w'.repeat(52)] as const;
const ownAccount = 'runner';

/** The ServiceAccounts that must exist where pods are judged. */
export const accountNames: readonly string[] = [...workloadNames, ownAccount];

type Own = Omit<WorkloadProps, keyof ContainerProps | keyof PodProps>;

const exception = {
  reason: 'as agreed with the platform team',
  expires: '2027-01-31',
} as const;

const ownFields: Fields<Own> = {
  name: of(workloadNames[1]),
  selector: of({ app: 'app' }),
  containerName: of('server'),
  serviceAccountName: of(ownAccount),
  labels: of({ 'app.kubernetes.io/part-of': 'shop' }),
  annotations: of({ 'example.com/owner': 'team-shop' }),
  service: of<Own['service']>(false, {
    name: 'front',
    headless: true,
    annotations: { a: 'b' },
    sessionAffinity: 'ClientIP',
  }),
  cloudIdentity: of(
    CloudIdentity.gke({ serviceAccount: 'app@project.iam.gserviceaccount.com' }),
    CloudIdentity.eksPodIdentity(),
    CloudIdentity.irsa({ roleArn: 'arn:aws:iam::123456789012:role/app' }),
    CloudIdentity.aks({
      clientId: '00000000-0000-0000-0000-000000000000',
      tenantId: '00000000-0000-0000-0000-000000000001',
    }),
    CloudIdentity.gke({ project: 'acme-shop', projectNumber: '123456789012', fromPod: false }),
  ),
  exceptions: of(
    [{ ...exception, rule: 'image-digest' }],
    [{ ...exception, rule: 'readiness-probe', ticket: 'SHOP-1' }],
    [{ ...exception, rule: ['liveness-probe', 'image-digest'] }],
  ),
};

const job = {
  backoffLimit: of(0, 6),
  activeDeadlineSeconds: of(60),
  ttlSecondsAfterFinished: of(0),
  parallelism: of(2),
  completions: of(2),
};
const scale = {
  replicas: of(1, 3),
  autoscale: of({ max: 4 }, { min: 1, max: 2, cpuPercent: 50, memoryPercent: 70 }),
};

/** The props that only one kind has. */
const kindFields: { readonly [K in KindName]: Fields<Omit<Kinds[K], keyof WorkloadProps>> } = {
  Deployment: scale,
  StatefulSet: {
    ...scale,
    storage: few(
      fc.oneof(
        of({ path: '/data', size: '1Gi' as const }, { path: '/var/lib/app', size: Size.gibibytes(1), name: 'files' }),
        of({ path: '/tmp', size: '1Gi' as const, storageClass: 'fast', accessMode: 'ReadWriteOncePod' as const }),
      ),
      1,
      1,
    ),
    podManagementPolicy: of('OrderedReady', 'Parallel'),
  },
  DaemonSet: { maxUnavailable: of<number | `${number}%`>(2, '10%') },
  Job: job,
  CronJob: {
    ...job,
    schedule: of('@daily', '*/5 * * * *'),
    timeZone: of('Europe/Berlin'),
    concurrency: of('Replace', 'Allow'),
    startingDeadlineSeconds: of(60),
    suspend: fc.boolean(),
  },
};

/** A kind and its props. */
export type DeclaredKind = { readonly [K in KindName]: { readonly kind: K; readonly props: Kinds[K] } }[KindName];

function kindProps<K extends KindName>(kind: K, temper: Omit<PodTemper, 'batch'>): fc.Arbitrary<DeclaredKind> {
  const batch = kind === 'Job' || kind === 'CronJob';
  const main = containerProps({ place: 0, role: 'container', wild: temper.wild, windows: temper.windows });
  const particular = sparse<Record<string, unknown>>(kindFields[kind] as Fields<Record<string, unknown>>, 20, {
    schedule: 100,
    storage: 60,
  });
  return fc
    .tuple(main, podProps({ ...temper, batch }), sparse(ownFields, 15, { exceptions: 5 }), particular)
    .map(([container, pod, own, rest]) => {
      const pick = (Object.keys(pod).length + Object.keys(container).length) % 5;
      const ofCloud = own.cloudIdentity && readableCloudSecrets(own.cloudIdentity, temper.windows)[pick];
      const secrets = ofCloud ? { secrets: [...(container.secrets ?? []), ofCloud] } : {};
      const props = { ...container, ...secrets, ...pod, ...own, ...rest };
      return { kind, props: temper.wild ? props : settled(props) } as unknown as DeclaredKind;
    });
}

/** An autoscaler and a fixed number, or a volume of one node and several replicas, contradict each other. */
function settled<T extends object>(props: T): object {
  const { replicas: _, ...rest } = props as T & { readonly replicas?: number };
  return 'autoscale' in rest ? rest : props;
}

/** Any workload: right by its owner's intent, or wild. */
export const declaredKind: fc.Arbitrary<DeclaredKind> = fc
  .record({
    kind: of<KindName>('Deployment', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'),
    wild: mostly(75, fc.constant(false), fc.constant(true)),
    windows: mostly(93, fc.constant(false), fc.constant(true)),
  })
  .chain(({ kind, ...temper }) => kindProps(kind, temper));

/** The names of all props, of all kinds. */
export const propNames: readonly string[] = [
  ...new Set([
    ...containerPropNames,
    ...podPropNames,
    ...Object.keys(ownFields),
    ...Object.values(kindFields).flatMap((fields) => Object.keys(fields)),
  ]),
];
