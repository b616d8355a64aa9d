// npm run bench:stacks: how long a program takes to register its resources, under mocks: each sample is a fresh process. The whole program has
// 3 seconds; what many stacks take is to grow with their number, and no faster.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const rounds = Number(process.env.ROUNDS ?? 5);
const sizes = [0, 10, 20, 40];
const most = 3_000;
/** Twice as many stacks, registered on top of the program, may take this many times as long: measurements waver. */
const mostGrowth = 2.6;

function sample(apps) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'sample.mjs'), `${apps}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const samples = new Map(sizes.map((size) => [size, []]));
// One after the other in each round, so that a busy minute hits all of them.
for (let round = 0; round < rounds; round++) for (const size of sizes) samples.get(size).push(sample(size));

const least = (size, key) => Math.min(...samples.get(size).map((each) => each[key]));
console.log('stacks of 20 workloads  resources    load  register   whole process (ms, the least of each)');
for (const size of sizes) {
  const cells = ['load', 'register', 'whole'].map((key) => `${Math.round(least(size, key))}`.padStart(8));
  console.log(`${`program + ${size}`.padEnd(24)} ${`${samples.get(size)[0].resources}`.padStart(8)}${cells.join(' ')}`);
}

const growth = (least(40, 'register') - least(0, 'register')) / (least(20, 'register') - least(0, 'register'));
const isFast = least(0, 'whole') <= most;
const isLinear = growth <= mostGrowth;
console.log(`the program: ${Math.round(least(0, 'whole'))} ms of ${most}${isFast ? '' : ': too slow'}`);
console.log(`twice the stacks: ${growth.toFixed(2)} times as long${isLinear ? '' : ': not linear'}`);
process.exitCode = isFast && isLinear ? 0 : 1;
