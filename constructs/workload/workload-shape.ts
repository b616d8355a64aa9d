import { isOsName } from '../../core/manifest/pod-os';
import { pullSecret } from '../app/image-registry-shape';
import {
  anything,
  either,
  flag,
  list,
  made,
  map,
  number,
  record,
  required,
  type Shapes,
  text,
  value,
  whole,
} from '../app/shape';
import { CloudIdentity } from '../network/cloud-identity';
import { bytes } from './amount-shapes';
import type { Autoscale } from './autoscale';
import { containerShapes, namedContainer } from './container-shape';
import type { JobOptions } from './job-spec';
import type { DedicatedNodes, PodProps, TokenProps } from './pod';
import type { ScalableWorkloadProps } from './scalable-workload';
import type { SecureCronJobProps } from './secure-cron-job';
import type { SecureDaemonSetProps } from './secure-daemon-set';
import type { SecureJobProps } from './secure-job';
import type { SecureStatefulSetProps, StorageProps } from './secure-stateful-set';
import type { ServiceProps, WorkloadProps } from './workload-props';

const nodeShapes: Shapes<DedicatedNodes> = {
  key: required(text, "'dedicated'"),
  value: required(text, "'payments'"),
  effect: text,
};
const tokenShapes: Shapes<TokenProps> = {
  audience: required(text, "'vault'"),
  path: required(text, "'/var/run/secrets/vault/token'"),
  expirationSeconds: number,
};
const localhost = record({ localhost: required(text, "'profiles/app.json'") });

const podShapes: Shapes<PodProps> = {
  user: number,
  group: number,
  fsGroup: number,
  supplementalGroups: list(number),
  seccompProfile: localhost,
  appArmorProfile: localhost,
  seLinux: record({}),
  sysctls: map(text),
  runtimeClass: text,
  nodes: record(nodeShapes),
  tolerations: list(record({})),
  nodeSelector: map(text),
  priorityClass: text,
  terminationGraceSeconds: whole(0),
  initContainers: list(namedContainer),
  sidecars: list(namedContainer),
  containers: list(namedContainer),
  tokens: list(record(tokenShapes)),
  imagePullSecrets: list(pullSecret),
  os: value("'linux' or 'windows'", isOsName),
  podLabels: map(anything),
  podAnnotations: map(text),
};

const serviceShapes: Shapes<ServiceProps> = {
  name: text,
  headless: flag,
  annotations: map(text),
  sessionAffinity: text,
};

const workloadShapes: Shapes<WorkloadProps> = {
  ...containerShapes,
  ...podShapes,
  name: text,
  // What is no label value is reported where the labels are checked, and an exception where exceptions are.
  selector: map(anything),
  containerName: text,
  serviceAccountName: text,
  labels: map(anything),
  annotations: map(text),
  service: either('false', (given) => given === false, record(serviceShapes)),
  cloudIdentity: made('a CloudIdentity, such as CloudIdentity.gke(…)', (given) => given instanceof CloudIdentity),
  exceptions: anything,
};

const autoscaleShapes: Shapes<Autoscale> = {
  min: number,
  max: required(number, '10'),
  cpuPercent: whole(1),
  memoryPercent: whole(1),
};

const scalableShapes: Shapes<ScalableWorkloadProps> = {
  ...workloadShapes,
  replicas: number,
  autoscale: record(autoscaleShapes),
};

const storageShapes: Shapes<StorageProps> = {
  path: required(text, "'/data'"),
  size: required(bytes, "'10Gi'"),
  name: text,
  storageClass: text,
  accessMode: text,
};

const jobShapes: Shapes<JobOptions> = {
  backoffLimit: whole(0),
  activeDeadlineSeconds: whole(0),
  ttlSecondsAfterFinished: whole(0),
  parallelism: whole(0),
  completions: whole(0),
};

/** The shapes of the props of each kind of workload. */
export const shapesOf: {
  readonly Deployment: Shapes<ScalableWorkloadProps>;
  readonly StatefulSet: Shapes<SecureStatefulSetProps>;
  readonly DaemonSet: Shapes<SecureDaemonSetProps>;
  readonly Job: Shapes<SecureJobProps>;
  readonly CronJob: Shapes<SecureCronJobProps>;
} = {
  Deployment: scalableShapes,
  StatefulSet: { ...scalableShapes, storage: list(record(storageShapes)), podManagementPolicy: text },
  DaemonSet: {
    ...workloadShapes,
    maxUnavailable: value("a number, or a text such as '10%'", (given) => ['number', 'string'].includes(typeof given)),
  },
  Job: { ...workloadShapes, ...jobShapes },
  CronJob: {
    ...workloadShapes,
    ...jobShapes,
    schedule: required(text, "'0 3 * * *'", '@daily'),
    timeZone: text,
    concurrency: text,
    startingDeadlineSeconds: whole(0),
    suspend: flag,
  },
};
