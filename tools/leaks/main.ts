/**
 * Writes core/secrets/leaks/data.ts, the forms of known secrets, from gitleaks' configuration: `npm run leaks`. It needs Go, and
 * downloads less than a megabyte where the module cache lacks it.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleText } from './module-text';
import { patternsFrom } from './patterns';
import { readGitleaksConfig } from './source';

const file = join(__dirname, '..', '..', 'core', 'secrets', 'leaks', 'data.ts');
writeFileSync(file, moduleText(patternsFrom(readGitleaksConfig())));
execFileSync('npx', ['biome', 'format', '--write', file], { stdio: 'ignore' });
