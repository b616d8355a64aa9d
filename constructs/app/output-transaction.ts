import type * as nodeFs from 'node:fs';
import { dirname, join } from 'node:path';

/** What of `node:fs` an output folder uses; tests put faults in. */
export type FileSystem = Pick<
  typeof nodeFs,
  | 'copyFileSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'mkdtempSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeFileSync'
>;

/** A content that waits in the staging folder. */
export type Staged = string & { readonly staged: unique symbol };

/** What a rollback could not put back. */
export interface Rollback {
  /** Paths in the folder that differ from the previous output. Empty: it is whole. */
  readonly lost: readonly string[];
  /** The folder that keeps their previous content; gone where nothing is lost. */
  readonly backups: string;
}

interface Undo {
  readonly run: () => void;
  /** The file that is not restored if `run` fails; none where only a folder stays behind. */
  readonly path?: string;
}

const STAGING = /^\.kube-bulwark-(\d+)-[A-Za-z0-9]{6}$/;

/**
 * Changes to a folder that happen all or not at all. Contents are first staged in a folder inside it (the same file system, so
 * that each rename is atomic), and every change can be undone until `finish`. A process that is killed in the middle leaves whole
 * files, old or new, and a staging folder for `removeLeftovers`.
 */
export class OutputTransaction {
  private readonly undo: Undo[] = [];
  private readonly folders = new Set<string>();
  private readonly staging: string;
  private temporary = 0;

  /** Makes the folder, if it is not there, and a staging folder in it. Failing, it leaves nothing. */
  constructor(
    private readonly folder: string,
    private readonly fs: FileSystem,
  ) {
    try {
      this.makeFolder(folder);
      this.staging = fs.mkdtempSync(join(folder, `.kube-bulwark-${process.pid}-`));
    } catch (error) {
      this.undoAll();
      throw error;
    }
    this.undo.push({ run: () => fs.rmSync(this.staging, { recursive: true, force: true }) });
  }

  stage(content: string | Uint8Array): Staged {
    const file = this.temporaryName();
    this.fs.writeFileSync(file, content);
    return file as Staged;
  }

  /** Brings a staged content to its place; `replaces` says that a file is there. */
  put(staged: Staged, path: string, replaces: boolean): void {
    const target = join(this.folder, path);
    if (replaces) {
      const backup = this.temporaryName();
      this.backUp(target, backup);
      this.fs.renameSync(staged, target);
      this.undo.push({ path, run: () => this.fs.renameSync(backup, target) });
    } else {
      this.makeFolder(dirname(target));
      this.fs.renameSync(staged, target);
      this.undo.push({ path, run: () => this.fs.unlinkSync(target) });
    }
  }

  remove(path: string): void {
    const target = join(this.folder, path);
    const backup = this.temporaryName();
    this.fs.renameSync(target, backup);
    this.undo.push({ path, run: () => this.fs.renameSync(backup, target) });
  }

  /** Makes the changes final. What is left to tidy cannot fail them any more, so its errors are passed over. */
  finish(): void {
    attempt(() => this.fs.rmSync(this.staging, { recursive: true, force: true }));
  }

  /** Puts everything back as it was. */
  rollBack(): Rollback {
    return { lost: this.undoAll(), backups: this.staging };
  }

  private undoAll(): readonly string[] {
    const lost: string[] = [];
    for (let step = this.undo.pop(); step !== undefined; step = this.undo.pop()) {
      // What could not be restored must stay in the staging folder, and the folders around it with it.
      if (step.path === undefined && lost.length > 0) continue;
      if (!attempt(step.run) && step.path !== undefined) lost.push(step.path);
    }
    return lost;
  }

  /** One folder at a time, so that a failure halfway can be undone. */
  private makeFolder(folder: string): void {
    if (this.folders.has(folder)) return;
    const missing: string[] = [];
    for (let at = folder; this.fs.lstatSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at)) {
      missing.unshift(at);
    }
    for (const each of missing) {
      this.fs.mkdirSync(each);
      this.undo.push({ run: () => this.fs.rmdirSync(each) });
    }
    this.folders.add(folder);
  }

  /** A hard link, so that the file is never absent from its place; a copy where the file system has no links. */
  private backUp(target: string, backup: string): void {
    if (!attempt(() => this.fs.linkSync(target, backup))) this.fs.copyFileSync(target, backup);
  }

  private temporaryName(): string {
    return join(this.staging, String(this.temporary++));
  }
}

/** Takes away the staging folders of processes that were killed. */
export function removeLeftovers(folder: string, fs: FileSystem): void {
  attempt(() => {
    for (const name of fs.readdirSync(folder)) {
      const pid = STAGING.exec(name)?.[1];
      if (pid === undefined || isRunning(Number(pid))) continue;
      attempt(() => fs.rmSync(join(folder, name), { recursive: true, force: true }));
    }
  });
}

function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false; // This process ends its transactions one by one: it is an older process's number.
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
