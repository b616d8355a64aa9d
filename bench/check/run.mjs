// npm run bench:check: `bulwark check` against kube-score, both as processes, alternating, over 1,000 plain workloads as 3,000 objects
// (what bench/synth/theirs.mjs writes), every rule on, JSON out. What counts is the wall time of the whole process.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const rounds = Number(process.env.ROUNDS ?? 7);
const here = import.meta.dirname;
const root = resolve(here, '../..');
const cli = join(root, 'lib', 'cli', 'bulwark.js');
const work = mkdtempSync(join(tmpdir(), 'bench-check-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

/** One process: its wall time. Ends at a code that is no answer. */
function sample(program, args, cwd) {
  const out = { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 30, cwd };
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, out);
  const milliseconds = performance.now() - start;
  if (error || (status !== 0 && status !== 1)) throw new Error(`${program}: ${error ?? status}\n${stderr}`);
  return { milliseconds, bytes: stdout.length };
}

/** kube-score from the Go module proxy, built once and kept in the cache; a text says why it cannot be had. */
function kubeScore() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kube-bulwark', 'kube-score', 'v1.20.0');
  const path = join(cache, process.platform === 'win32' ? 'kube-score.exe' : 'kube-score');
  if (existsSync(path)) return { path };
  mkdirSync(cache, { recursive: true });
  const { status, stderr, error } = spawnSync('go', ['install', 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0'], {
    env: { ...process.env, GOBIN: cache },
    encoding: 'utf8',
  });
  return status === 0 ? { path } : { skipped: error?.message ?? stderr.trim().split('\n').at(-1) };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const show = (name, samples) => {
  const times = samples.map(({ milliseconds }) => milliseconds);
  const cells = [Math.min(...times), median(times), Math.max(...times)].map((each) =>
    `${Math.round(each)}`.padStart(6),
  );
  console.log(
    `${name.padEnd(28)} ${cells.join(' ')} ms (min median max)  ${Math.round(samples[0].bytes / 1024)} kB out`,
  );
  return median(times);
};

const thousand = join(work, '1000');
const written = spawnSync(process.execPath, [join(here, '../synth/theirs.mjs'), '1000', thousand], {
  encoding: 'utf8',
});
if (written.status !== 0) throw new Error(written.stderr);
const files = readdirSync(thousand).map((name) => join(thousand, name));

const ten = join(work, '10000');
mkdirSync(ten);
for (let copy = 0; copy < 10; copy++) cpSync(thousand, join(ten, `copy-${copy}`), { recursive: true });

const small = join(work, 'small.yaml');
writeFileSync(
  small,
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    image: docker.io/library/nginx:1.27\n',
);

const peer = kubeScore();
const node = process.execPath;
const ours = [];
const theirs = [];
for (let round = 0; round < rounds; round++) {
  ours.push(sample(node, [cli, 'check', '--format', 'json', thousand], work));
  if (peer.path) theirs.push(sample(peer.path, ['score', '--output-format', 'json', ...files], work));
}
const cold = Array.from({ length: rounds }, () => sample(node, [cli, 'check', '--format', 'json', small], work));
const large = Array.from({ length: 3 }, () => sample(node, [cli, 'check', '--format', 'json', ten], work));

const time = show('ours, 3,000 objects', ours);
const limit = peer.path ? show('kube-score, 3,000 objects', theirs) : undefined;
show('ours, one small file, cold', cold);
const tenTimes = show('ours, 30,000 objects', large);
console.log(`30,000 against 3,000 objects: ${(tenTimes / time).toFixed(2)} times the time (at most 11)`);

// Evaluation alone: objects in memory, the process warm. A rule is applicable to an object if it is asked about it.
const require = createRequire(import.meta.url);
const { readManifests, ClusterTarget, checkObject, rules } = require(join(root, 'lib', 'core', 'index.js'));
const { readFileSync } = await import('node:fs');
const objects = files.flatMap((file) =>
  readManifests(readFileSync(file, 'utf8'), { source: file }).documents.map(({ object }) => object),
);
const groupOf = ({ apiVersion }) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');
const overPods = rules.filter(({ subject }) => subject === 'pod').length;
let applicable = 0;
for (const object of objects) {
  if (object.kind === 'Deployment') applicable += overPods;
  applicable += rules.filter(
    ({ subject, kinds }) => subject === 'object' && kinds.includes(`${groupOf(object)}/${object.kind}`),
  ).length;
}
const context = { target: ClusterTarget.of('1.34'), registries: ['registry.acme.example'] };
let best = Number.POSITIVE_INFINITY;
for (let round = 0; round < 20; round++) {
  const start = performance.now();
  for (const object of objects) checkObject(object, context);
  best = Math.min(best, performance.now() - start);
}
console.log(
  `evaluation alone: ${applicable} applicable rule evaluations in ${best.toFixed(1)} ms, ${Math.round(applicable / best) * 1000} a second (at least 1,000,000)`,
);

if (limit === undefined) console.log(`no ratio: kube-score cannot be had (${peer.skipped})`);
else console.log(`ratio ${(time / limit).toFixed(3)}`);
