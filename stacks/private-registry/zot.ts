import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { SecretFile } from '../../constructs/secrets/kubernetes/secret-file';
import { Mount } from '../../constructs/workload/mount';
import { Probe } from '../../constructs/workload/probe';
import { SecureStatefulSet } from '../../constructs/workload/secure-stateful-set';
import { hash } from '../../core/hash';
import { inUnits } from '../../core/manifest/in-units';
import type { RegistryAuthentication, RegistrySettings } from '../../core/registry/settings';
import { zotConfig } from '../../core/registry/zot';
import { bucketKind } from '../bucket';
import { configMap } from '../parts';
import { dataFolder, type PlainArgs, type PrivateRegistryConfig } from './config';
import {
  certificateFiles,
  certificateSecrets,
  registryCertificate,
  registryName,
  registryPorts,
  secretKeys,
  secretNames,
} from './parts';

const configFolder = '/etc/registry/config';
const usersFile = '/etc/registry/users/htpasswd';

/** The key of `authentication.secretName` that zot reads: its client's name and secret, as JSON. */
export const zotLoginKey = 'credentials.json';
const loginFile = `/etc/registry/login/${zotLoginKey}`;

/** In GiB: of zot's own database, where blobs are in a bucket. Keys that people made to log in by are in it, too. */
const databaseVolume = 5;

/** zot: one process, whose garbage is collected while pushes run, and which reads its certificate again by itself. */
export function zot(
  namespace: LockedNamespace,
  args: PlainArgs,
  { size, storage, volume }: PrivateRegistryConfig,
): SecureStatefulSet {
  const { authentication, bucket, metricsUser, upstreams = [], teams = [], immutableTags = [] } = args;
  const { users = [], secretName = '', cidrs = [] } = authentication;
  const settings: RegistrySettings = {
    host: args.host,
    listen: { address: '0.0.0.0', port: registryPorts.https },
    tls: certificateFiles,
    authentication: wayIn(authentication),
    teams: teams.map(({ name, push, pull, users: members, groups }) => ({
      name,
      push,
      pull: pull ?? [],
      users: members ?? [],
      groups: groups ?? [],
    })),
    immutableTags,
    storage,
    upstreams,
  };
  const config = JSON.stringify(
    zotConfig(settings, { folder: dataFolder, ...(metricsUser !== undefined && { metricsUser }) }),
    undefined,
    2,
  );
  configMap(namespace, registryName, { 'config.json': config });
  registryCertificate(namespace, args);
  const asks = { port: registryPorts.https, scheme: 'HTTPS' } as const;
  const kind = bucket && bucketKind(bucket);
  const storageClass = args.volume?.storageClass;
  const workload = new SecureStatefulSet(namespace, registryName, {
    image: args.images.registry,
    replicas: 1,
    resources: { cpu: `${size.cpuMillis}m`, memory: inUnits(size.memory) },
    args: ['serve', `${configFolder}/config.json`],
    port: { port: registryPorts.https, name: 'https' },
    service: { headless: false },
    readiness: Probe.http('/readyz', asks),
    liveness: Probe.http('/livez', { ...asks, failureThreshold: 6 }),
    // It reads what it keeps before it is there.
    startup: Probe.http('/startupz', { ...asks, periodSeconds: 10, failureThreshold: 180 }),
    storage: [
      {
        path: dataFolder,
        name: 'data',
        size: inUnits((volume ?? databaseVolume) * 1_024),
        ...(storageClass !== undefined && { storageClass }),
      },
    ],
    writable: ['/tmp'],
    mounts: { [configFolder]: Mount.configMap(registryName) },
    secrets: [
      ...certificateSecrets(),
      ...(users.length > 0
        ? [SecretFile.fromSecret(secretNames.users, { key: secretKeys.users, file: usersFile })]
        : []),
      ...(authentication.kind === 'oidc'
        ? [SecretFile.fromSecret(secretName, { key: zotLoginKey, file: loginFile })]
        : []),
    ],
    podAnnotations: { 'kube-bulwark.dev/config': hash(config) },
    ...(bucket !== undefined && kind !== undefined && { cloudIdentity: kind.login(bucket.identity) }),
    terminationGraceSeconds: 60,
  });
  const reached = [...(bucket?.cidrs ?? []), ...cidrs, ...upstreams.flatMap((upstream) => upstream.cidrs ?? [])];
  for (const cidr of new Set(reached)) workload.egressTo({ cidr, ports: [443], dns: true });
  return workload;
}

function wayIn({
  kind,
  users = [],
  issuer = '',
  clientId = '',
  scopes = ['openid', 'profile', 'email', 'groups'],
  groupsClaim = 'groups',
}: PlainArgs['authentication']): RegistryAuthentication {
  if (kind !== 'oidc') return { kind: 'htpasswd', file: usersFile };
  return {
    kind,
    issuer,
    clientId,
    clientSecretFile: loginFile,
    scopes,
    groupsClaim,
    ...(users.length > 0 && { file: usersFile }),
  };
}
