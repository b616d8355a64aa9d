import type { Output } from '@pulumi/pulumi';
import { LogsError } from '../../../core/logs/fault';
import { evaluate } from '../../../core/policy/evaluate';
import { ClusterTarget } from '../../../index';
import { LogPipeline, type LogPipelineArgs } from '../../../stacks/log-pipeline';
import { logAlertNames } from '../../../stacks/log-pipeline/alerts';
import type { Registration } from '../../../stacks/render/collect';
import { flowsOf } from '../../support/flows';
import { objectsIn, run } from '../../support/pulumi/registered';
import { archive, basics, buckets, filesOf, withGrafana } from './arguments';

async function deploy(changes: Partial<LogPipelineArgs> = {}) {
  let stack: LogPipeline | undefined;
  const found = await run(() => {
    stack = new LogPipeline('logs', { ...basics, ...changes });
  });
  if (stack === undefined) throw new Error('there is no stack');
  return { found, stack };
}

/** What is wrong with the arguments. Nothing is registered then. */
async function faultsOf(changes: Partial<LogPipelineArgs>): Promise<readonly string[]> {
  const found: Registration[] = [];
  try {
    found.push(...(await deploy(changes)).found);
  } catch (error) {
    if (error instanceof LogsError)
      return error.faults.map(({ key, message, remedy }) => `${key}: ${message}; ${remedy}`);
    throw error;
  }
  throw new Error(`nothing is wrong, and ${found.length} are registered`);
}

/** What an output comes to. */
function settled<T>(output: Output<T>): Promise<T> {
  return new Promise((done) => output.apply(done));
}

const kindsOf = (found: readonly Registration[], kind: string) => objectsIn(found).filter((each) => each.kind === kind);

describe('LogPipeline', () => {
  it('registers nothing, not even itself, where a rule refuses what is in it', async () => {
    const thrown: unknown[] = [];
    const found = await run(() => {
      try {
        new LogPipeline('logs', { ...basics, runbooks: 'https://a:c4n4ryc4n4ry@b.example/' });
      } catch (error) {
        thrown.push(error);
      }
    });
    expect(found).toEqual([]);
    expect(String(thrown[0])).toMatch(/secret-leak: PrometheusRule/);
  });

  it('registers the same objects under the same URNs', async () => {
    const { found } = await deploy();
    expect(found.map(({ urn }) => urn.replace('urn:pulumi:dev::platform::', '')).sort()).toMatchSnapshot();
    expect(objectsIn(found).filter(({ kind }) => kind !== 'ConfigMap')).toMatchSnapshot();
  });

  it('is weaker in nothing but what agents need, each by its name', async () => {
    const { found } = await deploy({ prometheusNamespace: 'monitoring' });
    const target = ClusterTarget.of('1.36', { distribution: 'kubeadm' });
    const { findings } = evaluate(
      objectsIn(found).map((object) => ({ object })),
      { target, today: '2026-11-21' },
    );
    const broken = findings.filter(({ severity }) => severity !== 'info');
    expect([...new Set(broken.map(({ rule, object }) => `${object}: ${rule}`))].sort()).toMatchSnapshot();
  });

  it('opens the connections of its parts, and no others', async () => {
    const { found } = await deploy({ prometheusNamespace: 'monitoring' });
    const flows = kindsOf(found, 'NetworkPolicy').flatMap(({ metadata, spec }) => {
      const { ingress = [] } = spec as { ingress?: { from: unknown; ports: { port: number }[] }[] };
      return ingress.map(
        ({ from, ports }) => `${JSON.stringify(from)} -> ${metadata?.name}:${ports.map(({ port }) => port)}`,
      );
    });
    expect(flows.sort()).toMatchSnapshot();
  });

  it.each(Object.entries(buckets))('keeps lines in a bucket of %s by identity alone', async (kind, bucket) => {
    const cluster = kind === 'gcs' ? ({ distribution: 'gke' } as const) : {};
    const { found } = await deploy({ ...cluster, bucket });
    const flows = (await deploy(cluster)).found;
    const added = flowsOf(objectsIn(found)).filter((flow) => !flowsOf(objectsIn(flows)).includes(flow));
    const store = bucket.cidrs.map((cidr) => `logging/loki -> ${cidr}:443`);
    const ring = ['logging/loki -> logging/loki:7946', 'logging/loki -> logging/loki:9095'];
    const token = kind === 'gcs' ? ['logging/loki -> 169.254.169.252/32:988'] : [];
    expect(added).toEqual([...store, ...token, ...ring]);
    const account = kindsOf(found, 'ServiceAccount').find(({ metadata }) => metadata?.name === 'loki');
    expect(JSON.stringify(account?.metadata?.annotations)).toContain(bucket.identity);
    const config = filesOf(found).get('loki/loki.yaml') ?? '';
    expect(config).toContain(`object_store: ${kind}`);
    expect(config).not.toMatch(/access_key|secret|account_key|insecure: true/);
    const [data] = kindsOf(found, 'StatefulSet').filter(({ metadata }) => metadata?.name === 'loki');
    expect(JSON.stringify(data?.spec)).toContain('"storage":"10Gi"');
  });

  it('has three processes with a bucket, of which one may be away, and which find each other before they are ready', async () => {
    const { found } = await deploy({ distribution: 'eks', bucket: buckets.s3 });
    const own = objectsIn(found).filter(({ metadata }) => metadata?.name?.startsWith('loki'));
    const ring = own.filter(({ kind }) => ['StatefulSet', 'PodDisruptionBudget', 'Service'].includes(kind ?? ''));
    expect(ring.map(({ kind, metadata, spec }) => ({ kind, name: metadata?.name, spec }))).toMatchSnapshot();
    const config = filesOf(found).get('loki/loki.yaml') ?? '';
    expect(config.match(/tls_enabled: true/g)?.length).toBe(config.match(/tls_server_name: loki.logging.svc/g)?.length);
    expect(config).not.toMatch(/tls_enabled: false|insecure: true|skip_verify: true/);
    expect(config).toMatchSnapshot();
  });

  it('is one process with a bucket where it is asked for', async () => {
    const { found } = await deploy({ bucket: buckets.s3, replicas: 1 });
    expect(filesOf(found).get('loki/loki.yaml')).toContain('store: inmemory');
    expect(flowsOf(objectsIn(found)).filter((flow) => flow.startsWith('logging/loki -> logging/loki'))).toEqual([]);
  });

  it('sends the audit log to an archive besides, as who may only write there', async () => {
    const { found, stack } = await deploy({ archive });
    const without = flowsOf(objectsIn((await deploy()).found));
    const added = flowsOf(objectsIn(found)).filter((flow) => !without.includes(flow));
    expect(added).toEqual(['logging/log-gateway -> 10.0.0.0/16:443']);
    const account = kindsOf(found, 'ServiceAccount').find(({ metadata }) => metadata?.name === 'log-gateway');
    expect(JSON.stringify(account?.metadata?.annotations)).toContain(archive.identity);
    const config = filesOf(found).get('log-gateway/collector.yaml') ?? '';
    expect(config.slice(config.indexOf('  awss3/archive:'), config.indexOf('service:'))).toMatchSnapshot();
    expect(config.match(/^ {6}- awss3\/archive$/gm)).toHaveLength(1);
    expect(await settled(stack.archive)).toMatchSnapshot();
    expect(await settled((await deploy()).stack.archive)).toBe('');
    const china = { ...archive, region: 'cn-north-1', identity: 'arn:aws-cn:iam::111122223333:role/log-archive' };
    expect(await settled((await deploy({ archive: china })).stack.archive)).toContain(
      `"Resource":"arn:aws-cn:s3:::${archive.name}/audit/*"`,
    );
  });

  it('sends to a store that is there already, and makes none', async () => {
    const { found } = await deploy({
      images: { collector: basics.images.collector },
      existing: { endpoint: 'https://logs.example/otlp', cidr: '203.0.113.0/24' },
    });
    expect(kindsOf(found, 'StatefulSet').map(({ metadata }) => metadata?.name)).toEqual(['log-gateway']);
    const [, gateway] = kindsOf(found, 'ConfigMap') as unknown as { data: Record<string, string> }[];
    expect(gateway?.data['collector.yaml']).toContain('endpoint: https://logs.example/otlp');
    // Zstandard is Loki's: others need not know it.
    expect(gateway?.data['collector.yaml']).toContain('compression: gzip');
    const policy = kindsOf(found, 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'log-gateway');
    expect(JSON.stringify(policy)).toContain('"cidr":"203.0.113.0/24"');
    expect(JSON.stringify(kindsOf(found, 'PrometheusRule'))).not.toContain('loki_');
  });

  it('reaches a store at the port of its address', async () => {
    const { found } = await deploy({
      images: { collector: basics.images.collector },
      existing: { endpoint: 'https://logs.example:8443/otlp', cidr: '203.0.113.0/24' },
    });
    expect(flowsOf(objectsIn(found)).filter((flow) => flow.includes('203.0.113'))).toEqual([
      'logging/log-gateway -> 203.0.113.0/24:8443',
    ]);
  });

  it('has certificates that a namespace with a long name can have, too', async () => {
    const namesOf = async (changes: Partial<LogPipelineArgs>) =>
      kindsOf((await deploy(changes)).found, 'Certificate').map(({ spec }) => spec as { commonName?: string });
    expect((await namesOf({})).map(({ commonName }) => commonName)).toContain('loki.logging.svc');
    for (const { commonName = '' } of await namesOf({ namespace: 'a'.repeat(63) }))
      expect(commonName.length).toBeLessThanOrEqual(64);
  });

  it('has a runbook for each alert', async () => {
    const whole = { ...withGrafana, bucket: buckets.s3, archive };
    const { found } = await deploy({ ...whole, runbooks: 'https://runbooks.example/#' });
    const text = JSON.stringify(kindsOf(found, 'PrometheusRule'));
    for (const name of logAlertNames) expect(text).toContain(`https://runbooks.example/#${name.toLowerCase()}`);
    const plain = JSON.stringify(kindsOf((await deploy()).found, 'PrometheusRule'));
    for (const name of ['LokiRestartDue', 'LogArchiveStandsStill', 'GrafanaDown']) expect(plain).not.toContain(name);
  });
});

describe('an argument changes what it is about, and nothing else', () => {
  const shown = (found: readonly Registration[]) =>
    new Map(found.map(({ urn, sent }) => [urn.replace(/.*[$:](\w+::)/, '$1'), JSON.stringify(sent)]));

  it.each<[string, Partial<LogPipelineArgs>]>([
    ['nothing', {}],
    ['owner', { owner: 'team-sre' }],
    ['issuer', { issuer: 'public' }],
    ['sources', { sources: { containers: false } }],
    ['sources.journalFolder', { sources: { journalFolder: '/var/log/journal', journalUnits: ['kubelet.service'] } }],
    ['sources.eventsFrom', { sources: { eventsFrom: ['203.0.113.10/32'] } }],
    ['redaction', { redaction: { email: true, custom: [{ id: 'ticket', pattern: 'TICKET-[0-9]+' }] } }],
    ['retention', { retention: { auditDays: 730, applicationDays: 7 } }],
    ['labels', { labels: ['k8s.cluster.name'] }],
    ['load', { load: { linesPerSecond: 5_000 } }],
    ['bucket', { bucket: buckets.s3 }],
    ['grafana', withGrafana],
    ['archive', { archive }],
    ['replicas', { bucket: buckets.s3, replicas: 5 }],
    ['volumes', { volumes: { storageClass: 'fast' } }],
    ['alerts', { alerts: false }],
    ['ruleLabels', { ruleLabels: { release: 'monitoring' } }],
    ['prometheusNamespace', { prometheusNamespace: 'monitoring' }],
    ['exceptionsUntil', { exceptionsUntil: '2027-01-31' }],
  ])('%s', async (_, changes) => {
    const [before, after] = [shown((await deploy()).found), shown((await deploy(changes)).found)];
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    expect(keys.filter((key) => before.get(key) !== after.get(key)).sort()).toMatchSnapshot();
  });
});

describe('a wrong argument is refused before anything is registered', () => {
  it.each<[string, unknown, readonly string[]]>([
    [
      'none at all',
      undefined,
      ['args: args lacks kubernetesVersion and owner and images and registries and issuer and exceptionsUntil'],
    ],
    [
      'null',
      null,
      ['args: args lacks kubernetesVersion and owner and images and registries and issuer and exceptionsUntil'],
    ],
    ['no images', { ...basics, images: undefined }, ['args: args lacks images']],
    [
      'one that there is not',
      { ...basics, retentions: {} },
      [expect.stringMatching(/^retentions: there is no key "retentions" in args; did you mean retention\?/)],
    ],
    [
      'half a Grafana',
      { ...basics, grafana: { address: 'https://logs.example', password: 'hunter2' } },
      [
        expect.stringMatching(/^grafana.password: there is no key "password" in args.grafana/),
        'grafana: args.grafana lacks gatewayNamespace and secretName and login',
      ],
    ],
    [
      'texts for lists and numbers',
      { ...basics, registries: 'registry.example', load: { linesPerSecond: '500' } },
      [
        'registries: args.registries must be a list, and this is "registry.example"',
        'load.linesPerSecond: args.load.linesPerSecond must be a whole number, and this is "500"',
      ],
    ],
    [
      'runbooks that lead nowhere, and others with them',
      { ...basics, images: undefined, runbooks: 'javascript:alert(1)' },
      ['args: args lacks images', 'runbooks: it is no start of an address'],
    ],
  ])('in plain JavaScript: %s', async (_, args, faults) => {
    const thrown: unknown[] = [];
    const found = await run(() => {
      try {
        new LogPipeline('logs', args as LogPipelineArgs);
      } catch (error) {
        thrown.push(error);
      }
    });
    expect(found).toEqual([]);
    expect(thrown[0]).toBeInstanceOf(LogsError);
    expect((thrown[0] as LogsError).faults.map(({ key, message }) => `${key}: ${message}`)).toEqual(faults);
  });

  it.each<[string, Partial<LogPipelineArgs>, readonly string[]]>([
    ['a version that nobody knows', { kubernetesVersion: '1.12' }, ['kubernetesVersion: ']],
    [
      'a retention of 0',
      { retention: { applicationDays: 0 } },
      ['retention.applicationDays: 0 is no number of days from 1'],
    ],
    [
      'a retention below that of audit logs',
      { retention: { auditDays: 30 } },
      ['retention.auditDays: 30 is no number of days from 365'],
    ],
    [
      'a retention by what is no label',
      { retention: { streams: [{ tenant: 'application', labels: { k8s_pod_name: 'web-0' }, days: 3 }] } },
      ['retention.streams[0].labels.k8s_pod_name: k8s_pod_name is no label of a stream'],
    ],
    [
      'a retention of no tenant',
      { retention: { streams: [{ tenant: 'all', labels: {}, days: 3 }] } },
      ['retention.streams[0].tenant: there is no tenant "all"'],
    ],
    ['a label of unbounded cardinality', { labels: ['k8s.pod.uid'] }, ['labels[0]: k8s.pod.uid has as many values as']],
    [
      'a pattern that is none',
      { redaction: { custom: [{ id: 'own', pattern: '(?!x)' }] } },
      ['redaction.custom[0].pattern: it looks ahead or behind'],
    ],
    [
      'a pattern that takes everything',
      { redaction: { custom: [{ id: 'own', pattern: '.*' }] } },
      ['redaction.custom[0].pattern: it matches all of ""'],
    ],
    [
      'queues larger than the volume',
      { load: { linesPerSecond: 10_000 }, volumes: { gatewayGibibytes: 20 } },
      ['volumes.gatewayGibibytes: two queues of 80.5 GiB'],
    ],
    ['a load of nothing', { load: { linesPerSecond: 0 } }, ['load.linesPerSecond: 0 is no number above 0']],
    ['no store', { images: { collector: basics.images.collector } }, ['images.loki: there is no store']],
    [
      'an endpoint without TLS',
      {
        images: { collector: basics.images.collector },
        existing: { endpoint: 'http://logs.example', cidr: '203.0.113.0/24' },
      },
      ['existing.endpoint: the logs would go over a connection that is not encrypted'],
    ],
    [
      'a store that is there, and one that is made',
      { existing: { endpoint: 'https://logs.example', cidr: '203.0.113.0/24' } },
      ['images.loki: it is about a Loki of this stack'],
    ],
    [
      'a bucket without credentials',
      { bucket: { ...buckets.s3, identity: '' } },
      ['bucket.identity: it is not the ARN of an IAM role'],
    ],
    [
      'a key in place of an identity',
      { bucket: { ...buckets.s3, identity: 'AKIAABCDEFGHIJKLMNOP' } },
      ['bucket.identity: it is not the ARN of an IAM role'],
    ],
    [
      'a bucket with static keys',
      { bucket: { ...buckets.azure, accountKey: 'c2VjcmV0' } as never },
      ['bucket.accountKey: it is no setting of such a bucket; a key would stand in a ConfigMap'],
    ],
    [
      'a bucket of another cloud',
      { bucket: { ...buckets.gcs, region: 'eu-central-1' } },
      ['bucket.region: it is no setting of such a bucket'],
    ],
    [
      'a bucket that says too little',
      { bucket: { kind: 'azure', name: 's3://x', identity: buckets.azure.identity, cidrs: [] } },
      ['bucket.name: ', 'bucket.account: it is missing', 'bucket.cidrs: nobody knows'],
    ],
    ['a bucket of no kind', { bucket: { ...buckets.s3, kind: 'minio' } }, ['bucket.kind: there is no kind "minio"']],
    ['a bucket somewhere', { bucket: { ...buckets.s3, cidrs: ['s3.example'] } }, ['bucket.cidrs[0]: ']],
    [
      'an archive elsewhere than in S3',
      { archive: { ...archive, kind: 'gcs' } },
      ['archive.kind: "gcs" is none: the Collector writes to S3 alone'],
    ],
    [
      'an archive that lets go too early',
      { retention: { auditDays: 730 }, archive: { ...archive, retentionDays: 400 } },
      ['archive.retentionDays: 400 is no number of days from 730'],
    ],
    [
      'an archive where Loki has to delete',
      { bucket: buckets.s3, archive: { ...archive, name: buckets.s3.name } },
      ['archive.name: it is the bucket of Loki'],
    ],
    [
      'an archive by who may delete',
      { bucket: buckets.s3, archive: { ...archive, identity: buckets.s3.identity } },
      ['archive.identity: it is who Loki is'],
    ],
    ['an archive of nothing', { distribution: 'eks', archive }, ['archive: agents read no audit log']],
    [
      'an archive with a key',
      { archive: { ...archive, secretKey: 'c2VjcmV0' } as never },
      ['archive.secretKey: it is no setting of such a bucket; a key would stand in a ConfigMap'],
    ],
    [
      'an archive with what its bucket alone says',
      { archive: { ...archive, kmsKeyArn: buckets.s3.kmsKeyArn } as never },
      ['archive.kmsKeyArn: it is no setting of such a bucket'],
    ],
    [
      'an archive that says too little',
      { archive: { kind: 's3', name: 's3://x', identity: 'me', cidrs: [], region: '' } },
      ['archive.name: ', 'archive.identity: ', 'archive.region: it is missing', 'archive.cidrs: nobody knows'],
    ],
    ['an archive somewhere', { archive: { ...archive, cidrs: ['s3.example'] } }, ['archive.cidrs[0]: ']],
    [
      'queues larger than the volume, with an archive',
      { load: { linesPerSecond: 10_000 }, volumes: { gatewayGibibytes: 220 }, archive },
      ['volumes.gatewayGibibytes: three queues of 80.5 GiB'],
    ],
    ['replicas without a bucket', { replicas: 3 }, ['replicas: 3 processes would each have other lines']],
    ['two replicas', { bucket: buckets.s3, replicas: 2 }, ['replicas: two have to take each line']],
    ['no replicas', { bucket: buckets.s3, replicas: 0 }, ['replicas: 0 is no number of processes']],
    ['replicas without end', { bucket: buckets.s3, replicas: 1e9 }, ['replicas: 1000000000 is no number of processes']],
    [
      'a bucket anywhere',
      { bucket: { ...buckets.s3, cidrs: ['0.0.0.0/0', '::/0'] } },
      ['bucket.cidrs[0]: 0.0.0.0/0 is every address', 'bucket.cidrs[1]: ::/0 is every address'],
    ],
    [
      'replicas of a store that is there',
      {
        images: { collector: basics.images.collector },
        existing: { endpoint: 'https://logs.example', cidr: '203.0.113.0/24' },
        replicas: 3,
      },
      ['replicas: it is about a Loki of this stack'],
    ],
    ['nothing to read', { sources: { auditFolder: '', containers: false } }, ['sources: nothing is read']],
    [
      'an audit log elsewhere',
      { sources: { auditFolder: '/etc/kubernetes' } },
      ['sources.auditFolder: "/etc/kubernetes" is no folder'],
    ],
    [
      'a journal elsewhere',
      { sources: { journalFolder: '/etc' } },
      ['sources.journalFolder: "/etc" is no folder that journald writes to'],
    ],
    [
      'units of a journal that is not read',
      { sources: { journalUnits: ['kubelet.service'] } },
      ['sources.journalUnits: it is about the journal'],
    ],
    [
      'an API server without an address',
      { sources: { eventsFrom: ['api.example'] } },
      ['sources.eventsFrom[0]: "api.example" is no CIDR'],
    ],
    ['agents among others', { agentNamespace: 'logging' }, ['agentNamespace: agents run as root']],
    [
      'several at once',
      { retention: { auditDays: 1 }, labels: ['user.id'], load: { outageHours: -1 } },
      ['retention.auditDays: ', 'labels[0]: ', 'load.outageHours: '],
    ],
  ])('%s', async (_, changes, starts) => {
    const faults = await faultsOf(changes);
    expect(faults).toEqual(starts.map((start) => expect.stringContaining(start)));
    expect(faults.map((text, i) => text.startsWith(starts[i] ?? ''))).toEqual(starts.map(() => true));
  });

  it('never shows credentials in an address', async () => {
    const existing = { endpoint: 'https://user:hunter2@logs.example', cidr: '203.0.113.0/24' };
    const faults = await faultsOf({ images: { collector: basics.images.collector }, existing });
    expect(faults.join()).not.toContain('hunter2');
    expect(faults).toHaveLength(1);
  });
});
