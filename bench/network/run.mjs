// npm run bench:network: who reaches whom, all pairs of 2,000 workloads in 200 namespaces with 4,000 policies, each sample a fresh process.
// At most 5 s and 500 MB; twice the workloads at most 4.4 times (it is quadratic by nature), one workload's view at most 2.2 times.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const rounds = Number(process.env.ROUNDS ?? 7);
const sizes = [1_000, 2_000, 4_000];
const limits = { milliseconds: 5_000, megabytes: 500, pairs: 4.4, view: 2.2 };

function sample(workloads, what) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'sample.mjs'), `${workloads}`, what],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const samples = new Map(sizes.flatMap((size) => ['pairs', 'view'].map((what) => [`${what} ${size}`, []])));
// One after the other in each round, so that a busy minute hits all of them.
for (let round = 0; round < rounds; round++)
  for (const size of sizes)
    for (const what of ['pairs', 'view']) samples.get(`${what} ${size}`).push(sample(size, what));

const least = (what, size, key) => Math.min(...samples.get(`${what} ${size}`).map((each) => each[key]));
const most = (what, size, key) => Math.max(...samples.get(`${what} ${size}`).map((each) => each[key]));
console.log(
  'workloads  policies     read  compile    pairs      all   memory (ms and MB: the least of each, the most memory)',
);
for (const size of sizes) {
  const cells = ['read', 'compile', 'asked', 'all'].map((key) =>
    `${Math.round(least('pairs', size, key))}`.padStart(8),
  );
  const [{ policies }] = samples.get(`pairs ${size}`);
  console.log(
    `${`${size}`.padStart(9)}  ${`${policies}`.padStart(8)} ${cells.join(' ')} ${`${Math.round(most('pairs', size, 'megabytes'))}`.padStart(8)}`,
  );
}
console.log(
  `one view, both ways: ${sizes.map((size) => `${size}: ${least('view', size, 'all').toFixed(0)} ms`).join(', ')}`,
);

const faults = [];
const atMost = (what, value, limit, unit) => {
  console.log(`${what}: ${value} ${unit} (at most ${limit})`);
  if (value > limit) faults.push(what);
};
atMost('2,000 workloads', Math.round(least('pairs', 2_000, 'all')), limits.milliseconds, 'ms');
atMost('memory', Math.round(most('pairs', 2_000, 'megabytes')), limits.megabytes, 'MB');
const growth = (what) => Number((least(what, 4_000, 'all') / least(what, 2_000, 'all')).toFixed(2));
atMost('all pairs of twice the workloads', growth('pairs'), limits.pairs, 'times');
atMost("one workload's view of twice the workloads", growth('view'), limits.view, 'times');
if (faults.length > 0) console.log(`too much: ${faults.join(', ')}`);
process.exitCode = faults.length > 0 ? 1 : 0;
console.log(`pairs per second: ${Math.round((2_000 * 2_000) / (least('pairs', 2_000, 'all') / 1000))}`);
