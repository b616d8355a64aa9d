import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runsTypeScript } from '../support/typescript';

const loader = resolve(__dirname, '..', '..', 'cli', 'code-cache.ts');

const program = `function greet(whom) { return 'hello ' + whom; }
console.log(greet(require('node:path').basename(__filename)), module.filename === __filename, typeof exports);
`;

describe('the code cache of the command', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'code-cache-'));
    file = join(folder, 'program.js');
    writeFileSync(file, program);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the file in a process of its own: what it prints, and whether V8 took what was kept. */
  function run(minimum = 0, env: NodeJS.ProcessEnv = {}) {
    const script = `
      import vm from 'node:vm';
      import Module, { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      const { runCompiled } = require(${JSON.stringify(loader)});
      runCompiled(${JSON.stringify(file)}, ${minimum});`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...runsTypeScript, '--input-type=module', '--eval', script],
      { encoding: 'utf8', env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', ...env } },
    );
    return { status, stdout, stderr };
  }
  const kept = () => readdirSync(folder).filter((name) => name !== 'program.js');
  const path = () => join(folder, kept()[0] ?? 'none');

  const said = { status: 0, stdout: 'hello program.js true object\n', stderr: '' };

  it('runs a file as Node does, and keeps what was compiled beside it, once', () => {
    expect(run()).toEqual(said);
    expect(kept()).toEqual([expect.stringMatching(/^program\.\d+\.cache$/)]);
    const { mtimeMs, ino } = statSync(path());
    expect(run()).toEqual(said);
    expect(statSync(path())).toMatchObject({ mtimeMs, ino });
  });

  it('takes what was kept: the source is not compiled again', () => {
    run();
    // V8 compares the lengths of sources alone: with the new one before it, it is the old one that runs.
    const old = readFileSync(path()).subarray(program.length);
    const other = program.replace('hello', 'HELLO');
    writeFileSync(file, other);
    writeFileSync(path(), Buffer.concat([Buffer.from(other), old]));
    expect(run().stdout).toBe('hello program.js true object\n');
  });

  it('compiles a changed source of the same length, and keeps that', () => {
    run();
    writeFileSync(file, program.replace('hello', 'HELLO'));
    for (const _ of [1, 2]) expect(run().stdout).toBe('HELLO program.js true object\n');
    expect(kept()).toHaveLength(1);
  });

  it.each([
    ['cut short', (content: Buffer) => content.subarray(0, content.length - 100)],
    ['empty', () => Buffer.alloc(0)],
    ['shorter than the source', (content: Buffer) => content.subarray(0, 20)],
    ['of another V8', (content: Buffer) => Buffer.concat([content.subarray(0, program.length), Buffer.alloc(500, 7)])],
  ])('compiles where what was kept is %s, and mends it', (_, spoil) => {
    run();
    const whole = readFileSync(path());
    writeFileSync(path(), spoil(whole));
    expect(run()).toEqual(said);
    expect(readFileSync(path()).length).toBe(whole.length);
  });

  it('keeps nothing of a short run, nor where that is turned off', () => {
    expect(run(60_000)).toEqual(said);
    expect(run(0, { NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual(said);
    expect(kept()).toEqual([]);
  });

  it('runs where nothing can be kept', () => {
    run();
    const name = path();
    rmSync(name);
    mkdirSync(name);
    expect(run()).toEqual(said);
    expect(kept().filter((each) => !each.endsWith('.cache'))).toEqual([]);
  });

  it('says the file, line and column of an error', () => {
    writeFileSync(file, 'const a = 1;\n  throw new Error("no");\n');
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining(`${file}:2`) });
  });
});
