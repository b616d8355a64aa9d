import { fault } from './checks';
import {
  type EncryptionEntry,
  type EncryptionProvider,
  encryptedResources,
  encryptionFaults,
  encryptionFile,
  identity,
  keyFaults,
  keyNamesOf,
  providersOf,
} from './encryption';
import { ControlPlaneError, type ControlPlaneFault } from './fault';
import type { NodeFile } from './file';
import { defaultFolder, encryptionPath } from './paths';
import type { EncryptionKeys, EncryptionSettings } from './settings';

/** A step of a key rotation. A step is done on every node before the next one begins. */
export interface RotationStep {
  readonly id: 'read' | 'write' | 'rewrite' | 'retire';
  readonly title: string;
  /** What would go wrong without it. */
  readonly why: string;
  /** The file that has to be on every node of the control plane; absent where the step changes none. It holds keys. */
  readonly file?: NodeFile;
  /** Whether kube-apiserver has to be restarted, one node after the other, each ready before the next. */
  readonly restart: boolean;
  /** What to run; on each node where the step has a file, once otherwise. */
  readonly commands: readonly string[];
}

/** {@link keyRotation} */
export interface KeyRotation {
  /** What encrypts now; undefined where nothing does. */
  readonly from: EncryptionSettings | undefined;
  readonly to: EncryptionSettings;
  /** The material of the keys of both. */
  readonly keys: EncryptionKeys;
  /** @default '/etc/kubernetes/bulwark' */
  readonly folder?: string;
}

/**
 * The way from one encryption to another without a moment in which a node could not read what another one has written: first all nodes can
 * decrypt with the new key, then they encrypt with it, then everything is written anew, and only then the old key goes. For a new key of a
 * KMS there is no new configuration: the plugin says which key it uses, and the stored objects are rewritten.
 *
 * @throws ControlPlaneError with everything that is wrong with the settings or the material
 * @see https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#rotating-a-decryption-key
 */
export function keyRotation({ from, to, keys, folder = defaultFolder }: KeyRotation): readonly RotationStep[] {
  const before = from === undefined ? [identity] : providersOf(from);
  const after = providersOf(to);
  const known = from === undefined ? [] : encryptedResources(from);
  const resources = encryptedResources(to);
  const names = [...new Set([...keyNamesOf(before), ...keyNamesOf(after)])];
  const faults = [
    ...(from === undefined ? [] : encryptionFaults(from).map((of) => ({ ...of, property: `from.${of.property}` }))),
    ...encryptionFaults(to).map((of) => ({ ...of, property: `to.${of.property}` })),
    ...lostFaults(known, resources),
    ...keyFaults(names, keys),
  ];
  if (faults.length > 0) throw new ControlPlaneError(faults);
  const added = resources.filter((resource) => !known.includes(resource));
  const fileOf = (...entries: readonly EncryptionEntry[]) =>
    encryptionFile(
      encryptionPath(folder),
      entries.filter((entry) => entry.resources.length > 0),
      keys,
    );
  const rewrite: RotationStep = {
    id: 'rewrite',
    title: 'Write everything that is stored anew',
    why: 'What is stored stays encrypted as it was until it is written again.',
    restart: false,
    commands: resources.flatMap(rewriteCommands),
  };
  if (added.length === 0 && JSON.stringify(before) === JSON.stringify(after)) return [rewrite];
  const write = fileOf({ resources, providers: merged(after, before) });
  const end = fileOf({ resources, providers: after });
  const steps: readonly RotationStep[] = [
    {
      id: 'read',
      title: 'Let every API server decrypt with the new key',
      why: 'An API server that lacks the key cannot read what another one has encrypted with it.',
      ...configured(
        fileOf(
          { resources: known, providers: merged(before, after) },
          { resources: added, providers: merged([identity], after) },
        ),
      ),
    },
    {
      id: 'write',
      title: 'Encrypt with the new key',
      why: 'Every node can read it by now; the old key stays for what it has encrypted.',
      ...configured(write),
    },
    rewrite,
    {
      id: 'retire',
      title: 'Take the old key away',
      why: 'Keep it with the backups of etcd that were made with it: without it nobody can read them.',
      ...configured(end),
    },
  ];
  // Nothing goes where nothing encrypted before.
  return steps.filter(({ id }) => id !== 'retire' || end.content !== write.content);
}

/** What is no longer encrypted can no longer be read, either. */
function lostFaults(known: readonly string[], resources: readonly string[]): readonly ControlPlaneFault[] {
  const lost = known.filter((resource) => !resources.includes(resource) && !resources.includes('*.*'));
  if (lost.length === 0) return [];
  const message = `${lost.join(', ')} would stay encrypted as it is, with nobody to read it`;
  return [fault('to.encryption.resources', resources, message, `add ${lost.join(', ')}`)];
}

/** The first providers, with what the second have besides: `identity` stays where the first have it if it encrypts, and is last otherwise. */
function merged(
  first: readonly EncryptionProvider[],
  second: readonly EncryptionProvider[],
): readonly EncryptionProvider[] {
  const plain = first.length === 1 && first[0] === identity;
  const keys = [...new Set([...keyNamesOf(first), ...keyNamesOf(second)])];
  const all: EncryptionProvider[] = [];
  for (const provider of [...first, ...second]) {
    if ('identity' in provider) continue;
    const known = all.some((other) =>
      'kms' in provider ? 'kms' in other && other.kms.name === provider.kms.name : 'secretbox' in other,
    );
    if (!known) all.push('kms' in provider ? provider : { secretbox: keys });
  }
  return plain ? [identity, ...all] : [...all, identity];
}

function configured(file: NodeFile): Pick<RotationStep, 'file' | 'restart' | 'commands'> {
  return {
    file,
    restart: true,
    commands: [
      `install -o root -g root -m 0600 /dev/stdin ${file.path}`,
      // A static pod is made anew when the kubelet has seen it go.
      'crictl stop "$(crictl ps --name kube-apiserver -q)"',
      'kubectl get --raw=/readyz',
    ],
  };
}

/** Page by page, so that no list of a large cluster stands in memory; a conflict means that somebody else has just written the object. */
function rewriteCommands(resource: string): readonly string[] {
  if (resource.includes('*')) {
    const group = resource === '*.*' ? '' : ` --api-group='${resource.slice(2)}'`;
    return [
      `for kind in $(kubectl api-resources --verbs=list,update -o name${group}); do kubectl get "$kind" -A -o json --chunk-size=500 | kubectl replace -f -; done`,
    ];
  }
  return [`kubectl get ${resource} -A -o json --chunk-size=500 | kubectl replace -f -`];
}
