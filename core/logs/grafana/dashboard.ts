import type { Json } from '../../manifest/object';
import type { Tenant } from '../sources';

/** The form of a dashboard's JSON that Grafana 12 writes itself: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
const schemaVersion = 42;

/** The width of a dashboard in the units of its grid. */
const columns = 24;

/** Units, by Grafana's ids. */
type Unit = 'short' | 'reqps';

/** One graph, table or list. */
export interface Panel {
  readonly title: string;
  /** What it shows, and what to look for. */
  readonly description: string;
  /** `graph` over time, `table` of counts in the chosen time, `lines` as they were logged. */
  readonly as: 'graph' | 'table' | 'lines';
  /** LogQL, with the variables of the dashboard. */
  readonly query: string;
  /** How a line of a graph is called: `{{user}}`. */
  readonly legend?: string;
  /** @default 'short' */
  readonly unit?: Unit;
  /** Whether it takes the whole width. @default - half of it, and all of it for lines */
  readonly wide?: boolean;
}

/** What a dashboard is made of. */
export interface Dashboard {
  /** Stays the same for ever: addresses have it. */
  readonly uid: string;
  readonly title: string;
  /** The question that it answers. */
  readonly description: string;
  readonly panels: readonly Panel[];
}

/** A text that the reader of a dashboard changes. */
export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly initial: string;
}

/** Whom and what a dashboard is about: regular expressions, which match the whole name. */
export const variables: readonly Variable[] = [
  {
    name: 'namespace',
    label: 'Namespace',
    description: 'A regular expression; .* are all, and what is in none.',
    initial: '.*',
  },
  {
    name: 'user',
    label: 'User',
    description: 'A regular expression: alice@acme.example, system:serviceaccount:shop:.*',
    initial: '.*',
  },
  {
    name: 'without',
    label: 'Without',
    description: 'Users that are left out: by default the parts of Kubernetes themselves; - for none.',
    initial: 'system:(apiserver|kube-.+|node:.+|serviceaccount:kube-system:.+)',
  },
];

/** The identifier of a tenant's data source. */
export function dataSourceUid(tenant: Tenant): string {
  return `logs-${tenant}`;
}

/** Links of all dashboards: to each other, and to what the fields mean. */
const links: Json = [
  {
    type: 'dashboards',
    title: 'Audit log',
    tooltip: 'The other questions, of the same time, namespace and user',
    icon: 'external link',
    tags: ['kube-bulwark'],
    asDropdown: true,
    includeVars: true,
    keepTime: true,
    targetBlank: false,
  },
  {
    type: 'link',
    title: 'What the fields mean',
    tooltip: 'Events of the audit log, in the documentation of Kubernetes',
    icon: 'doc',
    url: 'https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/',
    tags: [],
    asDropdown: false,
    includeVars: false,
    keepTime: false,
    targetBlank: true,
  },
];

interface Form {
  readonly type: string;
  readonly queryType: 'range' | 'instant';
  readonly height: number;
  readonly whole: boolean;
  readonly options: Json;
  readonly more: Readonly<Record<string, Json>>;
}

const forms: Readonly<Record<Panel['as'], Form>> = {
  graph: {
    type: 'timeseries',
    queryType: 'range',
    height: 8,
    whole: false,
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    more: {},
  },
  table: {
    type: 'table',
    queryType: 'instant',
    height: 8,
    whole: false,
    options: { showHeader: true, frameIndex: 0, sortBy: [{ displayName: 'Count', desc: true }] },
    more: {
      transformations: [
        { id: 'organize', options: { excludeByName: { Time: true }, renameByName: { 'Value #A': 'Count' } } },
      ],
    },
  },
  lines: {
    type: 'logs',
    queryType: 'range',
    height: 10,
    whole: true,
    options: {
      showTime: true,
      showLabels: false,
      showCommonLabels: false,
      showLogContextToggle: false,
      prettifyLogMessage: false,
      wrapLogMessage: true,
      enableLogDetails: true,
      sortOrder: 'Descending',
      dedupStrategy: 'none',
    },
    more: {},
  },
};

/** The JSON of a dashboard that asks the audit log, which Grafana reads from a file. */
export function dashboardModel({ uid, title, description, panels }: Dashboard): Readonly<Record<string, Json>> {
  const datasource = { type: 'loki', uid: dataSourceUid('audit') };
  let [x, y, rowHeight] = [0, 0, 0];
  const placed = panels.map((panel, i): Json => {
    const { type, queryType, height: h, whole, options, more } = forms[panel.as];
    const w = (panel.wide ?? whole) ? columns : columns / 2;
    if (x + w > columns) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const gridPos = { h, w, x, y };
    [x, rowHeight] = [x + w, Math.max(rowHeight, h)];
    return {
      id: i + 1,
      type,
      title: panel.title,
      description: panel.description,
      datasource,
      gridPos,
      fieldConfig: { defaults: { unit: panel.unit ?? 'short' }, overrides: [] },
      options,
      ...more,
      targets: [
        {
          refId: 'A',
          datasource,
          expr: panel.query,
          queryType,
          ...(panel.legend !== undefined && { legendFormat: panel.legend }),
        },
      ],
    };
  });
  return {
    uid,
    title,
    description,
    tags: ['kube-bulwark', 'audit'],
    schemaVersion,
    editable: false,
    graphTooltip: 1,
    refresh: '5m',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'utc',
    links,
    templating: {
      list: variables.map(({ name, label, description: of, initial }) => ({
        type: 'textbox',
        name,
        label,
        description: of,
        query: initial,
        current: { text: initial, value: initial },
      })),
    },
    panels: placed,
  };
}
