import type { Path } from '../../manifest/path';
import { isAbsent, isMapping } from '../../manifest/plain';
import type { PodContainer } from '../../manifest/pod-template';
import { type Faults, listOf, setAmong } from './fault';

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const handlers = ['httpGet', 'tcpSocket', 'grpc'] as const;

/** Ports that the kubelet can never ask: names of none of the container's. A number that is not declared is one like any other: to declare it is a courtesy. */
export function probePortFaults(faults: Faults, { container }: PodContainer, at: Path): void {
  // A part of a container, to be merged with the rest, may leave its ports to that.
  if (isAbsent(container.image)) return;
  const names: ReadonlySet<unknown> = new Set(listOf(container.ports).map((port) => isMapping(port) && port.name));
  for (const field of setAmong(container, probes)) {
    const probe = container[field];
    for (const handler of setAmong(probe, handlers)) {
      const { port }: { readonly port?: unknown } = probe?.[handler] ?? {};
      if (typeof port !== 'string' || names.has(port)) continue;
      faults.push({
        path: [...at, field, handler, 'port'],
        value: port,
        message: `container ${container.name}: its ${field} asks port ${port}, and the container has none of that name`,
        remedy: 'name a port as the container declares it, write its number, or run a command',
      });
    }
  }
}
