import type { Json } from '../../manifest/object';
import type { RegistryAuthentication, RegistrySettings, RegistryStorage } from '../settings';

/** What a distribution serves: everything, or pulls alone while garbage is collected. */
export type ServingMode = 'read-write' | 'read-only';

/** How long requests may go on once the process is to end, in seconds. */
export const drainSeconds = 30;

/** Of key pairs alone. Distribution's default has HMAC besides, whose key is a secret: what it knows of the service of tokens is public. */
const signingAlgorithms = [
  'EdDSA',
  ...['RS', 'ES', 'PS'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits)),
] as const;

/**
 * The configuration of CNCF distribution 3, as an object to be written as YAML. It holds no secret.
 *
 * @see https://distribution.github.io/distribution/about/configuration/
 */
export function distributionConfig(settings: RegistrySettings, mode: ServingMode): Readonly<Record<string, Json>> {
  const { host, listen, metrics, tls, authentication, storage } = settings;
  return {
    version: '0.1',
    log: { level: 'info', formatter: 'json', accesslog: { disabled: false } },
    storage: {
      ...driver(storage),
      delete: { enabled: true },
      // Blobs come from the registry itself: what a redirect points to is not behind its authentication.
      redirect: { disable: true },
      maintenance: {
        uploadpurging: { enabled: true, age: '168h', interval: '24h', dryrun: false },
        readonly: { enabled: mode === 'read-only' },
      },
    },
    auth: auth(authentication),
    http: {
      addr: `${listen.address}:${listen.port}`,
      // Whatever a client says that it asked for, addresses in answers are these.
      host: `https://${host}`,
      draintimeout: `${drainSeconds}s`,
      tls: { certificate: tls.certFile, key: tls.keyFile, minimumtls: 'tls1.2' },
      headers: { 'X-Content-Type-Options': ['nosniff'] },
      ...(metrics !== undefined && {
        debug: { addr: `${metrics.address}:${metrics.port}`, prometheus: { enabled: true, path: '/metrics' } },
      }),
    },
    health: { storagedriver: { enabled: true, interval: '10s', threshold: 3 } },
    // An index whose images are not all here is refused, and so is an image with layers that are elsewhere.
    validation: { manifests: { indexes: { platforms: 'all' } } },
  };
}

function driver(storage: RegistryStorage): Readonly<Record<string, Json>> {
  switch (storage.kind) {
    case 'volume':
      return { filesystem: { rootdirectory: storage.folder } };
    case 's3': {
      const { bucket, region, kmsKeyArn } = storage;
      return {
        s3: { bucket, region, secure: true, encrypt: true, ...(kmsKeyArn !== undefined && { keyid: kmsKeyArn }) },
      };
    }
    case 'gcs':
      return { gcs: { bucket: storage.bucket } };
    case 'azure': {
      const { bucket, account } = storage;
      return { azure: { accountname: account, container: bucket, credentials: { type: 'default_credentials' } } };
    }
  }
}

/** @throws RangeError for what distribution does not have: the table of products says so before */
function auth(authentication: RegistryAuthentication): Json {
  switch (authentication.kind) {
    case 'htpasswd':
      return { htpasswd: { realm: 'registry', path: authentication.file } };
    case 'token': {
      const { realm, service, issuer, trust } = authentication;
      const [key, file] = 'jwks' in trust ? ['jwks', trust.jwks] : ['rootcertbundle', trust.certificates];
      return { token: { realm, service, issuer, [key]: file, signingalgorithms: [...signingAlgorithms] } };
    }
    case 'oidc':
      throw new RangeError('distribution knows no OpenID providers');
  }
}
