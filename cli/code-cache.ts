import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { writeWhole } from './write-whole';

/** How long a process has to have run, in milliseconds, before what it compiled is worth keeping: a shorter one has compiled little of the program. */
const worthKeeping = 250;

/**
 * Runs a file of CommonJS, with what V8 compiled of it in an earlier run. That is kept beside the file, for each V8 with its flags, and by those alone
 * who may write there, and so change the file itself. Where nobody may, or `NODE_DISABLE_COMPILE_CACHE` is set, each run compiles anew.
 *
 * @param file its absolute path; one that is not JavaScript is required
 * @param minimum how many milliseconds a run takes that is kept @default 250
 */
export function runCompiled(file: string, minimum = worthKeeping): void {
  const require = createRequire(file);
  if (!file.endsWith('.js') || process.env.NODE_DISABLE_COMPILE_CACHE) {
    require(file);
    return;
  }
  const source = readFileSync(file);
  const kept = `${file.slice(0, -'.js'.length)}.${cachedDataVersionTag()}.cache`;
  const cachedData = compiledOf(source, kept);
  const script = new Script(Module.wrap(source.toString()), { filename: file, ...(cachedData && { cachedData }) });
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => {
      if (performance.now() >= minimum) keep(kept, Buffer.concat([source, script.createCachedData()]));
    });
  const module = new Module(file);
  module.filename = file;
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
}

/** What was compiled of exactly this source, which stands before it: V8 itself compares lengths alone. */
function compiledOf(source: Buffer, path: string): Buffer | undefined {
  try {
    const kept = readFileSync(path);
    return kept.subarray(0, source.length).equals(source) ? kept.subarray(source.length) : undefined;
  } catch {
    return undefined;
  }
}

function keep(path: string, content: Buffer): void {
  try {
    writeWhole(path, content);
  } catch {
    // The folder is not ours to write to: every run compiles.
  }
}
