import { ApiObject } from 'cdk8s';
import { BulwarkApp, ClusterTarget, ExistingNamespace, SecureDeployment } from '../../../index';
import { basics, errorsOf, testApp, testNamespace } from '../../support/app';

const brief = (app: BulwarkApp) => errorsOf(app).map(({ rule, property, message }) => ({ rule, property, message }));

function withDeployment(declare: (api: SecureDeployment) => void, props: object = {}) {
  const { app, shop } = testNamespace();
  declare(new SecureDeployment(shop, 'api', { ...basics, ...props }));
  return app;
}

describe('what the API server would refuse', () => {
  it('is the name of an existing namespace that no namespace can have', () => {
    const app = testApp();
    new ExistingNamespace(app, 'gw', { name: 'kube-*' });
    expect(brief(app)).toContainEqual({
      rule: 'name-valid',
      property: 'name',
      message: expect.stringContaining('"kube-*" is no name of a namespace'),
    });
    const sound = testApp();
    new ExistingNamespace(sound, 'gw', { name: 'kube-system' });
    expect(brief(sound)).toEqual([]);
  });

  it('is the namespace of an object that leads out of its folder', () => {
    const { app, shop } = testNamespace();
    new ApiObject(shop, 'raw', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: '../../evil' },
    });
    expect(brief(app)).toContainEqual({
      rule: 'name-valid',
      property: 'metadata.namespace',
      message: expect.stringContaining('"../../evil" is no name of a namespace'),
    });
  });

  it.each([
    [{ replicas: 1e10 }, 'replicas'],
    [{ replicas: 2 ** 31 }, 'replicas'],
    [{ autoscale: { max: 1e10 } }, 'autoscale'],
  ])('is a number of more than 32 bits: %j', (props, property) => {
    const app = withDeployment(() => undefined, props);
    expect(brief(app)).toContainEqual(expect.objectContaining({ rule: 'replicas-valid', property }));
  });
});

describe('egress that means something else', () => {
  it.each(['169.254.169.254', 'fd00:ec2::254'])('is an address as a name: %s', (fqdn) => {
    const app = withDeployment((api) => api.egressTo({ fqdn, ports: [443] }));
    expect(errorsOf(app).filter(({ rule }) => rule === 'fqdn-policy')).toHaveLength(1);
  });

  it('is an address as a name, and says how to open an address', () => {
    const app = withDeployment((api) => api.egressTo({ fqdn: '203.0.113.7', ports: [443] }));
    expect(errorsOf(app)).toContainEqual(
      expect.objectContaining({
        message: '203.0.113.7 is an address, which no policy of names matches as one',
        remedy: "open it by address: egressTo({ cidr: '203.0.113.7/32', … })",
      }),
    );
  });

  it('is a block of IPv4 in the notation of IPv6', () => {
    const app = withDeployment((api) => api.egressTo({ cidr: '::ffff:203.0.113.0/120', ports: [443] }));
    expect(errorsOf(app)).toContainEqual(
      expect.objectContaining({ rule: 'cidr-valid', remedy: 'write 203.0.113.0/24' }),
    );
  });
});

it('a value that JSON cannot hold is a finding of its construct, and no crash', () => {
  const app = withDeployment((api) => api.patchPod({ priority: 2n } as never));
  const found = errorsOf(app).filter(({ construct }) => construct === 'shop/api');
  expect(found.length).toBeGreaterThan(0);
  expect(() => app.synth()).toThrow(/2n/);
});

it('an empty outdir is refused: it would be the current folder', () => {
  const props = { target: ClusterTarget.of('1.36'), registries: ['registry.example'], outdir: '' };
  expect(() => new BulwarkApp(props)).toThrow("outdir '' would be the current folder");
});
