import type { Distribution } from '../../cluster/distribution';
import type { ClusterTarget } from '../../cluster/target';
import { fault } from '../checks';
import type { ControlPlane } from '../control-plane';
import { ControlPlaneError } from '../fault';
import type { NeededFile, NodeFile, NodeMount } from '../file';
import { type ControlPlaneComponent, type Flag, flagText } from '../flag';

/** Something of a control plane that a distribution has no setting for. */
export interface NotSettable {
  /** As {@link partName} names it: `kube-apiserver --audit-log-mode=blocking`, the path of a file, `mount <path>`. */
  readonly what: string;
  readonly why: string;
  /** What to do about it. */
  readonly instead: string;
}

/** Something of a control plane that the distribution has in a form of its own, or sees to by itself. */
export interface Replaced {
  /** As {@link partName} names it. */
  readonly what: string;
  readonly by: string;
}

/** What became of every flag, file and mount of a control plane: each is in exactly one of the lists. */
export interface Account {
  /** What stands in the output as it was asked for. */
  readonly written: readonly string[];
  readonly replaced: readonly Replaced[];
  readonly notSettable: readonly NotSettable[];
}

/** A file for the tool that makes the cluster, where it runs. */
export interface ToolFile {
  /** Relative: `kubeadm.yaml`. */
  readonly name: string;
  readonly content: string;
  /** Whether the content holds keys: whoever stores or shows it has to treat it as a secret. */
  readonly holdsSecrets: boolean;
}

/** A folder that has to be there before the control plane starts, and that nobody else makes. */
export interface NodeFolder {
  readonly path: string;
  /** Permission bits: `0o700`. CIS 1.12 1.1.11 and following. */
  readonly mode: number;
  readonly owner: string;
}

/** A control plane in the form of a distribution that runs it on nodes of one's own. */
export interface WrittenControlPlane extends Account {
  /** For the tool of the distribution. */
  readonly config: readonly ToolFile[];
  /** For every node of the control plane. */
  readonly files: readonly NodeFile[];
  /** On every node of the control plane. */
  readonly folders: readonly NodeFolder[];
  /** What somebody else has to put onto the nodes. */
  readonly needs: readonly NeededFile[];
  /** What to do with it, in order, and what has to be known. */
  readonly steps: readonly string[];
}

/** A control plane as far as a cloud that runs it by itself has settings for it. */
export interface ManagedControlPlane<Values> extends Account {
  /** For the cloud's own resources, by their names in its API. */
  readonly values: Values;
}

/** One flag, file or mount. */
export type Part =
  | { readonly kind: 'flag'; readonly flag: Flag }
  | { readonly kind: 'file'; readonly file: NodeFile }
  | { readonly kind: 'mount'; readonly mount: NodeMount };

/** What becomes of a part. */
export type Fate = 'written' | Omit<Replaced, 'what'> | Omit<NotSettable, 'what'>;

/** How the lists of an {@link Account} name a part. The values of flags are no secrets; contents of files never are in it. */
export function partName(part: Part): string {
  if (part.kind === 'flag') return `${part.flag.component} ${flagText(part.flag)}`;
  return part.kind === 'file' ? part.file.path : `mount ${part.mount.path}`;
}

/** Every flag, file and mount, in that order. */
export function partsOf({ flags, files, mounts }: Pick<ControlPlane, 'flags' | 'files' | 'mounts'>): readonly Part[] {
  return [
    ...flags.map((flag): Part => ({ kind: 'flag', flag })),
    ...files.map((file): Part => ({ kind: 'file', file })),
    ...mounts.map((mount): Part => ({ kind: 'mount', mount })),
  ];
}

/** What a writer works with: the parts that it writes as they are, and the account of all of them. */
export interface Sorted {
  readonly account: Account;
  readonly flags: readonly Flag[];
  readonly files: readonly NodeFile[];
  readonly mounts: readonly NodeMount[];
}

/** Decides on every part once, so that none is forgotten and none is written that the account does not have. */
export function sortParts(controlPlane: ControlPlane, fateOf: (part: Part) => Fate): Sorted {
  const parts = partsOf(controlPlane).map((part) => ({ part, what: partName(part), fate: fateOf(part) }));
  const kept = parts.filter(({ fate }) => fate === 'written').map(({ part }) => part);
  return {
    account: {
      written: kept.map(partName),
      replaced: parts.flatMap(({ what, fate }) =>
        typeof fate === 'object' && 'by' in fate ? [{ what, ...fate }] : [],
      ),
      notSettable: parts.flatMap(({ what, fate }) =>
        typeof fate === 'object' && 'why' in fate ? [{ what, ...fate }] : [],
      ),
    },
    flags: kept.flatMap((part) => (part.kind === 'flag' ? [part.flag] : [])),
    files: kept.flatMap((part) => (part.kind === 'file' ? [part.file] : [])),
    mounts: kept.flatMap((part) => (part.kind === 'mount' ? [part.mount] : [])),
  };
}

/** The flags of one program. */
export function flagsFor(flags: readonly Flag[], component: ControlPlaneComponent): readonly Flag[] {
  return flags.filter((flag) => flag.component === component);
}

/** Permission bits as configuration files have them: `0600`. */
export function modeText(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/**
 * Anonymous requests, discovery and defaults follow the distribution of the target: one writer takes no other's control plane.
 * @throws ControlPlaneError
 */
export function requireTarget({ distribution }: ClusterTarget, writer: string, allowed: readonly Distribution[]): void {
  if (allowed.includes(distribution)) return;
  const message = `${writer} cannot be written for a control plane that was made for ${distribution}`;
  const remedy = `make the target with distribution: ${allowed.map((name) => `'${name}'`).join(' or ')}`;
  throw new ControlPlaneError([fault('target.distribution', distribution, message, remedy)]);
}
