import { hash } from '../hash';

/** Names that Windows keeps for devices, with any extension and in any case (Microsoft: Naming Files, Paths, and Namespaces). */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** Names that kustomize reads as its own file: a namespace of that name must not become one. */
const KUSTOMIZATION = /^kustomization$/;

/** The longest file name that ext4, APFS, NTFS and their network forms all take is 255; the rest is left for temporary names. */
const LONGEST = 200;
const KEPT_OF_LONG = 180;

/**
 * `text` as part of a file name that every file system can hold. Lower-case letters, digits, `-`, `_` and `.` stand for
 * themselves; everything else, capital letters included, becomes `%` and the hexadecimal codes of its UTF-8 bytes.
 *
 * So no two texts share a result, not even where the file system ignores case (macOS, Windows) or recomposes accents: the
 * ClusterRoles `admin`, `Admin` and `system:admin` are three files.
 */
export function encodeName(text: string): string {
  return /^[a-z0-9._-]*$/.test(text) ? text : text.replace(/[^a-z0-9._-]/gu, percent);
}

/** The Kind and group of a file name; a Kind keeps its capitals, for they are how it is read. */
function encodeKind(text: string): string {
  return /^[A-Za-z0-9.-]*$/.test(text) ? text : text.replace(/[^A-Za-z0-9.-]/gu, percent);
}

/**
 * The folder or file (without its extension) of a namespace. A name that Windows, kustomize or `reserved` claims gets the prefix
 * `namespace.`; no other namespace can have that, because a namespace's name holds no dot.
 */
export function namespaceFileName(namespace: string, reserved: ReadonlySet<string>): string {
  const name = shorten(encodeName(namespace).replaceAll('.', '%2E'));
  return reserved.has(name) || WINDOWS_DEVICE.test(name) || KUSTOMIZATION.test(name) ? `namespace.${name}` : name;
}

/** The file name of one object, without its extension. */
export function objectFileName(kind: string, group: string, name: string): string {
  const file = shorten([encodeKind(kind), ...(group === '' ? [] : [encodeKind(group)]), encodeName(name)].join('.'));
  return WINDOWS_DEVICE.test(file) || file.startsWith('.') ? percent(file.slice(0, 1)) + file.slice(1) : file;
}

function percent(character: string): string {
  // A lone surrogate has no UTF-8 bytes and would share those of U+FFFD: its code unit is written instead.
  if (/^\p{Surrogate}$/u.test(character)) return `%u${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return Array.from(
    new TextEncoder().encode(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

/** A name too long for a file system keeps its beginning and ends in `~` and a hash of the whole. */
function shorten(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, KEPT_OF_LONG)}~${hash(name)}`;
}
