import { peakDemand } from '../../../../core/hardening';
import type { KubernetesObject } from '../../../../core/manifest';
import { evaluate } from '../../../../core/policy';
import { injectedContainers } from '../../../../core/secrets/vault/injected';
import { SecureDeployment, SecureJob, VaultSecretMount } from '../../../../index';
import { basics, image, objectsOf, testNamespace, vault } from '../../../support/app';
import { inject } from '../../../support/vault/injector';

const secrets = [VaultSecretMount.kv('secret/data/db', { file: '/etc/orders/db', field: 'password' })];

function synthesized(delivery: 'agent' | 'csi'): readonly KubernetesObject[] {
  const { app, shop } = testNamespace({ vault: { ...vault, delivery, agent: { image } } });
  new SecureDeployment(shop, 'orders', { ...basics, secrets });
  new SecureJob(shop, 'import', { ...basics, secrets });
  return objectsOf(app);
}

const shown = (objects: readonly KubernetesObject[]) =>
  Object.fromEntries(Object.entries(peakDemand(objects)).map(([resource, amount]) => [resource, amount.toString()]));

describe('what a quota counts of injected pods', () => {
  it('is what they have after admission', () => {
    const objects = synthesized('agent');
    const after = objects.map((object) => {
      const { template } = (object.spec ?? {}) as { template?: Parameters<typeof inject>[0] };
      if (template === undefined) return object;
      const { metadata: _, ...injected } = inject(template);
      return { ...object, spec: { ...(object.spec as object), template: injected } };
    });
    expect(shown(objects)).toEqual(shown(after));
    expect(shown(objects)['requests.memory']).not.toBe(shown(synthesized('csi'))['requests.memory']);
  });

  it('lets them into the namespace: its own quota has room for them', () => {
    const hard = (delivery: 'agent' | 'csi') =>
      synthesized(delivery).find(({ kind }) => kind === 'ResourceQuota')?.spec as { hard: Record<string, string> };
    expect(hard('agent').hard['limits.memory']).not.toBe(hard('csi').hard['limits.memory']);
  });
});

it('breaks no rule but one: the volumes that the injector adds have no size', () => {
  const [deployment] = synthesized('agent').filter(({ kind }) => kind === 'Deployment');
  const spec = deployment?.spec as { template: Parameters<typeof inject>[0] };
  const { metadata, spec: injected } = inject(spec.template);
  const object: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: 'orders', namespace: 'shop' },
    spec: injected,
  };
  const { findings } = evaluate([{ object }], {
    target: testNamespace().app.platform.target,
    registries: ['registry.example'],
    today: '2026-11-21',
  });
  const ofObject = findings.filter(({ property }) => property?.startsWith('spec.'));
  expect([...new Set(ofObject.map(({ rule }) => rule))]).toEqual(['empty-dir-size']);
  expect(ofObject.map(({ message }) => message)).toMatchSnapshot();
});

it.each([
  ['nothing', undefined, []],
  ['another annotation', { 'vault.hashicorp.com/agent-inject': 'false' }, []],
  ['the injector by its defaults', { 'vault.hashicorp.com/agent-inject': 'true' }, ['init 250m', 'container 250m']],
  [
    "OpenBao's, once",
    {
      'openbao.org/agent-inject': 'true',
      'openbao.org/agent-pre-populate-only': 'true',
      'openbao.org/agent-requests-cpu': '1m',
    },
    ['init 1m'],
  ],
  [
    'no init container',
    { 'vault.hashicorp.com/agent-inject': 'true', 'vault.hashicorp.com/agent-pre-populate': 'false' },
    ['container 250m'],
  ],
] as const)('reads what %s adds', (_, annotations, expected) => {
  const found = injectedContainers({ metadata: annotations ? { annotations } : {} });
  expect(found.map(({ role, container }) => `${role} ${container.resources.requests.cpu}`)).toEqual(expected);
});
