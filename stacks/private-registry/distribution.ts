import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { SecretFile } from '../../constructs/secrets/kubernetes/secret-file';
import { Probe } from '../../constructs/workload/probe';
import { SecureStatefulSet } from '../../constructs/workload/secure-stateful-set';
import { hash } from '../../core/hash';
import { writeYaml } from '../../core/manifest/yaml/write';
import { backupScript, restoreScript } from '../../core/registry/distribution/backup-script';
import { distributionConfig, drainSeconds } from '../../core/registry/distribution/config';
import { serveScript } from '../../core/registry/distribution/serve-script';
import { collectionWindow, secondOfDay } from '../../core/registry/distribution/window';
import type { RegistryAuthentication, RegistrySettings } from '../../core/registry/settings';
import { configMap, volume } from '../parts';
import { dataFolder, defaultBackup, type PlainArgs, type PrivateRegistryConfig } from './config';
import {
  certificateFiles,
  certificateSecrets,
  registryCertificate,
  registryName,
  registryPorts,
  secretKeys,
  secretNames,
} from './parts';
import { asks, configFolder, settingsOf, usersFile, usersSecret, workloadOf } from './workload';

const uploadSecretFile = '/etc/registry/upload/secret';
const copyFolder = '/var/lib/registry-copies';

/** CNCF distribution: each pod runs a script that has it read-only while garbage is collected. */
export function distribution(
  namespace: LockedNamespace,
  args: PlainArgs,
  config: PrivateRegistryConfig,
): SecureStatefulSet {
  const { replicas, size } = config;
  const { bucket, backup, authentication, prometheusNamespace } = args;
  const settings: RegistrySettings = {
    ...settingsOf(args, config),
    ...(prometheusNamespace !== undefined && { metrics: { address: '0.0.0.0', port: registryPorts.metrics } }),
    authentication: wayIn(authentication),
    teams: [],
    immutableTags: [],
    upstreams: [],
  };
  const script = (name: string): string => `${configFolder}/${name}.sh`;
  const { at = defaultBackup.at, days = defaultBackup.days } = backup ?? {};
  const files = {
    'read-write.yaml': writeYaml(distributionConfig(settings, 'read-write')),
    'read-only.yaml': writeYaml(distributionConfig(settings, 'read-only')),
    'serve.sh': serveScript({
      program: 'registry',
      configFolder,
      watched: [certificateFiles.certFile],
      ...(replicas > 1 && { uploadSecretFile }),
      window: collectionWindow(args.garbageCollection ?? {}),
      ...(backup !== undefined && {
        daily: { second: secondOfDay(at) ?? 0, script: script('backup'), args: [dataFolder, copyFolder, String(days)] },
      }),
      ...(backup?.restore !== undefined && {
        before: { script: script('restore'), args: [dataFolder, copyFolder, backup.restore] },
      }),
    }),
    ...(backup !== undefined && { 'backup.sh': backupScript }),
    ...(backup?.restore !== undefined && { 'restore.sh': restoreScript }),
    ...(authentication.certificates !== undefined && { 'trust.pem': authentication.certificates }),
    ...(authentication.jwks !== undefined && { 'trust.json': authentication.jwks }),
  };
  configMap(namespace, registryName, files);
  registryCertificate(namespace, args);
  const workload = new SecureStatefulSet(namespace, registryName, {
    ...workloadOf(args, config),
    replicas,
    command: ['/bin/sh', `${configFolder}/serve.sh`],
    env: { OTEL_TRACES_EXPORTER: 'none' },
    ...(prometheusNamespace !== undefined && { ports: [{ port: registryPorts.metrics, name: 'metrics' }] }),
    readiness: Probe.http('/', asks),
    // A new process takes the port within a second or two, and drains before for longer: nobody is to be killed for that.
    liveness: Probe.tcp({ port: registryPorts.https, failureThreshold: 6 }),
    startup: Probe.tcp({ port: registryPorts.https, failureThreshold: 60 }),
    storage: [
      ...(config.volume === undefined ? [] : [volume(dataFolder, 'data', config.volume, args.volume?.storageClass)]),
      ...(backup === undefined
        ? []
        : [volume(copyFolder, 'copies', backup.gibibytes ?? config.volume ?? size.volume, backup.storageClass)]),
    ],
    secrets: [
      ...certificateSecrets(),
      ...(authentication.kind === 'htpasswd' ? [usersSecret()] : []),
      ...(replicas > 1
        ? [SecretFile.fromSecret(secretNames.upload, { key: secretKeys.upload, file: uploadSecretFile })]
        : []),
    ],
    podAnnotations: { 'kube-bulwark.dev/config': hash(Object.values(files).join('\n')) },
    terminationGraceSeconds: 2 * drainSeconds,
  });
  for (const cidr of bucket?.cidrs ?? []) workload.egressTo({ cidr, ports: [443], dns: true });
  return workload;
}

function wayIn({
  kind,
  realm = '',
  service = '',
  issuer = '',
  jwks,
}: PlainArgs['authentication']): RegistryAuthentication {
  if (kind !== 'token') return { kind: 'htpasswd', file: usersFile };
  const trust =
    jwks === undefined ? { certificates: `${configFolder}/trust.pem` } : { jwks: `${configFolder}/trust.json` };
  return { kind: 'token', realm, service, issuer, trust };
}
