/**
 * Writes core/schema/data.ts, the fields of Kubernetes' own objects, and core/cluster/pod-fields.ts, those of a pod that
 * not every version has, from one release for each minor version: `npm run schema`. It needs Go, and downloads about
 * 30 MB a release where the module cache lacks it.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KubernetesVersion, kubernetesVersions } from '../../core/cluster/version';
import { podFieldsText } from './pod-fields';
import { type Release, readRelease, releases } from './releases';
import { tableOf } from './table';

const read = Object.fromEntries(kubernetesVersions.map((version) => [version, readRelease(releases[version])]));
const { kinds, definitions } = tableOf(read as Readonly<Record<KubernetesVersion, Release>>);
const all = kubernetesVersions.map((version) => releases[version]);

const text = `// Written by tools/schema from k8s.io/kubernetes ${all[0]} to ${all.at(-1)}. Do not edit.

/** A kind a line: \`group/version Kind definition scope\`, then in which versions where it is not in all of them. */
export const kindLines = \`
${kinds.join('\n')}
\`;

/**
 * A definition a line: its name, then its fields. Of each field the name, \`!\` where it is required, \`:\` and its type
 * (\`[]\` a list of, \`{}\` a map of), \`=\` the values of an enum, \`^\` the key of a strategic merge, \`#\` the keys of a map
 * list, and \`@since-last\` where not all versions say that.
 */
export const definitionLines = \`
${definitions.join('\n')}
\`;
`;
const root = join(__dirname, '..', '..');
writeFileSync(join(root, 'core', 'schema', 'data.ts'), text);
const podFields = join(root, 'core', 'cluster', 'pod-fields.ts');
writeFileSync(podFields, podFieldsText(read as Readonly<Record<KubernetesVersion, Release>>));
execFileSync('npx', ['biome', 'format', '--write', podFields], { stdio: 'ignore' });
