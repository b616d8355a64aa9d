import type { LogsFault } from '../../core/logs/fault';
import { isDnsLabel, toDnsLabel } from '../../core/manifest/names';
import { existingNameFaults, ownNamespaceFaults, shown } from '../names';
import type { LogPipelineConfig, PlainArgs } from './config';

/** Everything that is wrong with names of what is made, and of what has to be there. */
export function nameFaults(
  { prometheusNamespace, issuer, volumes }: PlainArgs,
  { namespace, agentNamespace }: Pick<LogPipelineConfig, 'namespace' | 'agentNamespace'>,
): readonly LogsFault[] {
  const faults: LogsFault[] = [];
  const isNamespace = (key: string, name: string): boolean => {
    if (isDnsLabel(name)) return true;
    const message = `${shown(name)} is no name of a namespace`;
    faults.push({ key, message, remedy: `use at most 63 small letters, digits and dashes, as ${toDnsLabel(name)}` });
    return false;
  };
  for (const [key, name] of Object.entries({ namespace, agentNamespace }))
    if (isNamespace(key, name)) faults.push(...ownNamespaceFaults(key, name));
  if (namespace === agentNamespace) {
    const message = 'agents run as root, in a namespace that nothing else may use';
    faults.push({ key: 'agentNamespace', message, remedy: 'give another name than namespace' });
  }
  if (prometheusNamespace !== undefined && isNamespace('prometheusNamespace', prometheusNamespace)) {
    const [same] = Object.entries({ namespace, agentNamespace }).find(([, name]) => name === prometheusNamespace) ?? [];
    const message = `it is ${same}, which this stack makes, and in which nothing else is`;
    if (same !== undefined)
      faults.push({ key: 'prometheusNamespace', message, remedy: 'give the namespace that Prometheus is in' });
  }
  return [
    ...faults,
    ...existingNameFaults('ClusterIssuer', { issuer }),
    ...existingNameFaults('StorageClass', { 'volumes.storageClass': volumes?.storageClass }),
  ];
}
