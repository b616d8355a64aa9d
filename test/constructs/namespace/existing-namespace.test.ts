import { ExistingNamespace, LockedNamespace, SecureDeployment } from '../../../index';
import { basics, errorsOf, findingsOf, objectsOf, testApp } from '../../support/app';

describe('ExistingNamespace', () => {
  it('emits nothing of its own, and gives what is in it its name and labels', () => {
    const app = testApp();
    const shared = new ExistingNamespace(app, 'shared', { name: 'shared-prod', labels: { stage: 'prod' } });
    new SecureDeployment(shared, 'api', basics);
    expect(objectsOf(app).map(({ kind, metadata }) => [kind, metadata?.namespace, metadata?.labels?.stage])).toEqual([
      ['ServiceAccount', 'shared-prod', 'prod'],
      ['NetworkPolicy', 'shared-prod', 'prod'],
      ['Deployment', 'shared-prod', 'prod'],
      ['PodDisruptionBudget', 'shared-prod', 'prod'],
    ]);
  });

  it('sets no limits that are not ours to know, and says that nothing denies by default', () => {
    const app = testApp();
    const shared = new ExistingNamespace(app, 'shared');
    new SecureDeployment(shared, 'api', { ...basics, resources: { cpu: '1', memory: '500Gi' } });
    expect(errorsOf(app)).toEqual([]);
    expect(findingsOf(app)).toMatchObject([
      { rule: 'namespace-network-isolation', severity: 'warning', construct: 'shared/api', value: 'shared' },
    ]);
  });

  it('waives for everything in it', () => {
    const app = testApp();
    const exceptions = [
      { rule: 'namespace-network-isolation', reason: 'its owner denies by default', expires: '2027-01-31' },
    ];
    const shared = new ExistingNamespace(app, 'shared', { exceptions });
    new SecureDeployment(shared, 'api', basics);
    expect(findingsOf(app)).toMatchObject([{ rule: 'namespace-network-isolation', waivedBy: exceptions[0] }]);
  });

  it('has a name that a namespace may have, and that of none that is made here', () => {
    const app = testApp();
    new ExistingNamespace(app, 'shared', { name: 'Shared' });
    const shop = new LockedNamespace(app, 'shop', { name: 'shop-prod', owner: 'team-shop' });
    new ExistingNamespace(app, 'again', { name: 'shop-prod' });
    new ExistingNamespace(app, 'once');
    new ExistingNamespace(app, 'twice', { name: 'once' });
    expect(errorsOf(app)).toMatchObject([
      {
        rule: 'name-valid',
        construct: 'shared',
        property: 'name',
        value: 'Shared',
        message: '"Shared" is no name of a namespace: it must have at most 63 lower-case letters, digits and dashes',
      },
      {
        rule: 'prop-valid',
        construct: 'again',
        property: 'name',
        value: 'shop-prod',
        message:
          'namespace shop-prod is made here, by shop, whose quota and limits would not know of what is in this one',
        remedy: `create what belongs there in ${shop.node.path}`,
      },
    ]);
  });
});
