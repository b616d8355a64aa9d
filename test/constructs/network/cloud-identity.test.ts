import { CloudIdentity, ClusterTarget, SecureDeployment } from '../../../index';
import { basics, errorsOf, objectOf, testNamespace } from '../../support/app';
import { templateIn } from '../../support/workload-kinds';

const block = (cidr: string, port: number) => [{ to: [{ ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port }] }];
const account = 'api@project.iam.gserviceaccount.com';
const roleArn = 'arn:aws:iam::111122223333:role/api';

describe('CloudIdentity', () => {
  it.each<[string, CloudIdentity, object | undefined, object, object[] | undefined]>([
    [
      'GKE',
      CloudIdentity.gke({ serviceAccount: account }),
      { 'iam.gke.io/gcp-service-account': account },
      {},
      block('169.254.169.252/32', 988),
    ],
    [
      'GKE with Dataplane V2',
      CloudIdentity.gke({ serviceAccount: account, dataplaneV2: true }),
      { 'iam.gke.io/gcp-service-account': account },
      {},
      block('169.254.169.254/32', 80),
    ],
    ['EKS Pod Identity', CloudIdentity.eksPodIdentity(), undefined, {}, block('169.254.170.23/32', 80)],
    [
      'EKS Pod Identity over IPv6',
      CloudIdentity.eksPodIdentity({ ipv6: true }),
      undefined,
      {},
      block('fd00:ec2::23/128', 80),
    ],
    ['IRSA', CloudIdentity.irsa({ roleArn }), { 'eks.amazonaws.com/role-arn': roleArn }, {}, undefined],
    [
      'AKS',
      CloudIdentity.aks({ clientId: 'c0ffee' }),
      { 'azure.workload.identity/client-id': 'c0ffee' },
      { 'azure.workload.identity/use': 'true' },
      undefined,
    ],
  ])(
    'of %s: annotations, labels, and the one address that hands it out',
    (_, cloudIdentity, annotations, labels, egress) => {
      const distribution = _.startsWith('GKE') ? 'gke' : 'generic';
      const { app, shop } = testNamespace({ target: ClusterTarget.of('1.34', { distribution }) });
      new SecureDeployment(shop, 'api', { ...basics, cloudIdentity });
      expect(objectOf(app, 'ServiceAccount', 'api').metadata?.annotations ?? {}).toEqual(annotations ?? {});
      expect(templateIn(objectOf(app, 'Deployment', 'api')).metadata?.labels).toEqual({
        'app.kubernetes.io/name': 'api',
        ...labels,
      });
      expect(objectOf(app, 'NetworkPolicy', 'api').spec).toEqual({
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
        policyTypes: ['Ingress', 'Egress'],
        ...(egress && { egress }),
      });
      expect(errorsOf(app)).toEqual([]);
    },
  );

  it('of GKE is refused where its address is the node itself', () => {
    const { app, shop } = testNamespace({ target: ClusterTarget.of('1.34', { distribution: 'eks' }) });
    new SecureDeployment(shop, 'api', {
      ...basics,
      cloudIdentity: CloudIdentity.gke({ serviceAccount: account, dataplaneV2: true }),
    });
    expect(errorsOf(app).map(({ rule, construct }) => [rule, construct])).toEqual([['network-metadata', 'shop/api']]);
  });
});
