import { isMapping } from '../../core/manifest/plain';
import { writeYaml } from '../../core/manifest/yaml/write';
import type { ControlPlaneFile, ControlPlaneToolFile } from '../audit-logging/outputs';
import type { Registration } from './collect';

/** What a program puts out for the nodes of a control plane, or for a cloud's resources: nothing that a cluster is told. */
export interface NodeFiles {
  /** By relative path: `audit-logging/kubeadm.yaml`. */
  readonly files: ReadonlyMap<string, string>;
  /** What is not among them, since it holds keys, or is not known before an update. */
  readonly withheld: readonly string[];
}

const type = 'kube-bulwark:index:AuditLogging';

/** Outputs that are secret whatever they are made of; what is in them has its name in `secretFileNames`. */
const alwaysSecret: ReadonlySet<string> = new Set(['secretFiles', 'secretToolFiles', 'rotationSteps']);

/** What says what the others are for, in the order of reading. */
const described = [
  'steps',
  'folders',
  'mounts',
  'needs',
  'secretFileNames',
  'notSettable',
  'replaced',
  'sizing',
  'flags',
] as const;

/** The files of every stack of ours among what was registered, below its name. */
export function nodeFiles(registrations: readonly Registration[]): NodeFiles {
  const files = new Map<string, string>();
  const withheld: string[] = [];
  for (const { name, outputs } of registrations.filter((each) => each.type === type)) {
    if (outputs === undefined) continue;
    const { values, secrets, unknown } = outputs;
    const lost = [...secrets, ...unknown].map(([first]) => String(first)).filter((output) => !alwaysSecret.has(output));
    withheld.push(
      ...listOf<string>(values.secretFileNames).map((file) => `${name}: ${file}`),
      ...[...new Set(lost)].map((output) => `${name}: the output ${output}`),
    );
    const onNodes = listOf<ControlPlaneFile>(values.files);
    for (const { path, content } of onNodes) files.set(`${name}/nodes${path}`, content);
    for (const file of listOf<ControlPlaneToolFile>(values.toolFiles)) files.set(`${name}/${file.name}`, file.content);
    if (isMapping(values.values) && Object.keys(values.values).length > 0)
      files.set(`${name}/values.json`, `${JSON.stringify(values.values, undefined, 2)}\n`);
    const about = {
      files: onNodes.map(({ path, mode, owner }) => ({ path, mode, owner })),
      ...Object.fromEntries(described.map((key) => [key, values[key]]).filter(([, value]) => value !== undefined)),
    };
    files.set(`${name}/control-plane.yaml`, writeYaml(about));
  }
  return { files, withheld };
}

/** Stacks of ours whose files would lie in one folder, since they are called alike: one could be taken for the other. */
export function nodeFaults(registrations: readonly Registration[]): readonly string[] {
  const names = registrations.filter((each) => each.type === type).map(({ name }) => name);
  const twice = new Set(names.filter((name, i) => names.indexOf(name) < i));
  return [...twice].map(
    (name) =>
      `${type} ${name}: there are several of this name, and the files for their nodes would be mixed up; name each`,
  );
}

function listOf<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]).filter((item) => item !== null) : [];
}
