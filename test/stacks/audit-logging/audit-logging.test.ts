import { CustomResource, type Output, output, secret } from '@pulumi/pulumi';
import { ControlPlaneError } from '../../../core/control-plane';
import type { KubernetesObject } from '../../../core/manifest';
import { evaluate } from '../../../core/policy/evaluate';
import { ClusterTarget } from '../../../index';
import { AuditLogging, type AuditLoggingArgs } from '../../../stacks/audit-logging';
import { alertNames, auditMetrics } from '../../../stacks/audit-logging/alerts';
import type { Registration } from '../../../stacks/render/collect';
import { leaks, objectsIn, run } from '../../support/pulumi/registered';

const material = Buffer.alloc(32, 'c4n4ry').toString('base64');
const basics: AuditLoggingArgs = {
  kubernetesVersion: '1.36',
  distribution: 'kubeadm',
  owner: 'team-platform',
  encryption: { keyNames: ['2026-11'] },
  encryptionKeys: { '2026-11': material },
};

const kmsKeyName = 'projects/prod-platform/locations/europe-west1/keyRings/etcd/cryptoKeys/etcd';

/** What an output comes to: undefined where it is not known. */
const settled = async <T>(of: Output<T>): Promise<{ value: T | undefined; isSecret: boolean }> => {
  const inside = of as unknown as {
    promise(): Promise<T | undefined>;
    isKnown: Promise<boolean>;
    isSecret: Promise<boolean>;
  };
  return { value: (await inside.isKnown) ? await inside.promise() : undefined, isSecret: await inside.isSecret };
};

async function deploy(changes: Partial<AuditLoggingArgs> = {}, preview = true) {
  let stack: AuditLogging | undefined;
  const found = await run(
    () => {
      stack = new AuditLogging('audit', { ...basics, ...changes });
    },
    { preview },
  );
  if (stack === undefined) throw new Error('there is no stack');
  const { namespace, flags, files, secretFiles } = stack;
  return {
    found,
    namespace: await settled(namespace),
    flags: await settled(flags),
    files: await settled(files),
    secretFiles: await settled(secretFiles),
  };
}

/** What is wrong with the arguments. Nothing is registered then. */
async function faultsOf(changes: Partial<AuditLoggingArgs>): Promise<readonly string[]> {
  const found: Registration[] = [];
  try {
    found.push(...(await deploy(changes)).found);
  } catch (error) {
    if (error instanceof ControlPlaneError)
      return error.faults.map(({ property, message }) => `${property}: ${message}`);
    throw error;
  }
  throw new Error(`nothing is wrong, and ${found.length} are registered`);
}

const objectNamed = (found: readonly Registration[], kind: string) =>
  objectsIn(found).find((object) => object.kind === kind);

describe('AuditLogging', () => {
  it('registers the same objects under the same URNs', async () => {
    const { found } = await deploy();
    expect(found.map(({ urn }) => urn.replace('urn:pulumi:dev::platform::', '')).sort()).toMatchSnapshot();
    expect(objectNamed(found, 'PrometheusRule')).toMatchSnapshot();
  });

  it('passes every rule', async () => {
    const { found } = await deploy();
    const target = ClusterTarget.of('1.36', { distribution: 'kubeadm' });
    const { findings } = evaluate(
      objectsIn(found).map((object) => ({ object })),
      { target, today: '2026-11-21' },
    );
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('puts out the flags and files of the control plane, and those with keys as secrets', async () => {
    const { namespace, flags, files, secretFiles } = await deploy();
    expect(namespace).toEqual({ value: 'audit-logging', isSecret: false });
    expect(flags.value).toContainEqual({
      component: 'kube-apiserver',
      flag: '--encryption-provider-config=/etc/kubernetes/bulwark/encryption.yaml',
    });
    expect(files.isSecret).toBe(false);
    expect(files.value?.map(({ path, mode, owner }) => `${mode} ${owner} ${path}`)).toEqual(
      ['admission', 'audit-policy', 'authentication'].map(
        (name) => `0600 root:root /etc/kubernetes/bulwark/${name}.yaml`,
      ),
    );
    expect(secretFiles.isSecret).toBe(true);
    expect(secretFiles.value?.map(({ path }) => path)).toEqual(['/etc/kubernetes/bulwark/encryption.yaml']);
    expect(secretFiles.value?.[0]?.content).toContain(material);
    expect(JSON.stringify([flags, files])).not.toContain(Buffer.alloc(32, 1).toString('base64'));
  });

  it.each([
    ['in plain text', { '2026-11': material }],
    ['as a secret', secret({ '2026-11': material })],
    ['as a mapping of secrets', { '2026-11': secret(material) }],
    ['as an output that somebody forgot to make secret', output({ '2026-11': material })],
  ])('keeps keys secret that are given %s', async (_, encryptionKeys) => {
    const { found, secretFiles, files } = await deploy({ encryptionKeys });
    expect(leaks(found, material)).toEqual([]);
    expect(leaks(found, 'c4n4ryc4n4ry')).toEqual([]);
    expect(secretFiles.isSecret).toBe(true);
    expect(JSON.stringify(files)).not.toContain(material);
  });

  it('is previewed with keys and addresses that nobody knows yet', async () => {
    class Store extends CustomResource {
      declare readonly keys: Output<Record<string, string>>;
      declare readonly address: Output<string>;
      constructor() {
        super('cloud:secrets/store:Store', 'keys', { keys: undefined, address: undefined });
      }
    }
    let files: Output<unknown> | undefined;
    const found = await run(() => {
      const { keys, address } = new Store();
      ({ secretFiles: files } = new AuditLogging('audit', { ...basics, encryptionKeys: keys, runbooks: address }));
    });
    expect((await settled(files as Output<unknown>)).value).toBeUndefined();
    const unknown = found.filter((each) => each.unknown.length > 0);
    expect(unknown.map(({ type }) => type)).toEqual(['kubernetes:monitoring.coreos.com/v1:PrometheusRule']);
    expect(unknown[0]?.unknown).toHaveLength(alertNames.length);
  });

  it("has no control plane where that is a cloud's", async () => {
    const { flags, files, secretFiles, found } = await deploy({
      distribution: 'eks',
      eks: { clusterName: 'prod', kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1' },
      encryption: undefined as never,
      encryptionKeys: undefined as never,
    });
    expect([flags.value, files.value, secretFiles.value]).toEqual([[], [], []]);
    expect(objectNamed(found, 'PrometheusRule')).toBeDefined();
  });
});

describe('an argument changes what it is about, and nothing else', () => {
  const shown = ({ found, flags, files, secretFiles, namespace }: Awaited<ReturnType<typeof deploy>>) =>
    new Map<string, string>([
      ...found.map(({ urn, sent, dependsOn }): [string, string] => [
        urn.replace(/.*[$:](\w+::)/, '$1'),
        JSON.stringify([sent, dependsOn]),
      ]),
      ['flags', JSON.stringify(flags)],
      ['files', JSON.stringify(files)],
      ['secretFiles', JSON.stringify(secretFiles)],
      ['namespace', JSON.stringify(namespace)],
    ]);

  it.each<[string, Partial<AuditLoggingArgs>, readonly string[]]>([
    ['nothing', {}, []],
    ['owner', { owner: 'team-sre' }, ['Namespace::audit:audit-logging']],
    ['log', { log: { maxAgeDays: 60 } }, ['flags']],
    [
      'webhook',
      {
        webhook: {
          url: 'https://logs.example',
          caFile: '/etc/audit/ca.crt',
          clientCertificateFile: '/etc/audit/tls.crt',
          clientKeyFile: '/etc/audit/tls.key',
        },
      },
      ['files', 'flags'],
    ],
    ['sensitive', { sensitive: [{ group: 'example.com', resources: ['credentials'] }] }, ['files']],
    ['encryptionKeys', { encryptionKeys: { '2026-11': Buffer.alloc(32, 9).toString('base64') } }, ['secretFiles']],
    ['encryption', { encryption: { kmsName: 'vault' }, encryptionKeys: {} }, ['files', 'secretFiles']],
    ['anonymous', { anonymous: 'off' }, ['files', 'flags']],
    ['discovery', { discovery: 'file' }, ['files']],
    ['alerts', { alerts: false }, ['PrometheusRule::audit:audit-logging/audit-logging']],
    ['dashboard', { dashboard: false }, ['ConfigMap::audit:audit-logging/audit-logging-dashboard']],
    ['ruleLabels', { ruleLabels: { release: 'monitoring' } }, ['PrometheusRule::audit:audit-logging/audit-logging']],
    ['runbooks', { runbooks: 'https://runbooks.example/#' }, ['PrometheusRule::audit:audit-logging/audit-logging']],
  ])('%s', async (_, changes, changed) => {
    const [before, after] = [shown(await deploy()), shown(await deploy(changes))];
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    expect(keys.filter((key) => before.get(key) !== after.get(key)).sort()).toEqual(changed);
  });

  it('whoever takes the namespace waits for it', async () => {
    class Thing extends CustomResource {}
    const found = await run(() => {
      const { namespace } = new AuditLogging('audit', basics);
      new Thing('acme:index:Thing', 'thing', { namespace });
    });
    const [thing, made] = ['acme:index:Thing', 'kubernetes:core/v1:Namespace'].map((type) =>
      found.find((each) => each.type === type),
    );
    expect(thing?.dependsOn).toContain(made?.urn);
  });

  it('the namespace moves everything in it', async () => {
    const { found, namespace } = await deploy({ namespace: 'audit' });
    expect(namespace.value).toBe('audit');
    expect(objectsIn(found).map(({ metadata }) => metadata?.namespace ?? metadata?.name)).toEqual(
      objectsIn(found).map(() => 'audit'),
    );
  });
});

describe('a wrong argument is refused before anything is registered', () => {
  it.each<[string, Partial<AuditLoggingArgs>, readonly unknown[]]>([
    ['a version that nobody knows', { kubernetesVersion: '1.12' }, [expect.stringMatching(/^kubernetesVersion: /)]],
    [
      'nothing that encrypts',
      { encryption: undefined as never, encryptionKeys: {} },
      ['encryption: nothing encrypts: Secrets would stand in etcd as they are'],
    ],
    [
      'a key without material',
      { encryptionKeys: {} },
      ['encryptionKeys["2026-11"]: there is no material for this key'],
    ],
    [
      'material that is none',
      { encryptionKeys: { '2026-11': 'short' } },
      ['encryptionKeys["2026-11"]: the material of this key is not 32 bytes in base64'],
    ],
    [
      'a KMS without a socket',
      { encryption: { kmsName: 'vault', kmsEndpoint: 'tcp://kms' }, encryptionKeys: {} },
      [expect.stringMatching(/^encryption\.kmsEndpoint: /)],
    ],
    [
      'an order of providers that is none',
      { encryption: { keyNames: ['2026-11'], writeWith: 'kms' } },
      [expect.stringMatching(/^encryption\.writeWith: /)],
    ],
    [
      'anonymous requests that the version cannot tell apart',
      { kubernetesVersion: '1.30' },
      [expect.stringMatching(/^anonymous: /)],
    ],
    [
      'a webhook without TLS',
      { webhook: { url: 'http://logs.example', caFile: '/a', clientCertificateFile: '/b', clientKeyFile: '/c' } },
      [expect.stringMatching(/^webhook\.url: /)],
    ],
    [
      'files that a cloud does not take',
      { distribution: 'gke', gke: { project: 'prod-platform', kmsKeyName } },
      ["encryption: the control plane of gke is the cloud's, which takes no such setting"],
    ],
    [
      'what only plain JavaScript can write, each for itself',
      {
        owner: 5 as never,
        ruleLabels: { a: 5 as never },
        runbooks: 'javascript:alert(1)',
        encryptionKeys: null as never,
        namespace: 5 as never,
      },
      [
        'namespace: it is no name',
        'owner: it is no text',
        'ruleLabels["a"]: it is no text',
        'runbooks: it is no start of an address',
        'encryptionKeys: it is no mapping',
      ],
    ],
    [
      'numbers for texts, wherever they are',
      {
        encryption: { kmsName: 5, kmsEndpoint: 5, keyNames: [2026], resources: [5], writeWith: 5 } as never,
        log: { path: 5 } as never,
        webhook: { url: 5, caFile: 5, clientCertificateFile: 5, clientKeyFile: 5 } as never,
        sensitive: [{ group: 5, resources: [5] }] as never,
        rules: [
          {
            level: 5,
            users: [5],
            userGroups: [5],
            verbs: [5],
            namespaces: [5],
            nonResourceURLs: [5],
            resources: [{ group: 5, resources: [5], resourceNames: [5] }],
          },
        ] as never,
        exceptions: [{ of: 5, reason: 5, expires: 5 }] as never,
      },
      [
        ...['kmsName', 'kmsEndpoint', 'keyNames[0]', 'resources[0]', 'writeWith'].map((at) => `encryption.${at}`),
        'log.path',
        ...['url', 'caFile', 'clientCertificateFile', 'clientKeyFile'].map((at) => `webhook.${at}`),
        'sensitive[0].group',
        'sensitive[0].resources[0]',
        ...['level', 'users[0]', 'userGroups[0]', 'verbs[0]', 'namespaces[0]', 'nonResourceURLs[0]'].map(
          (at) => `rules[0].${at}`,
        ),
        ...['group', 'resources[0]', 'resourceNames[0]'].map((at) => `rules[0].resources[0].${at}`),
        ...['of', 'reason', 'expires'].map((at) => `exceptions[0].${at}`),
      ].map((at) => `${at}: it is no text`),
    ],
    [
      'several at once',
      { log: { maxAgeDays: 0 }, discovery: 'guess' as never, encryptionKeys: {} },
      [expect.stringMatching(/^log\.maxAgeDays: /), expect.stringMatching(/^discovery: /)],
    ],
  ])('%s', async (_, changes, faults) => {
    expect(await faultsOf(changes)).toEqual(faults);
  });

  it.each<[string, Partial<AuditLoggingArgs>, RegExp]>([
    ['an owner that is no label', { owner: 'Team Platform' }, /label-value: Namespace audit-logging/],
    ['a label that is none', { ruleLabels: { 'a b': 'c' } }, /label-value: PrometheusRule/],
    ['a password in an address', { runbooks: 'https://a:c4n4ryc4n4ry@b.example/' }, /secret-leak: PrometheusRule/],
  ])('%s, by the rules, and nothing is registered', async (_, changes, message) => {
    const thrown: unknown[] = [];
    const found = await run(() => {
      try {
        new AuditLogging('audit', { ...basics, ...changes });
      } catch (error) {
        thrown.push(error);
      }
    });
    expect(found).toEqual([]);
    expect(String(thrown[0])).toMatch(message);
  });

  it.each([[undefined], [null]])('no arguments at all: %s', async (args) => {
    await expect(run(() => new AuditLogging('audit', args as never))).rejects.toThrow(
      /^The control plane cannot be made as it is declared:\n {2}kubernetesVersion: .*\n {2}owner: nobody answers for it/,
    );
  });

  it.each<[string, Partial<AuditLoggingArgs>]>([
    ['as its name', { encryption: { keyNames: [material] }, encryptionKeys: { [material]: material } }],
    ['as its name, and the name as the key', { encryptionKeys: { [material]: '2026-11' } }],
    ['as the name of a KMS', { encryption: { kmsName: material }, encryptionKeys: {} }],
    ['as what encrypts', { encryption: { keyNames: ['2026-11'], writeWith: material } }],
  ])('never shows the material of a key that was put %s', async (_, changes) => {
    const said = (await faultsOf(changes)).join();
    expect(said).not.toBe('');
    expect(said).not.toContain(material.slice(0, 10));
  });

  it('never shows the material of a key', async () => {
    expect((await faultsOf({ encryptionKeys: { '2026-11': `${material}x`, other: material } })).join()).not.toContain(
      material.slice(0, 10),
    );
  });
});

describe('the dashboard and the alerts', () => {
  it('ask for the counters of kube-apiserver alone', async () => {
    const { found } = await deploy();
    const { data } = objectNamed(found, 'ConfigMap') as unknown as { data: Record<string, string> };
    const text = `${JSON.stringify(objectNamed(found, 'PrometheusRule'))}${data['audit-logging.json']}`;
    const asked = new Set(text.match(/apiserver_\w+/g));
    expect([...asked].sort()).toEqual(Object.values(auditMetrics).sort());
    expect(JSON.parse(data['audit-logging.json'] ?? '').panels).toHaveLength(4);
  });

  it('have a runbook each', async () => {
    const { found } = await deploy({ runbooks: 'https://runbooks.example/#' });
    const { groups } = (objectNamed(found, 'PrometheusRule') as KubernetesObject).spec as {
      groups: { rules: { alert: string; annotations: { runbook_url: string } }[] }[];
    };
    expect(groups[0]?.rules.map(({ annotations }) => annotations.runbook_url)).toEqual(
      alertNames.map((name) => `https://runbooks.example/#${name.toLowerCase()}`),
    );
  });
});
