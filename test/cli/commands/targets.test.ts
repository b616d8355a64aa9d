import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { distributionNames } from '../../../core/cluster/distribution';
import { featureTable } from '../../../core/cluster/features';
import { kubernetesVersions } from '../../../core/cluster/version';
import { runCli } from '../../support/run-cli';

describe('bulwark targets', () => {
  it('names every version, distribution and feature', () => {
    const { code, stdout, stderr } = runCli('targets');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Kubernetes versions\n  ${kubernetesVersions.join(', ')}\n`);
    for (const name of [...distributionNames, ...Object.keys(featureTable)]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
    expect(stdout).toMatch(/^ {2}appArmorProfile +1\.30 +1\.30 +1\.31 +dropped +appArmor +the field appArmorProfile$/m);
    expect(stdout).toMatch(/^ {2}openshift +6443 +ovn-kubernetes +openshift +assigned by the cluster$/m);
    expect(stdout).not.toMatch(/undefined|\[object|[^\S\n]$/m);
  });

  it('prints the same as JSON', () => {
    const { code, stdout, stderr } = runCli('targets', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const parsed = JSON.parse(stdout);
    expect(parsed.kubernetesVersions).toEqual(kubernetesVersions);
    expect(parsed.distributions.map(({ name }: { name: string }) => name)).toEqual(distributionNames);
    expect(parsed.features.map(({ name }: { name: string }) => name)).toEqual(Object.keys(featureTable));
    expect(parsed.features).toContainEqual({
      name: 'supplementalGroupsPolicy',
      title: 'supplementalGroupsPolicy',
      since: '1.31',
      on: '1.33',
      stable: '1.35',
      whenOff: 'dropped',
      needs: 'supplementalGroupsPolicy',
      paths: ['securityContext.supplementalGroupsPolicy'],
    });
    expect(parsed.features).toContainEqual(expect.objectContaining({ name: 'stopSignal', on: null }));
    expect(parsed.distributions).toContainEqual(
      expect.objectContaining({ name: 'gke', apiServerPort: 443, dns: ['kube-dns', 'node-local', 'gke-cloud-dns'] }),
    );
  });

  it.each([
    [['--jsno'], "bulwark: unknown option '--jsno'; did you mean '--json'?"],
    [['1.34'], "bulwark: bulwark targets takes nothing but options, and '1.34' is none"],
  ])('refuses %j', (args, message) => {
    const { code, stdout, stderr } = runCli('targets', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain("'bulwark targets --help' shows what it takes");
  });

  it('prints what its page shows', () => {
    const page = readFileSync(join(resolve(__dirname, '../../..'), 'docs/commands/targets.md'), 'utf8');
    const shown = [...page.matchAll(/```(?:text|json)\n([^`]*)```/g)].map(([, block]) => block!.trimEnd());
    const [text, json] = [runCli('targets').stdout, runCli('targets', '--json').stdout];
    expect(shown.length).toBeGreaterThan(1);
    for (const block of shown) {
      // Columns grow with the table: the words of each line count, and `…` stands for lines left out.
      for (const line of block.split('\n').filter((each) => each.trim() !== '' && !each.includes('…'))) {
        const words = line.trim().split(/\s+/).join(' ');
        expect(`${text}${json}`.replace(/ +/g, ' ')).toContain(words);
      }
    }
  });
});
