import { CloudIdentity, ClusterTarget, type Distribution, SecureDeployment } from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, testNamespace } from '../../support/app';
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
      CloudIdentity.gke({ serviceAccount: account }),
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
    [
      'GKE as a principal of its own',
      CloudIdentity.gke({ project: 'acme', projectNumber: '123456789012' }),
      undefined,
      {},
      block('169.254.169.252/32', 988),
    ],
    [
      'GKE for what reads its secrets alone',
      CloudIdentity.gke({ serviceAccount: account, fromPod: false }),
      { 'iam.gke.io/gcp-service-account': account },
      {},
      undefined,
    ],
    [
      'EKS Pod Identity for what reads its secrets alone',
      CloudIdentity.eksPodIdentity({ fromPod: false }),
      undefined,
      {},
      undefined,
    ],
    [
      'AKS for what reads its secrets alone',
      CloudIdentity.aks({ clientId: 'c0ffee', fromPod: false }),
      { 'azure.workload.identity/client-id': 'c0ffee' },
      {},
      undefined,
    ],
  ])(
    'of %s: annotations, labels, and the one address that hands it out',
    (_, cloudIdentity, annotations, labels, egress) => {
      const distribution = _.startsWith('GKE') ? 'gke' : 'generic';
      const cni = _.includes('Dataplane V2') ? 'gke-dataplane-v2' : 'unknown';
      const { app, shop } = testNamespace({ target: ClusterTarget.of('1.34', { distribution, cni }) });
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

  it('says who it is', () => {
    expect(CloudIdentity.gke({ serviceAccount: account, project: 'acme' }).login).toEqual({
      cloud: 'gcp',
      serviceAccount: account,
      project: 'acme',
    });
    expect(CloudIdentity.gke({ project: 'acme', projectNumber: '1' }).login).toEqual({
      cloud: 'gcp',
      project: 'acme',
      projectNumber: '1',
    });
    expect(CloudIdentity.irsa({ roleArn }).login).toEqual({ cloud: 'aws', way: 'irsa', roleArn });
    expect(CloudIdentity.eksPodIdentity({ roleArn, ipv6: true }).login).toEqual({
      cloud: 'aws',
      way: 'pod-identity',
      roleArn,
      ipv6: true,
    });
    const entra = { clientId: 'c0ffee', tenantId: 'tea', principalId: 'milk' };
    expect(CloudIdentity.aks(entra).login).toEqual({ cloud: 'azure', ...entra });
  });

  it('knows that Autopilot has Dataplane V2', () => {
    const { app, shop } = testNamespace({ target: ClusterTarget.of('1.34', { distribution: 'gke-autopilot' }) });
    new SecureDeployment(shop, 'api', { ...basics, cloudIdentity: CloudIdentity.gke({ serviceAccount: account }) });
    expect(objectOf(app, 'NetworkPolicy', 'api').spec).toMatchObject({ egress: block('169.254.169.254/32', 80) });
  });

  it.each<[string, CloudIdentity, Distribution, string]>([
    ['GKE on EKS', CloudIdentity.gke({ serviceAccount: account }), 'eks', 'metadata server of GKE is in GKE and GKE'],
    [
      'GKE on OpenShift, for its secrets alone',
      CloudIdentity.gke({ serviceAccount: account, fromPod: false }),
      'openshift',
      'metadata server of GKE is in GKE and GKE Autopilot alone',
    ],
    ['Pod Identity on GKE', CloudIdentity.eksPodIdentity(), 'gke', 'agent of EKS Pod Identity is in EKS alone'],
    ['Pod Identity on Fargate', CloudIdentity.eksPodIdentity(), 'eks-fargate', 'the target is EKS on Fargate'],
  ])('opens nothing where nobody would hand it out, and warns: %s', (_, cloudIdentity, distribution, message) => {
    const { app, shop } = testNamespace({ target: ClusterTarget.of('1.34', { distribution }) });
    new SecureDeployment(shop, 'api', { ...basics, cloudIdentity });
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, 'NetworkPolicy', 'api').spec).not.toHaveProperty('egress');
    expect(findingsOf(app).filter(({ rule }) => rule === 'prop-valid')).toMatchObject([
      {
        severity: 'warning',
        rule: 'prop-valid',
        construct: 'shop/api',
        property: 'cloudIdentity',
        message: expect.stringContaining(message),
      },
    ]);
  });

  it.each(['eks', 'gke', 'aks', 'openshift'] as const)(
    'takes those with a token of their own on %s',
    (distribution) => {
      const { app, shop } = testNamespace({ target: ClusterTarget.of('1.34', { distribution }) });
      new SecureDeployment(shop, 'api', { ...basics, cloudIdentity: CloudIdentity.irsa({ roleArn }) });
      new SecureDeployment(shop, 'web', { ...basics, cloudIdentity: CloudIdentity.aks({ clientId: 'c0ffee' }) });
      expect(errorsOf(app)).toEqual([]);
    },
  );
});
