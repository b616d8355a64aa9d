import { inUnits } from '../../manifest/in-units';
import type { Json } from '../../manifest/object';
import type { RegistryAuthentication, RegistryStorage } from '../settings';
import {
  type HarborPart,
  harborAccount,
  harborClientSecret,
  harborName,
  harborTlsParts,
  harborTlsSecret,
  registryUser,
} from './parts';
import { harborResources } from './resources';

/** What Harbor is made with. Nothing in it is secret: every credential is in one Secret, which it names. */
export interface HarborSettings {
  /** `registry.acme.example` */
  readonly host: string;
  readonly images: Readonly<Record<HarborPart, string>>;
  /** The Secret with the keys of `harborCredentials`. */
  readonly secretName: string;
  readonly login: Extract<RegistryAuthentication, { kind: 'oidc' }>;
  readonly storage: Exclude<RegistryStorage, { kind: 'azure' }>;
  /** The ServiceAccount whose identity the bucket knows. @default - `harborAccount` */
  readonly storageAccount?: string;
  /** In GiB. */
  readonly volumes: { readonly images: number; readonly scanner: number };
  readonly storageClass?: string;
  /** Of the parts that keep nothing themselves. */
  readonly replicas: number;
  /** PostgreSQL, over TLS: its certificate is checked by the authority in `authoritySecret`. */
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly user: string;
    /** A Secret with the key `ca.crt`. @default - the authorities of the image */
    readonly authoritySecret?: string;
  };
  /** Repositories of the databases of vulnerabilities. */
  readonly scanner: { readonly databases: readonly string[]; readonly javaDatabases: readonly string[] };
  readonly metrics: boolean;
}

type Settings = Readonly<Record<string, Json>>;

/**
 * The values of Harbor's chart 1.19. Rendered, they have no credential in them, neither one of the chart's defaults nor one that is made anew with
 * each rendering: TLS by cert-manager inside and outside, a database of one's own, nobody who registers themselves, no project made by whoever likes to.
 */
export function harborValues(settings: HarborSettings): Settings {
  const { host, images, secretName, storage, volumes, replicas, database, scanner, metrics } = settings;
  const several = { replicas, ...(replicas > 1 && { podDisruptionBudget: { enabled: true, minAvailable: 1 } }) };
  const part = (name: HarborPart): Settings => ({
    image: imageOf(images[name]),
    resources: resourcesOf(name),
    serviceAccountName: harborAccount,
    automountServiceAccountToken: false,
  });
  const claim = { storageClass: settings.storageClass ?? '' };
  return {
    externalURL: `https://${host}`,
    expose: {
      type: 'clusterIP',
      clusterIP: { name: harborName },
      tls: { enabled: true, certSource: 'secret', secret: { secretName: harborTlsSecret('front') } },
    },
    internalTLS: {
      enabled: true,
      strong_ssl_ciphers: true,
      certSource: 'secret',
      ...Object.fromEntries(harborTlsParts.map((each) => [each, { secretName: harborTlsSecret(each) }])),
    },
    // What users may download as the authority: the core has this Secret anyway.
    caSecretName: harborTlsSecret('core'),
    ...(database.authoritySecret !== undefined && { caBundleSecretName: database.authoritySecret }),
    existingSecretAdminPassword: secretName,
    existingSecretAdminPasswordKey: 'HARBOR_ADMIN_PASSWORD',
    existingSecretSecretKey: secretName,
    // The chart writes this only where there is no Secret; empty, it cannot come back by mistake.
    harborAdminPassword: '',
    secretKey: '',
    logLevel: 'info',
    updateStrategy: { type: storage.kind === 'volume' ? 'Recreate' : 'RollingUpdate' },
    metrics: { enabled: metrics },
    nginx: { ...part('nginx'), ...several },
    portal: { ...part('portal'), ...several },
    core: {
      ...part('core'),
      ...several,
      existingSecret: secretName,
      existingXsrfSecret: secretName,
      existingXsrfSecretKey: 'CSRF_KEY',
      secretName: harborTlsSecret('token'),
      extraEnvVars: loginOf(settings),
    },
    jobservice: {
      ...part('jobservice'),
      ...several,
      existingSecret: secretName,
      existingSecretKey: 'JOBSERVICE_SECRET',
      // A file would be on a volume that one of them alone can have.
      jobLoggers: ['database'],
    },
    registry: {
      ...several,
      // A volume is with one alone.
      ...(storage.kind === 'volume' && { replicas: 1, podDisruptionBudget: { enabled: false } }),
      automountServiceAccountToken: false,
      serviceAccountName: settings.storageAccount ?? harborAccount,
      registry: { image: imageOf(images.registry), resources: resourcesOf('registry') },
      controller: { image: imageOf(images.registryctl), resources: resourcesOf('registryctl') },
      existingSecret: secretName,
      existingSecretKey: 'REGISTRY_HTTP_SECRET',
      relativeurls: true,
      credentials: { username: registryUser, password: '', existingSecret: secretName },
    },
    trivy: {
      ...part('trivy'),
      enabled: true,
      ignoreUnfixed: false,
      insecure: false,
      // Nobody outside is asked about what is in an image.
      offlineScan: true,
      dbRepository: [...scanner.databases],
      javaDBRepository: [...scanner.javaDatabases],
    },
    database: {
      type: 'external',
      internal: { password: '' },
      external: {
        host: database.host,
        port: String(database.port),
        username: database.user,
        password: '',
        coreDatabase: database.name,
        existingSecret: secretName,
        sslmode: 'verify-full',
      },
    },
    // One of its own: the chart writes the password of another one into ConfigMaps.
    redis: { type: 'internal', internal: { ...part('redis') } },
    exporter: part('exporter'),
    persistence: {
      enabled: true,
      resourcePolicy: 'keep',
      persistentVolumeClaim: {
        registry: { ...claim, size: `${volumes.images}Gi` },
        redis: { ...claim, size: '1Gi' },
        trivy: { ...claim, size: `${volumes.scanner}Gi` },
      },
      imageChartStorage: { disableredirect: true, ...stores[storage.kind](storage as never) },
    },
  };
}

type Store<Kind extends HarborSettings['storage']['kind']> = Extract<HarborSettings['storage'], { kind: Kind }>;

/** No key is given: the registry finds the identity of its pod. */
const stores: { readonly [Kind in HarborSettings['storage']['kind']]: (of: Store<Kind>) => Settings } = {
  volume: () => ({ type: 'filesystem' }),
  s3: ({ bucket, region, kmsKeyArn }) => ({
    type: 's3',
    s3: { bucket, region, secure: true, ...(kmsKeyArn !== undefined && { encrypt: true, keyid: kmsKeyArn }) },
  }),
  gcs: ({ bucket }) => ({ type: 'gcs', gcs: { bucket, useWorkloadIdentity: true, encodedkey: '' } }),
};

/** How people log in, and what nobody may do themselves. Harbor reads it at each start, and nobody can change it in its portal. */
function loginOf({ login, secretName }: HarborSettings): readonly Json[] {
  const variable = 'KUBE_BULWARK_CLIENT_SECRET';
  const system = {
    auth_mode: 'oidc_auth',
    oidc_name: 'login',
    oidc_endpoint: login.issuer,
    oidc_client_id: login.clientId,
    oidc_client_secret: `$(${variable})`,
    oidc_scope: login.scopes.join(','),
    oidc_groups_claim: login.groupsClaim,
    // Not the preferred name, which people choose themselves.
    oidc_user_claim: 'email',
    oidc_verify_cert: true,
    oidc_auto_onboard: true,
    self_registration: false,
    project_creation_restriction: 'adminonly',
    robot_token_duration: 90,
    token_expiration: 30,
    session_timeout: 60,
    primary_auth_mode: true,
  };
  return [
    { name: variable, valueFrom: { secretKeyRef: { name: secretName, key: harborClientSecret } } },
    { name: 'CONFIG_OVERWRITE_JSON', value: JSON.stringify(system) },
  ];
}

/** The chart writes `<repository>:<tag>`: of a digest, its last part is what stands after the colon. */
function imageOf(image: string): Settings {
  const colon = image.lastIndexOf(':');
  return { repository: image.slice(0, colon), tag: image.slice(colon + 1) };
}

function resourcesOf(part: HarborPart): Settings {
  const memory = inUnits(harborResources[part].mebibytes);
  return { requests: { cpu: `${harborResources[part].cpuMillis}m`, memory }, limits: { memory } };
}
