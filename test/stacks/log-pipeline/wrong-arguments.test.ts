/** Arguments that are wrong in every way that somebody thought of: each is told by its key, with the remedy, and nothing else is. */
import type { LogPipelineArgs } from '../../../stacks/log-pipeline';
import { logPipelineConfig, shapeFaults } from '../../../stacks/log-pipeline/config';
import { alternatives, basics, buckets, collector } from './arguments';

function faultsOf(changes: unknown): readonly string[] {
  const { runbooks: _, ...args } = { ...basics, ...(changes as Partial<LogPipelineArgs>) };
  const misshapen = shapeFaults(args);
  const faults = misshapen.length > 0 ? misshapen : logPipelineConfig(args, '2026-11-21').faults;
  for (const { remedy } of faults) expect(remedy).not.toBe('');
  return faults.map(({ key, message }) => `${key}: ${message}`);
}

const huge = 'x'.repeat(100_000);
const existing = (changes: object) => ({
  images: { collector },
  existing: { endpoint: 'https://logs.example/otlp', cidr: '203.0.113.0/24', ...changes },
});
const bucket = (changes: object) => ({ bucket: { ...buckets.s3, ...changes } });
const streams = (...of: readonly object[]) => ({
  retention: { streams: of.map((stream) => ({ tenant: 'application', days: 3, ...stream })) },
});
const journal = (...journalUnits: readonly string[]) => ({
  sources: { journalFolder: '/var/log/journal', journalUnits },
});
const audit = (auditFolder: string) => ({ sources: { auditFolder } });

/** By what is wrong: arguments, and how what is said of them begins. */
const wrong: Readonly<
  Record<string, Readonly<Record<string, readonly [changes: unknown, ...starts: readonly string[]]>>>
> = {
  'a store that is there': {
    'a variable of the Collector': [
      existing({ endpoint: `https://\${env:HOST}/otlp` }),
      'existing.endpoint: it is no address',
    ],
    'a file of the Collector, which is its key': [
      existing({ endpoint: `https://\${file:/etc/log-pipeline/tls/tls.key}/` }),
      'existing.endpoint: it is no address',
    ],
    'user and password': [
      existing({ endpoint: 'https://user:hunter2@logs.example' }),
      'existing.endpoint: it is no address',
    ],
    'a token in the query': [
      existing({ endpoint: 'https://logs.example/?token=hunter2' }),
      'existing.endpoint: it is no address',
    ],
    'another host after a backslash': [
      existing({ endpoint: 'https://a.example\\@b.example/' }),
      'existing.endpoint: it is no address',
    ],
    'no host': [existing({ endpoint: 'https://:443/otlp' }), 'existing.endpoint: it is no address'],
    'a line break': [existing({ endpoint: 'https://logs.example/\n' }), 'existing.endpoint: it is no address'],
    'no TLS': [existing({ endpoint: 'http://logs.example' }), 'existing.endpoint: the logs would go over a connection'],
    nothing: [existing({ endpoint: '' }), 'existing.endpoint: the logs would go over a connection'],
    'a very long path': [existing({ endpoint: `https://logs.example/${huge}` }), 'existing.endpoint: it is no address'],
    'what gateways add': [
      existing({ endpoint: 'https://logs.example/otlp/v1/logs' }),
      'existing.endpoint: gateways add /v1/logs',
    ],
    'a port of 0 in the address': [
      existing({ endpoint: 'https://logs.example:0/' }),
      'existing.endpoint: 0 is no port',
    ],
    'a port of 70000': [existing({ port: 70_000 }), 'existing.port: 70000 is no port'],
    'a port below 0': [existing({ port: -1 }), 'existing.port: -1 is no port'],
    'two ports': [
      existing({ endpoint: 'https://logs.example:8443/', port: 443 }),
      'existing.port: the endpoint has the port 8443, and gateways may reach 443 alone',
    ],
    'a host for a block': [existing({ cidr: 'logs.example' }), 'existing.cidr: "logs.example" is no CIDR'],
    'an address within a block': [
      existing({ cidr: '203.0.113.5/24' }),
      'existing.cidr: 203.0.113.5/24 names an address inside',
    ],
    'an address with a password for a block': [
      existing({ cidr: 'https://user:hunter2@logs.example' }),
      'existing.cidr: it is no CIDR',
    ],
    'an address with a password for all of it': [
      { images: { collector }, existing: 'https://user:hunter2@logs.example' },
      'existing: args.existing must be a mapping of endpoint, cidr, port, and this is "https://…@logs.example"',
    ],
    'a very long text for a list': [{ labels: huge }, 'labels: args.labels must be a list, and this is "xxx'],
    'an address elsewhere': [
      existing({ endpoint: 'https://[fd00::1]/otlp', cidr: 'fd01::/64' }),
      'existing.cidr: the endpoint is at fd00::1/128, which is not in fd01::/64',
    ],
    'labels of a Loki': [{ ...existing({}), labels: ['k8s.cluster.name'] }, 'labels: it is about a Loki of this stack'],
  },
  'a bucket': {
    'a text for a list': [bucket({ cidrs: '10.0.0.0/8' }), 'bucket.cidrs: args.bucket.cidrs must be a list'],
    'a number for a text': [bucket({ region: 5 }), 'bucket.region: args.bucket.region must be a text'],
    'a text for a list, in an archive': [
      { archive: { ...buckets.s3, cidrs: '10.0.0.0/8' } },
      'archive.cidrs: args.archive.cidrs must be a list',
    ],
    'a place for a region': [bucket({ region: 'Frankfurt' }), 'bucket.region: it is no region'],
    'a variable': [bucket({ region: `\${AWS_REGION}` }), 'bucket.region: it is no region'],
    'an address for a name': [bucket({ name: '10.0.0.1' }), 'bucket.name: it is no name'],
    'two dots in a name': [bucket({ name: 'acme..logs' }), 'bucket.name: it is no name'],
    'an alias for an ARN': [bucket({ kmsKeyArn: 'alias/logs' }), 'bucket.kmsKeyArn: it is no kmsKeyArn'],
    'an account with a dash': [
      { bucket: { ...buckets.azure, account: 'acme-logs' } },
      'bucket.account: it is no account',
    ],
  },
  names: {
    'an empty namespace': [{ namespace: '' }, 'namespace: "" is no name of a namespace'],
    capitals: [{ namespace: 'Logging' }, 'namespace: "Logging" is no name of a namespace'],
    'too long': [{ agentNamespace: huge }, 'agentNamespace: "xxx'],
    'what ends an expression': [
      { agentNamespace: "a' || true || '" },
      'agentNamespace: "a\' || true || \'" is no name',
    ],
    "Kubernetes' own": [{ agentNamespace: 'default' }, "agentNamespace: default is Kubernetes' own"],
    "Kubernetes' own, too": [{ namespace: 'kube-system' }, "namespace: kube-system is Kubernetes' own"],
    'Prometheus beside the agents': [
      { prometheusNamespace: 'log-agents' },
      'prometheusNamespace: it is agentNamespace',
    ],
    'Prometheus beside the store': [{ prometheusNamespace: 'logging' }, 'prometheusNamespace: it is namespace'],
    'Prometheus nowhere': [{ prometheusNamespace: '' }, 'prometheusNamespace: "" is no name of a namespace'],
    'an empty issuer': [{ issuer: '' }, 'issuer: "" is no name of a ClusterIssuer'],
    'an issuer with a space': [{ issuer: 'my issuer' }, 'issuer: "my issuer" is no name of a ClusterIssuer'],
    'a StorageClass of no name': [
      { volumes: { storageClass: '' } },
      'volumes.storageClass: "" is no name of a StorageClass',
    ],
  },
  sources: {
    upwards: [audit('/var/log/../../etc'), 'sources.auditFolder: "/var/log/../../etc" is no folder'],
    here: [audit('/var/log/./audit'), 'sources.auditFolder: "/var/log/./audit" is no folder'],
    'very long': [audit(`/var/log/${huge}`), 'sources.auditFolder: "/var/log/xxx'],
    'logs of containers': [audit('/var/log/pods'), 'sources.auditFolder: /var/log/pods is where logs of containers'],
    'links to them': [audit('/var/log/containers'), 'sources.auditFolder: /var/log/containers is where logs'],
    'the journal': [audit('/var/log/journal/x'), 'sources.auditFolder: /var/log/journal/x is where logs'],
    'a file': [
      audit('/var/log/kubernetes/audit/audit.log'),
      'sources.auditFolder: /var/log/kubernetes/audit/audit.log is a file',
    ],
    'no unit': [journal(), 'sources.journalUnits: it names no unit'],
    'an empty unit': [journal(''), 'sources.journalUnits[0]: "" is no unit'],
    'an option': [journal('kubelet.service', '--root=/'), 'sources.journalUnits[1]: "--root=/" is no unit'],
    'a variable in a unit': [
      journal(`\${env:HOME}.service`),
      `sources.journalUnits[0]: "\${env:HOME}.service" is no unit`,
    ],
    'a very long unit': [journal(huge), 'sources.journalUnits[0]: "xxx'],
  },
  retention: {
    'more than a century': [
      { retention: { auditDays: 1e9 } },
      'retention.auditDays: 1000000000 days are more than a century',
      'volumes.lokiGibibytes: it comes',
    ],
    'an empty label, by which Loki does not start': [
      streams({ labels: { k8s_namespace_name: '' } }),
      'retention.streams[0].labels.k8s_namespace_name: no stream of application has the value ""',
    ],
    'an expression for a value': [
      streams({ labels: { k8s_namespace_name: 'shop-.*' } }),
      'retention.streams[0].labels.k8s_namespace_name: no stream of application has the value "shop-.*"',
    ],
    "the other tenant's source": [
      streams({ labels: { log_source: 'audit' } }),
      'retention.streams[0].labels.log_source: no stream of application has the value "audit"',
    ],
    'a unit that is no label': [
      streams({ labels: { systemd_unit: 'session-4.scope' } }),
      'retention.streams[0].labels.systemd_unit: no stream of application has the value "session-4.scope"',
    ],
    'a stream twice': [
      streams({ labels: { k8s_namespace_name: 'a' } }, { labels: { k8s_namespace_name: 'a' }, days: 5 }),
      'retention.streams[1]: all of its streams are those of streams[0]',
    ],
    'a narrower stream after a wider one': [
      streams(
        { labels: { k8s_namespace_name: 'a' } },
        { labels: { k8s_namespace_name: 'a', k8s_container_name: 'b' } },
      ),
      'retention.streams[1]: all of its streams are those of streams[0]',
    ],
  },
  labels: {
    ...Object.fromEntries(
      [
        'user.email',
        'process.pid',
        'order.uuid',
        'auth.token',
        'container.image.digest',
        'body',
        'user_agent.original',
        'traceid',
        'log.time.claimed',
      ].map((label) => [label, [{ labels: [label] }, `labels[0]: ${label} has as many values as`] as const]),
    ),
    'one label by two names': [
      { labels: ['team.name_space', 'team.name.space'] },
      'labels[1]: team.name.space and team.name_space are one label',
    ],
    'one that is there': [{ labels: ['k8s.node_name'] }, 'labels[0]: k8s.node_name and k8s.node.name are one label'],
    'very long': [{ labels: [huge] }, 'labels[0]: "xxx'],
  },
  'load and volumes': {
    'more than there are disks': [{ load: { linesPerSecond: 1e6 } }, 'volumes.lokiGibibytes: it comes to a volume of'],
    'an outage of a century': [{ load: { outageHours: 876_000 } }, 'volumes.gatewayGibibytes: it comes to a volume of'],
    'lines longer than pieces of them': [
      { load: { bytesPerLine: 10_000_000 } },
      'load.bytesPerLine: lines have 1048576 bytes at most',
    ],
    'a number of 300 digits': [
      { load: { bytesPerLine: 1e300 } },
      'load.bytesPerLine: lines have 1048576 bytes at most',
    ],
    'no volume': [
      { volumes: { lokiGibibytes: 0 } },
      'volumes.lokiGibibytes: what the load comes to in the days of the retention',
    ],
    'a volume below 0': [{ volumes: { lokiGibibytes: -1 } }, 'volumes.lokiGibibytes: what the load comes to'],
    'a volume of another world': [
      { volumes: { lokiGibibytes: 1e15 } },
      'volumes.lokiGibibytes: it comes to a volume of',
    ],
  },
};

describe.each(Object.entries(wrong))('wrong in %s', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_, [changes, ...starts]) => {
    const faults = faultsOf(changes);
    expect(faults.map((fault, i) => fault.slice(0, starts[i]?.length))).toEqual(starts);
    expect(faults.join()).not.toContain('hunter2');
    expect(Math.max(...faults.map(({ length }) => length))).toBeLessThan(400);
  });
});

describe('right, although it looks odd', () => {
  it.each<[string, unknown]>([
    ...Object.entries(alternatives),
    ['a port in the address', existing({ endpoint: 'https://logs.example:8443/otlp' })],
    ['the same port twice', existing({ endpoint: 'https://logs.example:8443/otlp', port: 8_443 })],
    ['an address of IPv6', existing({ endpoint: 'https://[fd00::1]:21893', cidr: 'fd00::/64' })],
    ['units by a pattern, and of an instance', journal('kube*', 'user@1000.service', 'init.scope')],
    [
      'what is narrower first',
      streams(
        { labels: { k8s_namespace_name: 'a', k8s_container_name: 'b' } },
        { labels: { k8s_namespace_name: 'a' } },
      ),
    ],
    [
      'retention by a label of one\u2019s own',
      { labels: ['k8s.cluster.name'], ...streams({ labels: { k8s_cluster_name: 'prod 1' } }) },
    ],
    ['a template of units', streams({ labels: { systemd_unit: 'getty@.service' } })],
    ['a label of few values that ends in name', { labels: ['deployment.environment.name', 'service.version'] }],
    [
      'an account of a project of a domain',
      { bucket: { ...buckets.gcs, identity: 'loki@prod.acme.example.iam.gserviceaccount.com' } },
    ],
    [
      'a region of a government',
      bucket({ region: 'us-gov-west-1', kmsKeyArn: 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/logs' }),
    ],
    ['a volume a quarter smaller than the usual one', { volumes: { lokiGibibytes: 524 } }],
  ])('%s', (_, changes) => {
    expect(faultsOf(changes)).toEqual([]);
  });
});
