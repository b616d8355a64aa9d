import type { LogsFault } from '../../core/logs/fault';
import { isDnsLabel, isDnsSubdomain, toDnsLabel } from '../../core/manifest/names';
import type { LogPipelineConfig, PlainArgs } from './config';

/** Namespaces of Kubernetes' own: this stack makes the one that it is given, with its labels and its policies. */
const others = /^(default|kube-.*)$/;

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
    if (isNamespace(key, name) && others.test(name)) {
      const message = `${name} is Kubernetes' own, and would get the labels and policies of this stack`;
      faults.push({ key, message, remedy: 'give a name of a namespace that this stack makes' });
    }
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
  for (const [key, name] of Object.entries({ issuer, 'volumes.storageClass': volumes?.storageClass }))
    if (name !== undefined && !isDnsSubdomain(name)) {
      const what = key === 'issuer' ? 'a ClusterIssuer' : 'a StorageClass';
      faults.push({ key, message: `${shown(name)} is no name of ${what}`, remedy: 'write it as kubectl get shows it' });
    }
  return faults;
}

function shown(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
}
