/** Props of a container: every one of ContainerProps, in every form that it takes. */
import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { vaultDeliveryIds } from '../../../core/secrets/vault/server';
import type {
  ContainerProps,
  PortProps,
  PreStop,
  Resources,
  SecretMount,
  VaultDeliveryId,
  WritablePath,
} from '../../../index';
import {
  Env,
  Mount,
  Probe,
  RestartOnChange,
  SecretFile,
  SecretTemplate,
  SignalOnChange,
  VaultSecretMount,
} from '../../../index';
import { testChart } from '../kplus-oracle';
import { unusableCloudSecrets } from './cloud-secret';
import { type Fields, few, mapping, mostly, of, sparse } from './parts';
import { projections } from './volume';

/** How a generated container may go wrong. */
export interface Temper {
  /** Its place in the pod: ports of containers at different places are different. */
  readonly place: number;
  /** What it is there for: an init container has no probes, and its ports reach nobody. */
  readonly role: 'container' | 'sidecar' | 'init';
  /** Whether some values are wrong on purpose. */
  readonly wild: boolean;
  /** Whether it is in a Windows pod. */
  readonly windows: boolean;
}

export const registry = 'registry.example';
/** Where the cdk8s-plus values stand: any chart does. */
const elsewhere = testChart();
const digest = `sha256:${'a'.repeat(64)}`;

/** Values that are right, and in a wild container sometimes wrong ones. */
function values<A, B>(
  { wild }: Temper,
  good: fc.Arbitrary<A>,
  bad: fc.Arbitrary<B>,
  percent = 90,
): fc.Arbitrary<A | B> {
  return wild ? mostly(percent, good, bad) : good;
}

const resources: fc.Arbitrary<Resources> = sparse<Resources>(
  {
    cpu: of<Resources['cpu']>('100m', '0.5', kplus.Cpu.millis(250)),
    memory: of<Resources['memory']>('64Mi', '128M', Size.mebibytes(96)),
    cpuLimit: of<Resources['cpuLimit']>('2', kplus.Cpu.units(3)),
    ephemeralStorage: of<Resources['ephemeralStorage']>('1Gi', Size.gibibytes(2)),
  },
  30,
  { cpu: 100, memory: 100 },
);

const goodEnv = of<string | Env | kplus.EnvValue>(
  'info',
  '',
  Env.field('metadata.name'),
  Env.field("metadata.labels['app.kubernetes.io/name']"),
  Env.configMap('settings', 'key', { optional: true }),
  Env.resource('limits.memory', { divisor: '1Mi' }),
  kplus.EnvValue.fromValue('plain'),
);
const badEnv = of<string | Env | kplus.EnvValue>(
  'AKIAABCDEFGHIJKLMNOP',
  kplus.EnvValue.fromSecretValue({ secret: kplus.Secret.fromSecretName(elsewhere, 'secret', 'tls'), key: 'password' }),
);

function env(temper: Temper) {
  const name = values(temper, of('LOG_LEVEL', 'HTTP_PROXY', 'spring.profile'), of('1ST', 'API_TOKEN'), 95);
  return mapping(name, values(temper, goodEnv, badEnv));
}

function port(temper: Temper, offset: number): fc.Arbitrary<number | PortProps> {
  const number = temper.place * 10 + 8000 + offset;
  const props = sparse<PortProps>(
    {
      port: fc.constant(number),
      name: fc.constant(`p${number}`),
      protocol: of('TCP', 'UDP', 'SCTP'),
      servicePort: fc.constant(number - 7000),
      appProtocol: of('http', 'kubernetes.io/h2c'),
    },
    30,
    { port: 100, protocol: 15 },
  );
  return values(temper, fc.oneof(fc.constant(number), props), of(0, 70_000, 8000), 95);
}

const probe: fc.Arbitrary<Probe | kplus.Probe> = of<Probe | kplus.Probe>(
  Probe.http('/ready'),
  Probe.http('/ready', { scheme: 'HTTPS', headers: { Host: 'app.example' }, periodSeconds: 5 }),
  Probe.tcp({ initialDelaySeconds: 3 }),
  Probe.grpc({ service: 'app' }),
  Probe.exec(['/bin/check'], { timeoutSeconds: 2, failureThreshold: 5, successThreshold: 1 }),
  kplus.Probe.fromHttpGet('/ready'),
  kplus.Probe.fromCommand(['/bin/check']),
  kplus.Probe.fromTcpSocket(),
);
const foreignProbe = of<Probe | kplus.Probe>(
  kplus.Probe.fromTcpSocket({ host: '10.0.0.1' }),
  kplus.Probe.fromHttpGet('/', { host: '169.254.169.254' } as kplus.HttpGetProbeOptions),
);

const writable = (temper: Temper): fc.Arbitrary<(string | WritablePath)[]> =>
  fc.uniqueArray(
    values(
      temper,
      fc.oneof(
        of<string | WritablePath>('/tmp', '/var/cache/app', '/writable/x'),
        sparse<WritablePath>(
          {
            path: of('/scratch', '/run'),
            size: of<WritablePath['size'] & {}>('8Mi', '1Gi', Size.mebibytes(16)),
            medium: of('disk', 'memory'),
          },
          50,
          {
            path: 100,
          },
        ),
      ),
      of<string | WritablePath>('tmp', '/', '/a/../b', '/tmp/'),
      95,
    ),
    { minLength: 1, maxLength: 2, selector: (entry) => (typeof entry === 'string' ? entry : entry.path) },
  );

const items = { 'app.yaml': 'config/app.yaml' };

/** A mount of every source; image volumes need Kubernetes 1.35 and nodes that can. */
const goodMount: fc.Arbitrary<Mount> = fc.oneof(
  of(Mount.configMap('settings'), Mount.configMap('settings', { items, mode: 0o400, optional: true })),
  of(Mount.projected({ secret: { name: 'tls' } }), Mount.projected({ secret: { name: 'tls', optional: true } })),
  of(
    Mount.claim('data'),
    Mount.claim('data', { accessMode: 'ReadWriteMany', storage: 'nfs' }),
    Mount.claim('data', { writable: false, accessMode: 'ReadWriteOncePod' }),
  ),
  of(Mount.ephemeral('1Gi'), Mount.ephemeral(Size.gibibytes(3)), Mount.ephemeral('1Gi', { storageClass: 'fast' })),
  of(Mount.csi('secrets-store.csi.k8s.io', { secretProviderClass: 'app' }), Mount.csi('csi.example')),
  of(Mount.image(`${registry}/files@${digest}`)),
  projections.map((sources) => Mount.projected(...sources)),
  of(Mount.podInfo({ labels: 'metadata.labels', name: 'metadata.name' })),
);

/** Volumes of cdk8s-plus, of the kinds that are taken and of those that are not. */
const goodVolume = of(
  kplus.Volume.fromEmptyDir(elsewhere, 'scratch', 'scratch', { sizeLimit: Size.mebibytes(5) }),
  kplus.Volume.fromConfigMap(elsewhere, 'files', kplus.ConfigMap.fromConfigMapName(elsewhere, 'map', 'settings')),
  kplus.Volume.fromSecret(elsewhere, 'keys', kplus.Secret.fromSecretName(elsewhere, 'tls', 'tls')),
  kplus.Volume.fromCsi(elsewhere, 'csi', 'csi.example'),
);
const badVolume = of(
  kplus.Volume.fromHostPath(elsewhere, 'host', 'host', { path: '/var/run/docker.sock' }),
  kplus.Volume.fromNfs(elsewhere, 'nfs', 'share', { server: 'nfs.example', path: '/' }),
  kplus.Volume.fromAwsElasticBlockStore(elsewhere, 'disk', 'vol-1'),
  kplus.Volume.fromEmptyDir(elsewhere, 'unbounded', 'unbounded'),
);

function mounts(temper: Temper): fc.Arbitrary<Record<string, Mount | kplus.Volume>> {
  const path = values(temper, of('/etc/app', '/var/lib/app', '/secrets'), of('/tmp', 'relative', '/data', '/x:y'));
  const good = fc.oneof<fc.MaybeWeightedArbitrary<Mount | kplus.Volume>[]>(
    { weight: 4, arbitrary: goodMount },
    { weight: 1, arbitrary: goodVolume },
  );
  return mapping(path, values(temper, good, badVolume));
}

/** @param good whether each of them can be delivered */
function secrets(good: boolean, { windows, place, role }: Temper): fc.Arbitrary<readonly SecretMount[]> {
  const path = good
    ? of<string | SecretMount>('secret/data/shop/db', 'secret/shop/key')
    : of<string | SecretMount>('/secret/db', 'secret', 'secret/../db', 'secret/*', ...unusableCloudSecrets);
  const file = good
    ? of(`/run/vault-${place}/db.json`, `/run/vault-${role}${place}/key`)
    : of('/db', 'db.json', '/run/vault-a/db.json');
  const all = of<VaultDeliveryId | undefined>(...vaultDeliveryIds, undefined);
  const delivery = good && windows ? of<VaultDeliveryId>('operator') : all;
  const change = of(undefined, RestartOnChange.of('app'), SignalOnChange.of('SIGHUP', 'app'));
  const template = of(
    undefined,
    SecretTemplate.envFile({ DB_PASSWORD: 'password' }),
    SecretTemplate.text('{{ .user }}'),
    SecretTemplate.json({ user: 'user', url: SecretTemplate.text('db,{{ .user }}') }),
  );
  const written = fc.tuple(path, file, delivery, change, template).map(([from, to, by, onChange, says]) =>
    typeof from !== 'string'
      ? from
      : VaultSecretMount.kv(from, {
          file: to,
          ...(by && { delivery: by }),
          ...(onChange && (!good || by === 'agent') && role !== 'init' && { onChange }),
          ...(says && (!good || by === 'agent' || by === 'operator') && { template: says }),
        }),
  );
  const leased = fc
    .tuple(file, of<VaultDeliveryId>(windows ? 'operator' : 'agent', 'operator'))
    .map(([to, by]) => VaultSecretMount.database('database/creds/shop', { file: to, field: 'password', delivery: by }));
  const plain = fc
    .tuple(file, of('password', 'tls.key'), of(undefined, true))
    .map(([to, key, optional]) => SecretFile.fromSecret('db', { key, file: to, ...(optional && { optional }) }));
  return few<SecretMount>(
    good
      ? fc.oneof<fc.MaybeWeightedArbitrary<SecretMount>[]>(
          { weight: 3, arbitrary: written },
          { weight: 1, arbitrary: leased },
          { weight: 1, arbitrary: plain },
        )
      : written,
    1,
  );
}

const preStop: fc.Arbitrary<PreStop> = of<PreStop>({ sleepSeconds: 3 }, { exec: ['/bin/drain', '--now'] });

function fields(temper: Temper): Fields<ContainerProps> {
  const probes = values(temper, probe, foreignProbe, 95);
  return {
    image: values(
      temper,
      of(`${registry}/app@${digest}`, `${registry}/team/app:1.2.3@${digest}`),
      of('redis', `${registry}/app:1`, `docker.io/library/redis@${digest}`, ''),
      97,
    ),
    resources,
    command: of(['/app'], ['/app', 'serve']),
    args: of([], ['--port=8080']),
    workingDir: of('/srv'),
    env: env(temper),
    port: port(temper, 0),
    ports: few(port(temper, 1), 1),
    readiness: probes,
    liveness: probes,
    startup: probes,
    writable: writable(temper),
    mounts: mounts(temper),
    secrets: values(temper, secrets(true, temper), secrets(false, temper), 95),
    capabilities: values(
      temper,
      of<string[]>([], ['NET_BIND_SERVICE']),
      of<string[]>(['CHOWN'], ['SYS_ADMIN', 'NET_RAW'], ['ALL']),
      95,
    ),
    preStop: values(temper, preStop, of<PreStop>({ sleepSeconds: 600 }), 95),
  };
}

/** The names of all props of a container. */
export const containerPropNames = Object.keys(
  fields({ place: 0, role: 'container', wild: false, windows: false }),
) as readonly (keyof ContainerProps)[];

/** Props of a container. What is not wild is right, but for what its target lacks. */
export function containerProps(temper: Temper): fc.Arbitrary<ContainerProps> {
  const weights = { image: 100, resources: 100, port: 40, ports: 15, startup: 15, preStop: 20 } as const;
  const careful = temper.wild ? mostly(85, of(true), of(false)) : of(true);
  return fc
    .tuple(sparse(fields(temper), 30, weights), careful)
    .map(([props, mend]) => (mend ? mended(props, temper) : props));
}

/** What a user would not leave so: a port without a readiness probe, a probe without a port, probes of an init container. */
function mended(props: ContainerProps, { role, windows }: Temper): ContainerProps {
  const { readiness, liveness, startup, preStop: stop, capabilities, ...rest } = props;
  const served = rest.port !== undefined || (rest.ports?.length ?? 0) > 0;
  const usable = (given: Probe | kplus.Probe | undefined) =>
    given === undefined || served || asksNoPort(given) ? given : undefined;
  const lives = role !== 'init';
  return {
    ...rest,
    ...(!windows && capabilities && { capabilities }),
    ...(lives && stop && { preStop: stop }),
    ...(lives && (served || readiness) && { readiness: usable(readiness) ?? Probe.exec(['/bin/ready']) }),
    ...(lives && { liveness: usable(liveness), startup: usable(startup) }),
  };
}

function asksNoPort(probe: Probe | kplus.Probe): boolean {
  return JSON.stringify(probe instanceof Probe ? probe.render(1) : 'port').includes('exec');
}
