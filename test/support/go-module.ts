/**
 * Files of others that tests check against, and that no npm package has: a schema, CustomResourceDefinitions. They come from the source of
 * pinned Go modules, through the ordinary Go module proxy, and stay in Go's own module cache: nothing of them is copied here.
 */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { describeUnless, type Lack, reasonToSkip } from './lack';

/** A version of a module. */
export interface GoModule {
  readonly module: string;
  readonly version: string;
  /** Of its files, as go.sum has it: another one fails the test. */
  readonly sum: string;
}

/** Modules whose files tests read. */
export const goModules = {
  /** Its tests hold the schema of SARIF 2.1.0 as OASIS published it (errata 01). Apache-2.0. */
  gosec: {
    module: 'github.com/securego/gosec/v2',
    version: 'v2.30.0',
    sum: 'h1:67aF6LHa7SAL6QEc4es857GrXTT50gUqmrl0XPhtDx0=',
  },
  /** CustomResourceDefinitions of the Gateway API. Apache-2.0. */
  gatewayApi: {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.5.1',
    sum: 'h1:RqVRIlkhLhUO8wOHKTLnTJA6o/1un4po4/6M1nRzdd0=',
  },
  /** The last version with XListenerSet, which became ListenerSet. */
  gatewayApiWithXListenerSet: {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.4.1',
    sum: 'h1:NPxFutNkKNa8UfLd2CMlEuhIPMQgDQ6DXNKG9sHbJU8=',
  },
  /** The CustomResourceDefinition of SealedSecrets. Apache-2.0. */
  sealedSecrets: {
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: 'v0.27.1',
    sum: 'h1:oSq/rCGYz0pk7RP4RacIorG/VCWA6c4D8wIEpRkZAUg=',
  },
  /** CustomResourceDefinitions of Cilium. Apache-2.0. */
  cilium: {
    module: 'github.com/cilium/cilium',
    version: 'v1.20.0',
    sum: 'h1:ChjrRtiDjtLKe0FkygGTMxEIUtqQh5lEXZL+bLfeb1I=',
  },
  /** CustomResourceDefinitions of Istio. Apache-2.0. */
  istioApi: {
    module: 'istio.io/api',
    version: 'v1.31.1',
    sum: 'h1:5Yb5ihcz4YQsCkciusK7DnFpBMwRB6EFWeUKH1Atuyk=',
  },
} as const satisfies Readonly<Record<string, GoModule>>;

export type GoModuleId = keyof typeof goModules;

/** The folder of a module's files, or why there is none. */
export type Downloaded = { readonly folder: string } | Lack;

/** A `describe` of tests that read a module's files: skipped where there is no Go or no proxy. */
export function describeGoModule(id: keyof typeof goModules, name: string, body: (folder: () => string) => void): void {
  const downloaded = goModule(id);
  const lack = 'skipped' in downloaded ? downloaded : undefined;
  describeUnless(lack, name, () => body(() => ('folder' in downloaded ? downloaded.folder : '')));
}

const known = new Map<GoModuleId, Downloaded>();

/** The files of a module, downloaded once. With CI=true it throws where there are none. */
export function goModule(id: GoModuleId): Downloaded {
  const downloaded = known.get(id) ?? download(goModules[id]);
  known.set(id, downloaded);
  if ('skipped' in downloaded) reasonToSkip(downloaded);
  return downloaded;
}

function download({ module, version, sum }: GoModule): Downloaded {
  const { stdout, stderr, error } = spawnSync('go', ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: tmpdir(),
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off' },
  });
  if (error !== undefined) return { skipped: `${module} is downloaded by Go, and Go does not run: ${error.message}` };
  const answer = stdout.trim() === '' ? { Error: stderr } : JSON.parse(stdout);
  const { Dir: folder, Sum, Error: reason } = answer as { readonly [key in 'Dir' | 'Sum' | 'Error']?: string };
  if (folder === undefined) return { skipped: `${module} ${version} could not be downloaded: ${reason}` };
  if (Sum !== sum) throw new Error(`${module} ${version} has the sum ${Sum}, not ${sum}`);
  return { folder };
}
