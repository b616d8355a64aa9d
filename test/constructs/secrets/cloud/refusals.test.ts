import {
  AwsSecretMount,
  AzureSecretMount,
  type BulwarkAppProps,
  CloudIdentity,
  ClusterTarget,
  CommandOnChange,
  GcpSecretMount,
  RestartOnChange,
  type SecretMount,
  SecretTemplate,
  type SecureDeploymentProps,
  SecureJob,
  SignalOnChange,
} from '../../../../index';
import { basics, errorsOf, testNamespace } from '../../../support/app';
import { cloudSecrets, type IdentityName, identities, reading } from '../../../support/cloud';

interface Refusal {
  readonly secrets: readonly SecretMount[];
  readonly identity?: IdentityName;
  readonly app?: Partial<BulwarkAppProps>;
  readonly workload?: Partial<SecureDeploymentProps>;
  readonly job?: boolean;
  readonly property: string;
  readonly message: string;
  readonly remedy: RegExp;
}

const file = '/etc/orders/db';
const { secretsManager, parameter } = AwsSecretMount;
const aws = (options: object = {}) => secretsManager('shop/db', { file, ...options });
const gcp = (options: object = {}) => GcpSecretMount.secret('shop-db', { file, ...options });
const azure = (options: object = {}) => AzureSecretMount.secret('acme-shop', 'db', { file, ...options });
const operator = { delivery: 'operator' } as const;
const template = SecretTemplate.envFile({ DB_PASSWORD: 'password' });
const none = { cloudSecrets: { aws: {}, gcp: {}, azure: {} } };
const on = (distribution: 'eks-fargate' | 'gke-autopilot') => ({ target: ClusterTarget.of('1.36', { distribution }) });
const windows = { target: ClusterTarget.of('1.36', { nodes: { os: 'windows' } }) };

const refusals: Readonly<Record<string, Refusal>> = {
  'an option that there is not, of AWS': {
    secrets: [secretsManager('shop/db', { file: '/run/a/b', feild: 'password' } as never)],
    property: 'secrets[0].feild',
    message: 'container orders: there is no prop "feild"',
    remedy: /did you mean field\?/,
  },
  'an option that there is not, of Google Cloud': {
    secrets: [gcp({ versoin: 3 } as never)],
    property: 'secrets[0].versoin',
    message: 'container orders: there is no prop "versoin"',
    remedy: /did you mean version\?/,
  },
  'a field of a key, which has none': {
    secrets: [AzureSecretMount.key('acme-orders', 'sign', { file: '/run/a/b', field: 'n' } as never)],
    property: 'secrets[0].field',
    message: 'container orders: there is no prop "field"',
    remedy: /./,
  },
  'a version of another type': {
    secrets: [azure({ version: 7 } as never)],
    property: 'secrets[0].version',
    message: 'container orders: 7 is not a text',
    remedy: /give a text/,
  },
  'a workload that is nobody to AWS': {
    secrets: [aws(), secretsManager('shop/other', { file: '/run/a/b' })],
    property: 'cloudIdentity',
    message: 'to AWS it is nobody: no key is stored for it, and it has no identity',
    remedy: /cloudIdentity: CloudIdentity\.irsa\(/,
  },
  'a workload that is nobody to Google Cloud': {
    secrets: [gcp()],
    property: 'cloudIdentity',
    message: 'to Google Cloud it is nobody: no key is stored for it, and it has no identity',
    remedy: /cloudIdentity: CloudIdentity\.gke\(/,
  },
  'a workload that is nobody to Azure': {
    secrets: [azure()],
    property: 'cloudIdentity',
    message: 'to Azure it is nobody: no key is stored for it, and it has no identity',
    remedy: /cloudIdentity: CloudIdentity\.aks\(/,
  },
  'a workload that is somebody to another cloud': {
    secrets: [azure()],
    identity: 'irsa',
    property: 'cloudIdentity',
    message: 'it is somebody to AWS, and its secret is in Azure',
    remedy: /CloudIdentity\.aks\(/,
  },
  'Pod Identity by operator': {
    secrets: [aws(operator)],
    identity: 'podIdentity',
    property: 'cloudIdentity',
    message:
      'External Secrets Operator cannot be a pod of EKS Pod Identity: it asks as a ServiceAccount whose role is annotated',
    remedy: /use CloudIdentity\.irsa\(.*, or deliver it by csi/,
  },
  'a role that is none': {
    secrets: [aws()],
    workload: { cloudIdentity: CloudIdentity.irsa({ roleArn: 'arn:aws:iam::111122223333:user/orders' }) },
    property: 'cloudIdentity',
    message: '"arn:aws:iam::111122223333:user/orders" is no ARN of a role',
    remedy: /name the role/,
  },
  'a client ID that is none': {
    secrets: [azure()],
    workload: { cloudIdentity: CloudIdentity.aks({ clientId: 'orders' }) },
    property: 'cloudIdentity',
    message: '"orders" is no client ID',
    remedy: /UUID/,
  },
  'an identity of no known tenant': {
    secrets: [azure()],
    identity: 'entra',
    app: none,
    property: 'cloudIdentity',
    message: 'nothing says in which tenant it is',
    remedy: /name the tenant/,
  },
  'a tenant that is none': {
    secrets: [azure()],
    app: none,
    workload: { cloudIdentity: CloudIdentity.aks({ clientId: cloudSecrets.azure?.tenantId ?? '', tenantId: 'acme' }) },
    property: 'cloudIdentity',
    message: '"acme" is no ID of a tenant',
    remedy: /name the tenant/,
  },
  'no region': {
    secrets: [aws()],
    identity: 'irsa',
    app: none,
    property: 'secrets[0].region',
    message: 'container orders: nothing says in which region it is',
    remedy: /cloudSecrets: \{ aws: \{ region/,
  },
  'a region that is none': {
    secrets: [aws({ region: 'Frankfurt' })],
    identity: 'irsa',
    property: 'secrets[0].region',
    message: 'container orders: "Frankfurt" is no region of AWS',
    remedy: /'eu-central-1'/,
  },
  'an ARN of another region than the one that is named': {
    secrets: [secretsManager('arn:aws:secretsmanager:eu-west-1:111122223333:secret:db', { file, region: 'eu-west-2' })],
    identity: 'irsa',
    property: 'secrets[0].region',
    message: 'container orders: its ARN is of eu-west-1, and region says eu-west-2',
    remedy: /leave the region out/,
  },
  'all secrets that begin so': {
    secrets: [secretsManager('shop/*', { file })],
    identity: 'irsa',
    property: 'secrets[0].name',
    message: 'container orders: shop/* stands for many secrets',
    remedy: /by a mount of its own/,
  },
  'an ARN of something else': {
    secrets: [secretsManager('arn:aws:ssm:eu-central-1:111122223333:parameter/db', { file })],
    identity: 'irsa',
    property: 'secrets[0].name',
    message:
      'container orders: arn:aws:ssm:eu-central-1:111122223333:parameter/db is no ARN of a secret of Secrets Manager',
    remedy: /'payments\/db', or its ARN/,
  },
  'a parameter without its slash': {
    secrets: [parameter('shop/db' as never, { file })],
    identity: 'irsa',
    property: 'secrets[0].name',
    message: 'container orders: "shop/db" is no name of a parameter of Parameter Store',
    remedy: /'\/payments\/db\/password'/,
  },
  'no name': {
    secrets: [secretsManager(undefined as never, { file })],
    identity: 'irsa',
    property: 'secrets[0].name',
    message: 'container orders: undefined is no name of a secret of Secrets Manager',
    remedy: /name it/,
  },
  'a version and a stage': {
    secrets: [aws({ version: 'a'.repeat(32), stage: 'AWSPREVIOUS' })],
    identity: 'irsa',
    property: 'secrets[0].version',
    message: 'container orders: it names a version and a stage, which moves from version to version',
    remedy: /leave one of them out/,
  },
  'a version of a parameter that is none': {
    secrets: [parameter('/shop/db', { file, version: 0 })],
    identity: 'irsa',
    property: 'secrets[0].version',
    message: 'container orders: "0" is no version of a parameter of Parameter Store',
    remedy: /its number/,
  },
  'a stage that is none': {
    secrets: [aws({ stage: '' })],
    identity: 'irsa',
    property: 'secrets[0].stage',
    message: 'container orders: "" is no staging label',
    remedy: /AWSPREVIOUS/,
  },
  'a key by its alias': {
    secrets: [aws({ kmsKey: 'arn:aws:kms:eu-central-1:111122223333:alias/shop' })],
    identity: 'irsa',
    property: 'secrets[0].kmsKey',
    message:
      'container orders: "arn:aws:kms:eu-central-1:111122223333:alias/shop" is no ARN of a key: a policy cannot name a key by its alias',
    remedy: /give the key's ARN/,
  },
  'a key of another region': {
    secrets: [aws({ kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd' })],
    identity: 'irsa',
    property: 'secrets[0].kmsKey',
    message: 'container orders: the key is in eu-west-1, and the secret in eu-central-1',
    remedy: /name the key in eu-central-1/,
  },
  'an account that is none': {
    secrets: [aws()],
    identity: 'irsa',
    app: { cloudSecrets: { aws: { region: 'eu-central-1', account: '1234' } } },
    property: 'cloudSecrets.aws.account',
    message: '"1234" is no account of AWS',
    remedy: /12 digits/,
  },
  'no project': {
    secrets: [gcp()],
    identity: 'principal',
    app: none,
    property: 'secrets[0].project',
    message: 'container orders: nothing says in which project it is',
    remedy: /cloudSecrets: \{ gcp: \{ project/,
  },
  'a project that is none': {
    secrets: [gcp({ project: 'Acme Shop' })],
    identity: 'principal',
    property: 'secrets[0].project',
    message: 'container orders: "Acme Shop" is no ID of a project',
    remedy: /give the ID/,
  },
  'two projects': {
    secrets: [GcpSecretMount.secret('projects/acme-shop/secrets/db', { file, project: 'acme-bank' })],
    identity: 'principal',
    property: 'secrets[0].project',
    message: 'container orders: its name says acme-shop, and project acme-bank',
    remedy: /leave the project out/,
  },
  'two locations': {
    secrets: [
      GcpSecretMount.secret('projects/acme-shop/locations/europe-west3/secrets/db', { file, location: 'europe-west1' }),
    ],
    identity: 'principal',
    property: 'secrets[0].location',
    message: 'container orders: its name says europe-west3, and location europe-west1',
    remedy: /leave the location out/,
  },
  'a location that is none': {
    secrets: [gcp({ location: 'Frankfurt' })],
    identity: 'principal',
    property: 'secrets[0].location',
    message: 'container orders: "Frankfurt" is no location',
    remedy: /'europe-west3'/,
  },
  'a version in the name': {
    secrets: [GcpSecretMount.secret('projects/acme-shop/secrets/db/versions/3', { file })],
    identity: 'principal',
    property: 'secrets[0].name',
    message: 'container orders: "projects/acme-shop/secrets/db/versions/3" is no name of a secret of Secret Manager',
    remedy: /the version is apart/,
  },
  'a version that is no number': {
    secrets: [gcp({ version: 1.5 })],
    identity: 'principal',
    property: 'secrets[0].version',
    message: 'container orders: 1.5 is no version of a secret',
    remedy: /its number/,
  },
  'a key vault that is none': {
    secrets: [AzureSecretMount.secret('acme--shop', 'db', { file })],
    identity: 'entra',
    property: 'secrets[0].keyVault',
    message: 'container orders: "acme--shop" is no key vault',
    remedy: /resource ID/,
  },
  'a secret with a slash in a key vault': {
    secrets: [AzureSecretMount.secret('acme-shop', 'shop/db', { file })],
    identity: 'entra',
    property: 'secrets[0].name',
    message: 'container orders: "shop/db" is no name of a secret in a key vault',
    remedy: /letters, digits and dashes/,
  },
  'a version that is no hex': {
    secrets: [azure({ version: '3' })],
    identity: 'entra',
    property: 'secrets[0].version',
    message: 'container orders: "3" is no version of a secret',
    remedy: /32 hex digits/,
  },
  'an environment that there is not': {
    secrets: [azure()],
    identity: 'entra',
    app: { cloudSecrets: { azure: { ...cloudSecrets.azure, environment: 'moon' as never } } },
    property: 'cloudSecrets.azure.environment',
    message: 'there is no environment "moon"',
    remedy: /public, us-government/,
  },
  'a subscription that is none': {
    secrets: [azure()],
    identity: 'entra',
    app: { cloudSecrets: { azure: { ...cloudSecrets.azure, subscriptionId: 'mine' } } },
    property: 'cloudSecrets.azure.subscriptionId',
    message: '"mine" is no ID',
    remedy: /UUID/,
  },
  'a delivery that there is not': {
    secrets: [aws({ delivery: 'agent' })],
    identity: 'irsa',
    property: 'secrets[0].delivery',
    message: 'container orders: there is no delivery "agent"',
    remedy: /csi, operator/,
  },
  'a delivery of the platform that there is not': {
    secrets: [aws()],
    identity: 'irsa',
    app: { cloudSecrets: { delivery: 'agent' as never } },
    property: 'cloudSecrets.delivery',
    message: 'there is no delivery "agent"',
    remedy: /csi, operator/,
  },
  'an interval in days': {
    secrets: [aws(operator)],
    identity: 'irsa',
    app: { cloudSecrets: { refresh: '1d' } },
    property: 'cloudSecrets.refresh',
    message: '"1d" is no interval',
    remedy: /'15m'/,
  },
  'csi on Fargate': {
    secrets: [aws()],
    identity: 'irsa',
    app: on('eks-fargate'),
    property: 'secrets[0].delivery',
    message: 'container orders: Fargate runs no DaemonSet, and so no CSI driver',
    remedy: /by operator/,
  },
  "another cloud's driver on GKE Autopilot": {
    secrets: [aws()],
    identity: 'irsa',
    app: on('gke-autopilot'),
    property: 'secrets[0].delivery',
    message:
      "container orders: GKE Autopilot admits no privileged DaemonSet that is not one of its partners': the CSI driver is none",
    remedy: /by operator/,
  },
  'a field by the add-on of GKE Autopilot': {
    secrets: [gcp({ field: 'password' })],
    identity: 'principal',
    app: on('gke-autopilot'),
    property: 'secrets[0].field',
    message: 'container orders: the add-on of GKE brings a secret as it is, and no field of it',
    remedy: /by operator/,
  },
  'csi for AWS on Windows': {
    secrets: [aws()],
    identity: 'irsa',
    app: windows,
    workload: { os: 'windows' },
    property: 'secrets[0].delivery',
    message: "container orders: the CSI driver's provider for AWS runs on Linux only",
    remedy: /by operator/,
  },
  'csi for Google Cloud on Windows': {
    secrets: [gcp()],
    identity: 'principal',
    app: windows,
    workload: { os: 'windows' },
    property: 'secrets[0].delivery',
    message: "container orders: the CSI driver's provider for Google Cloud runs on Linux only",
    remedy: /by operator/,
  },
  'a template by csi': {
    secrets: [aws({ template })],
    identity: 'irsa',
    property: 'secrets[0].template',
    message: 'container orders: the CSI driver has no templates',
    remedy: /by operator/,
  },
  'a field of Azure by csi': {
    secrets: [azure({ field: 'password' })],
    identity: 'entra',
    property: 'secrets[0].field',
    message: "container orders: Azure's provider brings a secret as it is, and no field of it",
    remedy: /by operator/,
  },
  'a key by operator': {
    secrets: [AzureSecretMount.key('acme-shop', 'signing', { file, ...operator })],
    identity: 'entra',
    property: 'secrets[0].delivery',
    message: 'container orders: External Secrets Operator brings a key in a form that no program reads',
    remedy: /by csi/,
  },
  'a certificate by operator': {
    secrets: [AzureSecretMount.certificate('acme-shop', 'tls', { file, ...operator })],
    identity: 'entra',
    property: 'secrets[0].delivery',
    message: 'container orders: External Secrets Operator brings a certificate in a form that no program reads',
    remedy: /by csi/,
  },
  'a restart by csi': {
    secrets: [aws({ onChange: RestartOnChange.of() })],
    identity: 'irsa',
    property: 'secrets[0].onChange',
    message: 'container orders: csi tells nobody that a secret changed',
    remedy: /pin the version and deliver by operator/,
  },
  'a restart by operator': {
    secrets: [aws({ onChange: RestartOnChange.of(), ...operator })],
    identity: 'irsa',
    property: 'secrets[0].onChange',
    message: 'container orders: External Secrets Operator writes the Secret anew, and rolls no workload',
    remedy: /another version is another Secret/,
  },
  'a signal by operator': {
    secrets: [gcp({ onChange: SignalOnChange.of('SIGHUP', 'orders'), ...operator })],
    identity: 'serviceAccount',
    property: 'secrets[0].onChange',
    message: 'container orders: External Secrets Operator writes the Secret anew, and rolls no workload',
    remedy: /read the file again/,
  },
  'a command without words': {
    secrets: [aws({ onChange: CommandOnChange.of(...([] as unknown as [string])) })],
    identity: 'irsa',
    property: 'secrets[0].onChange',
    message: 'container orders: the command is empty',
    remedy: /name the program/,
  },
  'a restart of a Job': {
    secrets: [aws({ onChange: RestartOnChange.of() })],
    identity: 'irsa',
    job: true,
    property: 'secrets[0].onChange',
    message: 'container orders: a Job reads its secrets once, when it starts',
    remedy: /next run/,
  },
  'a field and a template': {
    secrets: [aws({ field: 'password', template, ...operator })],
    identity: 'irsa',
    property: 'secrets[0].template',
    message: 'container orders: the file holds one field, and a template',
    remedy: /leave one of them out/,
  },
  'a template of a field that the secret lacks': {
    secrets: [aws({ template, fields: ['user'], ...operator })],
    identity: 'irsa',
    property: 'secrets[0].template',
    message: 'container orders: the template prints the field password, which the secret has not',
    remedy: /print one of user/,
  },
  'a template with an unclosed action': {
    secrets: [aws({ template: SecretTemplate.text('{{ .password'), ...operator })],
    identity: 'irsa',
    property: 'secrets[0].template',
    message: 'container orders: the template opens an action and does not close it',
    remedy: /close it/,
  },
  'a list': {
    secrets: [aws({ template: SecretTemplate.text('{{ .chain | lines }}'), ...operator })],
    identity: 'irsa',
    property: 'secrets[0].template',
    message: 'container orders: the template writes a list in lines, and the fields of a secret of a cloud are texts',
    remedy: /as json/,
  },
  'a field that is an expression': {
    secrets: [aws({ field: 'users.#(name="a").password' })],
    identity: 'irsa',
    property: 'secrets[0].field',
    message: 'container orders: "users.#(name=\\"a\\").password" is no name of a field that can be asked for',
    remedy: /letters, digits/,
  },
  'what hides the settings of the image': {
    secrets: [secretsManager('shop/db', { file: '/etc/db' })],
    identity: 'irsa',
    property: 'secrets[0].file',
    message: 'container orders: "/etc/db" would hide what the image has in /etc',
    remedy: /a folder of its own/,
  },
  'two secrets in one file': {
    secrets: [aws(), secretsManager('shop/other', { file })],
    identity: 'irsa',
    property: 'secrets[1].file',
    message: 'container orders: /etc/orders/db is already aws-secrets-manager shop/db',
    remedy: /a file of its own/,
  },
  'two regions in one folder of csi': {
    secrets: [aws(), secretsManager('shop/other', { file: '/etc/orders/other', region: 'eu-west-1' })],
    identity: 'irsa',
    property: 'secrets[1].file',
    message:
      'container orders: /etc/orders is filled from the region eu-central-1, and this from the region eu-west-1: a volume asks in one place',
    remedy: /a folder of its own/,
  },
  'two key vaults in one folder of csi': {
    secrets: [azure(), AzureSecretMount.secret('acme-bank', 'db', { file: '/etc/orders/other' })],
    identity: 'entra',
    property: 'secrets[1].file',
    message:
      'container orders: /etc/orders is filled from the key vault acme-shop, and this from the key vault acme-bank: a volume asks in one place',
    remedy: /deliver by operator/,
  },
  'one parameter twice in a folder of csi': {
    secrets: [parameter('/shop/db', { file }), parameter('/shop/db', { file: '/etc/orders/again' })],
    identity: 'irsa',
    property: 'secrets[1].file',
    message:
      "container orders: AWS's provider writes the parameter /shop/db into one file of a folder, and it is asked for twice",
    remedy: /a folder of its own/,
  },
  'two versions of one parameter in a folder of csi': {
    secrets: [parameter('/shop/db', { file, version: 2 }), parameter('/shop/db', { file: '/etc/orders/new' })],
    identity: 'irsa',
    property: 'secrets[1].file',
    message:
      "container orders: AWS's provider writes the parameter /shop/db into one file of a folder, and it is asked for twice",
    remedy: /a folder of its own/,
  },
  'a file of csi that its workload cannot read': {
    secrets: [aws({ mode: 0o440 })],
    identity: 'irsa',
    property: 'secrets[0].mode',
    message: 'container orders: user 65532 cannot read it: it belongs to 0:0 with the mode 0o440',
    remedy: /0o444.*by operator/,
  },
  'a file of the operator that its workload cannot read': {
    secrets: [aws({ mode: 0o400, ...operator })],
    identity: 'irsa',
    property: 'secrets[0].mode',
    message: 'container orders: user 65532 cannot read it: it belongs to 0:65532 with the mode 0o400',
    remedy: /0o440/,
  },
  'a file that everybody can write': {
    secrets: [aws({ mode: 0o666 })],
    identity: 'irsa',
    property: 'secrets[0].mode',
    message: 'container orders: the mode 0o666 is none for a secret',
    remedy: /0o440/,
  },
};

it.each(Object.entries(refusals))('refuses %s, in one error', (_, refusal) => {
  const { secrets, identity, app: props, workload } = refusal;
  const app = refusal.job ? testNamespace({ cloudSecrets }).app : reading(secrets, identity, props, workload);
  if (refusal.job) {
    const shop = app.node.findChild('shop');
    new SecureJob(shop as never, 'orders', { ...basics, secrets, cloudIdentity: identities[identity ?? 'irsa'] });
  }
  expect(errorsOf(app)).toEqual([
    expect.objectContaining({
      rule: 'secret-mount',
      construct: 'shop/orders',
      property: refusal.property,
      message: refusal.message,
      remedy: expect.stringMatching(refusal.remedy),
    }),
  ]);
});

describe('what looks like it, and is taken:', () => {
  it.each<[string, Parameters<typeof reading>]>([
    ['one secret in two files of a folder', [[aws(), aws({ file: '/etc/orders/again' })], 'irsa']],
    [
      'a parameter whole, and a field of it',
      [[parameter('/a/b', { file }), parameter('/a/b', { file: '/etc/orders/f', field: 'f' })], 'irsa'],
    ],
    ['a secret by the add-on of GKE Autopilot', [[gcp()], 'principal', on('gke-autopilot')]],
    ['a secret of Azure by csi on Windows', [[azure()], 'entra', windows, { os: 'windows' }]],
    ['a secret by operator on Windows', [[aws(operator)], 'irsa', windows, { os: 'windows' }]],
    ['a secret by operator on Fargate', [[aws(operator)], 'irsa', on('eks-fargate')]],
    ['a field of Azure by operator', [[azure({ field: 'password', ...operator })], 'entra']],
    ['two regions in two folders', [[aws(), aws({ file: '/run/b/c', region: 'eu-west-1' })], 'irsa']],
    [
      'two regions in one folder of the operator',
      [[aws(operator), aws({ file: '/etc/orders/c', region: 'eu-west-1', ...operator })], 'irsa'],
    ],
    [
      'a file of csi that is 0440, for the root group',
      [[aws({ mode: 0o440 })], 'irsa', {}, { supplementalGroups: [0] }],
    ],
  ])('%s', (_, given) => {
    expect(errorsOf(reading(...given))).toEqual([]);
  });
});
