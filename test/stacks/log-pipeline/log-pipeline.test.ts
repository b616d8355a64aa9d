import { LogsError } from '../../../core/logs/fault';
import { evaluate } from '../../../core/policy/evaluate';
import { ClusterTarget } from '../../../index';
import { LogPipeline, type LogPipelineArgs } from '../../../stacks/log-pipeline';
import { logAlertNames } from '../../../stacks/log-pipeline/alerts';
import type { Registration } from '../../../stacks/render/collect';
import { flowsOf } from '../../support/flows';
import { objectsIn, run } from '../../support/pulumi/registered';
import { basics, buckets, filesOf } from './arguments';

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
    const { found } = await deploy({ bucket });
    const flows = (await deploy()).found;
    const added = flowsOf(objectsIn(found)).filter((flow) => !flowsOf(objectsIn(flows)).includes(flow));
    const store = bucket.cidrs.map((cidr) => `logging/loki -> ${cidr}:443`);
    expect(added).toEqual(kind === 'gcs' ? [...store, 'logging/loki -> 169.254.169.252/32:988'] : store);
    const account = kindsOf(found, 'ServiceAccount').find(({ metadata }) => metadata?.name === 'loki');
    expect(JSON.stringify(account?.metadata?.annotations)).toContain(bucket.identity);
    const config = filesOf(found).get('loki/loki.yaml') ?? '';
    expect(config).toContain(`object_store: ${kind}`);
    expect(config).not.toMatch(/access_key|secret|account_key|insecure: true/);
    const [data] = kindsOf(found, 'StatefulSet').filter(({ metadata }) => metadata?.name === 'loki');
    expect(JSON.stringify(data?.spec)).toContain('"storage":"10Gi"');
  });

  it('sends to a store that is there already, and makes none', async () => {
    const { found } = await deploy({
      images: { collector: basics.images.collector },
      existing: { endpoint: 'https://logs.example/otlp', cidr: '203.0.113.0/24' },
    });
    expect(kindsOf(found, 'StatefulSet').map(({ metadata }) => metadata?.name)).toEqual(['log-gateway']);
    const [, gateway] = kindsOf(found, 'ConfigMap') as unknown as { data: Record<string, string> }[];
    expect(gateway?.data['collector.yaml']).toContain('endpoint: https://logs.example/otlp');
    const policy = kindsOf(found, 'NetworkPolicy').find(({ metadata }) => metadata?.name === 'log-gateway');
    expect(JSON.stringify(policy)).toContain('"cidr":"203.0.113.0/24"');
    expect(JSON.stringify(kindsOf(found, 'PrometheusRule'))).not.toContain('loki_');
  });

  it('has a runbook for each alert', async () => {
    const { found } = await deploy({ runbooks: 'https://runbooks.example/#' });
    const text = JSON.stringify(kindsOf(found, 'PrometheusRule'));
    for (const name of logAlertNames) expect(text).toContain(`https://runbooks.example/#${name.toLowerCase()}`);
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
