/** What the application itself connects to. */
import type { KubernetesObject } from '../../core/manifest';
import type { EnvVar, PodSpec } from '../../core/manifest/pod';
import { byName } from './boutique';

/** Who calls whom on which port of the container, by the variables that hold addresses. */
export function callsOf(objects: readonly KubernetesObject[]) {
  type ServiceSpec = {
    readonly selector: { readonly app: string };
    readonly ports: readonly { readonly port: number; readonly targetPort: number }[];
  };
  const calls = new Set<string>();
  const nowhere: string[] = [];
  for (const [name, { spec }] of byName(objects, 'Deployment')) {
    const { containers, initContainers } = (spec as { template: { spec: PodSpec } }).template.spec;
    const env: readonly EnvVar[] = [...(initContainers ?? []), ...containers].flatMap(
      (container) => container.env ?? [],
    );
    for (const { value = '' } of env.filter((variable) => variable.name.endsWith('_ADDR'))) {
      const [host = '', port] = value.split(':');
      const service = byName(objects, 'Service').get(host)?.spec as ServiceSpec | undefined;
      const target = service?.ports.find((candidate) => candidate.port === Number(port));
      if (service && target) calls.add(`${name} -> ${service.selector.app} :${target.targetPort}`);
      else nowhere.push(`${name} -> ${value}`);
    }
  }
  return { calls: [...calls].sort(), nowhere };
}
