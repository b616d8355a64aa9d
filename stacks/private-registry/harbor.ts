import * as kubernetes from '@pulumi/kubernetes';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import type { BulwarkApp } from '../../constructs/app/bulwark-app';
import { ManifestObject } from '../../constructs/app/manifest-object';
import { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { harborNetworkPolicies } from '../../core/registry/harbor/network';
import {
  type HarborPart,
  harborAccount,
  harborChart,
  harborName,
  harborTlsParts,
  harborTlsSecret,
} from '../../core/registry/harbor/parts';
import { harborQuota } from '../../core/registry/harbor/resources';
import { type HarborSettings, harborValues } from '../../core/registry/harbor/values';
import { parseRegistryHost } from '../../core/registry/host';
import { add, certificateBy } from '../parts';
import type { RegistryHarborArgs } from './args';
import type { PlainArgs, PrivateRegistryConfig } from './config';

/** Who the registry is to a cloud's bucket. */
const storageAccount = `${harborName}-storage`;

/** By which a cloud knows a ServiceAccount. */
const identityAnnotations: Readonly<Record<string, string>> = {
  s3: 'eks.amazonaws.com/role-arn',
  gcs: 'iam.gke.io/gcp-service-account',
};

const scannerVolume = 10;

/** Where gateways hand connections on to. */
export function harborAddress(namespace: string): string {
  return `${harborName}.${namespace}.svc:443`;
}

/** What the chart is told. */
export function harborSettings(args: PlainArgs, config: PrivateRegistryConfig): HarborSettings {
  const { authentication, images, volume = {}, prometheusNamespace } = args;
  const harbor = args.harbor as RegistryHarborArgs;
  const { database, scanner } = harbor;
  const { issuer = '', clientId = '', scopes, groupsClaim = 'groups', secretName = '' } = authentication;
  return {
    host: args.host,
    images: { ...harbor.images, registry: images.registry } as unknown as Readonly<Record<HarborPart, string>>,
    secretName,
    login: {
      kind: 'oidc',
      issuer,
      clientId,
      clientSecretFile: '',
      scopes: scopes ?? ['openid', 'profile', 'email', 'groups'],
      groupsClaim,
    },
    storage: config.storage as HarborSettings['storage'],
    ...(args.bucket !== undefined && { storageAccount }),
    volumes: { images: config.volume ?? 0, scanner: scanner.gibibytes ?? scannerVolume },
    ...(volume.storageClass !== undefined && { storageClass: volume.storageClass }),
    replicas: config.replicas,
    database: {
      host: database.host,
      port: database.port ?? 5432,
      name: database.name ?? 'registry',
      user: database.user,
      ...(database.authoritySecret !== undefined && { authoritySecret: database.authoritySecret }),
    },
    scanner,
    metrics: prometheusNamespace !== undefined,
  };
}

/** What is around the chart: the namespace with room for its pods, certificates, and who may connect to whom. */
export function harborSurroundings(app: BulwarkApp, args: PlainArgs, config: PrivateRegistryConfig): LockedNamespace {
  const { owner, bucket, gatewayNamespace, prometheusNamespace, authentication } = args;
  const { database, scanner } = args.harbor as RegistryHarborArgs;
  const settings = harborSettings(args, config);
  const namespace = new LockedNamespace(app, config.namespace, { owner, quota: harborQuota(settings) });
  for (const part of harborTlsParts)
    add(namespace, `${part}-certificate`, certificateOf(config.namespace, part, args.issuer));
  const front = certificateOf(config.namespace, 'front', args.issuer, [
    parseRegistryHost(args.host)?.name ?? args.host,
  ]);
  add(namespace, 'front-certificate', front);
  add(namespace, 'token-certificate', tokenCertificate(config.namespace, args.issuer));
  accountIn(namespace, harborAccount);
  if (bucket !== undefined)
    accountIn(namespace, storageAccount, { [identityAnnotations[bucket.kind] ?? '']: bucket.identity });
  const policies = harborNetworkPolicies(config.namespace, {
    gatewayNamespace,
    ...(prometheusNamespace !== undefined && { prometheusNamespace }),
    database: { cidrs: database.cidrs, port: settings.database.port },
    login: authentication.cidrs ?? [],
    storage: bucket?.cidrs ?? [],
    upstreams: scanner.cidrs,
  });
  for (const policy of policies) add(namespace, `${policy.metadata?.name}-policy`, policy);
  return namespace;
}

function accountIn(scope: LockedNamespace, name: string, annotations: Readonly<Record<string, string>> = {}): void {
  new ManifestObject(scope, `${name}-account`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: scope.namespaceName, annotations: { ...annotations } },
    namespaced: true,
    body: () => ({ automountServiceAccountToken: false }),
  });
}

/** The chart: what it makes are resources, which the transforms and policies of the program see. */
export function harborRelease(
  name: string,
  args: PlainArgs,
  config: PrivateRegistryConfig,
  options: CustomResourceOptions,
): kubernetes.helm.v4.Chart {
  const { chart } = args.harbor as RegistryHarborArgs;
  return new kubernetes.helm.v4.Chart(
    `${name}:${harborName}`,
    {
      // Of the release: its pods are selected by it.
      name: harborName,
      namespace: config.namespace,
      ...(chart === undefined
        ? { chart: harborChart.name, repositoryOpts: { repo: harborChart.repository } }
        : { chart }),
      version: harborChart.version,
      values: harborValues(harborSettings(args, config)),
    },
    options,
  );
}

function certificateOf(
  namespace: string,
  part: (typeof harborTlsParts)[number] | 'front',
  issuer: string,
  names: readonly string[] = [],
) {
  const service = part === 'front' ? harborName : `${harborName}-${part}`;
  return certificateBy(
    issuer,
    { name: `${harborName}-${part}`, namespace },
    {
      secretName: harborTlsSecret(part),
      commonName: service,
      // Its parts call each other by their short names, and the core itself.
      dnsNames: [service, `${service}.${namespace}.svc`, ...(part === 'core' ? ['localhost'] : []), ...names],
      ...(part === 'core' && { ipAddresses: ['127.0.0.1'] }),
    },
  );
}

/** What the core signs tokens by. Its key stays: replicas that were started at different times have to trust each other's. */
function tokenCertificate(namespace: string, issuer: string) {
  const name = `${harborName}-token`;
  return certificateBy(
    issuer,
    { name, namespace },
    {
      secretName: harborTlsSecret('token'),
      commonName: name,
      dnsNames: [name],
      duration: '365d',
      renewBefore: '90d',
      key: 'RSA-4096',
      keepsKey: true,
      uses: 'signing',
    },
  );
}
