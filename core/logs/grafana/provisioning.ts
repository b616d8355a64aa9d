import type { Json } from '../../manifest/object';
import type { TlsFiles } from '../collector/parts';
import { tenants } from '../sources';
import { dataSourceUid } from './dashboard';
import { contentOf } from './ini';

/** A Loki that Grafana asks. */
export interface LokiSource {
  /** `https://loki.logging.svc:3100` */
  readonly url: string;
  /** What Grafana shows it, and whom it trusts. */
  readonly tls: TlsFiles;
}

/** The data sources: Loki once for each tenant. https://grafana.com/docs/grafana/latest/datasources/loki/ */
export function dataSources({ url, tls }: LokiSource): Json {
  return {
    apiVersion: 1,
    prune: true,
    datasources: tenants.map((tenant, i) => ({
      name: `Logs: ${tenant}`,
      uid: dataSourceUid(tenant),
      type: 'loki',
      access: 'proxy',
      orgId: 1,
      url,
      isDefault: i === 0,
      editable: false,
      jsonData: {
        httpHeaderName1: 'X-Scope-OrgID',
        tlsAuth: true,
        tlsAuthWithCACert: true,
        tlsSkipVerify: false,
        serverName: new URL(url).hostname,
        maxLines: 1_000,
      },
      secureJsonData: {
        httpHeaderValue1: tenant,
        tlsCACert: contentOf(tls.caFile),
        tlsClientCert: contentOf(tls.certFile),
        tlsClientKey: contentOf(tls.keyFile),
      },
    })),
  };
}

/** Where dashboards are read from: nobody changes them in the browser. */
export function dashboardProviders(folder: string): Json {
  return {
    apiVersion: 1,
    providers: [
      {
        name: 'kube-bulwark',
        orgId: 1,
        folder: 'Audit log',
        folderUid: 'log-audit',
        type: 'file',
        disableDeletion: true,
        allowUiUpdates: false,
        updateIntervalSeconds: 60,
        options: { path: folder },
      },
    ],
  };
}
