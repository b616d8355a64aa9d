import { ClusterTarget, kubernetesVersions } from '../../../../core/cluster';
import { controlPlane } from '../../../../core/control-plane';
import {
  type ClusterApiVersion,
  writeClusterApi,
  writeK3s,
  writeKind,
  writeKubeadm,
  writeRke2,
} from '../../../../core/control-plane/distributions';
import { documentsOf, key, planeFor, visible, webhook } from './support';

const only = (text: string | undefined): Record<string, unknown> => {
  const [document, ...more] = documentsOf(text ?? '');
  expect(more).toEqual([]);
  return document ?? {};
};

describe('writeKubeadm', () => {
  it('writes ClusterConfiguration of v1beta4 and the files', () => {
    expect(visible(writeKubeadm(planeFor('kubeadm')))).toMatchSnapshot();
  });

  it.each(kubernetesVersions)('is of an API that the kubeadm of Kubernetes %s knows', (version) => {
    const target = ClusterTarget.of(version, { distribution: 'kubeadm' });
    const settings = { encryption: { secretbox: ['a'] }, authentication: { anonymous: 'off' } } as const;
    const body = only(writeKubeadm(controlPlane(settings, target, { a: key })).config[0]?.content);
    const isOld = ['1.28', '1.29', '1.30'].includes(version);
    expect(body.apiVersion).toBe(`kubeadm.k8s.io/${isOld ? 'v1beta3' : 'v1beta4'}`);
    const { extraArgs } = body.scheduler as { extraArgs: object };
    const profiling = isOld ? { profiling: 'false' } : expect.arrayContaining([{ name: 'profiling', value: 'false' }]);
    expect(extraArgs).toEqual(isOld ? expect.objectContaining(profiling) : profiling);
  });

  it('says what the flags ask of the nodes, as kind and Cluster API do', () => {
    const asked = expect.stringMatching(/serverTLSBootstrap: true/);
    expect(writeKubeadm(planeFor('kubeadm')).steps).toContainEqual(asked);
    expect(writeKind(planeFor('kind')).steps).toContainEqual(asked);
    const options = { version: 'v1beta2', name: 'prod', namespace: 'clusters' } as const;
    expect(writeClusterApi(planeFor('kubeadm'), options).steps).toContainEqual(asked);
  });

  it('has flags as a list of names and values, and the folders as volumes', () => {
    const body = only(writeKubeadm(planeFor('kubeadm')).config[0]?.content);
    expect(body).toMatchObject({ apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'ClusterConfiguration' });
    const { extraArgs, extraVolumes } = body.apiServer as { extraArgs: object[]; extraVolumes: object[] };
    expect(extraArgs).toContainEqual({ name: 'audit-policy-file', value: '/etc/kubernetes/bulwark/audit-policy.yaml' });
    expect(extraVolumes).toContainEqual({
      name: 'bulwark-audit-log',
      hostPath: '/var/log/kubernetes/audit',
      mountPath: '/var/log/kubernetes/audit',
      readOnly: false,
      pathType: 'DirectoryOrCreate',
    });
  });

  it("leaves kubeadm's certificates to it, unless they lie elsewhere", () => {
    const flagsOf = (pki: object) => {
      const body = only(writeKubeadm(planeFor('kubeadm', { pki })).config[0]?.content);
      const { extraArgs } = body.apiServer as { extraArgs: { name: string; value: string }[] };
      return [body.certificatesDir, extraArgs.find(({ name }) => name === 'client-ca-file')?.value];
    };
    expect(flagsOf({})).toEqual([undefined, undefined]);
    expect(flagsOf({ folder: '/opt/pki' })).toEqual(['/opt/pki', undefined]);
    expect(flagsOf({ files: { clientCa: '/opt/clients/ca.crt' } })).toEqual([undefined, '/opt/clients/ca.crt']);
  });
});

describe('writeKind', () => {
  it('writes a Cluster and the files', () => {
    expect(visible(writeKind(planeFor('kind')))).toMatchSnapshot();
  });

  it('says what its own storage and images that nobody pulls come to', () => {
    const about = (admission: object, rest: object = {}) =>
      writeKind(planeFor('kind', { admission, ...rest })).steps.filter((step) => /AlwaysPull|local-path/.test(step));
    expect(about({})).toEqual([expect.stringContaining('local-path-storage'), expect.stringContaining('registry')]);
    const excused = (property: string) => ({
      exceptions: [{ property, reason: 'a laptop without a registry', expires: '2027-01-31' }],
      today: '2026-11-21',
    });
    expect(about({ alwaysPullImages: false }, excused('admission.alwaysPullImages'))).toEqual([
      expect.stringContaining('local-path-storage'),
    ]);
    const exempt = (...exemptNamespaces: readonly string[]) =>
      about({ podSecurity: { exemptNamespaces } }, excused('admission.podSecurity.exemptNamespaces'));
    expect(exempt('kube-system', 'local-path-storage')).toEqual([expect.stringContaining('registry')]);
    expect(exempt('kube-system', 'storage')).toHaveLength(2);
  });

  it('mounts what kube-apiserver reads from the machine, and makes the folder of the log in the node', () => {
    const { config } = writeKind(planeFor('kind', { audit: { webhook } }), { hostFolder: '/home/me/cluster' });
    const { nodes } = only(config[0]?.content) as { nodes: { extraMounts: object[] }[] };
    expect(nodes[0]?.extraMounts).toEqual([
      {
        hostPath: '/home/me/cluster/etc/kubernetes/audit-tls',
        containerPath: '/etc/kubernetes/audit-tls',
        readOnly: true,
      },
      { hostPath: '/home/me/cluster/etc/kubernetes/bulwark', containerPath: '/etc/kubernetes/bulwark', readOnly: true },
    ]);
  });

  it('has a patch for each version of the API of kubeadm that kind writes', () => {
    const { nodes } = only(writeKind(planeFor('kind')).config[0]?.content) as {
      nodes: { kubeadmConfigPatches: string[] }[];
    };
    const [old, current] = (nodes[0]?.kubeadmConfigPatches ?? []).map(only) as {
      apiVersion: string;
      scheduler: object;
    }[];
    expect(old?.apiVersion).toBe('kubeadm.k8s.io/v1beta3');
    expect(old?.scheduler).toMatchObject({ extraArgs: { profiling: 'false' } });
    expect(current?.apiVersion).toBe('kubeadm.k8s.io/v1beta4');
    expect(current?.scheduler).toMatchObject({
      extraArgs: expect.arrayContaining([{ name: 'profiling', value: 'false' }]),
    });
  });
});

describe('writeClusterApi', () => {
  const options = { name: 'prod', namespace: 'clusters' };
  const write = (version: ClusterApiVersion) => writeClusterApi(planeFor('kubeadm'), { ...options, version });
  const specOf = (version: ClusterApiVersion) => {
    const { spec } = only(write(version).config[0]?.content) as {
      spec: { kubeadmConfigSpec: { clusterConfiguration: Record<string, { extraArgs: object }>; files: object[] } };
    };
    return spec.kubeadmConfigSpec;
  };

  it.each(['v1beta1', 'v1beta2'] as const)('writes a KubeadmControlPlane of %s', (version) => {
    const { secrets, ...written } = write(version);
    expect(visible(written)).toMatchSnapshot();
    expect(secrets.map(({ content: _, ...where }) => where)).toEqual([
      { namespace: 'clusters', name: 'prod-files', key: 'encryption.yaml' },
    ]);
  });

  it('has flags as a map in v1beta1, as a list in v1beta2', () => {
    expect(specOf('v1beta1').clusterConfiguration.scheduler?.extraArgs).toMatchObject({ profiling: 'false' });
    expect(specOf('v1beta2').clusterConfiguration.scheduler?.extraArgs).toContainEqual({
      name: 'profiling',
      value: 'false',
    });
  });

  it('refers to a Secret for keys, and has modes and owners', () => {
    for (const version of ['v1beta1', 'v1beta2'] as const) {
      expect(specOf(version).files).toContainEqual({
        path: '/etc/kubernetes/bulwark/encryption.yaml',
        owner: 'root:root',
        permissions: '0600',
        contentFrom: { secret: { name: 'prod-files', key: 'encryption.yaml' } },
      });
      expect(write(version).config[0]?.content).not.toContain(key);
      expect(write(version).secrets[0]?.content).toContain(key);
    }
  });

  it('puts into the Secret what is too long for a manifest', () => {
    const jwt = Array.from({ length: 60 }, (_, i) => ({
      issuer: `https://issuer-${i}.example.com/${'x'.repeat(100)}`,
      audiences: ['cluster'],
      usernamePrefix: `issuer-${i}:`,
    }));
    const plane = planeFor('kubeadm', { authentication: { jwt } });
    const { secrets } = writeClusterApi(plane, { ...options, version: 'v1beta2', secretName: 'mine' });
    expect(secrets.map(({ name, key: file }) => `${name}/${file}`)).toEqual([
      'mine/authentication.yaml',
      'mine/encryption.yaml',
    ]);
  });

  it('lets nodes join with a token, by kube-public/cluster-info and nothing else of the API', () => {
    const { files } = specOf('v1beta2') as { files: { path: string; content: string }[] };
    const authentication = files.find(({ path }) => path.endsWith('authentication.yaml'))?.content;
    expect(only(authentication).anonymous).toEqual({
      enabled: true,
      conditions: [
        { path: '/livez' },
        { path: '/readyz' },
        { path: '/healthz' },
        { path: '/api/v1/namespaces/kube-public/configmaps/cluster-info' },
      ],
    });
  });

  it('refuses a version that there is not', () => {
    expect(() => write('v1alpha4' as ClusterApiVersion)).toThrow('version: there is no version "v1alpha4"');
  });
});

describe('writeK3s', () => {
  it('writes a file of config.yaml.d, the files and the folder', () => {
    expect(visible(writeK3s(planeFor('k3s')))).toMatchSnapshot();
  });

  it('makes the folder of the log, which k3s does not', () => {
    const folder = { path: '/var/log/kubernetes/audit', mode: 0o700, owner: 'root:root' };
    expect(writeK3s(planeFor('k3s')).folders).toEqual([folder]);
    expect(writeK3s(planeFor('k3s', { audit: { log: false, webhook } })).folders).toEqual([]);
  });

  it('has our encryption and not that of k3s, and its own certificates', () => {
    const { files } = writeK3s(planeFor('k3s'));
    const config = only(files.find(({ path }) => path.includes('config.yaml.d'))?.content) as Record<string, string[]>;
    expect(config).not.toHaveProperty('secrets-encryption');
    expect(config['kube-apiserver-arg']).toContain(
      'encryption-provider-config=/etc/kubernetes/bulwark/encryption.yaml',
    );
    expect(config['kube-apiserver-arg']?.join()).not.toContain('/etc/kubernetes/pki');
  });

  it('says which release is needed where the file tells anonymous requests apart', () => {
    const steps = (anonymous: 'health' | 'off') =>
      writeK3s(planeFor('k3s', { authentication: { anonymous } })).steps.join();
    expect(steps('health')).toContain('1.32.5');
    expect(steps('off')).not.toContain('1.32.5');
  });
});

describe('writeRke2', () => {
  const configOf = (settings = {}) => {
    const { files } = writeRke2(planeFor('rke2', settings));
    return only(files.find(({ path }) => path.includes('config.yaml.d'))?.content) as Record<string, string | string[]>;
  };

  it('writes a file of config.yaml.d, the files and the folder', () => {
    expect(visible(writeRke2(planeFor('rke2')))).toMatchSnapshot();
  });

  it('replaces the policy of level None and the admission of RKE2 by its own settings', () => {
    const config = configOf();
    expect(config['audit-policy-file']).toBe('/etc/kubernetes/bulwark/audit-policy.yaml');
    expect(config['pod-security-admission-config-file']).toBe('/etc/kubernetes/bulwark/admission.yaml');
    const names = (config['kube-apiserver-arg'] as string[]).map((arg) => arg.split('=')[0]);
    expect(names).not.toContain('audit-policy-file');
    expect(names).not.toContain('admission-control-config-file');
    const policy = writeRke2(planeFor('rke2')).files.find(({ path }) => path === config['audit-policy-file']);
    expect(policy?.content).toContain('level: RequestResponse');
  });

  it('mounts each folder once: that of the log is mounted by RKE2', () => {
    expect(configOf({ encryption: { kms: { name: 'vault' } } })['kube-apiserver-extra-mount']).toEqual([
      '/etc/kubernetes/bulwark:/etc/kubernetes/bulwark:ro',
      '/var/run/kmsplugin:/var/run/kmsplugin:ro',
    ]);
  });

  it('mounts what the webhook needs where no mount has it', () => {
    const inPki = { ...webhook, caFile: '/etc/kubernetes/pki/audit-ca.crt' };
    expect(configOf({ audit: { webhook: inPki } })['kube-apiserver-extra-mount']).toEqual([
      '/etc/kubernetes/audit-tls:/etc/kubernetes/audit-tls:ro',
      '/etc/kubernetes/bulwark:/etc/kubernetes/bulwark:ro',
      '/etc/kubernetes/pki:/etc/kubernetes/pki:ro',
    ]);
  });
});
