import { bucket, group, labels, number, ruleForms, text, texts, yes } from '../config-forms';

const stream = group(
  'Some streams, by their labels.',
  {
    tenant: text('audit or application.', { enum: ['audit', 'application'] }),
    labels: labels('Labels and their values, such as k8s_namespace_name.'),
    days: number('How long their lines stay.'),
  },
  ['tenant', 'labels', 'days'],
);

const pattern = group(
  'One pattern.',
  {
    id: text('What stands in the line instead is [redacted:<id>].'),
    pattern: text('A regular expression of RE2.'),
    needle: text('A text that each match holds: lines without it are not searched.'),
  },
  ['id', 'pattern'],
);

const grafanaSchema = group(
  'A Grafana with dashboards of the audit log. Default: none is made.',
  {
    address: text('Where browsers find it: https://logs.acme.example.'),
    gatewayNamespace: text(
      'The namespace of the gateway or ingress controller that hands requests on to it, over HTTPS. Nobody else reaches it.',
    ),
    secretName: text(
      "A Secret in the stack's namespace that somebody else makes, with the keys client-secret and secret-key, which Grafana encrypts by.",
    ),
    login: group(
      'Who logs in, by an OpenID provider: Grafana has no accounts of its own.',
      {
        clientId: text('The client at the provider. Its redirect is <address>/login/generic_oauth.'),
        authUrl: text("The provider's authorization endpoint: https://…."),
        tokenUrl: text('Its token endpoint.'),
        userInfoUrl: text('Its userinfo endpoint.'),
        cidrs: texts('Addresses of the provider, which Grafana may connect to.'),
        viewers: texts(
          'Groups that see the dashboards, and with them all of the audit log. Whoever is in none of the groups is not let in.',
        ),
        explorers: texts('Groups that ask questions of their own besides. Default: none.'),
        groupsClaim: text('The claim with the groups of a user, as a name or a path of names. Default: groups.'),
        scopes: texts('Some providers have groups in a scope groups. Default: openid, profile, email.'),
        ownAuthority: yes(
          "Whether the provider's certificate is of an authority of your own, whose certificate is in the Secret as ca.crt. Default: false.",
        ),
      },
      ['clientId', 'authUrl', 'tokenUrl', 'userInfoUrl', 'cidrs', 'viewers'],
    ),
  },
  ['address', 'gatewayNamespace', 'secretName', 'login'],
);

/** The configuration of the stack log-pipeline. */
export const logPipelineSchema = group(
  'The stack log-pipeline. It is deployed where this is set.',
  {
    images: group(
      'The images, with their registries and digests.',
      {
        collector: text('The OpenTelemetry Collector with the contrib components, from 0.160.'),
        loki: text('Loki, from 3.7. Needed unless there is existing.'),
        grafana: text('Grafana, from 12. Needed with grafana.'),
      },
      ['collector'],
    ),
    registries: texts('Registries that images may come from.'),
    issuer: text('The ClusterIssuer of cert-manager: both sides of each connection show a certificate of it.'),
    exceptionsUntil: text(
      'The last day of the exceptions that agents need, as YYYY-MM-DD: they read the files of their node as root. At most a year ahead.',
    ),
    sources: group('What agents read on each node.', {
      auditFolder: {
        type: 'string',
        description:
          "The folder of the audit log on the nodes of the control plane; empty for none. Default: where audit-logging has it written, and none where the control plane is a cloud's.",
      },
      containers: yes('Whether the logs of containers are read. Default: true.'),
      journalFolder: text(
        "The folder of the journal, /var/log/journal, which agents then read by journalctl: the image of the Collector has to have that, and contrib's own has not. Default: it is not read.",
      ),
      journalUnits: texts('Units of systemd whose journal is read. Default: all of them.'),
      eventsFrom: texts(
        'The addresses of the API server, which one Collector asks for the events of all namespaces: what kubectl get endpointslices -n default kubernetes shows. Default: events are not kept.',
      ),
    }),
    redaction: group('What is taken out of lines besides credentials, card and account numbers.', {
      email: yes('Addresses of e-mail. Default: false.'),
      custom: { type: 'array', description: 'Patterns of your own.', items: pattern },
    }),
    retention: group('How long lines stay.', {
      auditDays: number('At least 365. Default: 400.'),
      applicationDays: number('Default: 30.'),
      streams: {
        type: 'array',
        description: 'Streams that stay longer or shorter than the rest of their tenant: the first that fits counts.',
        items: stream,
      },
    }),
    labels: texts('Attributes of resources that are labels besides those that there are.'),
    load: group('What the cluster writes: volumes, queues and memory follow from it.', {
      linesPerSecond: number('Lines of all nodes in a second, on average. Default: 500.'),
      bytesPerLine: number('The average length of a line. Default: 500.'),
      auditShare: { type: 'number', description: 'The share of all that is audit log, from 0 to 1. Default: 0.2.' },
      outageHours: number('How long the store may be away without anybody having to wait. Default: 6.'),
    }),
    volumes: group('Volumes that differ from what follows from the load.', {
      gatewayGibibytes: number('Of each gateway.'),
      lokiGibibytes: number("Loki's."),
      storageClass: text("Default: the cluster's."),
    }),
    bucket: bucket(
      'Loki',
      'Where Loki keeps chunks and index, reached by the identity of its ServiceAccount: there is no key. Default: on its volume.',
    ),
    replicas: number(
      'Processes of Loki: with a bucket three or more, so that one may be away; without one it is one. Default: 3 with a bucket, 1 without.',
    ),
    archive: group(
      'A bucket of S3 with object lock in compliance mode, which the audit log goes to besides. Default: none.',
      {
        kind: text('s3.', { enum: ['s3'] }),
        name: text("The bucket, which is another than Loki's."),
        identity: text('Who the gateways are: the ARN of an IAM role that may put objects there, and nothing else.'),
        cidrs: texts("Addresses of the store, and of the cloud's service of tokens: those of private endpoints."),
        region: text('As eu-central-1.'),
        retentionDays: number(
          "How long nobody can change or delete an object: what the bucket's default retention is to be. Default: as long as Loki keeps the audit log.",
        ),
      },
      ['kind', 'name', 'identity', 'cidrs', 'region'],
    ),
    existing: group(
      'A store that is there already, instead of a Loki.',
      {
        endpoint: text('https://…, to which /v1/logs is added. A Loki takes logs at /otlp.'),
        cidr: text('Its addresses, which gateways may connect to.'),
        port: number('Default: that of the endpoint, and 443 where it has none.'),
      },
      ['endpoint', 'cidr'],
    ),
    grafana: grafanaSchema,
    prometheusNamespace: text('The namespace of Prometheus, which may ask for metrics. Default: none may.'),
    namespace: text('The namespace of gateways and store, which is made. Default: logging.'),
    agentNamespace: text('That of the agents, which nothing else may use, which is made. Default: log-agents.'),
    alerts: yes('Whether there are alerts: the cluster has the Prometheus operator. Default: true.'),
    ...ruleForms,
  },
  ['images', 'registries', 'issuer', 'exceptionsUntil'],
);
