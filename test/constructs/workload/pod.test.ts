import { ClusterTarget, type NodesOptions, SecureDeployment, type SecureDeploymentProps } from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, testNamespace } from '../../support/app';
import { eachKind, podOf, templateIn } from '../../support/workload-kinds';

function deploy(props: Partial<SecureDeploymentProps>, target?: ClusterTarget) {
  const { app, shop } = testNamespace(target && { target });
  new SecureDeployment(shop, 'api', { ...basics, ...props });
  return { app, pod: () => podOf(app, 'Deployment', 'api') };
}

describe('the ids of a pod', () => {
  it.each([
    [{}, [65532, 65532, 65532]],
    [{ user: 1000 }, [1000, 1000, 1000]],
    [{ group: 2000 }, [65532, 2000, 2000]],
    [{ fsGroup: 3000 }, [65532, 65532, 3000]],
    [{ user: 1, group: 2, fsGroup: 3 }, [1, 2, 3]],
  ])('for %j are %j', (props, ids) => {
    const { securityContext } = deploy(props).pod();
    expect([securityContext?.runAsUser, securityContext?.runAsGroup, securityContext?.fsGroup]).toEqual(ids);
  });

  it('are never those of root', () => {
    expect(errorsOf(deploy({ user: 0 }).app).map(({ rule }) => rule)).toEqual(['run-as-non-root', 'run-as-user']);
  });
});

describe('the tokens of a pod', () => {
  it('are bound to an audience, expire, and stand in folders of their own', () => {
    const tokens = [
      { audience: 'vault', path: '/var/run/vault/token' },
      { audience: 'sts', path: '/var/run/sts/jwt', expirationSeconds: 900 },
    ];
    const pod = deploy({ tokens }).pod();
    const source = (audience: string, expirationSeconds: number, path: string) => [
      { serviceAccountToken: { audience, expirationSeconds, path } },
    ];
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.volumes).toEqual([
      { name: 'token-0', projected: { defaultMode: 0o440, sources: source('vault', 3600, 'token') } },
      { name: 'token-1', projected: { defaultMode: 0o440, sources: source('sts', 900, 'jwt') } },
    ]);
    expect(pod.containers[0]?.volumeMounts).toEqual([
      { name: 'token-0', mountPath: '/var/run/vault', readOnly: true },
      { name: 'token-1', mountPath: '/var/run/sts', readOnly: true },
    ]);
  });

  it.each([
    ['token', 'container api: "token" is no absolute path'],
    ['/token', 'container api: two volumes are mounted at /token'],
    ['/tokens/../x/token', 'container api: "/tokens/../x" leads upwards'],
    ['/tmp/token', 'container api: two volumes are mounted at /tmp'],
  ])('are refused at %s', (path, message) => {
    const { app } = deploy({ writable: ['/tmp', '/token'], tokens: [{ audience: 'a', path }] });
    expect(errorsOf(app).find(({ rule }) => rule === 'mount-path')).toMatchObject({ property: 'tokens', message });
  });

  it('live no shorter than a kubelet takes', () => {
    const { app } = deploy({ tokens: [{ audience: 'a', path: '/run/a/t', expirationSeconds: 60 }] });
    expect(errorsOf(app).map(({ rule }) => rule)).toContain('pod-valid');
  });
});

describe('the nodes of a pod', () => {
  it('are those that were set aside, by taint and label, and no others', () => {
    const pod = deploy({ nodes: { key: 'pool', value: 'gpu' }, nodeSelector: { zone: 'a' } }).pod();
    expect(pod.tolerations).toEqual([{ key: 'pool', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }]);
    expect(pod.nodeSelector).toEqual({ pool: 'gpu', zone: 'a' });
  });

  it('have a runtime class in place of a user namespace', () => {
    const pod = deploy({ runtimeClass: 'gvisor' }).pod();
    expect([pod.runtimeClassName, pod.hostUsers]).toEqual(['gvisor', undefined]);
  });
});

describe.each(eachKind)('a Secure%s for Windows', (kind, { make }) => {
  it('carries nothing that only Linux has', () => {
    const { app, shop } = testNamespace();
    make(shop, 'api', {
      os: 'windows',
      nodeSelector: { 'kubernetes.io/os': 'windows', disk: 'ssd' },
      port: 80,
      readiness: undefined,
      exceptions: [{ rule: 'readiness-probe', reason: 'it answers at once', expires: '2027-01-31' }],
    });
    const { metadata, spec } = templateIn(objectOf(app, kind, 'api'));
    expect(spec.os).toEqual({ name: 'windows' });
    expect(spec.nodeSelector).toEqual({ 'kubernetes.io/os': 'windows', disk: 'ssd' });
    expect(spec.securityContext).toEqual({ runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } });
    expect(spec.hostUsers).toBeUndefined();
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.containers[0]?.securityContext).toBeUndefined();
    expect(spec.containers[0]?.resources?.limits?.memory).toBe('64Mi');
    expect(metadata?.annotations).toBeUndefined();
    expect(errorsOf(app)).toEqual([]);
  });

  it('refuses what only Linux has', () => {
    const { app, shop } = testNamespace();
    make(shop, 'api', {
      os: 'windows',
      sysctls: { 'net.ipv4.tcp_syncookies': '1' },
      seLinux: { level: 's0' },
      capabilities: ['NET_BIND_SERVICE'],
    });
    const errors = errorsOf(app).filter(({ rule }) => rule === 'pod-valid');
    expect(errors.map(({ property }) => property?.split('.').pop()).sort()).toEqual([
      'capabilities',
      'seLinuxOptions',
      'sysctls',
    ]);
    for (const { construct, message } of errors) {
      expect(construct).toBe('shop/api');
      expect(message).toContain('a pod that runs on Windows cannot have');
    }
  });

  it('drops no user or group that was asked for', () => {
    const { app, shop } = testNamespace();
    make(shop, 'api', { os: 'windows', user: 1000, group: 1000, fsGroup: 1000 });
    const message = 'a pod that runs on Windows cannot have it: its processes run as ContainerUser';
    expect(errorsOf(app).map((error) => [error.rule, error.property, error.value, error.message])).toEqual(
      ['user', 'group', 'fsGroup'].map((property) => ['prop-valid', property, 1000, message]),
    );
  });
});

describe('the operating system of pods and of nodes', () => {
  const faultsOf = (props: Partial<SecureDeploymentProps>, nodes: NodesOptions = {}) => {
    const { app } = deploy(props, ClusterTarget.of('1.36', { nodes }));
    return errorsOf(app).map(({ rule, property, value }) => [rule, property, value]);
  };
  const selector = (os: string) => ({ nodeSelector: { 'kubernetes.io/os': os } });
  const property = "nodeSelector['kubernetes.io/os']";

  it.each<[string, Partial<SecureDeploymentProps>, NodesOptions, unknown[]]>([
    ['Linux by a label for Windows', selector('windows'), {}, [['prop-valid', property, 'windows']]],
    ['Windows by a label for Linux', { os: 'windows', ...selector('linux') }, {}, [['prop-valid', property, 'linux']]],
    ['Linux where all nodes run Windows', {}, { os: 'windows' }, [['prop-valid', 'os', undefined]]],
    ['Linux, named, where all do', { os: 'linux' }, { os: 'windows' }, [['prop-valid', 'os', 'linux']]],
    ['Windows where all do', { os: 'windows' }, { os: 'windows' }, []],
    ['Windows where some do', { os: 'windows' }, { os: 'mixed' }, []],
    ['Linux where some do, by its label', selector('linux'), { os: 'mixed' }, []],
    ['Windows by its label', { os: 'windows', ...selector('windows') }, {}, []],
  ])('%s', (_, props, nodes, expected) => expect(faultsOf(props, nodes)).toEqual(expected));

  it.each(['Windows', 'darwin', ''])('is no %j, in props and by patch', (name) => {
    const os = name as 'windows';
    expect(faultsOf({ os }, {})).toEqual([['prop-valid', 'os', name]]);
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', basics).patchPod({ os: { name: os } });
    expect(errorsOf(app)).toMatchObject([{ rule: 'pod-valid', property: 'spec.template.spec.os.name', value: name }]);
  });

  it('asks for nothing of nodes that run Windows', () => {
    const { app } = deploy({ os: 'windows' }, ClusterTarget.of('1.28', { nodes: { os: 'windows' } }));
    expect(findingsOf(app)).toEqual([]);
  });
});

it('a Localhost AppArmor profile is a field, or the annotation of older versions', () => {
  const appArmorProfile = { localhost: 'strict' };
  expect(deploy({ appArmorProfile }).pod().securityContext?.appArmorProfile).toEqual({
    type: 'Localhost',
    localhostProfile: 'strict',
  });
  const { app } = deploy({ appArmorProfile }, ClusterTarget.of('1.29', { nodes: { appArmor: true } }));
  expect(templateIn(objectOf(app, 'Deployment', 'api')).metadata?.annotations).toEqual({
    'container.apparmor.security.beta.kubernetes.io/api': 'localhost/strict',
  });
});

it('what nodes may lack is refused until the target says that they have it', () => {
  const appArmorProfile = { localhost: 'strict' };
  const { app } = deploy({ appArmorProfile }, ClusterTarget.of('1.34'));
  expect(errorsOf(app)).toMatchObject([
    {
      rule: 'target-field',
      severity: 'error',
      construct: 'shop/api',
      property: 'spec.template.spec.securityContext.appArmorProfile',
      message: 'the target has this field, but it is not known whether every node has AppArmor',
    },
  ]);
  expect(errorsOf(deploy({ appArmorProfile }, ClusterTarget.of('1.34', { nodes: { appArmor: true } })).app)).toEqual(
    [],
  );
});

it('sidecars are refused where the target has none', () => {
  const { app } = deploy({ sidecars: [{ ...basics, name: 'proxy' }] }, ClusterTarget.of('1.28'));
  expect(errorsOf(app)).toMatchObject([
    {
      rule: 'target-field',
      construct: 'shop/api',
      property: 'spec.template.spec.initContainers[0].restartPolicy',
      message: expect.stringContaining('Kubernetes 1.28 has native sidecars'),
    },
  ]);
});
