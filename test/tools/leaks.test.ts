import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleText } from '../../tools/leaks/module-text';
import { patternsFrom } from '../../tools/leaks/patterns';
import { portableFromGo } from '../../tools/leaks/portable';
import { readGitleaksConfig } from '../../tools/leaks/source';
import { readToml } from '../../tools/leaks/toml';
import { itUnless, lackUnless } from '../support/lack';

const file = join(__dirname, '../../core/secrets/leaks/data.ts');

function configuration(): string | undefined {
  if (spawnSync('go', ['version']).status !== 0) return undefined;
  try {
    return readGitleaksConfig();
  } catch {
    return undefined;
  }
}

const config = configuration();
const lack = lackUnless(config !== undefined, 'gitleaks cannot be had without Go and its module proxy');

itUnless(lack, 'is what is checked in', () => {
  const text = moduleText(patternsFrom(config ?? ''));
  const formatted = execFileSync('npx', ['biome', 'format', '--stdin-file-path=data.ts'], {
    input: text,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  expect(readFileSync(file, 'utf8')).toBe(formatted);
});

it.each([
  ['(?i)ab[c-e]', '[aA][bB][c-eC-E]'],
  ['a(?i)b(?-i:c)d', 'a[bB](?:c)[dD]'],
  ['(?i:a)b', '(?:[aA])b'],
  ['(?P<x>a)', '(a)'],
  ['.\\s', '[^\\n][ \\t\\n\\f\\r]'],
  ['[[:alnum:]_-]\\z', '[A-Za-z0-9_\\-]$'],
  ['\\x60\\-', '`-'],
  ['a{2}{', 'a{2}\\{'],
])('writes %s of Go as %s', (go, portable) => {
  expect(portableFromGo(go)).toBe(portable);
});

it('reads the TOML that gitleaks writes, and no other', () => {
  const text =
    "title = \"a\\\"b\"\n[[rules]]\nid = '''x''' # c\nwords = [\n \"a\",\n '''b''',\n]\n[[rules.lists]]\nn = 3.5\n[rules.y]\nz = \"1\"\n";
  expect(readToml(text)).toEqual({
    title: 'a"b',
    rules: [{ id: 'x', words: ['a', 'b'], lists: [{ n: 3.5 }], y: { z: '1' } }],
  });
  expect(() => readToml('a = true')).toThrow('line 1');
});
