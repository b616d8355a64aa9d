import { ClusterTarget } from '../../../../core/cluster/target';
import { checkValidity } from '../../../../core/policy/check-validity';
import { deployment, object } from '../rules/rule-cases';

const target = ClusterTarget.of('1.34');
const found = (given: Parameters<typeof checkValidity>[0]) =>
  checkValidity(given, target)
    .filter(({ rule }) => rule === 'vault-tls')
    .map(({ property, value }) => [property, value]);

const connection = (spec: object) => object('secrets.hashicorp.com/v1beta1', 'VaultConnection', { spec });
const classOf = (parameters: unknown) =>
  object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', { spec: { provider: 'vault', parameters } });
const store = (kind: string, server: string) =>
  object('external-secrets.io/v1', kind, { spec: { provider: { vault: { server } } } });
const injected = (annotations: object, prefix = 'vault.hashicorp.com') => {
  const own = Object.fromEntries(Object.entries(annotations).map(([key, text]) => [`${prefix}/${key}`, text]));
  const { spec, ...rest } = deployment({ containers: [] });
  return {
    ...rest,
    spec: { template: { ...(spec as { template: object }).template, metadata: { annotations: own } } },
  };
};
const at = (name: string, prefix = 'vault.hashicorp.com') => `spec.template.metadata.annotations["${prefix}/${name}"]`;

const http = 'http://vault.vault.svc:8200';
const https = 'https://vault.vault.svc:8200';

it.each([
  [connection({ address: http }), [['spec.address', http]]],
  [connection({ address: 'HTTP://vault' }), [['spec.address', 'HTTP://vault']]],
  [connection({ address: https, skipTLSVerify: true }), [['spec.skipTLSVerify', true]]],
  [
    connection({ address: http, skipTLSVerify: true }),
    [
      ['spec.address', http],
      ['spec.skipTLSVerify', true],
    ],
  ],
  [classOf({ vaultAddress: http }), [['spec.parameters.vaultAddress', http]]],
  [classOf({ vaultAddress: https, vaultSkipTLSVerify: 'true' }), [['spec.parameters.vaultSkipTLSVerify', 'true']]],
  [classOf({ vaultSkipTLSVerify: 'T' }), [['spec.parameters.vaultSkipTLSVerify', 'T']]],
  [store('SecretStore', http), [['spec.provider.vault.server', http]]],
  [store('ClusterSecretStore', http), [['spec.provider.vault.server', http]]],
  [injected({ 'agent-inject': 'true', service: http }), [[at('service'), http]]],
  [injected({ 'agent-inject': '1', 'tls-skip-verify': 'true' }), [[at('tls-skip-verify'), 'true']]],
  [injected({ 'agent-inject': 'true', service: http }, 'openbao.org'), [[at('service', 'openbao.org'), http]]],
])('finds in %j what is not TLS', (given, expected) => {
  expect(found(given)).toEqual(expected);
});

it.each([
  connection({ address: https, skipTLSVerify: false }),
  connection({}),
  connection({ address: 'http://127.0.0.1:8200' }),
  classOf({ vaultAddress: https, vaultSkipTLSVerify: 'false' }),
  classOf({ vaultAddress: 'http://localhost:8200' }),
  classOf('text'),
  store('SecretStore', https),
  injected({ 'agent-inject': 'true', service: https, 'tls-skip-verify': 'false' }),
  injected({ 'agent-inject': 'false', service: http, 'tls-skip-verify': 'true' }),
  object('example.com/v1', 'VaultConnection', { spec: { address: http } }),
])('takes %j', (given) => {
  expect(found(given)).toEqual([]);
});

it.each(['http://127.0.0.1.evil.example', 'http://localhost.evil.example'])('takes %s for no loopback', (address) => {
  expect(found(connection({ address }))).toEqual([['spec.address', address]]);
});
