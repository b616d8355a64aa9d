/** What the stacks of the program have in common: one provider, for the cluster that the configuration names. */
import { composeStacks } from '../../../stacks/program/compose';
import type { Settings } from '../../../stacks/program/settings';
import type { Registration } from '../../../stacks/render/collect';
import { leaks, run } from '../../support/pulumi/registered';

const settings: Settings = {
  kubernetesVersion: '1.36',
  distribution: 'kubeadm',
  owner: 'team-platform',
  auditLogging: { encryption: { kmsName: 'vault' } },
};

async function composed(more: Partial<Settings>): Promise<{
  readonly provider: Registration | undefined;
  readonly found: readonly Registration[];
}> {
  const found = await run(() => composeStacks({ ...settings, ...more }), { preview: false });
  return { found, provider: found.find(({ type }) => type === 'pulumi:providers:kubernetes') };
}

describe('the program', () => {
  it('deploys to the cluster of its context alone, by server-side apply', async () => {
    const { provider, found } = await composed({ context: 'prod' });
    expect(provider?.inputs).toMatchObject({ context: 'prod', enableServerSideApply: 'true' });
    expect(provider?.inputs).not.toHaveProperty('kubeconfig');
    const objects = found.filter(({ type }) => /^kubernetes:/.test(type));
    expect(objects.length).toBeGreaterThan(5);
    for (const each of objects) expect(each.provider).toBe(`${provider?.urn}::cluster`);
  });

  it('keeps a kubeconfig a secret', async () => {
    const kubeconfig = 'users: [{ user: { token: c4n4ry } }]';
    const { provider, found } = await composed({ kubeconfig });
    expect(provider?.secrets).toEqual([['kubeconfig']]);
    expect(JSON.stringify(provider?.sent)).toContain('c4n4ry');
    expect(leaks(found, 'c4n4ry')).toEqual([]);
  });

  it('composes what the settings name, and puts out what each puts out', async () => {
    const made: { outputs?: object } = {};
    const found = await run(() => {
      made.outputs = composeStacks({ ...settings, context: 'prod', stacks: ['audit-logging'] });
    });
    expect(Object.keys(made.outputs ?? {})).toEqual(['audit-logging']);
    const components = found.filter(({ type }) => type.startsWith('kube-bulwark:index:'));
    expect(components.map(({ name }) => name)).toEqual(['audit-logging']);
  });
});
