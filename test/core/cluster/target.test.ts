import {
  ClusterDns,
  ClusterTarget,
  type ClusterTargetOptions,
  type Distribution,
  distributionNames,
} from '../../../core/cluster';
import { distributions } from '../../../core/cluster/distribution';
import { kubernetesVersions } from '../../../core/cluster/version';

describe('ClusterTarget', () => {
  it('is plain and without faults when only the version is declared', () => {
    const target = ClusterTarget.of('1.34');
    expect(target).toMatchObject({
      version: '1.34',
      distribution: 'generic',
      podSecurityVersion: 'v1.34',
      emitsFixedIds: true,
      cni: 'unknown',
      enforcesNetworkPolicy: 'unknown',
      apiServer: { cidrs: [], port: 6443 },
      podCidrs: [],
      serviceCidrs: [],
      faults: [],
    });
    expect(target.fqdnPolicies).toBeUndefined();
    expect(target.dns).toEqual([ClusterDns.kubeDns()]);
  });

  it.each(
    distributionNames.flatMap((distribution) => kubernetesVersions.map((version) => [distribution, version] as const)),
  )('has no faults on %s %s as it comes', (distribution, version) => {
    const { dns, cni } = distributions[distribution];
    expect(ClusterTarget.of(version, { distribution }).faults).toEqual([]);
    expect(ClusterTarget.of(version, { distribution, dns, cni }).faults).toEqual([]);
  });

  const facts: Readonly<
    Record<
      Distribution,
      { port: number; dns: string[]; cni: string; fixedIds: boolean; appArmor: string; userNamespaces: string }
    >
  > = {
    generic: {
      port: 6443,
      dns: ['kube-dns'],
      cni: 'unknown',
      fixedIds: true,
      appArmor: 'unknown',
      userNamespaces: 'unknown',
    },
    kubeadm: {
      port: 6443,
      dns: ['kube-dns'],
      cni: 'unknown',
      fixedIds: true,
      appArmor: 'unknown',
      userNamespaces: 'unknown',
    },
    eks: {
      port: 443,
      dns: ['kube-dns'],
      cni: 'aws-vpc-cni',
      fixedIds: true,
      appArmor: 'unknown',
      userNamespaces: 'unknown',
    },
    'eks-fargate': {
      port: 443,
      dns: ['kube-dns'],
      cni: 'unknown',
      fixedIds: true,
      appArmor: 'no',
      userNamespaces: 'unknown',
    },
    gke: {
      port: 443,
      dns: ['kube-dns', 'node-local', 'gke-cloud-dns'],
      cni: 'unknown',
      fixedIds: true,
      appArmor: 'yes',
      userNamespaces: 'unknown',
    },
    'gke-autopilot': {
      port: 443,
      dns: ['kube-dns', 'node-local', 'gke-cloud-dns'],
      cni: 'gke-dataplane-v2',
      fixedIds: true,
      appArmor: 'yes',
      userNamespaces: 'unknown',
    },
    aks: {
      port: 443,
      dns: ['kube-dns'],
      cni: 'unknown',
      fixedIds: true,
      appArmor: 'unknown',
      userNamespaces: 'unknown',
    },
    openshift: {
      port: 6443,
      dns: ['openshift'],
      cni: 'ovn-kubernetes',
      fixedIds: false,
      appArmor: 'no',
      userNamespaces: 'unknown',
    },
    k3s: {
      port: 6443,
      dns: ['kube-dns'],
      cni: 'kube-router',
      fixedIds: true,
      appArmor: 'unknown',
      userNamespaces: 'unknown',
    },
    rke2: {
      port: 6443,
      dns: ['kube-dns'],
      cni: 'canal',
      fixedIds: true,
      appArmor: 'unknown',
      userNamespaces: 'unknown',
    },
    talos: { port: 6443, dns: ['kube-dns'], cni: 'flannel', fixedIds: true, appArmor: 'unknown', userNamespaces: 'no' },
    kind: { port: 6443, dns: ['kube-dns'], cni: 'kindnet', fixedIds: true, appArmor: 'no', userNamespaces: 'unknown' },
  };

  it.each(distributionNames)('knows %s', (distribution) => {
    const target = ClusterTarget.of('1.36', { distribution });
    expect({
      port: target.apiServer.port,
      dns: target.dns.map(({ kind }) => kind),
      cni: target.cni,
      fixedIds: target.emitsFixedIds,
      appArmor: target.nodes.appArmor,
      userNamespaces: target.nodes.userNamespaces,
    }).toEqual(facts[distribution]);
  });

  it('emits what a kubelet may refuse only where the nodes are known or declared to take it', () => {
    const supports = (
      options: ClusterTargetOptions,
      feature: 'userNamespaces' | 'appArmorProfile' | 'supplementalGroupsPolicy',
    ) => ClusterTarget.of('1.36', options).supports(feature).supported;
    expect(supports({}, 'userNamespaces')).toBe(false);
    expect(supports({ nodes: { userNamespaces: true } }, 'userNamespaces')).toBe(true);
    expect(supports({ nodes: { userNamespaces: 'yes' } }, 'userNamespaces')).toBe(true);
    expect(supports({ nodes: { userNamespaces: 'unknown' } }, 'userNamespaces')).toBe(false);
    expect(supports({ distribution: 'gke' }, 'appArmorProfile')).toBe(true);
    expect(supports({ distribution: 'gke', nodes: { appArmor: false } }, 'appArmorProfile')).toBe(false);
    expect(supports({ distribution: 'kind' }, 'appArmorProfile')).toBe(false);
    expect(supports({ distribution: 'openshift' }, 'supplementalGroupsPolicy')).toBe(true);
    expect(supports({ distribution: 'talos' }, 'userNamespaces')).toBe(false);
    expect(supports({ distribution: 'talos', nodes: { userNamespaces: true } }, 'userNamespaces')).toBe(true);
  });

  it('says what the nodes lack, or what is not known of them', () => {
    const reasonOf = (options: ClusterTargetOptions) => {
      const support = ClusterTarget.of('1.36', options).supports('appArmorProfile');
      return support.supported ? undefined : [support.cause, support.reason];
    };
    expect(reasonOf({})).toEqual(['nodes', 'it is not known whether every node has AppArmor']);
    expect(reasonOf({ distribution: 'kind' })).toEqual(['nodes', 'the nodes lack AppArmor']);
    expect(reasonOf({ distribution: 'gke', nodes: { os: 'windows' } })).toEqual([
      'nodes',
      'the nodes run Windows, which has no AppArmor',
    ]);
    expect(reasonOf({ distribution: 'gke', nodes: { os: 'mixed' } })).toBeUndefined();
  });

  it('uses the AppArmor annotation where there is no field yet, and never both', () => {
    for (const version of kubernetesVersions) {
      const target = ClusterTarget.of(version, { nodes: { appArmor: true } });
      const both = [target.supports('appArmorAnnotation').supported, target.supports('appArmorProfile').supported];
      expect([version, ...both]).toEqual([
        version,
        version === '1.28' || version === '1.29',
        version !== '1.28' && version !== '1.29',
      ]);
    }
  });

  it('combines several DNS', () => {
    const target = ClusterTarget.of('1.34', { dns: [ClusterDns.kubeDns(), ClusterDns.nodeLocal()] });
    expect(target.faults).toEqual([]);
    expect(target.dns.map(({ kind }) => kind)).toEqual(['kube-dns', 'node-local']);
    expect(ClusterTarget.of('1.34', { dns: ClusterDns.nodeLocal() }).dns).toEqual([ClusterDns.nodeLocal()]);
  });

  it('takes what is declared over what the distribution has', () => {
    const target = ClusterTarget.of('1.34', {
      distribution: 'eks',
      cni: 'cilium',
      apiServer: { cidrs: ['10.0.16.7/32'], port: 8443 },
    });
    expect(target).toMatchObject({
      cni: 'cilium',
      enforcesNetworkPolicy: 'yes',
      apiServer: { cidrs: ['10.0.16.7/32'], port: 8443 },
    });
    expect(target.fqdnPolicies).toEqual({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' });
    expect(
      ClusterTarget.of('1.34', { distribution: 'eks', apiServer: { cidrs: ['10.0.0.1/32'] } }).apiServer.port,
    ).toBe(443);
  });

  it('compares its version for tables that Kubernetes itself versions', () => {
    expect(ClusterTarget.of('1.34').isAtLeast('1.34')).toBe(true);
    expect(ClusterTarget.of('1.34').isAtLeast('1.35')).toBe(false);
  });
});

describe('network plugins', () => {
  const fqdnOf = (cni: NonNullable<ClusterTargetOptions['cni']>, distribution: Distribution = 'generic') =>
    ClusterTarget.of('1.34', { cni, distribution }).fqdnPolicies;

  it('can limit egress to domain names, or cannot', () => {
    expect(fqdnOf('cilium')?.kind).toBe('CiliumNetworkPolicy');
    expect(fqdnOf('azure-cilium', 'aks')).toEqual({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      needs: 'Advanced Container Networking Services (az aks update --enable-acns)',
    });
    expect(fqdnOf('gke-dataplane-v2', 'gke')).toMatchObject({
      apiVersion: 'networking.gke.io/v1alpha1',
      kind: 'FQDNNetworkPolicy',
    });
    expect(fqdnOf('calico-enterprise')).toEqual({ apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy' });
    for (const cni of [
      'calico',
      'canal',
      'kube-router',
      'ovn-kubernetes',
      'aws-vpc-cni',
      'flannel',
      'kindnet',
      'unknown',
    ] as const) {
      expect(fqdnOf(cni)).toBeUndefined();
    }
  });

  it('enforce NetworkPolicy, or do not, or only by a setting', () => {
    const enforces = (distribution: Distribution) => ClusterTarget.of('1.34', { distribution }).enforcesNetworkPolicy;
    expect(enforces('talos')).toBe('no');
    expect(enforces('eks')).toBe('unknown');
    expect(enforces('openshift')).toBe('yes');
    expect(enforces('k3s')).toBe('yes');
  });
});

describe('faults of a target', () => {
  const faultsOf = (options: ClusterTargetOptions, version = '1.34') => ClusterTarget.of(version, options).faults;

  it('knows the plugins of service meshes', () => {
    expect(ClusterTarget.of('1.34').meshPlugin).toBeUndefined();
    expect(ClusterTarget.of('1.34', { meshPlugin: 'istio-cni' })).toMatchObject({
      meshPlugin: 'istio-cni',
      faults: [],
    });
    expect(faultsOf({ meshPlugin: 'istio' as never })).toEqual([
      {
        property: 'meshPlugin',
        value: 'istio',
        message: '"istio" is not known',
        remedy: 'use one of istio-cni, linkerd-cni',
      },
    ]);
  });

  it('names a version that does not exist, and uses the nearest', () => {
    const target = ClusterTarget.of('1.99');
    expect(target.version).toBe('1.37');
    expect(target.faults).toEqual([
      {
        property: 'version',
        value: '1.99',
        message: 'the toolkit knows no Kubernetes version "1.99"',
        remedy: 'use one of 1.28, 1.29, 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, 1.37; 1.37 is nearest',
      },
    ]);
    expect(ClusterTarget.of('1.20').version).toBe('1.28');
    expect(ClusterTarget.of(1.3 as unknown as string).faults).toHaveLength(1);
  });

  it.each<[string, ClusterTargetOptions, string, unknown, string]>([
    [
      'an unknown distribution',
      { distribution: 'rancher' as Distribution },
      'distribution',
      'rancher',
      '"rancher" is not known',
    ],
    ['an unknown network plugin', { cni: 'weave' as 'cilium' }, 'cni', 'weave', '"weave" is not known'],
    ['an unknown operating system', { nodes: { os: 'bsd' as 'linux' } }, 'nodes.os', 'bsd', '"bsd" is not known'],
    [
      'an unknown capability value',
      { nodes: { appArmor: 'maybe' as 'yes' } },
      'nodes.appArmor',
      'maybe',
      '"maybe" is not known',
    ],
    [
      'Linux capabilities of Windows nodes',
      { nodes: { os: 'windows', appArmor: true } },
      'nodes.appArmor',
      true,
      'the nodes run Windows, which has no such thing',
    ],
    [
      "another distribution's network plugin",
      { distribution: 'eks', cni: 'gke-dataplane-v2' },
      'cni',
      'gke-dataplane-v2',
      'EKS cannot have gke-dataplane-v2 (only generic, gke, gke-autopilot can)',
    ],
    [
      'kube-dns on OpenShift',
      { distribution: 'openshift', dns: ClusterDns.kubeDns() },
      'dns',
      'kube-dns',
      'OpenShift has no DNS of kind kube-dns',
    ],
    [
      "OpenShift's DNS elsewhere",
      { distribution: 'kubeadm', dns: [ClusterDns.kubeDns(), ClusterDns.openShift()] },
      'dns[1]',
      'openshift',
      'kubeadm has no DNS of kind openshift',
    ],
    [
      'Cloud DNS outside of GKE',
      { distribution: 'eks', dns: ClusterDns.gkeCloudDns() },
      'dns',
      'gke-cloud-dns',
      'EKS has no DNS of kind gke-cloud-dns',
    ],
    ['no DNS at all', { dns: [] }, 'dns', [], 'it names no DNS, so that no name can be resolved'],
    [
      'a DNS address that is none',
      { dns: ClusterDns.nodeLocal('169.254.20.300') },
      'dns.peers[0].ipBlock.cidr',
      '169.254.20.300/32',
      '"169.254.20.300/32" is no CIDR',
    ],
    [
      'a DNS without peers',
      { dns: ClusterDns.custom({ peers: [] as never, ports: [{ protocol: 'UDP', port: 53 }] }) },
      'dns.peers',
      [],
      'it is empty, which a NetworkPolicy takes for every address',
    ],
    [
      'a DNS without ports',
      { dns: ClusterDns.custom({ peers: [{ ipBlock: { cidr: '10.0.0.10/32' } }], ports: [] as never }) },
      'dns.ports',
      [],
      'it is empty, which a NetworkPolicy takes for every port',
    ],
    [
      'a DNS port out of range',
      { dns: ClusterDns.custom({ peers: [{ podSelector: {} }], ports: [{ port: 0 }] }) },
      'dns.ports[0].port',
      0,
      '0 is no port',
    ],
    ['an API server port out of range', { apiServer: { port: 65536 } }, 'apiServer.port', 65536, '65536 is no port'],
    ['half a port', { apiServer: { port: 443.5 } }, 'apiServer.port', 443.5, '443.5 is no port'],
    [
      'an address for a CIDR',
      { apiServer: { cidrs: ['10.0.0.1'] } },
      'apiServer.cidrs[0]',
      '10.0.0.1',
      '"10.0.0.1" is no CIDR',
    ],
    ['no CIDR at all', { podCidrs: ['10.0.0.0/8', 'pods'] }, 'podCidrs[1]', 'pods', '"pods" is no CIDR'],
    [
      'an address inside of a block',
      { serviceCidrs: ['10.96.0.1/12'] },
      'serviceCidrs[0]',
      '10.96.0.1/12',
      '10.96.0.1/12 names an address inside of a block, not the block',
    ],
    [
      'ranges that overlap',
      { podCidrs: ['10.0.0.0/8'], serviceCidrs: ['10.96.0.0/12'] },
      'podCidrs',
      '10.0.0.0/8',
      '10.0.0.0/8 of the pods and 10.96.0.0/12 of the Services overlap',
    ],
    [
      'the Service of the API server for its endpoints',
      { apiServer: { cidrs: ['10.96.0.1/32'] }, serviceCidrs: ['10.96.0.0/12'] },
      'apiServer.cidrs',
      '10.96.0.1/32',
      '10.96.0.1/32 is an address of Services; network policies see the endpoints behind them',
    ],
  ])('reports %s', (_, options, property, value, message) => {
    const faults = faultsOf(options);
    expect(faults).toEqual([{ property, value, message, remedy: expect.stringMatching(/\w/) }]);
  });

  it('has a remedy to copy', () => {
    const remedyOf = (options: ClusterTargetOptions) => faultsOf(options).map(({ remedy }) => remedy);
    expect(remedyOf({ apiServer: { cidrs: ['10.0.0.1'] } })).toEqual(['write it as 10.0.0.1/32']);
    expect(remedyOf({ apiServer: { cidrs: ['fd00::1'] } })).toEqual(['write it as fd00::1/128']);
    expect(remedyOf({ serviceCidrs: ['10.96.0.1/12'] })).toEqual([
      'write 10.96.0.0/12 for the block, or 10.96.0.1/32 for the address',
    ]);
    expect(remedyOf({ distribution: 'openshift', dns: ClusterDns.kubeDns() })).toEqual([
      'leave dns out: OpenShift has openshift',
    ]);
  });

  it('reports everything at once, and never throws', () => {
    const target = ClusterTarget.of('latest', {
      distribution: 'minikube' as Distribution,
      cni: 'weave' as 'cilium',
      apiServer: { port: -1, cidrs: ['x'] },
      podCidrs: ['y'],
    });
    expect(target.faults.map(({ property }) => property)).toEqual([
      'version',
      'distribution',
      'apiServer.cidrs[0]',
      'apiServer.port',
      'cni',
      'podCidrs[0]',
    ]);
    expect(target).toMatchObject({ version: '1.37', distribution: 'generic', cni: 'unknown' });
  });
});
