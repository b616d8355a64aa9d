import { ComponentResource, type ComponentResourceOptions, type Output, output } from '@pulumi/pulumi';
import { BulwarkApp } from '../../constructs/app/bulwark-app';
import { today } from '../../constructs/app/today';
import { ExistingNamespace } from '../../constructs/namespace/existing-namespace';
import { LogsError } from '../../core/logs/fault';
import { tenants } from '../../core/logs/sources';
import { AppResources, checkFirst } from '../bridge/app-resources';
import { LateValues } from '../bridge/late-values';
import { onceMade } from '../bridge/once-made';
import { add, stackNamespace } from '../parts';
import type { AlertOptions } from '../prometheus-rule';
import { runbookFaults, runbooksOf } from '../runbooks';
import { agents } from './agents';
import { type LogPart, logRules } from './alerts';
import { archiveNeeds } from './archive';
import type { LogPipelineArgs } from './args';
import { collectorPorts } from './collector';
import { type LogPipelineConfig, logPipelineConfig, type PlainArgs, shapeFaults } from './config';
import { events } from './events';
import { existingPort } from './existing';
import { gateway, gatewayAddress } from './gateway';
import { grafana, grafanaAddress, grafanaPort } from './grafana';
import { loki, lokiInternalPort, lokiPort } from './loki';

export type {
  CustomPatternArgs,
  ExistingStoreArgs,
  GrafanaArgs,
  GrafanaLoginArgs,
  LogArchiveArgs,
  LogBucketArgs,
  LogImagesArgs,
  LogLoadArgs,
  LogPipelineArgs,
  LogRedactionArgs,
  LogRetentionArgs,
  LogSourcesArgs,
  LogVolumesArgs,
  StreamRetentionArgs,
} from './args';

/**
 * The logs of a cluster, from the nodes to a store: agents take secrets out of each line before it leaves its node, gateways keep what the
 * store does not take, and Loki keeps the audit log and the logs of applications apart, each for as long as it is asked to.
 *
 * Both sides of each connection show a certificate of cert-manager. Nothing is registered where an argument is wrong.
 *
 * @throws LogsError with everything that is wrong with the arguments, at once
 */
export class LogPipeline extends ComponentResource {
  /** The namespace of gateways and store. */
  readonly namespace: Output<string>;
  /** The namespace of the agents. */
  readonly agentNamespace: Output<string>;
  /** Where gateways take OTLP over gRPC from whoever shows a certificate: `log-gateway.logging.svc:4317`. */
  readonly ingest: Output<string>;
  /** Where Loki is asked: `https://loki.logging.svc:3100`; '' where the store is somebody else's. */
  readonly query: Output<string>;
  /** Where gateways hand requests for Grafana on to: `https://log-grafana.logging.svc:3000`; '' where there is none. */
  readonly grafana: Output<string>;
  /** What the bucket of the archive has to have, as JSON: its object lock, and what the role of the gateways may do; '' without an archive. */
  readonly archive: Output<string>;
  /** The tenants, for the header X-Scope-OrgID. */
  readonly tenants: Output<string[]>;

  constructor(name: string, args: LogPipelineArgs, options?: ComponentResourceOptions) {
    const { runbooks, ...plain } = args ?? ({} as LogPipelineArgs);
    const misshapen = [...shapeFaults(plain), ...runbookFaults(runbooks)];
    if (misshapen.length > 0) throw new LogsError(misshapen);
    const { config, faults } = logPipelineConfig(plain, today());
    if (faults.length > 0) throw new LogsError(faults);
    const values = new LateValues();
    const app = logPipelineApp(plain, config, runbooksOf(runbooks, values));
    checkFirst(app);
    super('kube-bulwark:index:LogPipeline', name, {}, options);
    const resources = new AppResources(name, { app, values }, { parent: this });
    const { namespace, agentNamespace } = config;
    const made = (value: string): Output<string> => onceMade(resources, value);
    this.namespace = made(namespace);
    this.agentNamespace = made(agentNamespace);
    this.ingest = made(gatewayAddress(namespace));
    this.query = made(plain.existing === undefined ? `https://loki.${namespace}.svc:${lokiPort}` : '');
    this.grafana = made(plain.grafana === undefined ? '' : grafanaAddress(namespace));
    this.archive = output(config.archive === undefined ? '' : JSON.stringify(archiveNeeds(config.archive)));
    this.tenants = output([...tenants]);
    this.registerOutputs(logPipelineOutputs(this));
  }
}

/** Everything that a stack puts out, by name. */
export function logPipelineOutputs({
  namespace,
  agentNamespace,
  ingest,
  query,
  grafana: dashboards,
  archive,
  tenants: names,
}: LogPipeline): Readonly<Record<LogPipelineOutput, Output<unknown>>> {
  return { namespace, agentNamespace, ingest, query, grafana: dashboards, archive, tenants: names };
}

export type LogPipelineOutput = 'namespace' | 'agentNamespace' | 'ingest' | 'query' | 'grafana' | 'archive' | 'tenants';

/** Everything that is in the cluster, with the connections between. */
function logPipelineApp(
  args: PlainArgs,
  config: LogPipelineConfig,
  runbooks: Pick<AlertOptions, 'runbooks'>,
): BulwarkApp {
  const { owner, images, existing, alerts = true, ruleLabels = {}, prometheusNamespace } = args;
  const app = new BulwarkApp({ target: config.target, registries: args.registries });
  const namespace = stackNamespace(app, config.namespace, { owner, largest: config.size.lokiMemory });
  const agent = agents(app, args, config);
  const collectors = gateway(namespace, args, config);
  const senders = [agent, ...(config.events ? [events(namespace, args, config)] : [])];
  for (const sender of senders) sender.connectTo(collectors, { port: collectorPorts.otlp });
  const prometheus =
    prometheusNamespace === undefined ? undefined : new ExistingNamespace(app, prometheusNamespace, {});
  if (prometheus !== undefined)
    for (const workload of [...senders, collectors]) workload.exposeTo(prometheus, { port: collectorPorts.metrics });
  if (existing !== undefined) {
    collectors.egressTo({ cidr: existing.cidr, ports: [existingPort(existing)], dns: true });
  } else if (images.loki !== undefined) {
    const store = loki(namespace, images.loki, args, config);
    collectors.connectTo(store, { port: lokiPort });
    if (prometheus !== undefined) store.exposeTo(prometheus, { port: lokiInternalPort });
    if (args.grafana !== undefined && images.grafana !== undefined) {
      const { gatewayNamespace } = args.grafana;
      const dashboards = grafana(namespace, images.grafana, args.grafana, args.issuer);
      dashboards.connectTo(store, { port: lokiPort });
      const front = gatewayNamespace === prometheusNamespace ? prometheus : undefined;
      dashboards.exposeTo(front ?? new ExistingNamespace(app, gatewayNamespace, {}), { port: grafanaPort });
    }
  }
  if (alerts) {
    const parts: LogPart[] = [
      ...(existing === undefined ? (['loki', ...(config.replicas > 1 ? ['ring' as const] : [])] as const) : []),
      ...(config.archive === undefined ? [] : ['archive' as const]),
      ...(args.grafana === undefined ? [] : ['grafana' as const]),
    ];
    add(namespace, 'alerts', logRules({ namespace: config.namespace, labels: ruleLabels, parts, ...runbooks }));
  }
  return app;
}
