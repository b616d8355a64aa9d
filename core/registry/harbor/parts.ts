/** The programs of Harbor, as its chart calls them. */
export const harborParts = [
  'nginx',
  'portal',
  'core',
  'jobservice',
  'registry',
  'registryctl',
  'trivy',
  'redis',
  'exporter',
] as const;

export type HarborPart = (typeof harborParts)[number];

/** What its objects begin with. */
export const harborName = 'harbor';

/** The ServiceAccount of its pods, which may nothing and whose token none of them has. */
export const harborAccount = 'harbor';

/** The version of the chart of https://helm.goharbor.io that the values are for: Harbor 2.15.1. */
export const harborChart = { name: 'harbor', version: '1.19.1', repository: 'https://helm.goharbor.io' } as const;

/** The parts that show each other certificates, each out of a Secret of its own. */
export const harborTlsParts = ['core', 'jobservice', 'registry', 'portal', 'trivy'] as const;

/** The Secret of the certificate that a part shows inside, and that of the one that clients see. */
export function harborTlsSecret(part: (typeof harborTlsParts)[number] | 'front' | 'token'): string {
  return `${harborName}-${part}-tls`;
}

/**
 * What the Secret of Harbor's credentials has: for each of them the chart has a default that everybody knows, or one that is made anew with each
 * rendering. How long each one is, in characters, where the program asks for it.
 */
export const harborCredentials = {
  /** Of the user `admin`. */
  HARBOR_ADMIN_PASSWORD: { default: 'Harbor12345' },
  /** What Harbor encrypts passwords of other registries by in its database. */
  secretKey: { default: 'not-a-secure-key', length: 16 },
  /** Between the core and the other parts. */
  secret: { length: 16 },
  /** Against forged requests of browsers. */
  CSRF_KEY: { length: 32 },
  JOBSERVICE_SECRET: { length: 16 },
  REGISTRY_HTTP_SECRET: { length: 16 },
  /** Of the core at the registry, and as a line of htpasswd for {@link registryUser}. */
  REGISTRY_PASSWD: { default: 'harbor_registry_password' },
  REGISTRY_HTPASSWD: {},
  /** Of the database's user. */
  password: { default: 'changeit' },
} as const satisfies Readonly<Record<string, { readonly default?: string; readonly length?: number }>>;

/** Who the core is at the registry. */
export const registryUser = 'harbor_registry_user';

/** With login by an OpenID provider: the secret of its client. */
export const harborClientSecret = 'client-secret';
