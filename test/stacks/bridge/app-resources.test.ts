import { output, secret } from '@pulumi/pulumi';
import { LockedNamespace, SecureDeployment } from '../../../index';
import { AppResources, LateValues } from '../../../stacks/bridge';
import { collect } from '../../../stacks/render/collect';
import { basics, testApp } from '../../support/app';

const as = { project: 'platform', stack: 'dev' };

describe('AppResources', () => {
  it('registers', async () => {
    const app = testApp();
    const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    new SecureDeployment(shop, 'web', { ...basics });
    const found = await collect(() => new AppResources('shop', { app }), as);
    console.log(
      found.map(({ urn, dependsOn, aliases }) => [urn, ...dependsOn.map((d) => `   ${d}`)].join('\n')).join('\n'),
    );
    console.log(JSON.stringify(found[2], null, 1));
  });
});
