import { Deployment } from 'cdk8s-plus-28';
import { SecureDeployment } from '../../../index';
import { basics, errorsOf, findingsOf, image, testNamespace } from '../../support/app';

/** A Deployment of cdk8s-plus beside one of ours. */
function both() {
  const { app, shop } = testNamespace();
  const ours = new SecureDeployment(shop, 'ours', { ...basics, port: 8080, ports: [9090] });
  const theirs = new Deployment(shop, 'theirs', { containers: [{ image, portNumber: 7070 }] });
  return { app, ours, theirs };
}

describe('connections of cdk8s-plus', () => {
  it('to one of our workloads open its ports and no others', () => {
    const { app, ours, theirs } = both();
    theirs.connections.allowTo(ours);
    const policies = findingsOf(app).filter(({ rule }) => rule === 'network-open');
    expect(policies).toEqual([]);
  });

  it('that open every port are reported, with the policy that does', () => {
    const { app, ours, theirs } = both();
    // Our workload has no `connections`: a policy of cdk8s-plus without ports is what opens all of them.
    theirs.connections.allowFrom(ours, { ports: [] });
    expect(errorsOf(app).filter(({ rule }) => rule === 'network-open')).toMatchObject([
      { severity: 'error', object: expect.stringContaining('NetworkPolicy.networking.k8s.io shop/') },
      { severity: 'error', object: expect.stringContaining('NetworkPolicy.networking.k8s.io shop/') },
    ]);
  });
});
