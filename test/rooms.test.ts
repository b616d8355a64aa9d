import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** The command that CI runs: `npm run rooms`. */
function rooms(folder: string): { readonly ok: boolean; readonly output: string } {
  const run = spawnSync('npm', ['run', '--silent', 'rooms'], { cwd: folder, encoding: 'utf8' });
  return { ok: run.status === 0, output: `${run.stdout}${run.stderr}` };
}

/** A small project with this one's rules; every import in it goes down. */
const CLEAN: Readonly<Record<string, string>> = {
  'index.ts': "export { app } from './constructs';",
  'core/manifest/yaml/parse.ts': "import { parse } from 'yaml';\nexport const core = parse;",
  'core/manifest/yaml/whole-parser.ts': "export const core = require('./parse') as typeof import('./parse');",
  'core/index.ts': "import { core } from './manifest/yaml/whole-parser';\nexport { core };",
  // The npm package of this name is not the folder.
  'constructs/tree.ts': "import { Construct } from 'constructs';\nexport const tree = Construct;",
  'constructs/index.ts': "export { app } from './app';\nexport { tree } from './tree';",
  'constructs/app.ts': "import { App } from 'cdk8s';\nimport { core } from '../core';\nexport const app = [App, core];",
  'stacks/registry.ts': "import { app } from '../constructs/app';\nexport const registry = app;",
  'cli/bulwark.ts': "import { registry } from '../stacks/registry';\nexport const bulwark = registry;",
};

/** What is wrong -> [the file it is planted in, its content, the rule that must refuse it]. */
const PLANTED: Readonly<Record<string, readonly [path: string, content: string, rule: string]>> = {
  'core that imports constructs': ['core/1.ts', "import '../constructs/app';", 'core-imports-downwards-only'],
  'core that imports a type of constructs': [
    'core/2.ts',
    "import type { app } from '../constructs/app';\nexport type A = typeof app;",
    'core-imports-downwards-only',
  ],
  'core that imports the index': ['core/3.ts', "import '../index';", 'core-imports-downwards-only'],
  'core that imports node:fs': ['core/4.ts', "import 'node:fs';", 'core-is-pure'],
  'core that requires fs': ['core/5.ts', "export const fs = require('fs');", 'core-is-pure'],
  'core that imports cdk8s': ['core/6.ts', "import 'cdk8s';", 'core-is-pure'],
  'constructs that import stacks': [
    'constructs/1.ts',
    "import '../stacks/registry';",
    'constructs-imports-downwards-only',
  ],
  'constructs that import cli': ['constructs/2.ts', "import '../cli/bulwark';", 'constructs-imports-downwards-only'],
  'stacks that import cli': ['stacks/1.ts', "import '../cli/bulwark';", 'stacks-imports-downwards-only'],
  'a development dependency': ['constructs/3.ts', "import 'fast-check';", 'no-dev-dependencies'],
  'an import of nothing': ['cli/1.ts', "import './missing';", 'resolvable'],
  'leaks that import rules': ['core/policy/leaks/1.ts', "import '../rules/1';", 'leaks-know-no-rules'],
  'core that loads the parser at once': ['core/9.ts', "import 'yaml';", 'parser-is-loaded-late'],
  'core that loads what loads the parser': [
    'core/manifest/1.ts',
    "import { core } from './yaml/parse';\nexport const parser = core;",
    'parser-is-loaded-late',
  ],
  'a circle': ['core/7.ts', "import './8';", 'no-cycles'],
};

/** Runs the rules over a copy with these files, and gives what they print. */
function plant(files: Readonly<Record<string, string>>): ReturnType<typeof rooms> {
  const copy = mkdtempSync(join(tmpdir(), 'rooms-'));
  try {
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      cpSync(join(ROOT, file), join(copy, file));
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), `${content}\n`);
    }
    return rooms(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

describe('npm run rooms', () => {
  it('finds nothing in this repository', () => {
    expect(rooms(ROOT)).toEqual({ ok: true, output: expect.stringContaining('no dependency violations found') });
  }, 60_000);

  it('accepts imports that go down', () => {
    expect(plant(CLEAN)).toEqual({ ok: true, output: expect.stringContaining('no dependency violations found') });
  }, 60_000);

  describe('refuses', () => {
    let result: ReturnType<typeof rooms>;
    beforeAll(() => {
      const bad = Object.values(PLANTED).map(([path, content]) => [path, content]);
      result = plant({
        ...CLEAN,
        'core/8.ts': "import './7';",
        'core/policy/rules/1.ts': 'export {};',
        ...Object.fromEntries(bad),
      });
    }, 60_000);

    it.each(Object.entries(PLANTED))('%s', (_, [path, , rule]) => {
      expect(result.ok).toBe(false);
      expect(result.output).toContain(`error ${rule}: ${path}`);
    });

    it('nothing else', () => {
      const named = [...result.output.matchAll(/error ([\w-]+): (\S+)/g)].map(([, rule, path]) => `${path} ${rule}`);
      expect([...new Set(named)].sort()).toEqual(
        Object.values(PLANTED)
          .map(([path, , rule]) => `${path} ${rule}`)
          .sort(),
      );
    });
  });
});
