import { ClusterTarget, LockedNamespace, Probe, type WorkloadProps } from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp, testNamespace } from '../../support/app';
import { eachKind, objectsNamed, podOf, templateIn, workloadKinds } from '../../support/workload-kinds';

/** A container, a sidecar and an init container, each with a port. */
const crowd: Partial<WorkloadProps> = {
  port: 8080,
  readiness: Probe.http('/ready'),
  initContainers: [{ name: 'migrate', ...basics }],
  sidecars: [{ name: 'proxy', ...basics, port: 9090, readiness: Probe.tcp() }],
  containers: [{ name: 'exporter', ...basics, port: 9100, readiness: Probe.tcp() }],
};

describe.each(eachKind)('a Secure%s', (kind, { make, role, replicated }) => {
  const { app, shop } = testNamespace();
  make(shop, 'api', crowd);
  const pod = podOf(app, kind, 'api');
  const containers = [...(pod.initContainers ?? []), ...pod.containers];

  it.each([
    ['serviceAccountName', 'api'],
    ['automountServiceAccountToken', false],
    ['enableServiceLinks', false],
    ['hostUsers', false],
    ['hostNetwork', undefined],
    ['hostPID', undefined],
    ['hostIPC', undefined],
    ['terminationGracePeriodSeconds', 30],
    ['restartPolicy', role === 'batch' ? 'Never' : undefined],
  ] as const)('has a pod with %s = %p', (property, value) => {
    expect(pod[property]).toEqual(value);
  });

  it('has a pod with this security context', () => {
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      fsGroupChangePolicy: 'OnRootMismatch',
      supplementalGroupsPolicy: 'Strict',
      seccompProfile: { type: 'RuntimeDefault' },
      appArmorProfile: { type: 'RuntimeDefault' },
    });
  });

  it('has these containers, in the order in which they start', () => {
    expect(containers.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['proxy', 'Always'],
      ['migrate', undefined],
      ['api', undefined],
      ['exporter', undefined],
    ]);
  });

  describe.each(containers.map((container) => [container.name, container] as const))(
    'container %s',
    (name, container) => {
      it('gains no privilege, and writes nowhere', () => {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      });

      it('has a CPU request and no CPU limit, memory request = limit, and a bound on local disk', () => {
        expect(container.resources).toEqual({
          requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '128Mi' },
          limits: { memory: '64Mi', 'ephemeral-storage': '128Mi' },
        });
      });

      it('names its ports, and sleeps before it stops where it serves', () => {
        for (const port of container.ports ?? []) expect(port.name).toMatch(/^(http|tcp-9090|tcp-9100)$/);
        for (const port of container.ports ?? []) expect(port.hostPort).toBeUndefined();
        const sleeps = role === 'service' && name !== 'migrate';
        expect(container.lifecycle).toEqual(sleeps ? { preStop: { sleep: { seconds: 5 } } } : undefined);
      });
    },
  );

  it('is spread over nodes and zones where it has replicas', () => {
    const labelSelector = { matchLabels: { 'app.kubernetes.io/name': 'api' } };
    const constraint = { maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector };
    expect(pod.topologySpreadConstraints).toEqual(
      replicated
        ? [
            { ...constraint, topologyKey: 'kubernetes.io/hostname' },
            { ...constraint, topologyKey: 'topology.kubernetes.io/zone' },
          ]
        : undefined,
    );
  });

  it('brings a ServiceAccount without a token, a closed NetworkPolicy, a Service and a budget', () => {
    const own = testNamespace();
    make(own.shop, 'api', { port: 8080, readiness: Probe.http('/ready') });
    const objects = objectsNamed(own.app, 'api');
    const find = (wanted: string) => objects.find((object) => object.kind === wanted);
    expect(objects.map((object) => object.kind).sort()).toEqual(
      [kind, 'NetworkPolicy', 'Service', 'ServiceAccount', ...(replicated ? ['PodDisruptionBudget'] : [])].sort(),
    );
    const matchLabels = { 'app.kubernetes.io/name': 'api' };
    expect(find('ServiceAccount')).toMatchObject({ automountServiceAccountToken: false });
    expect(find('NetworkPolicy')?.spec).toEqual({ podSelector: { matchLabels }, policyTypes: ['Ingress', 'Egress'] });
    expect(find('Service')?.spec).toMatchObject({
      type: 'ClusterIP',
      selector: matchLabels,
      ports: [{ name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP' }],
    });
    if (!replicated) return;
    expect(find('PodDisruptionBudget')?.spec).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels },
    });
  });

  it.each(['1.28', '1.29'])('has AppArmor by annotation on %s, and no field that came later', (version) => {
    const old = testNamespace({ target: ClusterTarget.of(version, { nodes: { appArmor: true } }) });
    make(old.shop, 'api', { port: 8080, readiness: Probe.http('/ready'), initContainers: crowd.initContainers });
    const { metadata, spec } = templateIn(objectOf(old.app, kind, 'api'));
    expect(metadata?.annotations).toEqual({
      'container.apparmor.security.beta.kubernetes.io/api': 'runtime/default',
      'container.apparmor.security.beta.kubernetes.io/migrate': 'runtime/default',
    });
    expect(Object.keys(spec.securityContext ?? {}).sort()).toEqual(
      ['fsGroup', 'fsGroupChangePolicy', 'runAsGroup', 'runAsNonRoot', 'runAsUser', 'seccompProfile'].sort(),
    );
    expect(spec.hostUsers).toBeUndefined();
    expect(spec.containers[0]?.lifecycle).toBeUndefined();
    expect(findingsOf(old.app).filter(({ rule }) => rule === 'pre-stop')).toHaveLength(role === 'service' ? 1 : 0);
  });

  it('adopts a live workload: its name, selector and labels are pinned', () => {
    const own = testNamespace();
    const selector = { app: 'legacy', tier: 'web' };
    make(own.shop, 'api', {
      name: 'legacy-api',
      selector,
      labels: { team: 'blue' },
      podLabels: { version: 'v2' },
      podAnnotations: { 'example.com/scrape': 'no' },
      annotations: { note: 'kept' },
      port: 8080,
      readiness: Probe.http('/ready'),
    });
    const object = objectOf(own.app, kind, 'legacy-api');
    expect(object.metadata).toEqual({
      name: 'legacy-api',
      namespace: 'shop',
      labels: { 'app.kubernetes.io/name': 'legacy-api', ...selector, team: 'blue' },
      annotations: { note: 'kept' },
    });
    if (role === 'service') expect(object.spec).toMatchObject({ selector: { matchLabels: selector } });
    expect(templateIn(object).metadata).toEqual({
      labels: { 'app.kubernetes.io/name': 'legacy-api', ...selector, version: 'v2' },
      annotations: { 'example.com/scrape': 'no' },
    });
    expect(objectOf(own.app, 'NetworkPolicy', 'legacy-api').spec).toMatchObject({
      podSelector: { matchLabels: selector },
    });
    expect(objectOf(own.app, 'Service', 'legacy-api').spec).toMatchObject({ selector });
    expect(errorsOf(own.app)).toEqual([]);
  });

  it('refuses labels of its pods that its own policy does not select', () => {
    const own = testNamespace();
    make(own.shop, 'api', { podLabels: { 'app.kubernetes.io/name': 'other' } });
    expect(errorsOf(own.app)).toEqual([
      expect.objectContaining({ rule: 'selector-match', construct: 'shop/api', value: 'api' }),
    ]);
  });

  it('refuses a selector that takes in the whole namespace', () => {
    const own = testNamespace();
    make(own.shop, 'api', { selector: {} });
    expect(errorsOf(own.app)).toEqual([
      expect.objectContaining({
        rule: 'selector-match',
        property: 'selector',
        message: 'it has no label, so that it selects every pod of the namespace',
        remedy: 'give it a label of its own, or leave it out',
      }),
    ]);
  });

  it('names at most what its controller can append to', () => {
    const most = kind === 'StatefulSet' || kind === 'CronJob' ? 52 : 63;
    const fits = testNamespace();
    make(fits.shop, 'a'.repeat(most));
    expect(errorsOf(fits.app)).toEqual([]);
    const long = testNamespace();
    make(long.shop, 'a'.repeat(most + 1));
    expect(errorsOf(long.app).length).toBeGreaterThan(0);
    expect(errorsOf(long.app).map(({ rule }) => rule)).toContain('name-valid');
  });

  it('emits on every version what that version has, and nothing else', () => {
    const versions = ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];
    for (const version of versions) {
      const own = testNamespace({
        target: ClusterTarget.of(version, {
          nodes: { userNamespaces: true, appArmor: true, supplementalGroupsPolicy: true },
        }),
      });
      make(own.shop, 'api', { ...crowd, ...(version === '1.28' && { sidecars: [] }) });
      const spec = podOf(own.app, kind, 'api');
      const minor = Number(version.slice(2));
      expect(errorsOf(own.app)).toEqual([]);
      expect(spec.hostUsers).toBe(minor >= 33 ? false : undefined);
      expect(spec.securityContext?.appArmorProfile).toEqual(minor >= 30 ? { type: 'RuntimeDefault' } : undefined);
      expect(spec.securityContext?.supplementalGroupsPolicy).toBe(minor >= 33 ? 'Strict' : undefined);
      expect(spec.containers[0]?.lifecycle !== undefined).toBe(minor >= 30 && role === 'service');
    }
  });
});

describe('on a target of which little is known', () => {
  it('says what is missing and why, and stops nothing', () => {
    const { app, shop } = testNamespace({ target: ClusterTarget.of('1.36') });
    workloadKinds[0]!.make(shop, 'api');
    expect(errorsOf(app)).toEqual([]);
    expect(
      findingsOf(app).map(({ rule, severity, construct, property }) => [rule, severity, construct, property]),
    ).toEqual([
      ['user-namespaces', 'info', '', 'spec.hostUsers'],
      ['supplemental-groups', 'info', '', 'spec.securityContext.supplementalGroupsPolicy'],
      ['apparmor-missing', 'info', '', 'spec.securityContext.appArmorProfile'],
    ]);
  });

  it('fixes no ids on OpenShift, unless they are set', () => {
    const target = ClusterTarget.of('1.34', { distribution: 'openshift' });
    const { app, shop } = testNamespace({ target });
    const { make } = workloadKinds[0]!;
    make(shop, 'free');
    make(shop, 'fixed', { user: 1001, fsGroup: 2000 });
    expect(podOf(app, 'Deployment', 'free').securityContext).toEqual({
      runAsNonRoot: true,
      supplementalGroupsPolicy: 'Strict',
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(podOf(app, 'Deployment', 'fixed').securityContext).toMatchObject({
      runAsUser: 1001,
      runAsGroup: 1001,
      fsGroup: 2000,
      runAsNonRoot: true,
    });
  });
});

describe('two workloads in two namespaces', () => {
  it('may bear one name', () => {
    const app = testApp();
    for (const name of ['a', 'b']) workloadKinds[0]!.make(new LockedNamespace(app, name, { owner: 'x' }), 'api');
    expect(errorsOf(app)).toEqual([]);
    expect(objectsOf(app).filter(({ kind }) => kind === 'Deployment')).toHaveLength(2);
  });
});
