import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './control-plane/eventually';
import { ProcessGroup } from './control-plane/process-group';
import { runsTypeScript } from './typescript';

const FOREVER = 'console.log("thinking"); setInterval(() => {}, 1000)';
const STUBBORN = `process.on("SIGTERM", () => {}); require("node:fs").writeFileSync("up", ""); ${FOREVER}`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const gone = async (what: string, check: () => boolean): Promise<true> =>
  eventually(what, async () => (check() ? undefined : true));

describe('a process group', () => {
  it('gives up when the deadline passes, with the log', async () => {
    const group = await ProcessGroup.create('kube-bulwark-group-');
    group.start(process.execPath, ['-e', FOREVER]);
    const never = group.until(async () => undefined, { what: 'node to be ready', log: 'node', deadline: 1000 });
    await expect(never).rejects.toThrow("Waited 1 s for node to be ready.\nThe last lines of node's log:\nthinking");
    await group.stop();
  });

  it('stops its processes and removes its folder', async () => {
    const group = await ProcessGroup.create('kube-bulwark-group-');
    group.start(process.execPath, ['-e', FOREVER]);
    const pid = Number(group.pids.node);
    expect(isAlive(pid)).toBe(true);
    await group.stop();
    expect(isAlive(pid)).toBe(false);
    expect(group.pids).toEqual({});
    expect(existsSync(group.folder)).toBe(false);
  });

  it('kills what ignores SIGTERM', async () => {
    const group = await ProcessGroup.create('kube-bulwark-group-');
    group.start(process.execPath, ['-e', STUBBORN]);
    const pid = Number(group.pids.node);
    const up = async () => existsSync(join(group.folder, 'up')) || undefined;
    await group.until(up, { what: 'node to be up', log: 'node', deadline: 10_000 });
    await group.stop(200);
    expect(isAlive(pid)).toBe(false);
  }, 20_000);

  it('does not outlive its owner, however that one ends', async () => {
    const source = JSON.stringify(join(__dirname, 'control-plane', 'process-group.ts'));
    const owner = spawn(
      process.execPath,
      [
        ...runsTypeScript,
        '-e',
        `require(${source}).ProcessGroup.create('kube-bulwark-group-').then((group) => {
          group.start(process.execPath, ['-e', ${JSON.stringify(FOREVER)}]);
          console.log(JSON.stringify({ folder: group.folder, pid: group.pids.node }));
          setInterval(() => {}, 1000);
        });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = await once(owner.stdout, 'data');
    const { folder, pid } = JSON.parse(String(line)) as { readonly folder: string; readonly pid: number };
    expect([isAlive(pid), existsSync(folder)]).toEqual([true, true]);
    owner.kill('SIGKILL');
    await gone('the process to be gone', () => isAlive(pid));
    await gone('the folder to be gone', () => existsSync(folder));
  }, 20_000);
});
