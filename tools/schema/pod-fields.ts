/** Releases of Kubernetes -> the text of core/cluster/pod-fields.ts. */
import { type KubernetesVersion, kubernetesVersions, newestVersion, oldestVersion } from '../../core/cluster/version';
import { type OpenApi, type OpenApiSchema, type Release, releases } from './releases';

/** The module with every field of a PodSpec that came after the oldest version, or went again. */
export function podFieldsText(read: Readonly<Record<KubernetesVersion, Release>>): string {
  const seen = new Map<string, { readonly since: KubernetesVersion; last: KubernetesVersion }>();
  for (const version of kubernetesVersions) {
    for (const path of pathsOf(read[version].openApi)) {
      const lifetime = seen.get(path);
      if (lifetime) lifetime.last = version;
      else seen.set(path, { since: version, last: version });
    }
  }
  const lines = [...seen]
    .filter(([path, { since, last }]) => {
      if (since === oldestVersion && last === newestVersion) return false;
      // Of a field that came together with its parent, the parent says enough.
      const parent = seen.get(path.replace(/(?:\[\])?\.[^.]+$/, ''));
      return !path.includes('.') || parent?.since !== since || parent.last !== last;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { since, last }]) => {
      const end = last === newestVersion ? '' : `, last: '${last}'`;
      return `  '${path}': { since: '${since}'${end} },\n`;
    });
  return `// Written by tools/schema from k8s.io/kubernetes ${releases[oldestVersion]} to ${releases[newestVersion]}. Do not edit.
import type { KubernetesVersion } from './version';

/** The versions whose API has a field. */
export interface FieldLifetime {
  readonly since: KubernetesVersion;
  /** The last version that has it; absent while the newest one does. */
  readonly last?: KubernetesVersion;
}

/**
 * Fields of a PodSpec that not every supported version's API has, by path below the spec; \`[]\` stands for any index.
 * What came together with its parent is not listed. A field that is here may still be off by default: see features.ts.
 */
export const podFields: Readonly<Record<string, FieldLifetime>> = {
${lines.join('')}};
`;
}

/** The paths of all fields of a PodSpec, in the form `containers[].ports[].name`. No type of it holds itself. */
function pathsOf({ definitions }: OpenApi): readonly string[] {
  const paths: string[] = [];
  const walk = (schema: OpenApiSchema, at: string): void => {
    if (schema.$ref !== undefined) walk(definitions[schema.$ref.replace('#/definitions/', '')] ?? {}, at);
    if (schema.items) walk(schema.items, `${at}[]`);
    // The metadata of a claim's template is that of every object.
    for (const [name, below] of Object.entries(schema.properties ?? {})) {
      const path = at === '' ? name : `${at}.${name}`;
      paths.push(path);
      if (name !== 'metadata') walk(below, path);
    }
  };
  walk(definitions['io.k8s.api.core.v1.PodSpec'] ?? {}, '');
  return paths;
}
