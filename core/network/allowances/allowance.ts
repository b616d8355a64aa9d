import type { Path } from '../../manifest/path';
import type { Cidr } from '../cidr';
import type { PortEntry } from '../port-set';

/** Which way traffic goes, seen from the pods that a policy selects. */
export type Direction = 'ingress' | 'egress';

/** A block of addresses that a peer stands for. */
export interface AllowedBlock {
  readonly path: Path;
  /** As it was written: it may be no block at all. */
  readonly cidr: unknown;
  readonly cidrPath: Path;
  /** The parts of it that stay closed. */
  readonly except: readonly unknown[];
  /** How this kind of policy takes addresses out of it. */
  readonly excepts: 'except' | 'toCIDRSet' | 'deny' | 'notNets' | 'name';
}

/** A name that a peer stands for. */
export interface AllowedName {
  readonly path: Path;
  /** As it was written. */
  readonly name: string;
  /** In it `*` stands for any letters of one part of a name, `**` for those of several parts. */
  readonly pattern: string;
}

/** One of the peers that a rule lets through. */
export interface AllowedPeer {
  readonly path: Path;
  /** As it was written: the same for the same peer. */
  readonly value: unknown;
  /** True for every pod of every namespace. */
  readonly isCluster: boolean;
  /** True for every pod of every namespace but some that it names, or no exceptions at all. */
  readonly isMostOfCluster: boolean;
  /** The addresses that it names; none for pods and names. */
  readonly blocks: readonly AllowedBlock[];
  /** The names that it names, without those that stand for every address. */
  readonly names: readonly AllowedName[];
}

/** The blocks of every address of either family. */
export const everyAddress: readonly string[] = ['0.0.0.0/0', '::/0'];

/** A block by itself, that stands where its peer does. */
export function plainBlock(cidr: unknown, path: Path, excepts: AllowedBlock['excepts']): AllowedBlock {
  return { path, cidr, cidrPath: path, except: [], excepts };
}

/** What a name that every name meets stands for: whoever answers for names chooses their addresses. */
export function blocksOfEveryName(path: Path): readonly AllowedBlock[] {
  return everyAddress.map((cidr) => plainBlock(cidr, path, 'name'));
}

/** Whether a pattern is met by every name, so that its addresses may be any. */
export function isEveryName(pattern: string): boolean {
  return /^[*.]*\*[*.]*$/.test(pattern);
}

/** A name of a policy in which one `*` stands for several parts, too. */
export function nameOfParts(name: string, path: Path): AllowedName {
  return { path, name, pattern: name.replace(/\*+/g, '**') };
}

/** One of the ports that a rule lets through. */
export interface AllowedPort {
  readonly path: Path;
  readonly value: unknown;
  readonly entry: PortEntry;
}

/** What one rule of a network policy of any kind lets through. */
export interface Allowance {
  readonly direction: Direction;
  readonly path: Path;
  /** Undefined for everybody, where the rule names none. */
  readonly peers: readonly AllowedPeer[] | undefined;
  readonly peersPath: Path;
  /** Undefined for every port of every protocol, where the rule names none. */
  readonly ports: readonly AllowedPort[] | undefined;
  readonly portsPath: Path;
  /** What the same policy denies on every port, whatever this rule says. */
  readonly denied: readonly Cidr[];
}
