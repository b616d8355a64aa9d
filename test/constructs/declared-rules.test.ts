import { ApiObject, Chart } from 'cdk8s';
import { type DeclaredRuleId, type RuleIdOf, rules, type SetRule } from '../../core';
import {
  type BulwarkApp,
  ClusterTarget,
  EncryptedSecret,
  ExistingNamespace,
  ExternalWorkload,
  LockedNamespace,
  Mount,
  MutualTls,
  Probe,
  SecureCronJob,
  SecureDeployment,
  VaultSecretMount,
  type VaultServer,
} from '../../index';
import { basics, findingsOf, image, testNamespace } from '../support/app';

/** Rules that one object does not answer: each needs an app. */
type AppRuleId = DeclaredRuleId | RuleIdOf<SetRule>;
const ofApps = rules
  .filter(({ subject }) => subject === 'declaration' || subject === 'set')
  .map(({ id }) => id) as AppRuleId[];
const plain = ClusterTarget.of('1.36', { cni: 'calico' });
const raw = (scope: Chart, props: object) =>
  new ApiObject(scope, `raw-${scope.node.children.length}`, props as ConstructorParameters<typeof ApiObject>[2]);
const rawPod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers: [] } };
const rawPolicy = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'x' },
  spec,
});
const rawNamespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'raw' } };
const nobody = { matchLabels: { app: 'nobody' } };

interface Case {
  readonly target?: ClusterTarget;
  readonly vault?: VaultServer;
  readonly declare: (shop: LockedNamespace, app: BulwarkApp) => unknown;
}

/** A declaration that breaks each rule. A rule without one does not compile. */
const cases: Readonly<Record<AppRuleId, Case>> = {
  'name-valid': { declare: (shop) => new SecureDeployment(shop, 'Api', basics) },
  'identity-unique': {
    declare: (shop) => [
      new SecureDeployment(shop, 'a', { ...basics, name: 'x' }),
      new SecureDeployment(shop, 'b', { ...basics, name: 'x' }),
    ],
  },
  'pdb-keeps-all': {
    declare: (shop) => {
      const { selector } = new SecureDeployment(shop, 'api', { ...basics, replicas: 2 });
      new ApiObject(shop, 'budget', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'budget' },
        spec: { minAvailable: 2, selector: { matchLabels: selector } },
      });
    },
  },
  'secret-owner': {
    declare: (shop) =>
      ['a', 'b'].map(
        (name) =>
          new SecureDeployment(shop, name, {
            ...basics,
            secrets: [
              VaultSecretMount.kv('secret/data/db', {
                file: '/etc/shop/db',
                field: name,
                syncAs: { secret: 'db', key: 'db' },
              }),
            ],
          }),
      ),
  },
  'secret-mount': {
    declare: (shop) =>
      new SecureDeployment(shop, 'api', {
        ...basics,
        secrets: [VaultSecretMount.kv('/secret/db', { file: '/etc/shop/db.json' })],
      }),
  },
  'encrypted-secret': { declare: (shop) => new EncryptedSecret(shop, 'db', { file: 'no-such-file.yaml' }) },
  'secret-wildcard': {
    declare: (shop) =>
      new SecureDeployment(shop, 'api', {
        ...basics,
        secrets: [VaultSecretMount.kv('secret/data/shop/*', { file: '/etc/shop/db.json' })],
      }),
  },
  'vault-tls': {
    vault: { address: 'http://vault.vault.svc:8200' },
    declare: (shop) =>
      new SecureDeployment(shop, 'api', {
        ...basics,
        secrets: [VaultSecretMount.kv('secret/data/db', { file: '/etc/shop/db', field: 'password' })],
      }),
  },
  'object-list': {
    declare: (shop) => raw(shop, { apiVersion: 'example.com/v1', kind: 'Box', metadata: { name: 'x' }, items: [] }),
  },
  'label-value': {
    declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, labels: { long: 'x'.repeat(64) } }),
  },
  'annotation-valid': {
    declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, annotations: { 'my owner': 'team-shop' } }),
  },
  'access-expiry': {
    declare: (shop) =>
      raw(shop, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'x' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'break-glass-x' },
        subjects: [],
      }),
  },
  'network-policy-valid': {
    declare: (shop) =>
      raw(shop, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'x' },
        spec: {
          podSelector: {},
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 70_000 }] }],
        },
      }),
  },
  'opening-expiry': {
    declare: (shop) => {
      const temporary = { expires: '2026-02-30', reason: 'the old reports read it' };
      new SecureDeployment(shop, 'api', basics).egressTo({ cidr: '203.0.113.0/24', ports: [443], temporary });
    },
  },
  'exception-valid': {
    declare: (shop) =>
      new SecureDeployment(shop, 'api', {
        ...basics,
        exceptions: [{ rule: 'nothing', reason: 'because of it', expires: '2027-01-31' }],
      }),
  },
  'exception-long': {
    declare: (shop) =>
      new SecureDeployment(shop, 'api', {
        ...basics,
        exceptions: [{ rule: 'privileged', reason: 'because of it', expires: '2027-11-23' }],
      }),
  },
  'exception-unused': {
    declare: (shop) =>
      new SecureDeployment(shop, 'api', {
        ...basics,
        exceptions: [{ rule: 'privileged', reason: 'because of it', expires: '2027-01-31' }],
      }),
  },
  'target-valid': { target: ClusterTarget.of('1.12'), declare: (shop) => new SecureDeployment(shop, 'api', basics) },
  'target-api': {
    declare: (shop) => raw(shop, { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', metadata: { name: 'x' } }),
  },
  'gated-field': {
    declare: (shop) =>
      raw(shop, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
          dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'a', namespace: 'other' },
        },
      }),
  },
  'connection-port': {
    declare: (shop) => new SecureDeployment(shop, 'api', basics).connectTo(new SecureDeployment(shop, 'db', basics)),
  },
  'connection-cut': {
    declare: (shop) => {
      const api = new SecureDeployment(shop, 'api', basics);
      api.egressTo({ cidr: '203.0.113.0/24', ports: [443] });
      api.patch('NetworkPolicy', { spec: { egress: null } });
    },
  },
  'port-valid': {
    declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, port: 70_000, readiness: Probe.exec(['true']) }),
  },
  'probe-port': { declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, readiness: Probe.http('/') }) },
  'mount-path': { declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, writable: ['tmp'] }) },
  'env-name': { declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, env: { '1A': '' } }) },
  'prop-valid': { declare: (shop) => new SecureDeployment(shop, 'api', { image } as typeof basics) },
  'schedule-valid': { declare: (shop) => new SecureCronJob(shop, 'job', { ...basics, schedule: 'daily' }) },
  'patch-valid': {
    declare: (shop) => new SecureDeployment(shop, 'api', basics).patch('Deployment', { metadata: { name: 'b' } }),
  },
  'schema-valid': {
    declare: (shop) => new SecureDeployment(shop, 'api', basics).patchPod({ hostNetwork: 'true' } as object),
  },
  'plain-data': {
    declare: (shop) => new SecureDeployment(shop, 'api', basics).patch('Deployment', { spec: { minReadySeconds: 5n } }),
  },
  'selector-match': {
    declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, podLabels: { 'app.kubernetes.io/name': 'b' } }),
  },
  'selector-overlap': {
    declare: (shop) => {
      new SecureDeployment(shop, 'api', { ...basics, selector: { app: 'shop' } });
      new SecureDeployment(shop, 'worker', { ...basics, selector: { app: 'shop', tier: 'back' } });
    },
  },
  'cidr-valid': {
    declare: (shop) => new SecureDeployment(shop, 'api', basics).egressTo({ cidr: '10.0.0.300/8', ports: [1] }),
  },
  'nested-chart': { declare: (shop) => new Chart(shop, 'chart') },
  'mesh-identity': {
    declare: (shop, app) => {
      const gateway = new ExternalWorkload(new ExistingNamespace(app, 'edge'), 'gateway', { selector: { app: 'g' } });
      new SecureDeployment(shop, 'api', { ...basics, port: 80 }).exposeTo(gateway);
      new MutualTls(shop, 'mtls', { mesh: 'istio-ambient' });
    },
  },
  'mesh-plaintext': {
    declare: (shop) => {
      const api = new SecureDeployment(shop, 'api', { ...basics, port: 80 });
      new MutualTls(shop, 'mtls', { mesh: 'istio-ambient' }).allowPlaintext(api, { port: 80 });
    },
  },
  'mesh-plugin': { declare: (shop) => new MutualTls(shop, 'mtls', { mesh: 'linkerd' }) },
  'fqdn-policy': {
    target: plain,
    declare: (shop) => new SecureDeployment(shop, 'api', basics).egressTo({ fqdn: 'example.org', ports: [443] }),
  },
  'api-server-endpoints': {
    target: plain,
    declare: (shop) =>
      new SecureDeployment(shop, 'api', basics).grantApiAccess({ resources: ['pods'], verbs: ['list'] }),
  },
  'namespace-network-isolation': {
    declare: (_, app) => new SecureDeployment(new ExistingNamespace(app, 'open'), 'api', basics),
  },
  'resource-quota': { declare: (_, app) => raw(new Chart(app, 'raw'), rawNamespace) },
  'limit-range': { declare: (_, app) => raw(new Chart(app, 'raw'), rawNamespace) },
  'network-policy-coverage': { declare: (_, app) => raw(new ExistingNamespace(app, 'open'), rawPod) },
  'network-policy-unused': {
    declare: (_, app) => {
      const open = new ExistingNamespace(app, 'open');
      raw(open, rawPod);
      raw(open, rawPolicy({ podSelector: nobody }));
    },
  },
  'network-peer-unknown': {
    declare: (_, app) => {
      const open = new ExistingNamespace(app, 'open');
      raw(open, rawPod);
      raw(open, rawPolicy({ podSelector: {}, ingress: [{ from: [{ podSelector: nobody }] }] }));
    },
  },
  'network-connection-blocked': {
    declare: (_, app) => {
      const open = new ExistingNamespace(app, 'open');
      raw(open, rawPod);
      raw(open, { ...rawPod, metadata: { name: 'other', labels: { app: 'other' } } });
      raw(open, rawPolicy({ podSelector: { matchLabels: { app: 'other' } }, policyTypes: ['Ingress'] }));
      const to = [{ podSelector: { matchLabels: { app: 'other' } } }];
      raw(open, rawPolicy({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to }] }));
    },
  },
  'network-port-unused': {
    declare: (_, app) => {
      const open = new ExistingNamespace(app, 'open');
      raw(open, rawPod);
      raw(open, rawPolicy({ podSelector: {}, ingress: [{ ports: [{ port: 'nobody' }] }] }));
    },
  },
  'network-metadata-group': {
    declare: (shop) => {
      raw(shop, {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumCIDRGroup',
        metadata: { name: 'meta' },
        spec: { externalCIDRs: ['169.254.169.254/32'] },
      });
      raw(shop, {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'meta' },
        spec: { endpointSelector: {}, egress: [{ toCIDRSet: [{ cidrGroupRef: 'meta' }] }] },
      });
    },
  },
  'service-target-port': {
    declare: (shop) =>
      new SecureDeployment(shop, 'api', { ...basics, port: 80, readiness: Probe.tcp() }).patch('Service', {
        spec: { ports: [{ port: 80, targetPort: 'nobody' }] },
      }),
  },
  'network-policy-redundant': {
    declare: (_, app) => {
      const open = new ExistingNamespace(app, 'open');
      raw(open, rawPod);
      raw(open, rawPolicy({ podSelector: {} }));
      raw(open, rawPolicy({ podSelector: {} }));
    },
  },
  'network-policy-enforced': {
    target: ClusterTarget.of('1.36', { cni: 'flannel' }),
    declare: (shop) => new SecureDeployment(shop, 'api', basics),
  },
  'external-policy': {
    declare: (shop, app) =>
      new SecureDeployment(shop, 'api', basics).connectTo(
        new ExternalWorkload(new ExistingNamespace(app, 'data'), 'db', { selector: { app: 'db' }, ports: [5432] }),
      ),
  },
  'namespace-limit': {
    declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, resources: { cpu: '1', memory: '1Ti' } }),
  },
  'namespace-bounds': { declare: (shop) => shop.patch('LimitRange', { spec: { limits: [] } }) },
  'namespace-quota': {
    declare: (_, app) =>
      new SecureDeployment(new LockedNamespace(app, 'tiny', { owner: 'x', quota: { pods: 1 } }), 'api', basics),
  },
  'pod-security-conflict': {
    declare: (shop) =>
      new SecureDeployment(shop, 'api', {
        ...basics,
        exceptions: [{ rule: 'seccomp-profile', reason: 'an old kernel', expires: '2027-01-31' }],
      }).patchPod({ securityContext: { seccompProfile: null } }),
  },
  'pod-valid': { declare: (shop) => new SecureDeployment(shop, 'api', basics).patchPod({ priority: 5 }) },
  'user-namespaces': { target: plain, declare: (shop) => new SecureDeployment(shop, 'api', basics) },
  'supplemental-groups': { target: plain, declare: (shop) => new SecureDeployment(shop, 'api', basics) },
  'apparmor-missing': { target: plain, declare: (shop) => new SecureDeployment(shop, 'api', basics) },
  'replicas-valid': {
    declare: (shop) => new SecureDeployment(shop, 'api', { ...basics, replicas: 2, autoscale: { max: 3 } }),
  },
  'single-node-volume': {
    declare: (shop) =>
      new SecureDeployment(shop, 'api', { ...basics, replicas: 2, mounts: { '/data': Mount.claim('data') } }),
  },
  'construct-validation': { declare: (shop) => shop.node.addValidation({ validate: () => ['it is crooked'] }) },
  'rule-failed': {
    declare: (shop) =>
      raw(shop, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'x' },
        spec: { podSelector: {}, ingress: 5 },
      }),
  },
};

describe('every rule about declarations and the set', () => {
  it('has a case here', () => {
    expect(Object.keys(cases).sort()).toEqual([...ofApps].sort());
  });

  it.each(ofApps)('%s is reported for a declaration that breaks it, by construct and with a remedy', (id) => {
    const { target, vault, declare } = cases[id];
    const { app, shop } = testNamespace({ ...(target && { target }), ...(vault && { vault }) });
    declare(shop, app);
    const found = findingsOf(app).filter(({ rule }) => rule === id);
    expect(found.length).toBeGreaterThan(0);
    for (const { severity, construct, message, remedy } of found) {
      expect(severity).toBe(rules.find((rule) => rule.id === id)?.severity);
      expect(construct).toEqual(expect.any(String));
      expect(message).toMatch(/\w{2}/);
      expect(remedy).toMatch(/\w{2}/);
    }
  });

  it.each(ofApps)('%s is not reported for one that keeps it', (id) => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', { ...basics, port: 8080, readiness: Probe.http('/ready') }).connectTo(
      new SecureDeployment(shop, 'db', { ...basics, port: 5432, readiness: Probe.tcp() }),
    );
    expect(findingsOf(app).filter(({ rule }) => rule === id)).toEqual([]);
  });
});
