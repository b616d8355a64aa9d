/** A real kube-apiserver runs with exactly what `controlPlane()` wrote, and keeps what it promises. */
import { randomBytes } from 'node:crypto';
import { ClusterTarget } from '../../../core/cluster';
import { controlPlane, keyRotation } from '../../../core/control-plane';
import { type ApiObject, eventually, expectOk } from '../../support/control-plane';
import { binaries } from '../../support/control-plane/binaries';
import { describeHardened } from '../../support/control-plane/describe-hardened';
import { type HardenedControlPlane, type Places, settingsAt } from '../../support/control-plane/hardened';
import type { Version } from '../../support/control-plane/versions';
import { freePorts } from '../../support/free-ports';
import { takeStep } from './take-step';

const keys = Object.fromEntries(['first', 'second'].map((name) => [name, randomBytes(32).toString('base64')]));

const targets: Readonly<Record<Version, ClusterTarget>> = {
  '1.36.3': ClusterTarget.of('1.36', { distribution: 'kubeadm' }),
  '1.28.15': ClusterTarget.of('1.28', { distribution: 'kubeadm' }),
};

const settings = (version: Version, places: Places) => ({
  ...settingsAt(places),
  encryption: { secretbox: ['first'] },
  // 1.28 cannot tell paths apart.
  ...(version === '1.28.15' && {
    authentication: { anonymous: 'rbac' as const },
    exceptions: [
      {
        property: 'authentication.anonymous',
        reason: 'this version cannot tell paths apart, and tests ask for health',
        expires: '2026-12-31',
      },
    ],
    today: '2026-11-21',
  }),
});

const make = (version: Version) => (places: Places) =>
  controlPlane(settings(version, places), targets[version], { first: keys.first ?? '' });

const secretOf = (namespace: string, name: string, value: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace, name },
  stringData: { password: value },
});

async function namespaceOf(plane: HardenedControlPlane, name: string): Promise<string> {
  expectOk(await plane.admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: name, name: 'default' } };
  expectOk(await plane.admin.create(account));
  return name;
}

const passwordOf = async (plane: HardenedControlPlane, namespace: string, name: string): Promise<string> => {
  const { body } = await plane.admin.get<ApiObject & { data: { password: string } }>(secretOf(namespace, name, ''));
  return Buffer.from(body.data.password, 'base64').toString();
};

const storedText = async (plane: HardenedControlPlane, key: string): Promise<string> =>
  (await plane.stored(`/registry/${key}`))?.toString('latin1') ?? 'nothing';

for (const version of ['1.36.3', '1.28.15'] as const) {
  describeHardened('what controlPlane() writes', version, make(version), (plane) => {
    it('is read without a warning: no flag is deprecated, no field of a file unknown', () => {
      expect(plane().serverLog).not.toMatch(/deprecated|unknown (flag|field)|lenient|strict decoding/i);
      const [, plugins] = /Loaded \d+ validating admission controller[^:]*: (.*)\./.exec(plane().serverLog) ?? [];
      const own = ['EventRateLimit', 'AlwaysPullImages', 'PodSecurity', 'DenyServiceExternalIPs', 'ServiceAccount'];
      expect(plugins?.split(',')).toEqual(expect.arrayContaining(own));
      expect(plugins).not.toMatch(/AlwaysAdmit|ImagePolicyWebhook/);
    });

    it('encrypts Secrets and config maps in etcd', async () => {
      const namespace = await namespaceOf(plane(), 'encrypted');
      const value = randomBytes(12).toString('hex');
      expectOk(await plane().admin.create(secretOf(namespace, 'db', value)));
      const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: 'db' }, data: { value } };
      expectOk(await plane().admin.create(map));
      for (const key of [`secrets/${namespace}/db`, `configmaps/${namespace}/db`]) {
        const stored = await storedText(plane(), key);
        expect(stored).toMatch(/^k8s:enc:secretbox:v1:first:/);
        expect(stored).not.toContain(value);
      }
      expect(await storedText(plane(), `serviceaccounts/${namespace}/default`)).toMatch(/^k8s\0/);
      expect(await passwordOf(plane(), namespace, 'db')).toBe(value);
    });

    it('rotates its key by the documented steps, and old and new Secrets read after each', async () => {
      const namespace = await namespaceOf(plane(), 'rotated');
      const { folder } = plane().places;
      const steps = keyRotation({ from: { secretbox: ['first'] }, to: { secretbox: ['second'] }, keys, folder });
      expect(steps.map(({ id }) => id)).toEqual(['read', 'write', 'rewrite', 'retire']);
      const written: string[] = [];
      const prefixes: Record<string, string> = {};
      expectOk(await plane().admin.create(secretOf(namespace, 'old', 'value of old')));
      written.push('old');
      for (const step of steps) {
        await takeStep(plane(), step);
        expectOk(await plane().admin.create(secretOf(namespace, step.id, `value of ${step.id}`)));
        written.push(step.id);
        for (const name of written) expect(await passwordOf(plane(), namespace, name)).toBe(`value of ${name}`);
        prefixes[step.id] = (await storedText(plane(), `secrets/${namespace}/${step.id}`)).slice(0, 28);
        prefixes[`old after ${step.id}`] = (await storedText(plane(), `secrets/${namespace}/old`)).slice(0, 28);
      }
      expect(prefixes).toEqual({
        read: expect.stringMatching(/^k8s:enc:secretbox:v1:first:/),
        'old after read': expect.stringMatching(/^k8s:enc:secretbox:v1:first:/),
        write: expect.stringMatching(/^k8s:enc:secretbox:v1:second/),
        'old after write': expect.stringMatching(/^k8s:enc:secretbox:v1:first:/),
        rewrite: expect.stringMatching(/^k8s:enc:secretbox:v1:second/),
        'old after rewrite': expect.stringMatching(/^k8s:enc:secretbox:v1:second/),
        retire: expect.stringMatching(/^k8s:enc:secretbox:v1:second/),
        'old after retire': expect.stringMatching(/^k8s:enc:secretbox:v1:second/),
      });
    });

    it('lets nobody in without credentials but for health', async () => {
      const paths = [
        ['/livez', 200],
        ['/readyz', 200],
        ['/healthz', 200],
        ['/readyz?verbose', 200],
      ] as const;
      for (const [path, status] of paths) {
        expect([path, (await plane().anonymous.request('GET', path)).status]).toEqual([path, status]);
      }
      const refused = version === '1.36.3' ? 401 : 403;
      const others = [
        '/api',
        '/apis',
        '/api/v1/secrets',
        '/metrics',
        '/openapi/v2',
        '/livez/etcd',
        '/readyz/ping',
        '/',
      ];
      for (const path of [...others, ...(version === '1.36.3' ? ['/version'] : [])]) {
        expect([path, (await plane().anonymous.request('GET', path)).status]).toEqual([path, refused]);
      }
      const pods = await plane().anonymous.request('POST', '/api/v1/namespaces/default/pods', { body: {} });
      expect(pods.status).toBe(refused);
    });

    it('shows kube-public/cluster-info to who joins by a token, and no other config map', async () => {
      const namespace = 'kube-public';
      await plane().admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
      for (const name of ['cluster-info', 'cluster-info-2']) {
        const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data: { kubeconfig: 'x' } };
        expectOk(await plane().admin.create(map));
      }
      const rbac = 'rbac.authorization.k8s.io';
      const metadata = { namespace, name: 'everybody' };
      const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }];
      // More than kubeadm binds: what is left over is the work of AuthenticationConfiguration.
      expectOk(await plane().admin.create({ apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules }));
      const subjects = [{ apiGroup: rbac, kind: 'Group', name: 'system:unauthenticated' }];
      const roleRef = { apiGroup: rbac, kind: 'Role', name: 'everybody' };
      expectOk(
        await plane().admin.create({ apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, subjects, roleRef }),
      );
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      await eventually('the binding to be seen', async () =>
        (await plane().anonymous.request('GET', `${path}/cluster-info`)).status === 200 ? true : undefined,
      );
      const others = version === '1.36.3' ? 401 : 200;
      expect((await plane().anonymous.request('GET', `${path}/cluster-info-2`)).status).toBe(others);
      expect((await plane().anonymous.request('GET', path)).status).toBe(others);
      expect((await plane().anonymous.request('DELETE', `${path}/cluster-info`)).status).not.toBe(200);
    });

    it('holds namespaces without labels to the restricted standard, and pulls every image anew', async () => {
      const namespace = await namespaceOf(plane(), 'unlabelled');
      const container = { name: 'c', image: 'example.com/app:1', imagePullPolicy: 'IfNotPresent' };
      const pod = (name: string, spec: object) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace, name },
        spec: { containers: [container], ...spec },
      });
      const bare = await plane().admin.create(pod('bare', {}));
      expect(bare.status).toBe(403);
      expect(bare.message).toContain(`violates PodSecurity "restricted:v${version.slice(0, 4)}"`);
      const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
      const hardened = await plane().admin.create<ApiObject & { spec: { containers: { imagePullPolicy: string }[] } }>(
        pod('hardened', {
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{ ...container, securityContext }],
        }),
      );
      expect(expectOk(hardened).spec.containers[0]?.imagePullPolicy).toBe('Always');
      const system = { ...pod('bare', {}), metadata: { namespace: 'kube-system', name: 'bare' } };
      await plane().admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } });
      const account = {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { namespace: 'kube-system', name: 'default' },
      };
      await plane().admin.create(account);
      expect((await plane().admin.create(system)).message).toBe('');
    });

    it('refuses external IPs of Services', async () => {
      const service = {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { namespace: 'default', name: 'stolen' },
        spec: { ports: [{ port: 443 }], externalIPs: ['192.0.2.7'] },
      };
      const answer = await plane().admin.create(service);
      expect([answer.status, answer.message]).toEqual([403, expect.stringContaining('external')]);
    });

    it('limits the events of a namespace', async () => {
      const namespace = await namespaceOf(plane(), 'flooded');
      const event = (i: number) => ({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { namespace, name: `e${i}` },
        involvedObject: { kind: 'Pod', namespace, name: 'p' },
        reason: 'Flood',
        message: 'm',
        type: 'Normal',
      });
      const statuses: number[] = [];
      // 50 a second are let in: a machine that is busy takes many to be above that.
      for (let round = 0; round < 50 && !statuses.includes(429); round++) {
        const many = Array.from({ length: 60 }, (_, i) => plane().admin.create(event(round * 60 + i)));
        statuses.push(...(await Promise.all(many)).map(({ status }) => status));
      }
      expect(new Set(statuses)).toEqual(new Set([201, 429]));
      expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(100);
    });

    it('never writes a secret value into the audit log', async () => {
      const namespace = await namespaceOf(plane(), 'planted');
      const value = () => `planted-${randomBytes(12).toString('hex')}`;
      const [secret, patched, config, applied] = [value(), value(), value(), value()];
      const { admin } = plane();
      expectOk(await admin.create(secretOf(namespace, 'a', secret)));
      const path = `/api/v1/namespaces/${namespace}`;
      const merge = 'application/merge-patch+json';
      const stringData = { password: patched };
      expectOk(await admin.request('PATCH', `${path}/secrets/a`, { body: { stringData }, contentType: merge }));
      expectOk(await admin.apply(secretOf(namespace, 'b', applied)));
      expectOk(await admin.list({ apiVersion: 'v1', kind: 'Secret', namespace }));
      const metadata = { namespace, name: 'c' };
      expectOk(await admin.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { password: config } }));
      const token = await admin.createToken(namespace, 'default');
      const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } };
      expectOk(await admin.create(review));
      const foreign = value();
      await admin.create({ ...review, spec: { token: foreign } });
      await admin.as(foreign).request('GET', '/api/v1/secrets');
      await admin.as(token).request('GET', `${path}/secrets`);
      expectOk(await admin.request('DELETE', `${path}/secrets`));

      const log = plane().auditBytes();
      const text = log.toString('latin1');
      // The log is of these very requests.
      for (const uri of [
        `${path}/secrets/a`,
        `${path}/configmaps`,
        `${path}/serviceaccounts/default/token`,
        'tokenreviews',
      ])
        expect(text).toContain(uri);
      for (const planted of [secret, patched, config, applied, token, foreign])
        for (const form of formsOf(planted)) expect({ form, at: log.indexOf(form) }).toEqual({ form, at: -1 });
      for (const material of [keys.first ?? '', keys.second ?? '']) expect(log.indexOf(material)).toBe(-1);
    });

    it('finds such a value where it does stand', async () => {
      const value = `unprotected-${randomBytes(12).toString('hex')}`;
      const metadata = { name: 'seen', annotations: { value } };
      expectOk(await plane().admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata }));
      expect(plane().auditBytes().indexOf(value)).toBeGreaterThan(0);
    });
  });
}

describeHardened('the other programs', '1.36.3', make('1.36.3'), (plane) => {
  it('kube-controller-manager starts with its flags, and does its work', async () => {
    const { found } = await programsOf('kube-controller-manager');
    await plane().startProgram('kube-controller-manager', found['kube-controller-manager'] ?? '', [
      '--secure-port=0',
      '--leader-elect=false',
      '--controllers=*',
    ]);
    const root = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name: 'kube-root-ca.crt' } };
    await plane().until('the root certificate', 'kube-controller-manager', async () =>
      (await plane().admin.get(root)).status === 200 ? true : undefined,
    );
    expect(plane().logOf('kube-controller-manager')).not.toMatch(/deprecated|unknown flag/i);
    // --use-service-account-credentials: each controller comes as its own account.
    const own = 'system:serviceaccount:kube-system:root-ca-cert-publisher';
    // A request is logged when it is answered, and what it stores can be read before.
    await eventually(
      'an event of its own account',
      async () =>
        plane()
          .auditEvents()
          .some(({ user }) => user.username === own) || undefined,
    );
  });

  it('kube-scheduler starts with its flags', async () => {
    const { found } = await programsOf('kube-scheduler');
    const [port] = await freePorts(1);
    await plane().startProgram('kube-scheduler', found['kube-scheduler'] ?? '', [
      `--secure-port=${port}`,
      '--leader-elect=false',
    ]);
    await plane().until('the scheduler to run', 'kube-scheduler', async () =>
      /Serving securely on 127\.0\.0\.1:/.test(plane().logOf('kube-scheduler')) ? true : undefined,
    );
    expect(plane().logOf('kube-scheduler')).not.toMatch(/deprecated|unknown flag/i);
  });
});

async function programsOf(program: 'kube-controller-manager' | 'kube-scheduler') {
  const programs = await binaries('1.36.3', [program]);
  if ('skipped' in programs) throw new Error(programs.skipped);
  return programs;
}

/** A text as it is, and in base64 at each of the three offsets that it may have in what is encoded as a whole. */
function formsOf(text: string): readonly string[] {
  const encoded = [0, 1, 2].map((offset) => {
    const whole = Buffer.from('\0'.repeat(offset) + text).toString('base64');
    return whole.slice(offset === 0 ? 0 : 4, -4);
  });
  return [text, ...encoded];
}
