import { ComponentResource, type ComponentResourceOptions, type Output, output } from '@pulumi/pulumi';
import { BulwarkApp } from '../../constructs/app/bulwark-app';
import { today } from '../../constructs/app/today';
import { ExistingNamespace } from '../../constructs/namespace/existing-namespace';
import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { SignedImages } from '../../constructs/policy/signed-images';
import type { SecureWorkload } from '../../constructs/workload/workload';
import { authorityPath, containerdFile } from '../../core/registry/containerd';
import { RegistryError } from '../../core/registry/fault';
import type { RegistryProduct } from '../../core/registry/products';
import { AppResources, checkFirst } from '../bridge/app-resources';
import { LateValues } from '../bridge/late-values';
import { onceMade } from '../bridge/once-made';
import { add, stackNamespace } from '../parts';
import type { AlertOptions } from '../prometheus-rule';
import { runbookFaults, runbooksOf } from '../runbooks';
import { registryRules } from './alerts';
import type { PrivateRegistryArgs } from './args';
import { type PlainArgs, type PrivateRegistryConfig, privateRegistryConfig, shapeFaults } from './config';
import { registryDashboard } from './dashboard';
import { distribution } from './distribution';
import { harborAddress, harborRelease, harborSurroundings } from './harbor';
import { registryName, registryPorts, secretNames } from './parts';
import { registrySecrets, secretFaults } from './secrets';
import { verificationOf } from './signatures';
import { zot } from './zot';

export type {
  PrivateRegistryArgs,
  RegistryAuthenticationArgs,
  RegistryBackupArgs,
  RegistryBucketArgs,
  RegistryCollectionArgs,
  RegistryIdentityArgs,
  RegistryImagesArgs,
  RegistryLoadArgs,
  RegistryPullSecretArgs,
  RegistryScanArgs,
  RegistrySignaturesArgs,
  RegistryTeamArgs,
  RegistryUnsignedArgs,
  RegistryUpstreamArgs,
  RegistryUserArgs,
  RegistryVolumeArgs,
} from './args';

/**
 * A registry of one's own: over TLS by an authority that nodes are told of, with nobody let in who says not who they are, on a volume or in a
 * bucket, with its garbage collected while nobody can push. Nothing is registered where an argument is wrong.
 *
 * @throws RegistryError with everything that is wrong with the arguments, at once; no message has a password
 */
export class PrivateRegistry extends ComponentResource {
  /** The namespace of the registry. */
  readonly namespace: Output<string>;
  /** What images are called by: `registry.acme.example`. */
  readonly host: Output<string>;
  /** Where gateways hand connections on to, as they are: `registry.registry.svc:5000`. */
  readonly address: Output<string>;
  /** The Secret that pods of each of `pullSecrets` name among their imagePullSecrets. */
  readonly pullSecret: Output<string>;
  /** Files of each node, by their paths: containerd's `hosts.toml`. */
  readonly nodeFiles: Output<Record<string, string>>;
  /** Where the certificate of the issuer's authority belongs on each node: the stack does not know it. */
  readonly authorityPath: Output<string>;

  constructor(name: string, args: PrivateRegistryArgs, options?: ComponentResourceOptions) {
    const plain = plainOf(args ?? ({} as PrivateRegistryArgs));
    const { runbooks } = args ?? {};
    const misshapen = [...shapeFaults(plain), ...runbookFaults(runbooks)];
    if (misshapen.length > 0) throw new RegistryError(misshapen);
    const { config, faults } = privateRegistryConfig(plain, today());
    const { namespace, product } = config;
    const everyFault = [...faults, ...secretFaults(args, config)];
    if (everyFault.length > 0) throw new RegistryError(everyFault);
    const values = new LateValues();
    const app = privateRegistryApp(plain, config, runbooksOf(runbooks, values));
    checkFirst(app);
    super('kube-bulwark:index:PrivateRegistry', name, {}, options);
    const resources = new AppResources(name, { app, values }, { parent: this });
    const own = resources.resources[`Namespace ${namespace}`];
    const within = { parent: resources, ...(own && { dependsOn: [own] }) };
    registrySecrets(name, args, config, within);
    // Its pods are let in by the objects around it.
    if (product === 'harbor') harborRelease(name, plain, config, { parent: resources, dependsOn: [resources] });
    const made = (value: string): Output<string> => onceMade(resources, value);
    const { path, content } = containerdFile(plain.host);
    this.namespace = made(namespace);
    this.host = made(plain.host);
    this.address = made(
      product === 'harbor' ? harborAddress(namespace) : `${registryName}.${namespace}.svc:${registryPorts.https}`,
    );
    this.pullSecret = made(plain.pullSecrets === undefined ? '' : secretNames.pull);
    this.nodeFiles = output({ [path]: content });
    this.authorityPath = output(authorityPath(plain.host));
    this.registerOutputs(privateRegistryOutputs(this));
  }
}

/** Everything that a stack puts out, by name. */
export function privateRegistryOutputs(stack: PrivateRegistry): Readonly<Record<string, Output<unknown>>> {
  const { namespace, host, address, pullSecret, nodeFiles, authorityPath: authority } = stack;
  return { namespace, host, address, pullSecret, nodeFiles, authorityPath: authority };
}

/** The arguments without what is secret. */
function plainOf({ runbooks: _, uploadSecret: __, authentication, ...rest }: PrivateRegistryArgs): PlainArgs {
  if (!Array.isArray(authentication?.users)) return { ...rest, authentication } as PlainArgs;
  const users = authentication.users.map((user) => {
    if (typeof user !== 'object' || user === null) return user;
    const { password: ___, ...known } = user;
    return known;
  });
  return { ...rest, authentication: { ...authentication, users } };
}

/** The workload of a product. */
type MakeRegistry = (namespace: LockedNamespace, args: PlainArgs, config: PrivateRegistryConfig) => SecureWorkload;

const makers: Readonly<Record<Exclude<RegistryProduct, 'harbor'>, MakeRegistry>> = { distribution, zot };

/** Everything that is in the cluster, with the connections between. */
function privateRegistryApp(
  args: PlainArgs,
  config: PrivateRegistryConfig,
  runbooks: Pick<AlertOptions, 'runbooks'>,
): BulwarkApp {
  const app = new BulwarkApp({ target: config.target, registries: args.registries });
  const namespace =
    config.product === 'harbor'
      ? harborSurroundings(app, args, config)
      : ownRegistry(app, args, { ...config, product: config.product }, runbooks);
  if (args.signatures !== undefined)
    new SignedImages(namespace, 'signatures', verificationOf(args.signatures, { ...config, host: args.host }));
  return app;
}

/** A registry that is one workload. */
function ownRegistry(
  app: BulwarkApp,
  args: PlainArgs,
  config: PrivateRegistryConfig & { readonly product: keyof typeof makers },
  runbooks: Pick<AlertOptions, 'runbooks'>,
): LockedNamespace {
  const { owner, gatewayNamespace, prometheusNamespace, ruleLabels = {} } = args;
  const { product } = config;
  const namespace = stackNamespace(app, config.namespace, { owner, largest: config.size.memory });
  const registry = makers[product](namespace, args, config);
  const gateway = new ExistingNamespace(app, gatewayNamespace, {});
  registry.exposeTo(gateway, { port: registryPorts.https });
  const metricsPort = product === 'zot' ? registryPorts.https : registryPorts.metrics;
  if (
    prometheusNamespace !== undefined &&
    !(prometheusNamespace === gatewayNamespace && metricsPort === registryPorts.https)
  ) {
    const prometheus =
      prometheusNamespace === gatewayNamespace ? gateway : new ExistingNamespace(app, prometheusNamespace, {});
    registry.exposeTo(prometheus, { port: metricsPort });
  }
  const there = { namespace: config.namespace, volume: config.volume !== undefined, backup: args.backup !== undefined };
  if (config.alerts) {
    add(namespace, 'alerts', registryRules({ ...there, labels: ruleLabels, product, ...runbooks }));
  }
  if (config.dashboard) add(namespace, 'dashboard', registryDashboard(there));
  return namespace;
}
