import { errorsOf, testApp } from '../../support/app';

const canary = 'hunter2Canary9';
const errorsWith = (props: object) =>
  errorsOf(testApp(props)).map(({ rule, property, message, remedy, value }) => {
    expect(value).toBeUndefined();
    expect(message + remedy).not.toContain(canary);
    return [rule, property, message, remedy];
  });

it.each([
  [{ aws: { region: 'eu-west-1', accessKeyId: canary } }, 'cloudSecrets.aws.accessKeyId'],
  [{ aws: { secretAccessKey: canary } }, 'cloudSecrets.aws.secretAccessKey'],
  [{ azure: { clientSecret: canary } }, 'cloudSecrets.azure.clientSecret'],
  [{ gcp: { credentials: { private_key: canary } } }, 'cloudSecrets.gcp.credentials'],
  [{ token: canary }, 'cloudSecrets.token'],
])('takes no static key of a cloud: %j', (cloudSecrets, property) => {
  expect(errorsWith({ cloudSecrets })).toEqual([
    [
      'prop-valid',
      property,
      expect.stringContaining('nothing here takes a static key of a cloud'),
      expect.stringContaining('logs in by its cloudIdentity'),
    ],
  ]);
});

it('reports what nobody reads, and what is of another type', () => {
  expect(errorsWith({ cloudSecrets: { awss: { region: canary } } })).toEqual([
    ['prop-valid', 'cloudSecrets.awss', 'there is no prop "awss"', 'did you mean aws?'],
  ]);
  expect(errorsWith({ cloudSecrets: { aws: { region: [canary] } } })).toEqual([
    ['prop-valid', 'cloudSecrets.aws.region', 'cloudSecrets.aws.region is not what it must be', 'give a text'],
  ]);
  expect(errorsWith({ cloudSecrets: canary })).toMatchObject([
    ['prop-valid', 'cloudSecrets', 'cloudSecrets is not what it must be', expect.stringContaining('give an object')],
  ]);
});

it('reports what nobody reads of the app itself', () => {
  expect(errorsWith({ password: canary })).toEqual([
    ['prop-valid', 'password', 'the app has no prop "password"', 'take it away: nothing reads it'],
  ]);
  expect(errorsWith({ cloudSecret: canary })).toMatchObject([
    ['prop-valid', 'cloudSecret', 'the app has no prop "cloudSecret"', 'did you mean cloudSecrets?'],
  ]);
});

it('takes what is right', () => {
  const cloudSecrets = {
    delivery: 'operator',
    refresh: '15m',
    aws: { region: 'eu-west-1', account: '111122223333' },
    gcp: { project: 'shop', addOn: false },
    azure: { tenantId: 't', subscriptionId: 's', resourceGroup: 'g', environment: 'public' },
  };
  expect(errorsWith({ cloudSecrets })).toEqual([]);
  expect(errorsWith({ cloudSecrets: undefined, unknown: undefined })).toEqual([]);
});
