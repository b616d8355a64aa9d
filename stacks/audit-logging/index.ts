import { all, ComponentResource, type ComponentResourceOptions, type Output, output, secret } from '@pulumi/pulumi';
import { BulwarkApp } from '../../constructs/app/bulwark-app';
import { ManifestObject } from '../../constructs/app/manifest-object';
import { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { type ControlPlane, ControlPlaneError, controlPlane, flagText } from '../../core/control-plane';
import type { KubernetesObject } from '../../core/manifest/object';
import { isMapping } from '../../core/manifest/plain';
import { AppResources } from '../bridge/app-resources';
import { LateValues } from '../bridge/late-values';
import { isOpaque } from '../bridge/texts';
import { auditRules } from './alerts';
import type { AuditLoggingArgs } from './args';
import { type AuditLoggingConfig, argumentOf, auditLoggingConfig } from './config';
import { auditDashboard } from './dashboard';

export type {
  AuditLogArgs,
  AuditLoggingArgs,
  AuditWebhookArgs,
  EncryptionArgs,
  SensitiveResourcesArgs,
} from './args';

/** A file that every node of the control plane has to have. */
export interface ControlPlaneFile {
  /** Absolute. */
  path: string;
  content: string;
  /** Permissions in octal: `0600`. */
  mode: string;
  /** User and group: `root:root`. */
  owner: string;
}

/** A flag of a program of the control plane. */
export interface ControlPlaneFlag {
  /** `kube-apiserver`, `kube-controller-manager`, `kube-scheduler`. */
  component: string;
  /** As it stands on a command line: `--audit-log-path=…`. */
  flag: string;
}

/**
 * The audit log of a cluster: what the nodes of its control plane need for it, and in the cluster the alerts on what is lost and a dashboard.
 *
 * Nothing is registered where an argument is wrong.
 *
 * @throws ControlPlaneError with everything that is wrong with the arguments, at once
 */
export class AuditLogging extends ComponentResource {
  /** The namespace of alerts and dashboard. */
  readonly namespace: Output<string>;
  /** The flags of the control plane's programs. Empty where the control plane is the cloud's. */
  readonly flags: Output<ControlPlaneFlag[]>;
  /** What has to be on every node of the control plane. */
  readonly files: Output<ControlPlaneFile[]>;
  /** The same for files that hold keys: a secret. */
  readonly secretFiles: Output<ControlPlaneFile[]>;

  constructor(name: string, args: AuditLoggingArgs, options?: ComponentResourceOptions) {
    const { encryptionKeys = {}, runbooks, ...plain } = args;
    const { config, faults } = auditLoggingConfig(plain);
    if (faults.length > 0) throw new ControlPlaneError(faults);
    if (isKnown(encryptionKeys)) controlPlaneOf(config, encryptionKeys);
    const plane = controlPlaneOf(config, placeholders(config));
    const values = new LateValues();
    const address =
      runbooks === undefined ? undefined : values.text('runbooks', runbooks, { like: 'https://{}.example/' });
    const app = auditLoggingApp(plain, config, address);
    super('kube-bulwark:index:AuditLogging', name, {}, options);
    const resources = new AppResources(name, { app, values }, { parent: this });
    // Only what is there may be waited for: whoever takes the namespace takes it from the resource.
    this.namespace = all([resources.urn, namespaceOf(plain)]).apply(([, namespace]) => namespace);
    this.flags = output((plane?.flags ?? []).map((flag) => ({ component: flag.component, flag: flagText(flag) })));
    this.files = output(filesOf(plane, false));
    this.secretFiles = secret(encryptionKeys).apply((keys) => filesOf(controlPlaneOf(config, keys), true));
    this.registerOutputs({
      namespace: this.namespace,
      flags: this.flags,
      files: this.files,
      secretFiles: this.secretFiles,
    });
  }
}

function namespaceOf({ namespace = 'audit-logging' }: Pick<AuditLoggingArgs, 'namespace'>): string {
  return namespace;
}

/** What is in the cluster. */
function auditLoggingApp(
  args: Omit<AuditLoggingArgs, 'encryptionKeys' | 'runbooks'>,
  { target }: AuditLoggingConfig,
  runbooks: string | undefined,
): BulwarkApp {
  const { owner, alerts = true, dashboard = true, ruleLabels = {} } = args;
  const app = new BulwarkApp({ target, registries: [] });
  const name = namespaceOf(args);
  const namespace = new LockedNamespace(app, name, { owner });
  if (alerts)
    add(
      namespace,
      'alerts',
      auditRules({ namespace: name, labels: ruleLabels, ...(runbooks !== undefined && { runbooks }) }),
    );
  if (dashboard) add(namespace, 'dashboard', auditDashboard(name));
  return app;
}

function add(scope: LockedNamespace, id: string, { apiVersion, kind, metadata, ...body }: KubernetesObject): void {
  const { name = id, namespace, labels } = metadata ?? {};
  new ManifestObject(scope, id, {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }), ...(labels && { labels: { ...labels } }) },
    body: () => body,
  });
}

/** @throws ControlPlaneError by the names of the arguments */
function controlPlaneOf(
  { controlPlane: settings, target }: AuditLoggingConfig,
  keys: Readonly<Record<string, string>>,
): ControlPlane | undefined {
  if (settings === undefined) return undefined;
  try {
    return controlPlane(settings, target, keys);
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    throw new ControlPlaneError(error.faults.map((of) => ({ ...of, property: argumentOf(of.property) })));
  }
}

/** Keys of no use, one after the other: flags and the files that hold no keys are the same with any. */
function placeholders({ controlPlane: settings }: AuditLoggingConfig): Readonly<Record<string, string>> {
  const names = settings?.encryption.secretbox ?? [];
  return Object.fromEntries(names.map((key, i) => [key, Buffer.alloc(32, i + 1).toString('base64')]));
}

/** Whether the keys can be judged at once, and not only when others have made them. */
function isKnown(keys: AuditLoggingArgs['encryptionKeys']): keys is Record<string, string> {
  return isMapping(keys) && !isOpaque(keys) && Object.values(keys).every((key) => typeof key === 'string');
}

function filesOf(plane: ControlPlane | undefined, holdingSecrets: boolean): ControlPlaneFile[] {
  return (plane?.files ?? [])
    .filter(({ holdsSecrets }) => holdsSecrets === holdingSecrets)
    .map(({ path, content, mode, owner }) => ({ path, content, mode: mode.toString(8).padStart(4, '0'), owner }));
}
