import { isMapping } from '../../core/manifest/plain';
import { writeYaml } from '../../core/manifest/yaml/write';
import type { ControlPlaneFile, ControlPlaneToolFile } from '../audit-logging/outputs';
import type { Registration } from './collect';

/** What a program puts out for nodes, or for a cloud's resources: nothing that a cluster is told. */
export interface NodeFiles {
  /** By relative path: `audit-logging/kubeadm.yaml`. */
  readonly files: ReadonlyMap<string, string>;
  /** What is not among them, since it holds keys, or is not known before an update. */
  readonly withheld: readonly string[];
}

type Outputs = Readonly<Record<string, unknown>>;
type Files = readonly (readonly [path: string, content: string])[];

/** The components of ours that have something for nodes, and which files their outputs become. */
const writers: Readonly<Record<string, (values: Outputs) => Files>> = {
  'kube-bulwark:index:AuditLogging': controlPlaneFiles,
  'kube-bulwark:index:PrivateRegistry': registryFiles,
};

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

/** What a private registry says besides its files: where else nodes need something. */
const ofRegistry = ['host', 'address', 'authorityPath'] as const;

/** The files of every stack of ours among what was registered, below its name. */
export function nodeFiles(registrations: readonly Registration[]): NodeFiles {
  const files = new Map<string, string>();
  const withheld: string[] = [];
  for (const { type, name, outputs } of registrations) {
    const write = writers[type];
    if (write === undefined || outputs === undefined) continue;
    const { values, secrets, unknown } = outputs;
    const lost = [...secrets, ...unknown].map(([first]) => String(first)).filter((output) => !alwaysSecret.has(output));
    withheld.push(
      ...listOf<string>(values.secretFileNames).map((file) => `${name}: ${file}`),
      ...[...new Set(lost)].map((output) => `${name}: the output ${output}`),
    );
    for (const [path, content] of write(values)) files.set(`${name}/${path}`, content);
  }
  return { files, withheld };
}

function controlPlaneFiles(values: Outputs): Files {
  const onNodes = listOf<ControlPlaneFile>(values.files);
  const about = {
    files: onNodes.map(({ path, mode, owner }) => ({ path, mode, owner })),
    ...some(values, described),
  };
  return [
    ...onNodes.map(({ path, content }) => [`nodes${path}`, content] as const),
    ...listOf<ControlPlaneToolFile>(values.toolFiles).map(({ name, content }) => [name, content] as const),
    ...(isMapping(values.values) && Object.keys(values.values).length > 0
      ? [['values.json', `${JSON.stringify(values.values, undefined, 2)}\n`] as const]
      : []),
    ['control-plane.yaml', writeYaml(about)],
  ];
}

function registryFiles(values: Outputs): Files {
  const onNodes = isMapping(values.nodeFiles) ? Object.entries(values.nodeFiles) : [];
  return [
    ...onNodes.map(([path, content]) => [`nodes${path}`, String(content)] as const),
    ['registry.yaml', writeYaml(some(values, ofRegistry))],
  ];
}

/** Those of the outputs that are there. */
function some(values: Outputs, keys: readonly string[]): Outputs {
  return Object.fromEntries(keys.map((key) => [key, values[key]]).filter(([, value]) => value !== undefined));
}

/** Stacks of ours whose files would lie in one folder, since they are called alike: one could be taken for the other. */
export function nodeFaults(registrations: readonly Registration[]): readonly string[] {
  const ours = registrations.filter(({ type }) => writers[type] !== undefined);
  const twice = ours.filter(({ name }, i) => ours.findIndex((other) => other.name === name) < i);
  const faults = twice.map(
    ({ type, name }) =>
      `${type} ${name}: there are several of this name, and the files for their nodes would be mixed up; name each`,
  );
  return [...new Set(faults)];
}

function listOf<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]).filter((item) => item !== null) : [];
}
