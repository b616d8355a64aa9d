/** A declaration that uses every prop that all kinds of workload have. */
import {
  AwsSecretMount,
  CloudIdentity,
  Env,
  LockedNamespace,
  Mount,
  Probe,
  SecretFile,
  VaultSecretMount,
  type WorkloadProps,
} from '../../index';
import { basics, image, testApp } from './app';

const beside = { image, resources: { cpu: '10m', memory: '32Mi' } } as const;

export const everyProp: Required<Omit<WorkloadProps, 'os'>> = {
  name: 'everything',
  selector: { app: 'everything' },
  containerName: 'server',
  serviceAccountName: 'runner',
  tolerations: [{ key: 'example.com/spot', operator: 'Exists' }],
  labels: { team: 'blue' },
  annotations: { note: 'of the object' },
  service: { name: 'every', headless: false, annotations: { note: 'of the service' }, sessionAffinity: 'ClientIP' },
  cloudIdentity: CloudIdentity.irsa({ roleArn: 'arn:aws:iam::111122223333:role/everything' }),
  exceptions: [
    {
      rule: ['capabilities-add'],
      reason: 'it sets the clock of the lab',
      expires: '2027-01-31',
      ticket: 'LAB-1',
      container: 'clock',
    },
  ],
  image: basics.image,
  resources: { cpu: '250m', memory: '256Mi', cpuLimit: '1', ephemeralStorage: '1Gi' },
  command: ['/bin/server'],
  args: ['--verbose'],
  workingDir: '/srv',
  env: {
    LOG_LEVEL: 'info',
    REGION: Env.configMap('settings', 'region', { optional: true }),
    POD: Env.field('metadata.name'),
    CPUS: Env.resource('requests.cpu', { divisor: '1m' }),
  },
  port: { port: 8443, name: 'https', servicePort: 443, appProtocol: 'https' },
  ports: [{ port: 5353, protocol: 'UDP' }],
  readiness: Probe.http('/ready', {
    scheme: 'HTTPS',
    headers: { host: 'everything' },
    periodSeconds: 5,
    successThreshold: 2,
  }),
  liveness: Probe.tcp({ port: 'https', failureThreshold: 5, timeoutSeconds: 2 }),
  startup: Probe.exec(['/bin/started'], { initialDelaySeconds: 3 }),
  writable: ['/tmp', { path: '/cache', size: '1Gi' }, { path: '/run', size: '8Mi', medium: 'memory' }],
  mounts: {
    '/etc/app': Mount.configMap('settings', { items: { 'app.yaml': 'app.yaml' }, mode: 0o400 }),
    '/shared': Mount.claim('shared', { accessMode: 'ReadWriteMany' }),
    '/scratch': Mount.ephemeral('2Gi', { storageClass: 'fast' }),
    '/vault': Mount.csi('secrets-store.csi.k8s.io', { secretProviderClass: 'vault' }),
    '/info': Mount.podInfo({ labels: 'metadata.labels' }),
    '/mixed': Mount.projected({ configMap: { name: 'settings' } }, { secret: { name: 'keys' } }),
  },
  secrets: [
    VaultSecretMount.kv('secret/data/lab/db', { file: '/etc/lab/db.json', version: 3 }),
    SecretFile.fromSecret('keys', { key: 'signing', file: '/etc/keys/signing', mode: 0o440, optional: true }),
    AwsSecretMount.secretsManager('lab/key', { file: '/etc/lab-aws/key', region: 'eu-central-1' }),
  ],
  capabilities: ['NET_BIND_SERVICE'],
  preStop: { exec: ['/bin/drain', '--wait'] },
  user: 1000,
  group: 2000,
  fsGroup: 3000,
  supplementalGroups: [4000],
  seccompProfile: { localhost: 'profiles/everything.json' },
  appArmorProfile: { localhost: 'everything' },
  seLinux: { type: 'container_t', level: 's0:c1,c2' },
  sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
  runtimeClass: 'gvisor',
  nodes: { key: 'example.com/pool', value: 'blue', effect: 'NoExecute' },
  nodeSelector: { 'topology.kubernetes.io/zone': 'a' },
  priorityClass: 'high',
  terminationGraceSeconds: 45,
  initContainers: [{ ...beside, name: 'migrate', writable: ['/tmp'] }],
  sidecars: [{ ...beside, name: 'proxy', port: 9090, readiness: Probe.grpc({ service: 'proxy' }) }],
  containers: [{ ...beside, name: 'clock', capabilities: ['SYS_TIME'] }],
  tokens: [{ audience: 'vault', path: '/var/run/tokens/vault', expirationSeconds: 600 }],
  imagePullSecrets: ['registry-pull'],
  podLabels: { version: 'v2' },
  podAnnotations: { note: 'of the pod' },
};

/** An app with a namespace that admits what the exception of {@link everyProp} waives. */
export function lenientNamespace() {
  const app = testApp();
  const lab = new LockedNamespace(app, 'lab', {
    owner: 'team-lab',
    podSecurity: 'privileged',
    exceptions: [{ rule: 'namespace-pod-security', reason: 'the lab sets clocks', expires: '2027-01-31' }],
  });
  return { app, lab };
}
