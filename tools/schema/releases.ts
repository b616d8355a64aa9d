/** What the API machinery of each Kubernetes release says of its own kinds, through the Go module proxy. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesVersion } from '../../core/cluster/version';

/** One release for each minor version: fields never come or go in a patch release. */
export const releases: Readonly<Record<KubernetesVersion, string>> = {
  '1.28': 'v1.28.15',
  '1.29': 'v1.29.15',
  '1.30': 'v1.30.14',
  '1.31': 'v1.31.14',
  '1.32': 'v1.32.13',
  '1.33': 'v1.33.13',
  '1.34': 'v1.34.0',
  '1.35': 'v1.35.4',
  '1.36': 'v1.36.3',
  '1.37': 'v1.37.1',
};

/** A schema of OpenAPI 2, as far as Kubernetes uses it. */
export interface OpenApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-patch-merge-key'?: string;
}

interface Operation {
  readonly 'x-kubernetes-group-version-kind'?: {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  };
}

/** `api/openapi-spec/swagger.json` of a release. */
export interface OpenApi {
  readonly definitions: Readonly<Record<string, OpenApiSchema>>;
  readonly paths: Readonly<Record<string, { readonly get?: Operation; readonly post?: Operation }>>;
}

/** Function of the generated Go file -> property -> the values that it takes. The published OpenAPI leaves them out. */
export type Enums = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** What a release says. */
export interface Release {
  readonly openApi: OpenApi;
  readonly enums: Enums;
}

/** Reads a release, which the Go module proxy sends where it is not in the module cache. */
export function readRelease(release: string): Release {
  const answer = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${release}`], {
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  const { Dir: folder } = JSON.parse(answer) as { readonly Dir: string };
  const read = (...path: readonly string[]) => readFileSync(join(folder, ...path), 'utf8');
  return {
    openApi: JSON.parse(read('api', 'openapi-spec', 'swagger.json')) as OpenApi,
    enums: readEnums(read('pkg', 'generated', 'openapi', 'zz_generated.openapi.go')),
  };
}

/** The enums of a generated Go file, which gofmt has laid out: one `Enum:` below the property that it is of. */
export function readEnums(source: string): Enums {
  const enums = new Map<string, Map<string, readonly string[]>>();
  let schema = '';
  let property = '';
  for (const line of source.split('\n')) {
    const start = /^func schema_(\w+)\(/.exec(line);
    if (start) [, schema = ''] = start;
    const named = /^\t{5}"([^"]+)": \{$/.exec(line);
    if (named) [, property = ''] = named;
    const [, list] = /^\s*Enum:\s*\[\]interface\{\}\{(.*)\},$/.exec(line) ?? [];
    if (list === undefined) continue;
    const values = JSON.parse(`[${list}]`) as readonly string[];
    enums.set(schema, (enums.get(schema) ?? new Map()).set(property, values));
  }
  return enums;
}
