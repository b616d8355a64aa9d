import type { Bucket } from '../bucket';
import type { Json } from '../manifest/object';
import { covers, type RepositoryPattern, repositoryPattern } from './repositories';
import type { RegistryAuthentication, RegistrySettings, RegistryTeam } from './settings';

/** What zot alone is told. */
export interface ZotOptions {
  /** Where its own database is, beside what is kept: it is made anew where the folder was lost, API keys of users aside. */
  readonly folder: string;
  /** The user who may read its metrics at `/metrics`, over TLS and by password. @default - there are none */
  readonly metricsUser?: string;
}

type Settings = Readonly<Record<string, Json>>;

/** What may be done in a repository. Who may not `update` cannot move a tag, and who may not `delete` cannot take one away and push another. */
const actions = { pull: ['read'], push: ['read', 'create', 'update', 'delete'], pushOnce: ['read', 'create'] } as const;

/**
 * The configuration of zot 2.1 as JSON: `zot serve config.json`.
 *
 * Nobody is let in without a name: no policy is anonymous, and nobody is an administrator of all repositories. A manifest without a tag is kept: pods
 * that name a digest run it. That does not help where a tag moves: zot drops what it was at, and `immutableTags` keep tags from moving.
 * Digests of upstreams are kept as they are, which takes the media types of Docker.
 *
 * @param settings whose patterns of repositories are of the form that `repositoryPattern` reads; others are left out
 */
export function zotConfig(settings: RegistrySettings, { folder, metricsUser }: ZotOptions): Settings {
  const { host, listen, tls, authentication, storage, upstreams } = settings;
  const isVolume = storage.kind === 'volume';
  return {
    distSpecVersion: '1.1.1',
    storage: {
      rootDirectory: isVolume ? storage.folder : folder,
      // Of a bucket it would need a database that replicas share.
      dedupe: isVolume,
      gc: true,
      gcDelay: '2h',
      gcInterval: '1h',
      retention: {
        delay: '24h',
        policies: [{ repositories: ['**'], deleteReferrers: false, deleteUntagged: false }],
      },
      ...(isVolume ? {} : { remoteCache: false, storageDriver: drivers[storage.kind](storage as never) }),
    },
    http: {
      address: listen.address,
      port: String(listen.port),
      externalUrl: `https://${host}`,
      realm: host,
      tls: { cert: tls.certFile, key: tls.keyFile },
      compat: ['docker2s2'],
      auth: { failDelay: 2, ...authOf(authentication) },
      accessControl: {
        repositories: zotRepositories(settings),
        adminPolicy: { users: [], actions: [] },
        ...(metricsUser !== undefined && { metrics: { users: [metricsUser] } }),
      },
    },
    // Each request is a line, with the name of who asked.
    log: { level: 'info' },
    extensions: {
      search: { enable: false },
      ui: { enable: false },
      metrics: { enable: metricsUser !== undefined, prometheus: { path: '/metrics' } },
      ...(upstreams.length > 0 && {
        sync: {
          enable: true,
          ...(!isVolume && { downloadDir: `${folder}/downloads` }),
          registries: upstreams.map(({ host: upstream, allow }) => ({
            urls: [addressOf(upstream)],
            onDemand: true,
            tlsVerify: true,
            preserveDigest: true,
            maxRetries: 3,
            retryDelay: '5s',
            content: allow.map((prefix) => ({ prefix, destination: `/${upstreamPath(upstream)}`, stripPrefix: false })),
          })),
        },
      }),
    },
  };
}

/** Where images of an upstream are found: `docker.io/library/nginx`. */
export function upstreamPath(host: string): string {
  return host.replace(':', '-');
}

/** Docker Hub answers at another name than its images have. */
function addressOf(host: string): string {
  return `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}`;
}

/** The drivers are those of CNCF distribution. No key is given: each finds the identity of its pod. */
const drivers: { readonly [Kind in Bucket['kind']]: (of: Extract<Bucket, { kind: Kind }>) => Settings } = {
  s3: ({ bucket, region, kmsKeyArn }) => ({
    name: 's3',
    rootdirectory: '/zot',
    region,
    bucket,
    secure: true,
    skipverify: false,
    ...(kmsKeyArn !== undefined && { encrypt: true, keyid: kmsKeyArn }),
  }),
  gcs: ({ bucket }) => ({ name: 'gcs', rootdirectory: '/zot', bucket }),
  azure: ({ bucket, account }) => ({
    name: 'azure',
    rootdirectory: '/zot',
    accountname: account,
    container: bucket,
    credentials: { type: 'default_credentials' },
  }),
};

function authOf(authentication: RegistryAuthentication): Settings {
  if (authentication.kind === 'htpasswd') return { htpasswd: { path: authentication.file } };
  if (authentication.kind === 'token') return {};
  const { issuer, clientSecretFile, scopes, groupsClaim, file } = authentication;
  return {
    ...(file !== undefined && { htpasswd: { path: file } }),
    // docker login takes a key that its owner made after signing in.
    apikey: true,
    secureSession: true,
    openid: {
      providers: {
        oidc: {
          name: 'oidc',
          issuer,
          credentialsFile: clientSecretFile,
          scopes: [...scopes],
          // Not the preferred name, which people choose themselves.
          claimMapping: { username: 'email', groups: groupsClaim },
        },
      },
    },
  };
}

/** A team that everybody who is let in is of, where there are no others. */
const everybody: RegistryTeam = { name: '', users: [], groups: [], push: ['**'], pull: ['**'] };

/**
 * Who may do what where. Of the patterns that a repository fits, zot reads the longest one alone, as a text: each one here says all that holds for it,
 * and a narrower one is written longer than the wider ones, by naming what it means more than once.
 */
export function zotRepositories({ teams, immutableTags, upstreams }: RegistrySettings): Settings {
  const caches = upstreams.map(({ host }): RepositoryPattern => ({ kind: 'tree', path: upstreamPath(host) }));
  const held = patternsOf(immutableTags);
  const rights = (teams.length === 0 ? [everybody] : teams).map((team) => ({
    team,
    push: patternsOf(team.push),
    pull: patternsOf(team.pull),
  }));
  const named = [...held, ...rights.flatMap(({ push, pull }) => [...push, ...pull])].filter(
    (pattern) => !caches.some((cache) => covers(cache, pattern)),
  );
  const found: Record<string, Json> = {};
  for (const pattern of withRoots([...named, ...caches])) {
    const within = (patterns: readonly RepositoryPattern[]): boolean => patterns.some((each) => covers(each, pattern));
    if (within(caches)) {
      // What an upstream has is never pushed: nobody can put something else in its place.
      found[zotPattern(pattern)] = { policies: [], defaultPolicy: [...actions.pull] };
      continue;
    }
    const push = within(held) ? actions.pushOnce : actions.push;
    const allowed = rights.flatMap(({ team, push: mayPush, pull: mayPull }) => {
      const may = within(mayPush) ? push : within(mayPull) ? actions.pull : undefined;
      return may === undefined ? [] : [{ team, may }];
    });
    found[zotPattern(pattern)] = {
      policies: allowed
        .filter(({ team }) => team !== everybody)
        .map(({ team: { users, groups }, may }) => ({ users: [...users], groups: [...groups], actions: [...may] })),
      defaultPolicy: allowed.filter(({ team }) => team === everybody).flatMap(({ may }) => [...may]),
    };
  }
  return found;
}

function patternsOf(texts: readonly string[]): readonly RepositoryPattern[] {
  return texts.flatMap((text) => repositoryPattern(text) ?? []);
}

/** Each once; and the root of each tree by itself, which a pattern of its level above may fit, too. */
function withRoots(patterns: readonly RepositoryPattern[]): readonly RepositoryPattern[] {
  const roots = patterns
    .filter(({ kind, path }) => kind === 'tree' && path !== '')
    .map(({ path }): RepositoryPattern => ({ kind: 'one', path }));
  return [...new Map([...patterns, ...roots].map((each) => [zotPattern(each), each])).values()];
}

/** A pattern as zot reads it: `shop/**`, `shop/{*,*}`, `shop/{cart,cart,cart,cart}`. */
function zotPattern({ kind, path }: RepositoryPattern): string {
  const prefix = kind === 'one' ? path.slice(0, path.lastIndexOf('/') + 1) : path === '' ? '' : `${path}/`;
  if (kind === 'tree') return `${prefix}**`;
  return kind === 'level' ? `${prefix}{*,*}` : `${prefix}{${Array(4).fill(path.slice(prefix.length)).join()}}`;
}
