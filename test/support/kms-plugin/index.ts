/** A KMS plugin of version 2 as a process of its own, on a socket in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goBinary } from '../go-binary';

export class KmsPlugin {
  /** Builds it, where it is not built yet, and waits until it listens. Its key lives as long as it does. */
  static async start(): Promise<KmsPlugin> {
    const built = await goBinary({ name: 'kms-plugin', moduleDir: __dirname, package: '.', quick: true });
    if ('skipped' in built) throw new Error(built.skipped);
    // The path of a socket has 107 bytes at most.
    const folder = mkdtempSync(join(tmpdir(), 'kms-'));
    const socket = join(folder, 'socket.sock');
    const child = spawn(built.path, [socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((done, fail) => {
      child.stdout.once('data', () => done());
      child.once('error', fail);
      child.once('exit', (code) => fail(new Error(`the KMS plugin ended with ${code}`)));
    });
    return new KmsPlugin(child, folder, `unix://${socket}`);
  }

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** For an EncryptionConfiguration. */
    readonly endpoint: string,
  ) {}

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once('exit', done));
    if (this.child.exitCode === null && this.child.kill()) await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
