import { ApiObject } from 'cdk8s';
import type { PodSpec } from '../../../../core/manifest/pod';
import {
  AwsSecretMount,
  CloudIdentity,
  type KubernetesObject,
  type Patch,
  SecureDeployment,
  VaultSecretMount,
} from '../../../../index';
import { basics, errorsOf, findingsOf, registry, testNamespace, vault } from '../../../support/app';

const { kv } = VaultSecretMount;
const path = 'secret/data/db';

/** A workload that reads a secret by each delivery, but for the patch without errors. */
function patched(kind: string, patch: Patch<KubernetesObject>, name?: string) {
  const { app, shop } = testNamespace({ vault });
  const secrets = [
    kv(path, { file: '/run/a/password', field: 'password', delivery: 'agent' }),
    kv(path, { file: '/run/c/password', field: 'password', delivery: 'csi' }),
    kv(path, { file: '/run/o/password', field: 'password', delivery: 'operator' }),
  ];
  const orders = new SecureDeployment(shop, 'orders', { ...basics, secrets });
  orders.patch(kind, patch, name);
  return errorsOf(app).map(({ rule, property, construct }) => {
    expect(construct).toBe('shop/orders');
    return [rule, property];
  });
}

const annotated = (name: string, text: string | null, prefix = 'vault.hashicorp.com') =>
  patched('Deployment', { spec: { template: { metadata: { annotations: { [`${prefix}/${name}`]: text } } } } });
const at = (name: string, prefix = 'vault.hashicorp.com') => `spec.template.metadata.annotations["${prefix}/${name}"]`;

describe('a patch of what a delivery wrote', () => {
  it.each([
    ['role', 'payments.other'],
    ['role', null],
    ['agent-inject', 'false'],
    ['agent-inject-secret-x', 'secret/data/other'],
    ['agent-inject-secret-password', 'secret/data/other'],
    ['agent-inject-template-password', '{{ "" }}'],
    ['agent-inject-containers', 'proxy'],
    ['auth-path', 'auth/other'],
    ['service', 'https://vault.evil.example'],
    ['proxy-address', 'http://proxy.evil.example'],
    ['agent-configmap', 'other'],
    ['secret-volume-path-password', '/run/elsewhere'],
  ])('may not set the annotation %s to %j', (name, text) => {
    expect(annotated(name, text)).toContainEqual(['patch-valid', `patch of Deployment (${at(name)})`]);
  });

  it('may not bring in another injector', () => {
    expect(annotated('agent-inject', 'true', 'openbao.org')).toContainEqual([
      'patch-valid',
      `patch of Deployment (${at('agent-inject', 'openbao.org')})`,
    ]);
  });

  it.each([
    ['tls-skip-verify', 'true', 'vault-tls'],
    ['agent-set-security-context', 'false', 'vault-agent'],
    ['agent-run-as-user', '0', 'vault-agent'],
    ['agent-json-patch', '[{"op":"add","path":"/securityContext","value":{"privileged":true}}]', 'vault-agent'],
    ['agent-image', 'evil.example/vault:latest', 'image-digest'],
    ['agent-image', 'evil.example/vault:latest', 'image-allowed'],
  ])('is judged by rules where it sets %s to %s', (name, text, rule) => {
    expect(annotated(name, text)).toContainEqual([rule, at(name)]);
  });

  it('may give the agent more, or another image that is as good', () => {
    expect(annotated('agent-requests-cpu', '100m')).toEqual([]);
    expect(annotated('log-level', 'debug')).toEqual([]);
    expect(annotated('agent-image', `${registry}/vault@sha256:${'b'.repeat(64)}`)).toEqual([]);
  });

  it.each([
    ['SecretProviderClass', { spec: { parameters: { roleName: 'other' } } }, 'spec.parameters.roleName'],
    ['SecretProviderClass', { spec: { parameters: { vaultAddress: 'https://x' } } }, 'spec.parameters.vaultAddress'],
    ['SecretProviderClass', { spec: { parameters: { objects: '[]' } } }, 'spec.parameters.objects'],
    ['SecretProviderClass', { spec: { provider: 'aws' } }, 'spec.provider'],
    ['VaultConnection', { spec: { address: 'https://x' } }, 'spec.address'],
    ['VaultAuth', { spec: { mount: 'other' } }, 'spec.mount'],
    ['VaultAuth', { spec: { kubernetes: { role: 'other' } } }, 'spec.kubernetes'],
    ['VaultStaticSecret', { spec: { path: 'other' } }, 'spec.path'],
    ['VaultStaticSecret', { spec: { vaultAuthRef: 'other' } }, 'spec.vaultAuthRef'],
  ])('may not change the %s by %j', (kind, patch, property) => {
    expect(patched(kind, patch)).toEqual([['patch-valid', `patch of ${kind} (${property})`]]);
  });

  it.each([
    ['VaultConnection', { spec: { skipTLSVerify: true } }, 'spec.skipTLSVerify'],
    [
      'SecretProviderClass',
      { spec: { parameters: { vaultSkipTLSVerify: 'true' } } },
      'spec.parameters.vaultSkipTLSVerify',
    ],
  ])('is judged by a rule where it changes the %s by %j', (kind, patch, property) => {
    expect(patched(kind, patch)).toEqual([['vault-tls', property]]);
  });

  it('may change how often the operator looks', () => {
    expect(patched('VaultStaticSecret', { spec: { refreshAfter: '5m' } })).toEqual([]);
  });

  it('may not change what is read of a cloud', () => {
    const { app, shop } = testNamespace({ cloudSecrets: { aws: { region: 'eu-west-1' } } });
    const orders = new SecureDeployment(shop, 'orders', {
      ...basics,
      cloudIdentity: CloudIdentity.irsa({ roleArn: 'arn:aws:iam::111122223333:role/orders' }),
      secrets: [AwsSecretMount.secretsManager('orders/db', { file: '/run/a/password', field: 'password' })],
    });
    expect(errorsOf(app)).toEqual([]);
    orders.patch('SecretProviderClass', { spec: { parameters: { region: 'us-east-1' } } });
    expect(errorsOf(app)).toMatchObject([
      { rule: 'patch-valid', property: 'patch of SecretProviderClass (spec.parameters.region)' },
    ]);
  });
});

it.each([
  ['agent-inject-secret-zz', 'secret/data/other', 1],
  ['tls-skip-verify', 'true', 1],
  ['tls-skip-verify', 'false', 0],
  ['agent-telemetry-disable_hostname', 'true', 1],
])('refuses a pod annotation %s of "%s" beside those of the agent', (name, text, count) => {
  const { app, shop } = testNamespace({ vault });
  const secrets = [kv(path, { file: '/run/a/password', field: 'password', delivery: 'agent' })];
  const podAnnotations = { [`vault.hashicorp.com/${name}`]: text, 'example.com/mine': 'kept' };
  new SecureDeployment(shop, 'orders', { ...basics, secrets, podAnnotations });
  expect(errorsOf(app).map(({ rule, property }) => [rule, property])).toEqual(
    Array(count).fill(['secret-mount', `podAnnotations["vault.hashicorp.com/${name}"]`]),
  );
});

describe('a patch of who the processes are', () => {
  const withPatch = (mount: VaultSecretMount, patch: Patch<PodSpec>) => {
    const { app, shop } = testNamespace({ vault });
    const orders = new SecureDeployment(shop, 'orders', { ...basics, secrets: [mount] });
    orders.patchPod({ terminationGracePeriodSeconds: 40 });
    expect(errorsOf(app)).toEqual([]);
    orders.patchPod(patch);
    return errorsOf(app).map(({ rule, property, message }) => [rule, property, message]);
  };
  const of = (delivery: 'agent' | 'csi' | 'operator', mode?: number) =>
    kv(path, { file: '/run/a/password', field: 'password', delivery, ...(mode !== undefined && { mode }) });
  const unreadable = (message: RegExp) => [['secret-mount', 'secrets[0].mode', expect.stringMatching(message)]];

  it.each([
    ['the pod', { securityContext: { runAsUser: 12_345 } }],
    ['the container', { containers: [{ name: 'orders', securityContext: { runAsUser: 12_345 } }] }],
  ] as const)('is refused where the file of the agent is no longer its own: in %s', (_, patch) => {
    expect(withPatch(of('agent', 0o400), patch)).toEqual(
      unreadable(/user 12345 cannot read it: it belongs to 65532:\d+ with the mode 0o400, after the patches/),
    );
  });

  it('is refused where the volumes are of no group any more', () => {
    expect(withPatch(of('operator'), { securityContext: { fsGroup: null } })).toEqual(
      unreadable(/user 65532 cannot read it: it belongs to 0:0 with the mode 0o440, after the patches/),
    );
  });

  it('is taken where the file can still be read', () => {
    expect(withPatch(of('agent'), { securityContext: { runAsUser: 12_345 } })).toEqual([]);
    expect(withPatch(of('operator'), { securityContext: { fsGroup: 12_345 } })).toEqual([]);
    expect(withPatch(of('csi'), { securityContext: { runAsUser: 12_345 } })).toEqual([]);
  });
});

it('refuses the token of the agent in another container', () => {
  const { app, shop } = testNamespace({ vault });
  const secrets = [kv(path, { file: '/run/a/password', field: 'password', delivery: 'agent' })];
  const orders = new SecureDeployment(shop, 'orders', { ...basics, secrets });
  expect(errorsOf(app)).toEqual([]);
  orders.patchPod({
    containers: [{ name: 'orders', volumeMounts: [{ name: 'vault-token', mountPath: '/var/run/vault' }] }],
  });
  expect(errorsOf(app)).toMatchObject([{ rule: 'vault-agent', container: 'orders' }]);
});

it('judges a VaultConnection that somebody else wrote', () => {
  const { app, shop } = testNamespace({ vault });
  new ApiObject(shop, 'connection', {
    apiVersion: 'secrets.hashicorp.com/v1beta1',
    kind: 'VaultConnection',
    metadata: { name: 'other' },
    spec: { address: 'http://vault.other.svc:8200', skipTLSVerify: true },
  });
  expect(findingsOf(app).filter(({ rule }) => rule === 'vault-tls')).toMatchObject([
    { property: 'spec.address' },
    { property: 'spec.skipTLSVerify' },
  ]);
});

it('judges the image of an agent in annotations that somebody else wrote', () => {
  const { app, shop } = testNamespace({ vault });
  const annotations = {
    'vault.hashicorp.com/agent-inject': 'true',
    'vault.hashicorp.com/agent-image': 'evil.example/vault:latest',
  };
  new SecureDeployment(shop, 'orders', { ...basics, podAnnotations: annotations });
  expect(errorsOf(app).map(({ rule, property }) => [rule, property])).toEqual([
    ['image-allowed', at('agent-image')],
    ['image-digest', at('agent-image')],
  ]);
});
