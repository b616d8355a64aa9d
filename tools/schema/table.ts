/** Releases of Kubernetes -> the lines of core/schema/data.ts. */
import { type KubernetesVersion, kubernetesVersions, newestVersion, oldestVersion } from '../../core/cluster/version';
import type { OpenApiSchema, Release } from './releases';

/** Definitions that are no structs: how the API server decodes them, by the name that the data has for it. */
const special: Readonly<Record<string, string>> = {
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': 'any',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray': 'schema-or-list',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': 'schema-or-boolean',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray': 'schema-or-strings',
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'any',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'micro-time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'any',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'int-or-string',
};

/** `type/format` -> the name that the data has for it. */
const scalars: Readonly<Record<string, string>> = {
  'string/': 'string',
  'string/byte': 'bytes',
  'integer/int32': 'int32',
  'integer/int64': 'int64',
  'number/double': 'number',
  'boolean/': 'boolean',
};

/** Something that versions say: what each says, in the order of the versions. */
type Said = Map<KubernetesVersion, string>;

/** A field: its keys are those that the newest version says, as they were always the same, but not always said. */
interface Field {
  readonly said: Said;
  keys: string;
}

/** The lines of the data, sorted. */
export interface Table {
  readonly kinds: readonly string[];
  readonly definitions: readonly string[];
}

/** What all releases say together. */
export function tableOf(releases: Readonly<Record<KubernetesVersion, Release>>): Table {
  const kinds = new Map<string, Said>();
  const definitions = new Map<string, Map<string, Field>>();
  for (const version of kubernetesVersions) {
    const release = releases[version];
    const roots = kindsOf(release);
    for (const [kind, { definition, namespaced }] of roots) {
      const said = `${shortName(definition)} ${namespaced ? 'Namespaced' : 'Cluster'}`;
      entry(kinds, kind, () => new Map()).set(version, said);
    }
    for (const definition of reachable(
      release,
      [...roots.values()].map(({ definition }) => definition),
    )) {
      const fields = entry(definitions, shortName(definition), () => new Map<string, Field>());
      for (const [name, { said, keys }] of fieldsOf(release, definition)) {
        const field = entry(fields, name, (): Field => ({ said: new Map(), keys }));
        field.said.set(version, said);
        field.keys = keys;
      }
    }
  }
  return {
    kinds: sorted(kinds).flatMap(([kind, said]) => runs(said).map((run) => `${kind} ${run.said}${run.lifetime}`)),
    definitions: sorted(definitions).map(([name, fields]) =>
      [
        name,
        ...sorted(fields).flatMap(([field, { said, keys }]) =>
          runs(said).map((run) => `${field}${run.said}${keys}${run.lifetime}`),
        ),
      ].join(';'),
    ),
  };
}

/** `group/version Kind` -> its definition and scope: the kinds of which there are collections. */
function kindsOf({
  openApi,
}: Release): ReadonlyMap<string, { readonly definition: string; readonly namespaced: boolean }> {
  const definitionOf = new Map<string, string>();
  for (const [name, definition] of Object.entries(openApi.definitions)) {
    const listed = (definition as { readonly 'x-kubernetes-group-version-kind'?: readonly Record<string, string>[] })[
      'x-kubernetes-group-version-kind'
    ];
    for (const { group, version, kind } of listed ?? []) definitionOf.set(`${group}/${version} ${kind}`, name);
  }
  const kinds = new Map<string, { definition: string; namespaced: boolean }>();
  for (const [path, { get, post }] of Object.entries(openApi.paths)) {
    const match = /^\/(?:api|apis\/[^/]+)\/[^/]+\/(namespaces\/\{namespace\}\/)?[^/{}]+$/.exec(path.replace(/\/$/, ''));
    const subject = (post ?? get)?.['x-kubernetes-group-version-kind'];
    if (!match || !subject) continue;
    const { group, version } = subject;
    const name = `${group}/${version} ${subject.kind.replace(/List$/, '')}`;
    const definition = definitionOf.get(name);
    if (definition === undefined) throw new Error(`${path}: there is no definition of ${name}`);
    kinds.set(name, { definition, namespaced: match[1] !== undefined || (kinds.get(name)?.namespaced ?? false) });
  }
  return kinds;
}

/** The structs that objects of these definitions are made of. */
function reachable({ openApi }: Release, roots: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = ({ $ref, items, additionalProperties, properties }: OpenApiSchema): void => {
    if ($ref !== undefined) add(definitionName($ref));
    for (const below of [items, additionalProperties, ...Object.values(properties ?? {})]) if (below) visit(below);
  };
  const add = (name: string): void => {
    if (found.has(name) || Object.hasOwn(special, name)) return;
    found.add(name);
    visit(definitionOf(openApi.definitions, name));
  };
  roots.forEach(add);
  return found;
}

/** Field -> what the data says of it, behind its name. */
function fieldsOf(
  { openApi, enums }: Release,
  name: string,
): ReadonlyMap<string, { readonly said: string; readonly keys: string }> {
  const { properties = {}, required = [] } = definitionOf(openApi.definitions, name);
  const values = enums.get(functionOf(name));
  return new Map(
    Object.entries(properties).map(([field, schema]) => {
      const mapKeys = schema['x-kubernetes-list-map-keys'];
      const mergeKey = schema['x-kubernetes-patch-merge-key'];
      const parts = [
        required.includes(field) ? '!' : '',
        `:${typeOf(schema)}`,
        values?.has(field) ? `=${[...(values.get(field) ?? [])].sort().join('|')}` : '',
      ];
      const said = parts.join('');
      const keys = `${mergeKey === undefined ? '' : `^${mergeKey}`}${mapKeys === undefined ? '' : `#${mapKeys.join(',')}`}`;
      if (/[;@^#\n`\\]/.test(said)) throw new Error(`${name}.${field}: the data cannot hold ${said}`);
      return [field, { said, keys }];
    }),
  );
}

function typeOf(schema: OpenApiSchema): string {
  const { $ref, type, format = '', items, additionalProperties } = schema;
  if ($ref !== undefined) {
    const name = definitionName($ref);
    return Object.hasOwn(special, name) ? (special[name] ?? '') : shortName(name);
  }
  if (items) return `[]${typeOf(items)}`;
  if (additionalProperties) return `{}${typeOf(additionalProperties)}`;
  const scalar = scalars[`${type}/${format}`];
  if (scalar === undefined) throw new Error(`there is no name for the type ${JSON.stringify(schema)}`);
  return scalar;
}

function definitionName(ref: string): string {
  return ref.replace('#/definitions/', '');
}

function definitionOf(definitions: Readonly<Record<string, OpenApiSchema>>, name: string): OpenApiSchema {
  const definition = definitions[name];
  if (!definition) throw new Error(`there is no definition ${name}`);
  return definition;
}

/** `io.k8s.api.apps.v1.Deployment` and the like, without what all of them have. */
function shortName(name: string): string {
  return name.replace(/^io\.k8s\.(?:api|[a-z-]+\.pkg\.apis)\./, '');
}

/** The function of the generated Go file that makes the definition. */
function functionOf(name: string): string {
  return name
    .replace(/^io\.k8s\.api\./, 'k8sio.api.')
    .replace(/^io\.k8s\.[a-z-]+\.pkg\./, 'pkg.')
    .replaceAll('.', '_');
}

/** What versions in a row say alike, with the first and the last of them where there are others. */
function runs(said: Said): readonly { readonly said: string; readonly lifetime: string }[] {
  const found: { said: string; first: KubernetesVersion; last: KubernetesVersion }[] = [];
  let open: (typeof found)[number] | undefined;
  for (const version of kubernetesVersions) {
    const text = said.get(version);
    if (open && open.said === text) open.last = version;
    else {
      open = text === undefined ? undefined : { said: text, first: version, last: version };
      if (open) found.push(open);
    }
  }
  return found.map(({ said: text, first, last }) => {
    const since = first === oldestVersion ? '' : first;
    const until = last === newestVersion ? '' : `-${last}`;
    return { said: text, lifetime: since === '' && until === '' ? '' : `@${since}${until}` };
  });
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function sorted<V>(map: ReadonlyMap<string, V>): readonly (readonly [string, V])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
