// npm run bench:synth: ours against cdk8s-plus-28, alternating, each sample a fresh process. What counts is the wall time of construction
// and synthesis, cold; the time of the whole process, loading of the libraries included, is printed beside it.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = Number(process.env.ROUNDS ?? 7);
const here = import.meta.dirname;

/** One fresh process: the time that it says its construction and synthesis took, and its own from start to exit. */
function sample(script, workloads) {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-synth-'));
  return new Promise((resolve, reject) => {
    let said = {};
    const start = performance.now();
    const child = fork(join(here, script), [String(workloads), outdir]);
    child.on('message', (message) => {
      said = message;
      child.disconnect();
    });
    child.on('exit', (code) => {
      const whole = performance.now() - start;
      const { objects, hash } = fingerprint(outdir);
      rmSync(outdir, { recursive: true });
      if (code === 0) resolve({ milliseconds: said.milliseconds, whole, megabytes: said.peak / 1024, objects, hash });
      else reject(new Error(`${script} ended with ${code}`));
    });
  });
}

function fingerprint(outdir) {
  const hash = createHash('sha256');
  let objects = 0;
  for (const name of readdirSync(outdir).sort()) {
    const text = readFileSync(join(outdir, name), 'utf8');
    hash.update(name).update(text);
    objects += text.match(/^kind: /gm)?.length ?? 0;
  }
  return { objects, hash: hash.digest('hex').slice(0, 16) };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const format = (value) => `${Math.round(value)}`.padStart(6);

function report(name, samples) {
  const times = samples.map(({ milliseconds }) => milliseconds);
  const memory = Math.max(...samples.map(({ megabytes }) => megabytes));
  const hashes = new Set(samples.map(({ hash }) => hash));
  console.log(
    `${name.padEnd(24)} ${format(Math.min(...times))} ${format(median(times))} ${format(Math.max(...times))} ms (min median max)` +
      `  ${format(median(samples.map(({ whole }) => whole)))} ms the process` +
      `  ${format(memory)} MB peak  ${samples[0].objects} objects  output ${[...hashes].join(' ')}`,
  );
  if (hashes.size > 1) throw new Error(`${name}: the output differs from run to run`);
}

const ours = [];
const theirs = [];
for (let round = 0; round < rounds; round++) {
  ours.push(await sample('ours.mjs', 1000));
  theirs.push(await sample('theirs.mjs', 1000));
}
const large = [];
for (let round = 0; round < Math.min(3, rounds); round++) large.push(await sample('ours.mjs', 4000));

report('ours, 1,000 workloads', ours);
report('cdk8s-plus, 1,000', theirs);
report('ours, 4,000 workloads', large);
const time = (samples) => median(samples.map(({ milliseconds }) => milliseconds));
console.log(`4,000 against 1,000 workloads: ${(time(large) / time(ours)).toFixed(2)} times the time (at most 4.4)`);
console.log(
  `peak memory at 4,000: ${Math.round(Math.max(...large.map(({ megabytes }) => megabytes)))} MB (at most 400)`,
);
const whole = (samples) => median(samples.map((each) => each.whole));
console.log(`whole processes: ${(whole(ours) / whole(theirs)).toFixed(3)}`);
console.log(`ratio ${(time(ours) / time(theirs)).toFixed(3)}`);
