import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runsTypeScript } from '../../support/typescript';

const root = join(__dirname, '../../..');

/** Runs a program in a fresh process that has the converter as `kplus`; returns what it prints. */
function run(program: string): unknown {
  const script = `
    const kplus = require('./constructs/kplus');
    const loaded = (name) => Object.keys(require.cache).some((file) => file.includes('node_modules/' + name + '/'));
    ${program}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, [...runsTypeScript, '--eval', script], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('cdk8s-plus-28', () => {
  it('is not loaded by the converter, nor by what it turns into plain data', () => {
    const printed = run(`
      const texts = [kplus.cpuQuantity('1'), kplus.byteQuantity('1Gi'), kplus.isKplusPeer({})];
      console.log(JSON.stringify({ texts, cdk8s: loaded('cdk8s'), kplus: loaded('cdk8s-plus-28') }));`);
    expect(printed).toEqual({ texts: ['1', '1Gi', false], cdk8s: true, kplus: false });
  });

  it('is loaded once something must be one of its objects', () => {
    const printed = run(`
      const { labelSelector, namespaces } = kplus.podSelectorConfig({ app: 'web' }, 'shop');
      console.log(JSON.stringify({ labels: labelSelector._toKube(), namespaces, kplus: loaded('cdk8s-plus-28') }));`);
    expect(printed).toEqual({ labels: { matchLabels: { app: 'web' } }, namespaces: { names: ['shop'] }, kplus: true });
  });
});
