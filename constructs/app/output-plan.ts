import { join } from 'node:path';
import { OutputFolderError } from './output-error';
import { hashOf, LEDGER, type Ledger, parseLedger, pathFault } from './output-ledger';
import type { FileSystem } from './output-transaction';

/** What has to change so that a folder holds exactly the wanted files, besides those that are not the tool's. */
export interface OutputPlan {
  /** The ledger found; undefined where there is none. */
  readonly before: Ledger | undefined;
  /** The ledger to leave. */
  readonly after: Ledger;
  readonly writes: readonly { readonly path: string; readonly content: Uint8Array; readonly replaces: boolean }[];
  readonly unchanged: readonly string[];
  readonly removals: readonly string[];
  /** Written or removed, but changed by someone else since the tool wrote them. */
  readonly edited: readonly string[];
}

/**
 * Compares a folder with the wanted files; reads only.
 * @throws OutputFolderError with all paths at fault, not the first alone; the file system's own errors.
 */
export function planOutput(folder: string, files: ReadonlyMap<string, string>, fs: FileSystem): OutputPlan {
  refuseBadPaths(files);
  const exists = isFolder(folder, fs);
  const before = exists ? readLedger(folder, fs) : undefined;
  const nested = new NestedFolders(folder, fs);
  const isOurs = (path: string) => before?.has(path) === true && nested.ownerOf(path) === undefined;
  const survey = new Survey(folder, fs, (path) => isOurs(path) && !files.has(path));
  const hashOfFile = (path: string) => hashOf(fs.readFileSync(join(folder, path)));

  const after = new Map<string, string>();
  const writes: OutputPlan['writes'][number][] = [];
  const unchanged: string[] = [];
  const removals: string[] = [];
  const edited: string[] = [];
  for (const [path, text] of files) {
    const content = Buffer.from(text); // Once, for the hash and for the disk.
    const hash = hashOf(content);
    after.set(path, hash);
    const known = before?.get(path);
    if (!exists || !survey.wants(path, isOurs)) {
      writes.push({ path, content, replaces: false });
      continue;
    }
    const found = hashOfFile(path);
    if (found === hash) unchanged.push(path);
    else {
      writes.push({ path, content, replaces: true });
      if (found !== known) edited.push(path);
    }
  }
  for (const [path, known] of before ?? []) {
    if (files.has(path) || !survey.holds(path) || !isOurs(path)) continue;
    removals.push(path);
    if (hashOfFile(path) !== known) edited.push(path);
  }
  survey.refuse();
  return { before, after, writes, unchanged, removals, edited };
}

/** `a, b, c and 7 more`, inside the folder. */
export function listPaths(folder: string, paths: readonly string[]): string {
  const shown = paths.slice(0, 10).map((path) => join(folder, path));
  return shown.join(', ') + (paths.length > shown.length ? ` and ${paths.length - shown.length} more` : '');
}

type Place = { readonly is: 'absent' | 'folder' | 'file' } | { readonly is: 'link' | 'other'; readonly at: string };

const ABSENT: Place = { is: 'absent' };
const FOLDER: Place = { is: 'folder' };
const FILE: Place = { is: 'file' };

/**
 * Output folders inside this one, as `dist/staging` in `dist`. A file that such a folder lists is its own, even where an older list of
 * this one names it too.
 */
class NestedFolders {
  private readonly ledgers = new Map<string, Ledger | undefined>();

  constructor(
    private readonly folder: string,
    private readonly fs: FileSystem,
  ) {}

  /** The folder inside this one that lists the file; undefined where none does. Asked for files that are there. */
  ownerOf(path: string): string | undefined {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const below = path.slice(0, slash);
      if (this.ledgerOf(below)?.has(path.slice(slash + 1)) === true) return below;
    }
    return undefined;
  }

  private ledgerOf(below: string): Ledger | undefined {
    if (!this.ledgers.has(below)) this.ledgers.set(below, readLedger(join(this.folder, below), this.fs));
    return this.ledgers.get(below);
  }
}

/** What stands in the folder now, without following links. */
class Survey {
  private readonly folders = new Map<string, Place>();
  private readonly links = new Set<string>();
  private readonly inTheWay = new Set<string>();

  /** @param goes - whether the file at a path is ours and will be removed, so that a folder can take its place. */
  constructor(
    private readonly folder: string,
    private readonly fs: FileSystem,
    private readonly goes: (path: string) => boolean,
  ) {}

  /** Whether a file of ours stands where one is wanted; notes what is in the way. */
  wants(path: string, isOurs: (path: string) => boolean): boolean {
    const place = this.at(path);
    if (place.is === 'link') this.links.add(place.at);
    else if (place.is === 'other') this.inTheWay.add(place.at);
    else if (place.is === 'folder' || (place.is === 'file' && !isOurs(path))) this.inTheWay.add(path);
    return place.is === 'file';
  }

  /** Whether a file that no longer belongs is still there. */
  holds(path: string): boolean {
    const place = this.at(path);
    if (place.is === 'link') this.links.add(place.at);
    return place.is === 'file';
  }

  /** Throws for everything noted. */
  refuse(): void {
    if (this.links.size > 0) throw symbolicLinks(this.folder, [...this.links].sort());
    if (this.inTheWay.size === 0) return;
    const paths = [...this.inTheWay].sort();
    throw new OutputFolderError(
      'in-the-way',
      paths,
      `kube-bulwark did not write ${listPaths(this.folder, paths)}, and generated files would go there`,
      'move that away or delete it, or choose another output folder. Nothing was changed',
    );
  }

  private at(path: string): Place {
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? FOLDER : this.parent(path.slice(0, slash));
    return parent.is === 'folder' ? this.look(path) : parent;
  }

  private parent(path: string): Place {
    let place = this.folders.get(path);
    if (place === undefined) {
      place = this.at(path);
      if (place.is === 'file') place = this.goes(path) ? ABSENT : { is: 'other', at: path };
      this.folders.set(path, place);
    }
    return place;
  }

  private look(path: string): Place {
    const found = this.fs.lstatSync(join(this.folder, path), { throwIfNoEntry: false });
    if (found === undefined) return ABSENT;
    if (found.isFile()) return FILE;
    if (found.isDirectory()) return FOLDER;
    return { is: found.isSymbolicLink() ? 'link' : 'other', at: path };
  }
}

function isFolder(folder: string, fs: FileSystem): boolean {
  const found = fs.statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return true;
  if (found === undefined && fs.lstatSync(folder, { throwIfNoEntry: false }) === undefined) return false;
  throw new OutputFolderError(
    'unwritable',
    [folder],
    `the output folder ${folder} is ${found === undefined ? 'a symbolic link to nothing' : 'not a folder'}`,
    'move that away, or choose another output folder',
  );
}

function readLedger(folder: string, fs: FileSystem): Ledger | undefined {
  const path = join(folder, LEDGER);
  const found = fs.lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) throw symbolicLinks(folder, [LEDGER]);
  return parseLedger(fs.readFileSync(path, 'utf8'), path);
}

function symbolicLinks(folder: string, paths: readonly string[]): OutputFolderError {
  return new OutputFolderError(
    'symbolic-link',
    paths,
    `${listPaths(folder, paths)} is a symbolic link on the way to a generated file, and what is written must stay in the folder`,
    'replace the link by a folder or file, or choose another output folder. Nothing was changed',
  );
}

function refuseBadPaths(files: ReadonlyMap<string, string>): void {
  const folded = new Map<string, string>();
  for (const path of files.keys()) {
    const fault = pathFault(path);
    if (fault !== undefined) throw badPath([path], `the output file ${JSON.stringify(path)} ${fault}`);
    const other = folded.get(path.toLowerCase());
    if (other !== undefined) throw badPath([other, path], `the output files ${other} and ${path} differ in case alone`);
    folded.set(path.toLowerCase(), path);
  }
  for (const path of files.keys()) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const file = folded.get(path.slice(0, slash).toLowerCase());
      if (file !== undefined)
        throw badPath([file, path], `the output file ${file} is in the place of a folder of ${path}`);
    }
  }
}

function badPath(paths: readonly string[], problem: string): OutputFolderError {
  return new OutputFolderError('bad-path', paths, problem, 'give each file a relative path of its own');
}
