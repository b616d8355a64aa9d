import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { SecretFile } from '../../constructs/secrets/kubernetes/secret-file';
import { Mount } from '../../constructs/workload/mount';
import { Probe } from '../../constructs/workload/probe';
import { SecureDeployment } from '../../constructs/workload/secure-deployment';
import { hash } from '../../core/hash';
import { dashboardFiles, dashboardProviders, dataSources, grafanaIni, homeDashboard } from '../../core/logs/grafana';
import { writeYaml } from '../../core/manifest/yaml/write';
import { certificate, configMap } from '../parts';
import type { GrafanaArgs, GrafanaLoginArgs } from './args';
import { lokiPort } from './loki';
import { tlsFiles, tlsSecrets } from './parts';

export const grafanaPort = 3000;

const name = 'log-grafana';
const dashboardMap = `${name}-dashboards`;
const configFolder = '/etc/grafana';
const dashboardFolder = '/etc/grafana-dashboards';
const dataFolder = '/var/lib/grafana';

/** Keys of the Secret, and the files that they become. */
const secretFiles = {
  'client-secret': '/etc/log-pipeline/login/client-secret',
  'secret-key': '/etc/log-pipeline/login/secret-key',
  'ca.crt': '/etc/log-pipeline/login/ca.crt',
} as const;

/** Where gateways reach it. */
export function grafanaAddress(namespace: string): string {
  return `https://${name}.${namespace}.svc:${grafanaPort}`;
}

/** The ports of what Grafana itself asks of the provider: where browsers are sent is not among them. */
function providerPorts({ tokenUrl, userInfoUrl }: GrafanaLoginArgs): readonly [number, ...number[]] {
  const [token, userInfo] = [tokenUrl, userInfoUrl].map((url) => Number(new URL(url).port || 443)) as [number, number];
  return token === userInfo ? [token] : [token, userInfo];
}

/** Grafana: what it knows stands in its configuration, and the folder of its database goes with its pod. */
export function grafana(
  namespace: LockedNamespace,
  image: string,
  { address, secretName, login }: GrafanaArgs,
  issuer: string,
): SecureDeployment {
  const keys = (Object.keys(secretFiles) as (keyof typeof secretFiles)[]).filter(
    (key) => key !== 'ca.crt' || login.ownAuthority === true,
  );
  const ini = grafanaIni({
    address,
    listen: { address: '0.0.0.0', port: grafanaPort },
    folder: dataFolder,
    provisioning: `${configFolder}/provisioning`,
    tls: tlsFiles,
    secrets: { clientSecret: secretFiles['client-secret'], secretKey: secretFiles['secret-key'] },
    login: {
      ...login,
      scopes: login.scopes ?? ['openid', 'profile', 'email'],
      groupsClaim: login.groupsClaim ?? 'groups',
      explorers: login.explorers ?? [],
      ...(login.ownAuthority === true && { authorityFile: secretFiles['ca.crt'] }),
    },
    home: `${dashboardFolder}/${homeDashboard}`,
  });
  const files = {
    'grafana.ini': ini,
    'data-sources.yaml': writeYaml(
      dataSources({ url: `https://loki.${namespace.namespaceName}.svc:${lokiPort}`, tls: tlsFiles }),
    ),
    'dashboards.yaml': writeYaml(dashboardProviders(dashboardFolder)),
  };
  configMap(namespace, name, files);
  configMap(namespace, dashboardMap, dashboardFiles());
  certificate(namespace, name, issuer);
  const asks = { port: grafanaPort, scheme: 'HTTPS' } as const;
  const workload = new SecureDeployment(namespace, name, {
    image,
    // A second one would have a database, and sessions, of its own.
    replicas: 1,
    resources: { cpu: '100m', memory: '512Mi' },
    port: { port: grafanaPort, name: 'https' },
    readiness: Probe.http('/api/health', asks),
    liveness: Probe.http('/api/health', { ...asks, failureThreshold: 6 }),
    startup: Probe.tcp({ port: grafanaPort, failureThreshold: 30 }),
    writable: [{ path: dataFolder, size: '512Mi' }, '/tmp'],
    mounts: {
      [configFolder]: Mount.configMap(name, {
        items: {
          'grafana.ini': 'grafana.ini',
          'data-sources.yaml': 'provisioning/datasources/data-sources.yaml',
          'dashboards.yaml': 'provisioning/dashboards/dashboards.yaml',
        },
      }),
      [dashboardFolder]: Mount.configMap(dashboardMap),
    },
    secrets: [
      ...tlsSecrets(name),
      ...keys.map((key) => SecretFile.fromSecret(secretName, { key, file: secretFiles[key] })),
    ],
    // Not the dashboards: Grafana reads those again by itself.
    podAnnotations: { 'kube-bulwark.dev/config': hash(Object.values(files).join('\n')) },
  });
  for (const cidr of login.cidrs) workload.egressTo({ cidr, ports: providerPorts(login), dns: true });
  return workload;
}
