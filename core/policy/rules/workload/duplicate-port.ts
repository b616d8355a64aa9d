import type { ContainerPort } from '../../../manifest/pod';
import type { Violation } from '../../finding';
import type { ContainerInPod, PodInObject, PodRule } from '../../rule';
import { describe, isAbsent, isLongRunning, NONE, violation } from '../support';

interface PlacedPort {
  readonly at: ContainerInPod;
  readonly index: number;
  readonly port: ContainerPort;
}

function portsOf({ containers }: PodInObject): readonly PlacedPort[] {
  return containers.flatMap((at) =>
    (at.container.ports ?? []).flatMap((port, index) => (isAbsent(port) ? [] : [{ at, index, port }])),
  );
}

/** Containers run at the same time unless one of them is an init container, which ends before the others start. */
function meet(a: PlacedPort, b: PlacedPort): boolean {
  return a.at === b.at || (isLongRunning(a.at) && isLongRunning(b.at));
}

function protocolOf({ protocol }: ContainerPort): string {
  return protocol ?? 'TCP';
}

function collision(first: PlacedPort, second: PlacedPort): Violation | undefined {
  const { at, index, port } = second;
  const protocol = protocolOf(port);
  const before = first.at === at ? 'it has that port already' : `${describe(first.at)} has it already`;
  if (first.port.containerPort === port.containerPort && protocolOf(first.port) === protocol) {
    return violation(at, ['ports', index, 'containerPort'], {
      value: port.containerPort,
      message: `${describe(at)} uses port ${port.containerPort}/${protocol}, and ${before}: the containers of a pod share one network address`,
      remedy: 'use another port number, or declare the port once',
    });
  }
  if (!port.name || first.port.name !== port.name) return undefined;
  return violation(at, ['ports', index, 'name'], {
    value: port.name,
    message: `${describe(at)} names port ${port.containerPort} "${port.name}", and ${describe(first.at)} names port ${first.port.containerPort} the same`,
    remedy: 'give each port of the pod a name of its own',
  });
}

export const duplicatePort = {
  id: 'duplicate-port',
  subject: 'pod',
  title: 'No port is used twice in a pod',
  severity: 'error',
  waivable: false,
  why:
    'Of two containers on one port only the first to start gets it: the other fails, or its traffic reaches a process that was never meant to have it. ' +
    'A name used twice sends a Service to whichever port comes first.',
  fix: 'Give each port of the pod a number and a name of its own.',
  check: (pod) => {
    let count = 0;
    for (const { container } of pod.containers) count += container.ports?.length ?? 0;
    if (count < 2) return NONE;
    const ports = portsOf(pod);
    return ports.flatMap((second, i) => {
      for (const first of ports.slice(0, i)) {
        const found = meet(first, second) ? collision(first, second) : undefined;
        if (found !== undefined) return [found];
      }
      return [];
    });
  },
} as const satisfies PodRule;
