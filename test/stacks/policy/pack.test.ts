/** The pack as Pulumi's engine sees it: a process of its own, asked over gRPC. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnforcementLevel } from '@pulumi/pulumi/proto/analyzer_pb';
import { PulumiAnalyzer, type Resource } from '../../support/pulumi/analyzer';

const { ADVISORY, MANDATORY, REMEDIATE, DISABLED } = EnforcementLevel;

/** What stands for a text that is not known in a preview, on the wire between Pulumi's engine and its plugins. */
const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const secretKey = '4dabf18193072939515e22adb298388d';
const secret = (value: unknown) => ({ [secretKey]: '1b47061264138c4ac30d75fd1eb44270', value });

const deployment = (containers: readonly object[], spec: object = {}): Resource => ({
  type: 'kubernetes:apps/v1:Deployment',
  name: 'web',
  props: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers, ...spec } },
    },
  },
});

describe('the Pulumi policy pack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-pack-'));
  let pack: PulumiAnalyzer;

  beforeAll(async () => {
    const config = join(folder, 'bulwark.yaml');
    const kinds = 'podTemplateKinds:\n- {group: example.com, kind: Fleet, path: spec.head}\n';
    writeFileSync(config, `target:\n  kubernetesVersion: "1.34"\nregistries: [registry.acme.example]\n${kinds}`);
    pack = await PulumiAnalyzer.start({ BULWARK_CONFIG: config });
  }, 60_000);
  afterEach(() => pack.configure({}));
  afterAll(async () => {
    await pack.stop();
    rmSync(folder, { recursive: true });
  });

  const saidBy = async (policy: string, resource: Resource) =>
    (await pack.analyze(resource)).filter((diagnostic) => diagnostic.policy === policy);

  it('has a policy a rule, whose level is by severity', async () => {
    const info = await pack.info();
    const levels = new Map(info.getPoliciesList().map((policy) => [policy.getName(), policy.getEnforcementlevel()]));
    expect(info.getName()).toBe('kube-bulwark');
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
    expect(info.getVersion()).toBe(version);
    expect(levels.size).toBeGreaterThan(50);
    expect([levels.get('privileged'), levels.get('named-ports'), levels.get('pre-stop')]).toEqual([
      MANDATORY,
      ADVISORY,
      ADVISORY,
    ]);
    expect(levels.get('image-allowed')).toBe(MANDATORY);
  });

  it('says where, what and how to mend it', async () => {
    const said = await saidBy(
      'privileged',
      deployment([{ name: 'a', image: 'a', securityContext: { privileged: true } }]),
    );
    expect(said).toEqual([
      {
        policy: 'privileged',
        level: MANDATORY,
        message: expect.stringMatching(
          /\nDeployment\.apps shop\/web: spec\.template\.spec\.containers\[0\]\.securityContext\.privileged = true: .*container "a".*; .* \[privileged\]$/,
        ),
        urn: '',
      },
    ]);
  });

  it('judges custom kinds, kinds of groups and no others', async () => {
    const pod = { containers: [{ name: 'a', image: 'a', securityContext: { privileged: true } }] };
    const of = (type: string, props: object) => saidBy('privileged', { type, name: 'x', props });
    expect(await of('kubernetes:core/v1:Pod', { metadata: { name: 'x' }, spec: pod })).toHaveLength(1);
    expect(
      await of('kubernetes:argoproj.io/v1alpha1:Rollout', {
        metadata: { name: 'x' },
        spec: { template: { spec: pod } },
      }),
    ).toHaveLength(1);
    expect(await of('kubernetes:core/v1:PodPatch', { metadata: { name: 'x' }, spec: pod })).toEqual([]);
    expect(await of('kubernetes:helm.sh/v3:Release', { spec: pod })).toEqual([]);
    expect(await of('aws:ec2/instance:Instance', { spec: pod })).toEqual([]);
  });

  it('tells what is not known in a preview from what is missing', async () => {
    const missing = await saidBy('image-digest', deployment([{ name: 'a', image: 'registry.acme.example/a:1' }]));
    expect(missing.map(({ level }) => level)).toEqual([MANDATORY]);

    const [open, ...more] = await saidBy('image-digest', deployment([{ name: 'a', image: unknownText }]));
    expect(more).toEqual([]);
    expect(open).toMatchObject({
      level: ADVISORY,
      message: expect.stringContaining("containers.0.image can't be known during preview"),
    });
    // Rules that need no image judge as ever, and say nothing of it.
    const said = await pack.analyze(deployment([{ name: 'a', image: unknownText }]));
    const needing = said.filter(({ message }) => message.includes('during preview')).map(({ policy }) => policy);
    expect(needing).toEqual(expect.arrayContaining(['image-digest', 'image-allowed', 'pod-valid']));
    expect(needing).not.toContain('env-name');
    expect(needing).not.toContain('capabilities-drop-all');
    const privileged = deployment([{ name: 'a', image: unknownText, securityContext: { privileged: true } }]);
    expect((await saidBy('privileged', privileged)).map(({ level }) => level)).toEqual([MANDATORY]);
  });

  describe('of the image of an injected agent', () => {
    const image = `registry.acme.example/a@sha256:${'0'.repeat(64)}`;
    const injected = (annotations: Readonly<Record<string, string>>) => {
      const made = deployment([{ name: 'a', image }]);
      const { template } = (made.props as { spec: { template: { metadata: object; spec: object } } }).spec;
      Object.assign(template.metadata, {
        annotations: Object.fromEntries(
          Object.entries(annotations).map(([name, text]) => [`vault.hashicorp.com/${name}`, text]),
        ),
      });
      return made;
    };

    it('judges it as the image of a container', async () => {
      const resource = injected({ 'agent-inject': 'true', 'agent-image': 'evil.example/vault:latest' });
      for (const policy of ['image-digest', 'image-allowed'])
        expect(await saidBy(policy, resource)).toEqual([
          expect.objectContaining({
            level: MANDATORY,
            message: expect.stringContaining('metadata.annotations["vault.hashicorp.com/agent-image"]'),
          }),
        ]);
      expect(await saidBy('image-digest', injected({ 'agent-inject': 'true', 'agent-image': image }))).toEqual([]);
      expect(await saidBy('image-digest', injected({ 'agent-inject': 'false', 'agent-image': 'a:1' }))).toEqual([]);
    });

    it('says where it is not known in a preview', async () => {
      const resource = injected({ 'agent-inject': 'true', 'agent-image': unknownText });
      for (const policy of ['image-digest', 'image-allowed', 'image-registry'])
        expect(await saidBy(policy, resource)).toEqual([
          expect.objectContaining({
            level: ADVISORY,
            message: expect.stringContaining("can't be known during preview"),
          }),
        ]);
      expect(await saidBy('privileged', resource)).toEqual([]);
      expect(await saidBy('image-digest', injected({ 'agent-inject': unknownText, 'agent-image': 'a:1' }))).toEqual([
        expect.objectContaining({ level: ADVISORY }),
      ]);
    });
  });

  it('fails nothing over a value that is not known in a kind that nobody declared', async () => {
    const spec = {
      template: {
        spec: {
          containers: [
            { name: 'a', image: unknownText },
            { name: 'b', image: 'b' },
          ],
        },
      },
    };
    const props = { metadata: { name: 'x' }, spec };
    const said = await pack.analyze({ type: 'kubernetes:argoproj.io/v1alpha1:Rollout', name: 'x', props });
    // Of the container beside it all is known.
    for (const { level, message } of said) if (level !== ADVISORY) expect(message).toContain('.spec.containers[1]');
    expect(said.filter(({ policy }) => policy === 'privileged')).toEqual([
      expect.objectContaining({ message: expect.stringContaining("can't be known during preview") }),
    ]);
  });

  it('fails nothing over a value that is not known in a template beside the declared one', async () => {
    const pods = (securityContext: unknown) => ({
      spec: { containers: [{ name: 'a', image: 'registry.acme.example/a:1', securityContext }] },
    });
    const fleet = (head: unknown, tail: unknown): Resource => {
      const props = { metadata: { name: 'x' }, spec: { head: pods(head), tail: pods(tail) } };
      return { type: 'kubernetes:example.com/v1:Fleet', name: 'x', props };
    };
    const levels = async (resource: Resource) =>
      (await saidBy('privilege-escalation', resource)).map(({ level }) => level);
    const hardened = { allowPrivilegeEscalation: false };
    expect(await levels(fleet(hardened, unknownText))).toEqual([ADVISORY]);
    expect(await levels(fleet(hardened, hardened))).toEqual([]);
    expect(await levels(fleet(hardened, {}))).toEqual([MANDATORY]);
  });

  it('is sure of the containers beside one that it does not know', async () => {
    const said = await saidBy(
      'image-digest',
      deployment([
        { name: 'a', image: unknownText },
        { name: 'b', image: 'registry.acme.example/b:1' },
      ]),
    );
    expect(said.map(({ level, message }) => [level, /containers\W(\d)/.exec(message)?.[1]])).toEqual([
      [MANDATORY, '1'],
      [ADVISORY, '0'],
    ]);
  });

  it.each([
    ['a whole list', { containers: unknownText }],
    ['a whole pod', unknownText],
  ])('fails nothing over %s that is not known', async (_what, spec) => {
    const resource = deployment([]);
    const props = structuredClone(resource.props) as { spec: { template: { spec: unknown } } };
    props.spec.template.spec = spec;
    const said = await pack.analyze({ ...resource, props });
    expect(said.filter(({ level }) => level !== ADVISORY)).toEqual([]);
    expect(said.map(({ policy }) => policy)).toContain('privileged');
  });

  it('remediates what a machine can mend, where its level says so; secrets and unknown values stay what they are', async () => {
    const env = [
      { name: 'TOKEN', value: secret('hunter2') },
      { name: 'HOST', value: unknownText },
    ];
    const before = deployment([{ name: 'a', image: 'a', env, securityContext: { privileged: true } }]);
    expect(await pack.remediate(before)).toEqual([]);

    await pack.configure({ 'capabilities-drop-all': { level: REMEDIATE }, privileged: { level: REMEDIATE } });
    const remediations = await pack.remediate(before);
    const last = remediations.at(-1);
    expect(remediations.map(({ policy }) => policy).sort()).toEqual(['capabilities-drop-all', 'privileged']);
    expect(last?.props).toMatchObject({
      metadata: { name: 'web' },
      spec: {
        template: { spec: { containers: [{ name: 'a', env, securityContext: { capabilities: { drop: ['ALL'] } } }] } },
      },
    });
    const after = { ...before, props: last?.props as object };
    expect(await saidBy('capabilities-drop-all', after)).toEqual([]);
    expect(await saidBy('privileged', after)).toEqual([]);
    expect(await pack.remediate(after)).toEqual([]);
  });

  it('takes exceptions from its configuration, and complains of those that are none', async () => {
    const resource = deployment([{ name: 'a', image: 'a', securityContext: { privileged: true } }]);
    const reason = 'the agent loads kernel modules';
    const withException = async (exception: object) => {
      await pack.configure({ privileged: { level: MANDATORY, properties: { exceptions: [exception] } } });
      return (await saidBy('privileged', resource)).map(({ message }) => /\[([\w-]+)\]$/.exec(message)?.[1]);
    };
    expect(await withException({ name: 'web', reason, expires: '2999-01-01' })).toEqual([]);
    expect(await withException({ name: 'other', reason, expires: '2999-01-01' })).toContain('privileged');
    expect(await withException({ name: 'web', reason, expires: '2020-01-01' })).toContain('privileged');
    expect(await withException({ reason, expires: '2999-01-01' })).toEqual(['privileged', 'exception-valid']);
  });

  it('shows no secret of what it refuses', async () => {
    const token = `glpat-${'aB3'.repeat(7)}`;
    const bad = { image: 'a', securityContext: { privileged: true } };
    const resource = deployment(
      [
        {
          ...bad,
          name: 'a',
          env: [
            { name: 'DB_PASSWORD', value: 'hunter2' },
            { name: 'CONFIG', value: secret('{"password":"hunter2"}') },
          ],
        },
        { ...bad, name: 'b', args: ['--password', 'hunter2', '--token=hunter2', 'app --password hunter2'] },
        {
          ...bad,
          name: 'c',
          image: 'git-sync',
          args: ['--git=hunter2 --token=hunter2'],
          command: ['redis-cli', '-a', 'hunter2'],
        },
        { ...bad, name: 'd', image: `registry.acme.example/${token}`, env: [{ name: token, value: token }] },
        { ...bad, name: 'e', livenessProbe: { httpGet: { host: `a.${token}`, port: 80, path: '/x?token=hunter2' } } },
      ],
      {
        hostAliases: [{ ip: token, hostnames: [token] }],
        volumes: [{ name: 'v', hostPath: { path: `/etc/${token}` } }],
      },
    );
    const metadata = { name: 'web', annotations: { note: token, password: 'hunter2' }, labels: { note: token } };
    const config: Resource = {
      type: 'kubernetes:core/v1:ConfigMap',
      name: 'config',
      props: { metadata, data: { conf: 'a: 1\npassword: hunter2\n', note: token } },
    };
    const given = { ...resource, props: { ...resource.props, metadata } };
    const said = [
      ...(await pack.analyze(given)),
      ...(await pack.analyze(config)),
      ...(await pack.analyzeStack([given, config])),
    ];
    expect(said.map(({ policy }) => policy)).toEqual(
      expect.arrayContaining([
        'secret-literal',
        'secret-in-config',
        'secret-leak',
        'privileged',
        'image-digest',
        'git-sync-command',
      ]),
    );
    expect(
      said.map(({ message }) => message).filter((message) => message.includes('hunter2') || message.includes(token)),
    ).toEqual([]);
  });

  it('is silent where a policy is disabled', async () => {
    await pack.configure({ privileged: { level: DISABLED } });
    const resource = deployment([{ name: 'a', image: 'a', securityContext: { privileged: true } }]);
    expect(await saidBy('privileged', resource)).toEqual([]);
  });

  it('judges the stack as a whole', async () => {
    const twice = [deployment([]), { ...deployment([]), name: 'again' }];
    const said = (await pack.analyzeStack(twice)).filter(({ policy }) => policy === 'identity-unique');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ level: MANDATORY, urn: expect.stringContaining('kubernetes:apps/v1:Deployment') });
    const unknownImages = twice.map((resource) => ({
      ...resource,
      props: deployment([{ name: 'a', image: unknownText }]).props,
    }));
    expect((await pack.analyzeStack(unknownImages)).map(({ policy, level }) => [policy, level])).toContainEqual([
      'identity-unique',
      MANDATORY,
    ]);
    const unknownName = { ...deployment([]), props: { ...deployment([]).props, metadata: { name: unknownText } } };
    expect((await pack.analyzeStack([unknownName])).filter(({ policy }) => policy === 'identity-unique')).toEqual([
      expect.objectContaining({ level: ADVISORY, message: expect.stringContaining("can't be known during preview") }),
    ]);
    expect((await pack.analyzeStack([deployment([])])).filter(({ policy }) => policy === 'identity-unique')).toEqual(
      [],
    );
  });

  it('judges by all resources what only all of them show', async () => {
    const network = (podSelector: unknown, name = 'deny'): Resource => ({
      type: 'kubernetes:networking.k8s.io/v1:NetworkPolicy',
      name,
      props: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name, namespace: 'shop' },
        spec: { podSelector, policyTypes: ['Ingress', 'Egress'] },
      },
    });
    const ofNetwork = async (...resources: readonly Resource[]) =>
      (await pack.analyzeStack(resources))
        .filter(({ policy }) => /^(?:network-|namespace-network)/.test(policy))
        .map(({ policy, message }) => `${policy}${message.includes('during preview') ? ' open' : ''}`);
    expect((await pack.analyze(deployment([]))).map(({ policy }) => policy)).not.toContain('network-policy-coverage');
    expect(await ofNetwork(deployment([]), network({}))).toEqual([]);
    expect(await ofNetwork(deployment([]))).toEqual(['namespace-network-isolation', 'network-policy-coverage']);
    const missing = network({ matchLabels: { app: 'nobody' } }, 'missing');
    expect(await ofNetwork(deployment([]), network({}), missing)).toEqual(['network-policy-unused']);
    expect(await ofNetwork(deployment([]), network(unknownText))).toEqual(
      expect.arrayContaining(['namespace-network-isolation open', 'network-policy-coverage open']),
    );
  });

  it('counts and compares what is in one cluster, whichever provider makes it, and nothing of another', async () => {
    const made = (kind: string, apiVersion: string, spec: object, cluster: string): Resource => ({
      type: `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`,
      name: `web-${cluster}`,
      props: { apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, spec },
      provider: { name: `${cluster}-${kind}`, kubeconfig: cluster },
    });
    const labels = { app: 'web' };
    const all = (cluster: string, replicas = 2): readonly Resource[] => {
      const ports = [{ name: 'http', containerPort: 8080 }];
      const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'a', ports }] } };
      return [
        made('Deployment', 'apps/v1', { replicas, selector: { matchLabels: labels }, template }, cluster),
        made('PodDisruptionBudget', 'policy/v1', { minAvailable: 2, selector: { matchLabels: labels } }, cluster),
        made('Service', 'v1', { selector: labels, ports: [{ port: 80, targetPort: 'web' }] }, cluster),
      ];
    };
    const asked = ['identity-unique', 'pdb-keeps-all', 'service-target-port'];
    const said = async (...resources: readonly Resource[]) =>
      (await pack.analyzeStack(resources))
        .filter(({ policy }) => asked.includes(policy))
        .map(({ policy, urn }) => `${policy} ${urn.split('::').slice(2).join(' ')}`)
        .sort();
    const [budget, service] = [
      'pdb-keeps-all kubernetes:policy/v1:PodDisruptionBudget',
      'service-target-port kubernetes:core/v1:Service',
    ];
    expect(await said(...all('a'), ...all('b', 3))).toEqual([
      `${budget} web-a`,
      `${service} web-a`,
      `${service} web-b`,
    ]);
    const [deployment] = all('a', 3);
    expect(await said(...all('a', 3), { ...deployment, name: 'again' } as Resource)).toEqual([
      'identity-unique kubernetes:apps/v1:Deployment web-a',
      `${service} web-a`,
    ]);
  });
});

describe('a pack that is set up wrongly', () => {
  it('does not start, and says why', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bulwark-pack-'));
    const config = join(folder, 'bulwark.yaml');
    writeFileSync(config, 'target:\n  kubernetsVersion: "1.34"\n');
    await expect(PulumiAnalyzer.start({ BULWARK_CONFIG: config })).rejects.toThrow(
      /bulwark\.yaml:2:\d+: .*kubernetsVersion/,
    );
    rmSync(folder, { recursive: true });
  }, 60_000);
});
