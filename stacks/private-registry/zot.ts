import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { SecretFile } from '../../constructs/secrets/kubernetes/secret-file';
import { Probe } from '../../constructs/workload/probe';
import { SecureStatefulSet } from '../../constructs/workload/secure-stateful-set';
import { hash } from '../../core/hash';
import type { RegistryAuthentication, RegistrySettings } from '../../core/registry/settings';
import { zotConfig } from '../../core/registry/zot';
import { configMap, volume } from '../parts';
import { dataFolder, type PlainArgs, type PrivateRegistryConfig } from './config';
import { certificateSecrets, registryCertificate, registryName } from './parts';
import { asks, configFolder, settingsOf, usersFile, usersSecret, workloadOf } from './workload';

/** The key of `authentication.secretName` that zot reads: its client's name and secret, as JSON. */
export const zotLoginKey = 'credentials.json';
const loginFile = `/etc/registry/login/${zotLoginKey}`;

/** In GiB: of zot's own database, where blobs are in a bucket. Keys that people made to log in by are in it, too. */
const databaseVolume = 5;

/** zot: one process, whose garbage is collected while pushes run, and which reads its certificate again by itself. */
export function zot(namespace: LockedNamespace, args: PlainArgs, config: PrivateRegistryConfig): SecureStatefulSet {
  const { authentication, bucket, metricsUser, upstreams = [], teams = [], immutableTags = [] } = args;
  const { users = [], secretName = '', cidrs = [] } = authentication;
  const settings: RegistrySettings = {
    ...settingsOf(args, config),
    authentication: wayIn(authentication),
    teams: teams.map(({ name, push, pull, users: members, groups }) => ({
      name,
      push,
      pull: pull ?? [],
      users: members ?? [],
      groups: groups ?? [],
    })),
    immutableTags,
    upstreams,
  };
  const content = JSON.stringify(
    zotConfig(settings, { folder: dataFolder, ...(metricsUser !== undefined && { metricsUser }) }),
    undefined,
    2,
  );
  configMap(namespace, registryName, { 'config.json': content });
  registryCertificate(namespace, args);
  const workload = new SecureStatefulSet(namespace, registryName, {
    ...workloadOf(args, config),
    replicas: 1,
    args: ['serve', `${configFolder}/config.json`],
    readiness: Probe.http('/readyz', asks),
    liveness: Probe.http('/livez', { ...asks, failureThreshold: 6 }),
    // It reads what it keeps before it is there.
    startup: Probe.http('/startupz', { ...asks, periodSeconds: 10, failureThreshold: 180 }),
    storage: [volume(dataFolder, 'data', config.volume ?? databaseVolume, args.volume?.storageClass)],
    secrets: [
      ...certificateSecrets(),
      ...(users.length > 0 ? [usersSecret()] : []),
      ...(authentication.kind === 'oidc'
        ? [SecretFile.fromSecret(secretName, { key: zotLoginKey, file: loginFile })]
        : []),
    ],
    podAnnotations: { 'kube-bulwark.dev/config': hash(content) },
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
