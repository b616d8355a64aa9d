import { dashboardModel } from './dashboard';
import { dashboards } from './dashboards';

export { type GrafanaLogin, type GrafanaSettings, grafanaIni } from './ini';
export { dashboardProviders, dataSources } from './provisioning';

/** The dashboard that comes first. */
export const homeDashboard = 'log-audit-overview.json';

/** The dashboards as files, by their names. */
export function dashboardFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    dashboards.map((dashboard) => [
      `${dashboard.uid}.json`,
      `${JSON.stringify(dashboardModel(dashboard), undefined, 2)}\n`,
    ]),
  );
}
