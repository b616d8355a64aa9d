import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './file-lock';
import { goBinary } from './go-binary';
import { itUnless, type Lack, reasonToSkip } from './lack';

/** The compiled standard library, so that the tests do not compile it again. */
const GO_CACHE = spawnSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).stdout?.trim();
const goLack: Lack | undefined = GO_CACHE ? undefined : { skipped: 'there is no `go` on the PATH' };

let folder: string;
const before = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-bulwark-test-'));
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
  process.env.GOCACHE = GO_CACHE;
  // A run of CI may be past its time for builds.
  delete process.env.KUBE_BULWARK_NO_BUILD_AFTER;
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

describe('goBinary', () => {
  const hello = () => ({ name: 'hello', moduleDir: join(folder, 'module'), package: '.' });

  beforeEach(() => {
    mkdirSync(join(folder, 'module'));
    writeFileSync(join(folder, 'module', 'go.mod'), 'module hello.invalid/hello\n\ngo 1.20\n');
    writeProgram('hello');
  });

  function writeProgram(text: string): void {
    const source = `package main\n\nimport "os"\n\nfunc main() { os.Stdout.WriteString("${text}") }\n`;
    writeFileSync(join(folder, 'module', 'main.go'), source);
  }

  itUnless(goLack, 'begins no build after the time that a run has for it', async () => {
    process.env.KUBE_BULWARK_NO_BUILD_AFTER = `${Math.floor(Date.now() / 1000) - 1}`;
    expect(await goBinary(hello())).toEqual({
      skipped: 'hello is not built in this run: KUBE_BULWARK_NO_BUILD_AFTER has passed',
      expected: true,
    });
    process.env.KUBE_BULWARK_NO_BUILD_AFTER = `${Math.floor(Date.now() / 1000) + 60}`;
    const built = await goBinary(hello());
    expect(await output(built)).toBe('hello');
    process.env.KUBE_BULWARK_NO_BUILD_AFTER = '0';
    expect(await goBinary(hello())).toEqual(built);
    writeProgram('small');
    expect(await output(await goBinary({ ...hello(), quick: true }))).toBe('small');
  });

  itUnless(
    goLack,
    'builds once, and again when the sources change',
    async () => {
      const [first, second] = await Promise.all([goBinary(hello()), goBinary(hello())]);
      expect(second).toEqual(first);
      const said = jest.mocked(process.stderr.write).mock.calls.map(([text]) => text);
      expect(said).toEqual([
        'go build hello: starting (.; once, then kept in the cache)\n',
        expect.stringMatching(/^go build hello: done in \d+ s\n$/),
      ]);
      expect(await output(first)).toBe('hello');

      writeProgram('changed');
      const third = await goBinary(hello());
      expect(third).not.toEqual(first);
      expect(await output(third)).toBe('changed');
      expect(await output(first)).toBe('hello');
    },
    120_000,
  );

  itUnless(
    goLack,
    'gives the reason and the last lines of a failed build, and leaves nothing behind',
    async () => {
      writeFileSync(join(folder, 'module', 'main.go'), 'package main\n\nfunc main() { missing() }\n');
      const reason = /^hello could not be built in .*:\n.*main\.go:3:15: undefined: missing$/s;
      expect(await goBinary(hello())).toEqual({ skipped: expect.stringMatching(reason) });
      const left = readdirSync(join(folder, 'cache', 'kube-bulwark'), { recursive: true, withFileTypes: true });
      expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([]);
    },
    120_000,
  );

  it('says so where there is no Go', async () => {
    process.env.PATH = folder;
    const skipped = 'hello has to be built with Go, and Go does not run: there is no `go` on the PATH';
    expect(await goBinary(hello())).toEqual({ skipped });
  });

  async function output(binary: Awaited<ReturnType<typeof goBinary>>): Promise<string> {
    if ('skipped' in binary) throw new Error(binary.skipped);
    return (await promisify(execFile)(binary.path)).stdout;
  }
});

describe('reasonToSkip', () => {
  const lack = { skipped: 'hello could not be built\nmain.go:3:15: undefined: missing' };

  it.each(['', '0', 'false'])('is the first line where CI=%s', (ci) => {
    process.env.CI = ci;
    expect(reasonToSkip(lack)).toBe('hello could not be built');
  });

  it('is an error with CI=true', () => {
    process.env.CI = 'true';
    expect(() => reasonToSkip(lack)).toThrow(`${lack.skipped}\nWith CI=true its tests are not skipped.`);
  });

  it('is no error where CI may lack it, too', () => {
    process.env.CI = 'true';
    expect(reasonToSkip({ ...lack, expected: true })).toBe('hello could not be built');
  });
});

describe('withLock', () => {
  const path = () => join(folder, 'locks', 'build.lock');
  const pause = () => new Promise((done) => setTimeout(done, 20));

  it('lets one in at a time, and gives its result', async () => {
    let inside = 0;
    const work = async (value: number): Promise<number> => {
      expect(++inside).toBe(1);
      await pause();
      inside--;
      return value;
    };
    expect(await Promise.all([1, 2, 3].map((value) => withLock(path(), () => work(value))))).toEqual([1, 2, 3]);
    expect(readdirSync(join(folder, 'locks'))).toEqual([]);
  });

  it('is free again after an error', async () => {
    const failing = withLock(path(), () => Promise.reject(new Error('no space')));
    await expect(failing).rejects.toThrow('no space');
    expect(await withLock(path(), () => 'free')).toBe('free');
  });

  it('takes over the lock of a dead process, once', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    mkdirSync(join(folder, 'locks'));
    writeFileSync(path(), JSON.stringify({ id: 'dead', pid, host: hostname() }));
    let inside = 0;
    const work = async (): Promise<void> => {
      expect(++inside).toBe(1);
      await pause();
      inside--;
    };
    await Promise.all([1, 2, 3, 4].map(() => withLock(path(), work)));
    expect(readdirSync(join(folder, 'locks'))).toEqual([]);
  });

  it('waits for a live process', async () => {
    mkdirSync(join(folder, 'locks'));
    writeFileSync(path(), JSON.stringify({ id: 'alive', pid: process.pid, host: hostname() }));
    const order: string[] = [];
    const waiting = withLock(path(), () => order.push('ours'));
    await new Promise((done) => setTimeout(done, 500));
    order.push('theirs');
    rmSync(path());
    await waiting;
    expect(order).toEqual(['theirs', 'ours']);
  });
});
