import type { Path } from '../../manifest/path';
import { isAbsent, isMapping, listOf } from '../../manifest/plain';
import type { PodContainer } from '../../manifest/pod-template';
import { type Faults, setAmong } from './fault';

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const handlers = ['httpGet', 'tcpSocket', 'grpc'] as const;

/** Ports that the kubelet can never ask: names of none of the container's, and numbers of none. One that is not declared is a port like any other: to declare it is a courtesy. */
export function probePortFaults(faults: Faults, { container }: PodContainer, at: Path): void {
  // A part of a container, to be merged with the rest, may leave its ports to that.
  if (isAbsent(container.image)) return;
  for (const field of setAmong(container, probes)) {
    const probe = container[field];
    for (const handler of setAmong(probe, handlers)) {
      const { port }: { readonly port?: unknown } = probe?.[handler] ?? {};
      const wrong = wrongWith(port, container.ports);
      if (wrong === undefined) continue;
      faults.push({
        path: [...at, field, handler, 'port'],
        value: port,
        message: `container ${container.name}: its ${field} asks port ${port}, and ${wrong}`,
        remedy: 'name a port as the container declares it, write its number, or run a command',
      });
    }
  }
}

function wrongWith(port: unknown, ports: PodContainer['container']['ports']): string | undefined {
  if (typeof port === 'number') return port >= 1 && port <= 65_535 ? undefined : 'there is no such port';
  if (typeof port !== 'string' || listOf(ports).some((each) => isMapping(each) && each.name === port)) return undefined;
  return 'the container has none of that name';
}
