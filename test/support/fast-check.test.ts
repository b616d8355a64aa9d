/** In CI a commit is judged by what it changes, and not by the worlds that it happens to be tried on. */
import { spawnSync } from 'node:child_process';
import { readConfigureGlobal } from 'fast-check';

const inProcess = 'asks for the seed';

it(inProcess, () => {
  if (process.env.SEED_IS !== undefined) expect(String(readConfigureGlobal().seed)).toBe(process.env.SEED_IS);
  // It is the wrapped one, whoever asks.
  expect(jest.requireActual('fast-check').readConfigureGlobal).toBe(readConfigureGlobal);
});

it.each([
  ['CI', { CI: 'true' }, '20261121'],
  ['a chosen seed', { CI: 'true', KUBE_BULWARK_SEED: '7' }, '7'],
  ['everybody else', {}, 'undefined'],
])('has the seed of %s', (_, env, seed) => {
  const { CI, KUBE_BULWARK_SEED, ...others } = process.env;
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      require.resolve('jest/bin/jest'),
      '--selectProjects',
      'unit',
      '--testNamePattern',
      `^${inProcess}$`,
      '--',
      __filename,
    ],
    { env: { ...others, ...env, SEED_IS: seed }, encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([0, expect.stringContaining('1 passed')]);
});
