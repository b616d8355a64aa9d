import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

const source = readFileSync(join(__dirname, '../../../constructs/app/optimize-later.ts'), 'utf8');

/** A program that loads the module as the CLI and the apps do, and calls it. */
function run(...options: readonly string[]) {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const program = `const v8 = require('node:v8'); const set = v8.setFlagsFromString; const said = [];
v8.setFlagsFromString = (flag) => { said.push(flag); set(flag); };
${code}
exports.optimizeLater(); exports.optimizeLater(); console.log(JSON.stringify(said));`;
  return spawnSync(process.execPath, [...options, '-e', program], { encoding: 'utf8' });
}

describe('optimizing later', () => {
  test('this V8 knows what it is told, and is told once', () => {
    const { stdout, stderr, status } = run();
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const said: readonly string[] = JSON.parse(stdout);
    expect(said.length).toBeGreaterThan(0);
    expect(new Set(said).size).toBe(said.length);
  });

  test('the command line of node goes first', () => {
    expect(JSON.parse(run('--no-opt').stdout)).toEqual([]);
    expect(JSON.parse(run('--stack-size=900').stdout)).not.toEqual([]);
  });
});
