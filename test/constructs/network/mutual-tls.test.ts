import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type BulwarkApp,
  ClusterTarget,
  type ClusterTargetOptions,
  ExistingNamespace,
  ExternalWorkload,
  LockedNamespace,
  type MeshName,
  MutualTls,
  type MutualTlsProps,
  Probe,
  SecureCronJob,
  SecureDeployment,
  type SecureDeploymentProps,
} from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp } from '../../support/app';

const plugins: Readonly<Record<MeshName, ClusterTargetOptions>> = {
  istio: { meshPlugin: 'istio-cni' },
  'istio-ambient': {},
  linkerd: { meshPlugin: 'linkerd-cni' },
};

interface Parts {
  readonly app: BulwarkApp;
  readonly shop: LockedNamespace;
  readonly edge: ExistingNamespace;
  readonly gateway: ExternalWorkload;
  readonly mtls: MutualTls;
  readonly web: SecureDeployment;
  readonly db: SecureDeployment;
}

const serving = { ...basics, readiness: Probe.tcp() } as const;

/** A shop of two, of which one calls the other, and a gateway of somebody else. */
function made(
  props: Partial<MutualTlsProps> & { readonly mesh: MeshName },
  web: Partial<SecureDeploymentProps> = {},
  options: ClusterTargetOptions = plugins[props.mesh],
  version = '1.36',
): Parts {
  const app = testApp({ target: ClusterTarget.of(version, { cni: 'cilium', ...options }) });
  const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  const edge = new ExistingNamespace(app, 'edge');
  const gateway = new ExternalWorkload(edge, 'gateway', {
    selector: { app: 'gateway' },
    serviceAccountName: 'gateway',
  });
  const mtls = new MutualTls(app, 'mtls', props);
  const db = new SecureDeployment(shop, 'db', { ...serving, port: { port: 5432, servicePort: 15432 } });
  const frontend = new SecureDeployment(shop, 'web', { ...serving, port: 8080, readiness: Probe.http('/up'), ...web });
  frontend.connectTo(db);
  return { app, shop, edge, gateway, mtls, web: frontend, db };
}

const said = (app: BulwarkApp) =>
  findingsOf(app)
    .filter(({ rule }) => rule.startsWith('mesh-'))
    .map(({ rule, severity, construct, property, value }) => [rule, severity, construct, property, value]);

describe('mutual TLS of Istio', () => {
  it('closes the namespace, asks for TLS, and lets in by identity on the port that the pods listen on', () => {
    const { app } = made({ mesh: 'istio' });
    expect(objectOf(app, 'PeerAuthentication', 'default').spec).toEqual({ mtls: { mode: 'STRICT' } });
    expect(objectOf(app, 'AuthorizationPolicy', 'default-deny').spec).toEqual({});
    expect(objectOf(app, 'AuthorizationPolicy', 'db')).toEqual({
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'db', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'db' } },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'db' } },
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }],
            to: [{ operation: { ports: ['5432'] } }],
          },
        ],
      },
    });
    expect(objectOf(app, 'AuthorizationPolicy', 'web').spec).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      action: 'ALLOW',
    });
    expect(JSON.stringify(objectsOf(app))).not.toContain('PERMISSIVE');
  });

  it('puts namespace and pods into the mesh, by a revision where there is one', () => {
    const { app } = made({ mesh: 'istio', revision: 'stable', proxy: { memory: '512Mi' } });
    expect(objectOf(app, 'Namespace', 'shop').metadata?.labels).toMatchObject({ 'istio.io/rev': 'stable' });
    const { template } = objectOf(app, 'Deployment', 'web').spec as { template: { metadata: object } };
    expect(template.metadata).toEqual({
      labels: { 'app.kubernetes.io/name': 'web', 'sidecar.istio.io/inject': 'true', 'istio.io/rev': 'stable' },
      annotations: {
        'sidecar.istio.io/nativeSidecar': 'true',
        'sidecar.istio.io/proxyCPU': '100m',
        'sidecar.istio.io/proxyMemory': '512Mi',
        'sidecar.istio.io/proxyMemoryLimit': '512Mi',
      },
    });
    expect(objectOf(made({ mesh: 'istio' }).app, 'Namespace', 'shop').metadata?.labels).toMatchObject({
      'istio-injection': 'enabled',
    });
  });

  it('counts the proxies against the quota of the namespace', () => {
    const hard = (app: BulwarkApp) => (objectOf(app, 'ResourceQuota', 'quota').spec as { hard: object }).hard;
    const without = testApp();
    const shop = new LockedNamespace(without, 'shop', { owner: 'team-shop' });
    for (const name of ['db', 'web']) new SecureDeployment(shop, name, { ...serving, port: 8080 });
    expect(hard(without)).toMatchObject({ pods: '8', 'requests.memory': '512Mi', 'requests.ephemeral-storage': '1Gi' });
    expect(hard(made({ mesh: 'istio' }).app)).toMatchObject({
      pods: '8',
      'requests.cpu': '1600m',
      'requests.memory': '2560Mi',
      'limits.memory': '2560Mi',
      'requests.ephemeral-storage': '2Gi',
    });
  });

  it('keeps the ways of the proxies open in NetworkPolicies, and those that are declared as they are', () => {
    const { app } = made({ mesh: 'istio', controlPlaneNamespace: 'mesh' });
    const istiod = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'mesh' } },
      podSelector: { matchLabels: { app: 'istiod' } },
    };
    const db = objectOf(app, 'NetworkPolicy', 'db').spec as { ingress: object; egress: { to: object }[] };
    expect(db.ingress).toEqual([
      {
        from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } }],
        ports: [{ protocol: 'TCP', port: 5432 }],
      },
    ]);
    expect(db.egress).toContainEqual({ to: [istiod], ports: [{ protocol: 'TCP', port: 15012 }] });
    expect(db.egress).toHaveLength(2);
  });
});

describe('mutual TLS of Istio without sidecars', () => {
  it('opens the one port of the tunnel, and the ports of probes to the addresses that those have', () => {
    const { app } = made({ mesh: 'istio-ambient' });
    expect(objectOf(app, 'Namespace', 'shop').metadata?.labels).toMatchObject({ 'istio.io/dataplane-mode': 'ambient' });
    const web = objectOf(app, 'NetworkPolicy', 'web').spec as { ingress: object; egress: object[] };
    expect(web.ingress).toEqual([
      {
        from: [
          { ipBlock: { cidr: '169.254.7.127/32' } },
          { ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } },
        ],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
    ]);
    expect(web.egress).toContainEqual({
      to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'db' } } }],
      ports: [{ protocol: 'TCP', port: 15008 }],
    });
    expect(JSON.stringify(web)).not.toContain('istiod');
  });

  it('leaves addresses outside of the cluster as they are', () => {
    const { app, web } = made({ mesh: 'istio-ambient' });
    web.egressTo({ cidr: '203.0.113.0/24', ports: [443] });
    expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'web').spec)).toContain(
      '{"to":[{"ipBlock":{"cidr":"203.0.113.0/24"}}],"ports":[{"protocol":"TCP","port":443}]}',
    );
    expect(errorsOf(app)).toEqual([]);
  });

  it('says in the policy of another owner the port that the packets have', () => {
    const { app, web, gateway, edge, mtls } = made({ mesh: 'linkerd' });
    web.exposeTo(gateway);
    const ports = () => (app.platform.requiredPolicies[0]?.policy.spec.egress ?? []).flatMap(({ ports: of }) => of);
    expect(ports()).toEqual([{ protocol: 'TCP', port: 8080 }]);
    expect([edge.namespaceName, mtls.node.id]).toEqual(['edge', 'mtls']);
    const other = made({ mesh: 'linkerd' });
    const meshed = testApp({ target: ClusterTarget.of('1.36', { cni: 'cilium', ...plugins.linkerd }) });
    const shop = new LockedNamespace(meshed, 'shop', { owner: 'x' });
    const outside = new ExistingNamespace(meshed, 'edge');
    const theirs = new ExternalWorkload(outside, 'gateway', { selector: { app: 'g' }, serviceAccountName: 'g' });
    new SecureDeployment(shop, 'web', { ...serving, port: 8080 }).exposeTo(theirs);
    new MutualTls(meshed, 'mtls', { mesh: 'linkerd', meshed: [outside] });
    expect(meshed.platform.requiredPolicies[0]?.policy.spec.egress?.[0]?.ports).toEqual([
      { protocol: 'TCP', port: 4143 },
    ]);
    expect(other.app).toBeDefined();
  });
});

describe('mutual TLS of Linkerd', () => {
  it('closes the namespace by its annotation, and lets in by identity on each port', () => {
    const { app } = made({ mesh: 'linkerd', trustDomain: 'acme.example' });
    expect(objectOf(app, 'Namespace', 'shop').metadata?.annotations).toEqual({
      'linkerd.io/inject': 'enabled',
      'config.linkerd.io/default-inbound-policy': 'deny',
    });
    const linkerd = objectsOf(app).filter(({ apiVersion }) => apiVersion?.startsWith('policy.linkerd.io'));
    expect(linkerd.map(({ kind, metadata, spec }) => [kind, metadata?.name, spec])).toEqual([
      [
        'AuthorizationPolicy',
        'db-5432',
        {
          targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'db-5432' },
          requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'db-5432' }],
        },
      ],
      ['MeshTLSAuthentication', 'db-5432', { identities: ['web.shop.serviceaccount.identity.linkerd.acme.example'] }],
      [
        'Server',
        'db-5432',
        { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'db' } }, port: 5432, proxyProtocol: 'opaque' },
      ],
      [
        'Server',
        'web-8080',
        { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } }, port: 8080, proxyProtocol: 'unknown' },
      ],
    ]);
  });

  it('lets somebody read the metrics of the proxies', () => {
    const app = testApp({ target: ClusterTarget.of('1.36', { cni: 'cilium', ...plugins.linkerd }) });
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    const watch = new LockedNamespace(app, 'watch', { owner: 'x' });
    const prometheus = new SecureDeployment(watch, 'prometheus', basics);
    new MutualTls(app, 'mtls', { mesh: 'linkerd', metricsFrom: [prometheus] });
    new SecureDeployment(shop, 'web', { ...serving, port: 8080 });
    expect(
      objectsOf(app)
        .filter(({ metadata }) => metadata?.name === 'linkerd-admin' && metadata.namespace === 'shop')
        .map(({ kind, spec }) => [kind, spec]),
    ).toEqual([
      ['AuthorizationPolicy', expect.anything()],
      ['MeshTLSAuthentication', { identities: ['prometheus.watch.serviceaccount.identity.linkerd.cluster.local'] }],
      [
        'Server',
        {
          podSelector: { matchLabels: { 'linkerd.io/control-plane-ns': 'linkerd' } },
          port: 'linkerd-admin',
          proxyProtocol: 'HTTP/1',
        },
      ],
    ]);
    const port = [{ protocol: 'TCP', port: 4191 }];
    expect(objectOf(app, 'NetworkPolicy', 'web').spec).toMatchObject({ ingress: [{ ports: port }] });
    expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'prometheus').spec)).toContain(JSON.stringify(port));
  });
});

describe.each(['istio', 'istio-ambient', 'linkerd'] as const)('a connection from outside of the mesh of %s', (mesh) => {
  it('is refused, with the two ways to have it', () => {
    const { app, web, gateway } = made({ mesh });
    web.exposeTo(gateway);
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({
        rule: 'mesh-identity',
        construct: 'shop/web',
        property: 'exposeTo',
        value: 'edge/gateway',
        message: 'edge/gateway is not in the mesh, so that shop/web does not let it in on 8080',
        remedy:
          'put namespace edge into the mesh (MutualTls there, or meshed where it is of others), or open the one port to those without an identity: allowPlaintext(web, { port: 8080 })',
      }),
    ]);
  });

  it('comes in on the one port that is open to those, once an exception says why', () => {
    const { app, web, gateway, mtls } = made({ mesh });
    web.exposeTo(gateway);
    mtls.allowPlaintext(web, { port: 'http' });
    expect(said(app)).toEqual([['mesh-plaintext', 'error', 'shop/web', 'allowPlaintext', 8080]]);
    web.addException({
      rule: ['mesh-plaintext'],
      reason: 'the load balancer of the cloud has no identity',
      expires: '2027-01-31',
      ticket: 'T-1',
    });
    const objects = objectsOf(app);
    if (mesh === 'linkerd') {
      expect(objectOf(app, 'NetworkAuthentication', 'web-8080-plaintext').spec).toEqual({
        networks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }],
      });
    } else
      expect(objectOf(app, 'PeerAuthentication', 'web').spec).toEqual({
        selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
        mtls: { mode: 'STRICT' },
        portLevelMtls: { 8080: { mode: 'DISABLE' } },
      });
    expect(JSON.stringify(objects)).not.toContain('PERMISSIVE');
    const policy = objectOf(app, 'NetworkPolicy', 'web').spec as { ingress: { ports: object[] }[] };
    expect(policy.ingress.flatMap(({ ports }) => ports)).toContainEqual({ protocol: 'TCP', port: 8080 });
  });

  it('is refused where it is in, and nobody knows who it is', () => {
    const app = testApp({ target: ClusterTarget.of('1.36', { cni: 'cilium', ...plugins[mesh] }) });
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    const edge = new ExistingNamespace(app, 'edge');
    new MutualTls(app, 'mtls', { mesh, meshed: [edge] });
    const web = new SecureDeployment(shop, 'web', { ...serving, port: 8080 });
    web.exposeTo(new ExternalWorkload(edge, 'gateway', { selector: { app: 'gateway' } }));
    expect(said(app)).toEqual([['mesh-identity', 'error', 'shop/web', 'exposeTo', 'edge/gateway']]);
  });

  it('is encrypted by nobody in the other direction, and is said to be', () => {
    const { app, web, edge } = made({ mesh });
    web.connectTo(new ExternalWorkload(edge, 'old', { selector: { app: 'old' }, ports: [3306] }));
    expect(said(app)).toEqual([['mesh-plaintext', 'warning', 'shop/web', 'connectTo', 'edge/old']]);
  });
});

it.each(['istio', 'istio-ambient', 'linkerd'] as const)('what %s listens on is nothing unused', (mesh) => {
  const { app } = made({ mesh });
  expect(findingsOf(app).filter(({ rule, severity }) => rule.startsWith('network-') || severity === 'error')).toEqual(
    [],
  );
});

describe('what no mesh can carry', () => {
  const ofPods = (mesh: MeshName, props: Partial<SecureDeploymentProps>) =>
    said(made({ mesh }, props).app).map(([rule, , , property]) => `${rule} ${property}`);

  it.each<[string, MeshName, Partial<SecureDeploymentProps>, readonly string[]]>([
    [
      'a label',
      'istio',
      { podLabels: { 'sidecar.istio.io/inject': 'false' } },
      ["mesh-identity pod labels['sidecar.istio.io/inject']"],
    ],
    [
      'another mode',
      'istio-ambient',
      { podLabels: { 'istio.io/dataplane-mode': 'none' } },
      ["mesh-identity pod labels['istio.io/dataplane-mode']"],
    ],
    [
      'a port',
      'istio',
      { podAnnotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '8080' } },
      ["mesh-identity pod annotations['traffic.sidecar.istio.io/excludeInboundPorts']"],
    ],
    [
      'a port of Linkerd',
      'linkerd',
      { podAnnotations: { 'config.linkerd.io/skip-inbound-ports': '8080' } },
      ["mesh-identity pod annotations['config.linkerd.io/skip-inbound-ports']"],
    ],
    [
      'another policy',
      'linkerd',
      { podAnnotations: { 'config.linkerd.io/default-inbound-policy': 'all-unauthenticated' } },
      ["mesh-identity pod annotations['config.linkerd.io/default-inbound-policy']"],
    ],
    ...[
      ['proxy.istio.io/config', 'proxyMetadata: { DISABLE_ENVOY: "true" }'] as const,
      ['proxy.istio.io/config', 'interceptionMode: NONE'] as const,
      ['inject.istio.io/templates', 'grpc-agent'] as const,
      ['sidecar.istio.io/inject', '0'] as const,
      ['traffic.sidecar.istio.io/kubevirtInterfaces', 'eth0'] as const,
      ['istio.io/reroute-virtual-interfaces', 'eth0'] as const,
    ].map(([key, value]): [string, MeshName, Partial<SecureDeploymentProps>, readonly string[]] => [
      `${key} ${value}`,
      'istio',
      { podAnnotations: { [key]: value } },
      [`mesh-identity pod annotations['${key}']`],
    ]),
    ['what says little of the proxy', 'istio', { podAnnotations: { 'proxy.istio.io/config': 'concurrency: 2' } }, []],
    [
      'a sidecar that is none',
      'istio-ambient',
      { podAnnotations: { 'sidecar.istio.io/status': '{}' } },
      ["mesh-identity pod annotations['sidecar.istio.io/status']"],
    ],
    [
      'an interface of virtual machines',
      'istio-ambient',
      { podAnnotations: { 'istio.io/reroute-virtual-interfaces': 'eth0' } },
      ["mesh-identity pod annotations['istio.io/reroute-virtual-interfaces']"],
    ],
    ['a proxy of its own', 'istio', { containers: [{ ...basics, name: 'istio-proxy' }] }, ['mesh-identity container']],
    [
      'a proxy of another mesh',
      'linkerd',
      { containers: [{ ...basics, name: 'istio-proxy' }] },
      ['mesh-identity container'],
    ],
    ["the proxy's user", 'istio', { user: 1337 }, ['mesh-identity user']],
    ["the user of Linkerd's proxy", 'linkerd', { user: 2102 }, ['mesh-identity user']],
    [
      'HTTPS of the kubelet',
      'linkerd',
      { readiness: Probe.http('/up', { scheme: 'HTTPS' }) },
      ['mesh-identity probes'],
    ],
    ['Windows', 'istio-ambient', { os: 'windows' }, ['mesh-identity os']],
  ])('%s takes pods out of %s', (_, mesh, props, expected) => {
    expect(ofPods(mesh, props)).toEqual(expected);
  });

  it("knows the proxy's group, and its user in containers that run before", () => {
    const { app, web } = made({ mesh: 'istio' }, { initContainers: [{ ...basics, name: 'before' }] });
    web.patchPod({ securityContext: { runAsGroup: 1337 } });
    expect(said(app)).toEqual([['mesh-identity', 'error', 'shop/web', 'group', 1337]]);
    web.patchPod({ initContainers: [{ name: 'before', securityContext: { runAsUser: 1337 } }] });
    expect(said(app)).toEqual([['mesh-identity', 'error', 'shop/web', 'user', 1337]]);
  });

  it.each([
    ['istio', 'labels', 'sidecar.istio.io/inject'],
    ['istio-ambient', 'labels', 'istio.io/dataplane-mode'],
    ['linkerd', 'annotations', 'linkerd.io/inject'],
    ['linkerd', 'annotations', 'config.linkerd.io/default-inbound-policy'],
  ] as const)('misses what puts pods into %s where a patch takes away %s %s', (mesh, of, key) => {
    const { app, web } = made({ mesh });
    web.patch('Deployment', { spec: { template: { metadata: { [of]: { [key]: null } } } } } as never);
    expect(said(app)).toEqual([['mesh-identity', 'error', 'shop/web', `pod ${of}['${key}']`, undefined]]);
  });

  it('takes the network of a node for what it is', () => {
    const { app, web } = made({ mesh: 'istio' });
    web.patchPod({ hostNetwork: true });
    expect(said(app)).toEqual([['mesh-identity', 'error', 'shop/web', 'hostNetwork', true]]);
  });

  it('knows that a sidecar finds only what has a Service', () => {
    const withoutService = (mesh: MeshName) => {
      const { app, web, db } = made({ mesh }, { service: false });
      db.connectTo(web);
      return said(app).map(([, , construct, property]) => [construct, property]);
    };
    expect(withoutService('istio')).toEqual([['shop/web', 'service']]);
    expect(withoutService('istio-ambient')).toEqual([]);
  });

  it('says of UDP that it is not encrypted', () => {
    const { app, web, db } = made({ mesh: 'istio-ambient' }, { ports: [{ port: 53, protocol: 'UDP', name: 'dns' }] });
    db.connectTo(web, { port: 'dns' });
    expect(said(app)).toEqual([['mesh-plaintext', 'error', 'shop/web', 'exposeTo', '53/UDP']]);
    web.addException({
      rule: ['mesh-plaintext'],
      reason: 'questions of DNS have no secrets in them',
      expires: '2027-01-31',
      ticket: 'T-1',
    });
    expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'db').spec)).toContain('{"protocol":"UDP","port":53}');
  });

  it('does not know who a peer of cdk8s-plus is', () => {
    const { app, web, shop } = made({ mesh: 'istio' });
    web.connectTo(kplus.Pods.select(shop, 'others', { labels: { app: 'other' } }), { port: 80 });
    web.connectTo(kplus.NetworkPolicyIpBlock.ipv4(shop, 'block', '203.0.113.0/24'), { port: 443 });
    expect(said(app)).toEqual([['mesh-identity', 'error', 'shop/web', 'connectTo', 'shop/others']]);
  });
});

describe('workloads of one ServiceAccount', () => {
  it('are refused where one may more than the other', () => {
    const { app, shop, edge, mtls } = made({ mesh: 'istio-ambient' });
    const twin = new ExternalWorkload(shop, 'twin', {
      selector: { app: 'twin' },
      serviceAccountName: 'web',
      ports: [80],
    });
    const cache = new SecureDeployment(shop, 'cache', { ...serving, port: 6379 });
    cache.exposeTo(twin);
    expect([edge.node.id, mtls.node.id]).toEqual(['edge', 'mtls']);
    const faults = findingsOf(app).filter(({ property }) => property === 'serviceAccountName');
    expect(faults.map(({ construct, message }) => [construct, message])).toEqual([
      ['shop/web', 'shop/twin has the same ServiceAccount, so that the mesh lets this one reach shop/cache 6379, too'],
    ]);
  });
});

describe('what the cluster needs', () => {
  it.each(['istio', 'linkerd'] as const)('is the plugin of %s where namespaces refuse NET_ADMIN', (mesh) => {
    const { app } = made({ mesh }, {}, {});
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({ rule: 'mesh-plugin', construct: 'mtls', property: 'target.meshPlugin' }),
    ]);
    expect(errorsOf(app)[0]?.remedy).toContain(`meshPlugin: '${mesh}-cni'`);
    expect(
      errorsOf(made({ mesh }, {}, { meshPlugin: mesh === 'istio' ? 'linkerd-cni' : 'istio-cni' }).app),
    ).toHaveLength(1);
    expect(errorsOf(made({ mesh }).app)).toEqual([]);
  });

  it('is nothing without a proxy in each pod', () => {
    expect(errorsOf(made({ mesh: 'istio-ambient' }, {}, {}).app)).toEqual([]);
  });

  it('is sidecars of Kubernetes, so that Jobs end', () => {
    const old = made({ mesh: 'istio' }, {}, plugins.istio, '1.28');
    expect(errorsOf(old.app)).toEqual([
      expect.objectContaining({ rule: 'target-api', property: 'target.version', value: '1.28' }),
    ]);
    const { app, shop, db } = made({ mesh: 'istio' });
    new SecureCronJob(shop, 'report', { ...basics, schedule: '0 3 * * *' }).connectTo(db);
    const { spec } = objectOf(app, 'CronJob', 'report') as { spec?: unknown };
    expect(JSON.stringify(spec)).toContain('"sidecar.istio.io/nativeSidecar":"true"');
    expect(JSON.stringify(objectOf(app, 'AuthorizationPolicy', 'db').spec)).toContain(
      'cluster.local/ns/shop/sa/report',
    );
  });
});

describe('a MutualTls that cannot be', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['no mesh', {}, ['mesh']],
    ['a mesh that there is not', { mesh: 'consul' }, ['mesh']],
    ['what it does not know', { mesh: 'istio', trustdomain: 'x' }, ['trustdomain']],
    [
      'everything at once',
      {
        mesh: 'istio',
        trustDomain: 'Acme!',
        controlPlaneNamespace: 'A',
        revision: 'B_',
        proxy: { memory: 'much', cpu: '-1' },
      },
      ['trustDomain', 'controlPlaneNamespace', 'revision', 'proxy.memory', 'proxy.cpu'],
    ],
    [
      'a proxy where there is none',
      { mesh: 'istio-ambient', revision: 'x', proxy: { cpu: '1' }, metricsFrom: [] },
      ['revision', 'proxy', 'metricsFrom'],
    ],
    [
      'texts for namespaces',
      { mesh: 'linkerd', meshed: ['edge'], metricsFrom: ['edge'] },
      ['meshed[0]', 'metricsFrom[0]'],
    ],
  ])('is refused with %s', (_, props, properties) => {
    const app = testApp({ target: ClusterTarget.of('1.36', { cni: 'cilium', meshPlugin: 'istio-cni' }) });
    new SecureDeployment(new LockedNamespace(app, 'shop', { owner: 'x' }), 'web', basics);
    new MutualTls(app, 'mtls', props as MutualTlsProps);
    expect(errorsOf(app).map(({ rule, property }) => [rule, property])).toEqual(
      properties.map((property) => ['prop-valid', property]),
    );
    expect(findingsOf(app).every(({ rule }) => rule !== 'construct-validation')).toBe(true);
  });

  it('covers something, and nothing twice', () => {
    const empty = testApp();
    new MutualTls(new Chart(empty, 'nothing'), 'mtls', { mesh: 'istio-ambient' });
    expect(errorsOf(empty)).toEqual([expect.objectContaining({ rule: 'prop-valid', property: 'scope' })]);
    const { app, shop } = made({ mesh: 'istio-ambient' });
    new MutualTls(shop, 'again', { mesh: 'linkerd' });
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({ rule: 'prop-valid', construct: 'shop/again', property: 'scope', value: 'shop' }),
    ]);
  });

  it('opens only ports that there are to those without an identity', () => {
    const { app, web, mtls, edge } = made({ mesh: 'istio-ambient' });
    mtls.allowPlaintext(web, { port: 9 });
    mtls.allowPlaintext('web' as never, { port: 8080 });
    mtls.allowPlaintext(new SecureDeployment(edge, 'other', { ...serving, port: 1 }), { port: 1 });
    expect(errorsOf(app).map(({ rule, property, message }) => [rule, property, message])).toEqual([
      ['connection-port', 'allowPlaintext', 'shop/web has no TCP port 9'],
      ['connection-port', 'allowPlaintext', '"web" is no workload'],
      ['connection-port', 'allowPlaintext', 'edge/other is not in this mesh'],
    ]);
  });

  it.each([
    ['istio', 'labels', 'istio-injection', 'disabled'],
    ['istio-ambient', 'labels', 'istio.io/dataplane-mode', null],
    ['linkerd', 'annotations', 'config.linkerd.io/default-inbound-policy', 'all-unauthenticated'],
  ] as const)('takes no patch that takes a namespace out of %s', (mesh, of, key, mark) => {
    const { app, shop } = made({ mesh });
    shop.patch('Namespace', { metadata: { annotations: { note: 'ours' } } });
    expect(said(app)).toEqual([]);
    shop.patch('Namespace', { metadata: { [of]: { [key]: mark } } } as never);
    expect(said(app)).toEqual([['mesh-identity', 'error', 'mtls', 'patch of Namespace shop', key]]);
  });

  it('takes no patch of what it lets in', () => {
    const { app, db, shop } = made({ mesh: 'istio' });
    db.patch('AuthorizationPolicy', { spec: { rules: [{}] } } as never);
    shop.patch('PeerAuthentication' as never, { spec: { mtls: { mode: 'PERMISSIVE' } } } as never);
    db.patch('AuthorizationPolicy', { metadata: { annotations: { note: 'ours' } } });
    expect(said(app)).toEqual([
      ['mesh-identity', 'error', 'mtls', 'patch of PeerAuthentication default', undefined],
      ['mesh-identity', 'error', 'mtls', 'patch of AuthorizationPolicy db', undefined],
    ]);
  });
});

it('closes what is ours in a namespace of others, and nothing else there', () => {
  const app = testApp({ target: ClusterTarget.of('1.36', { cni: 'cilium' }) });
  const data = new ExistingNamespace(app, 'data');
  const db = new SecureDeployment(data, 'db', { ...serving, port: 5432 });
  const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
  new MutualTls(app, 'mtls', { mesh: 'istio-ambient', meshed: [data] });
  new SecureDeployment(shop, 'web', basics).connectTo(db);
  const ours = objectsOf(app).filter(
    ({ apiVersion, metadata }) => apiVersion === 'security.istio.io/v1' && metadata?.namespace === 'data',
  );
  const selector = { matchLabels: { 'app.kubernetes.io/name': 'db' } };
  expect(ours.map(({ kind, metadata, spec }) => [kind, metadata?.name, spec])).toEqual([
    ['AuthorizationPolicy', 'db', expect.objectContaining({ selector, rules: [expect.anything()] })],
    ['PeerAuthentication', 'db', { selector, mtls: { mode: 'STRICT' } }],
  ]);
});
