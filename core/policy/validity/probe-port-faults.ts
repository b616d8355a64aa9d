import type { Path } from '../../manifest/path';
import { isAbsent, isMapping } from '../../manifest/plain';
import type { ContainerPort } from '../../manifest/pod';
import type { PodContainer } from '../../manifest/pod-template';
import { type Faults, listOf, setAmong } from './fault';

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const handlers = ['httpGet', 'tcpSocket', 'grpc'] as const;
/** What no probe speaks. */
const withoutConnections: readonly unknown[] = ['UDP', 'SCTP'];

/**
 * Ports that the kubelet can never ask: by a name that the container has for none of them, or of another protocol. A number that is not declared is one like
 * any other: to declare it is a courtesy.
 */
export function probePortFaults(faults: Faults, { container }: PodContainer, at: Path): void {
  // A part of a container, to be merged with the rest, may leave its ports to that.
  if (isAbsent(container.image)) return;
  for (const field of setAmong(container, probes)) {
    const probe = container[field];
    for (const handler of setAmong(probe, handlers)) {
      const asked: { readonly port?: unknown; readonly host?: unknown } = probe?.[handler] ?? {};
      const message = wrongWith(asked.port, Boolean(asked.host), listOf(container.ports));
      if (message === undefined) continue;
      faults.push({
        path: [...at, field, handler, 'port'],
        value: asked.port,
        message: `container ${container.name}: its ${field} asks port ${asked.port}, ${message}`,
        remedy:
          'ask a TCP port of the container, by its number or by the name that it is declared with, or run a command',
      });
    }
  }
}

/** @param elsewhere whether another machine is asked: its ports are not those of the container, their names are */
function wrongWith(port: unknown, elsewhere: boolean, ports: readonly ContainerPort[]): string | undefined {
  const byName = typeof port === 'string';
  const meant = ports.filter((each) => isMapping(each) && (byName ? each.name : each.containerPort) === port);
  if (byName && meant.length === 0) return 'and the container has none of that name';
  const isUnasked = ({ protocol }: ContainerPort) => withoutConnections.includes(protocol);
  return !elsewhere && meant.length > 0 && meant.every(isUnasked)
    ? `which it has for ${meant[0]?.protocol} alone`
    : undefined;
}
