import type { LogsFault } from './fault';

/** Attributes of which every pod, request or file has another value: as labels they would make a stream of each. */
const unbounded =
  /(^|[._])(ip|name|path|count|hash|digest|trace|span|user|useragent|agent|original|email|pid|tid|token|key|secret|password|session|request|url|uri|query|header|referer|time|timestamp|date|duration|claimed|address|port|line|offset|message|msg|body|text|id|uid|uuid|guid|(trace|span|request|user|session|pod|container)id)$/;

/** Those that end so, and of which a cluster has few. */
const bounded: readonly string[] = [
  'k8s.cluster.name',
  'k8s.node.name',
  'k8s.namespace.name',
  'k8s.container.name',
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.cronjob.name',
  'service.name',
  'cloud.region',
  'cloud.account.id',
  'deployment.environment.name',
];

/** The label that Loki makes of an attribute. */
export function labelOf(attribute: string): string {
  return attribute.replace(/[^A-Za-z0-9_]/g, '_');
}

/** The most labels that a stream has: https://grafana.com/docs/loki/latest/get-started/labels/bp-labels/ */
const mostLabels = 10;

/** Faults of attributes that are to be labels besides those that there are. */
export function labelFaults(key: string, names: readonly string[], present: readonly string[]): readonly LogsFault[] {
  const faults = names.flatMap((name, i): readonly LogsFault[] => {
    const at = `${key}[${i}]`;
    const same = [...present, ...names.slice(0, i)].find((other) => other !== name && labelOf(other) === labelOf(name));
    if (same !== undefined)
      return [{ key: at, message: `${name} and ${same} are one label to Loki`, remedy: 'leave one of them out' }];
    if (!/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/.test(name) || name.length > 100)
      return [
        {
          key: at,
          message: `${JSON.stringify(name.slice(0, 100))} is no name of an attribute`,
          remedy: 'write it as k8s.cluster.name',
        },
      ];
    if (bounded.includes(name) || !unbounded.test(name)) return [];
    const message = `${name} has as many values as there are pods or requests, each of which would be a stream of its own`;
    return [{ key: at, message, remedy: 'leave it out: it can be asked for without being a label, by `| name="…"`' }];
  });
  const count = new Set([...present, ...names]).size;
  if (count <= mostLabels) return faults;
  return [...faults, { key, message: `${count} labels are more than ${mostLabels}`, remedy: 'leave some out' }];
}
