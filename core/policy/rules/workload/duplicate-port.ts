import type { ContainerPort } from '../../../manifest/pod';
import { containers, longRunningContainers } from '../../clause';
import { podRule } from '../../define';
import { and, choose, is, isAbove, isFilled, not, select, sizeOf, some, text } from '../../expression/operators';
import type { Sym, Test } from '../../expression/symbol';

const portsOfContainer = containers.each(({ ports }) => ports);

/** Each port beside another container that runs at the same time: init containers end before the others start. */
const portsBesideOthers = longRunningContainers
  .each((_container, pod) => pod.containers('sidecar', 'container'))
  .each((_other, { ports }) => ports);

/** The API server reads an empty protocol as none. */
const protocolOf = ({ protocol }: Sym<ContainerPort>) => choose(isFilled(protocol), protocol, 'TCP');

function isSameNumber(port: Sym<ContainerPort>, other: Sym<ContainerPort>): Test {
  return and(is(port.containerPort, other.containerPort), is(protocolOf(port), protocolOf(other)));
}

function isSameName(port: Sym<ContainerPort>, other: Sym<ContainerPort>): Test {
  return and(isFilled(port.name), is(port.name, other.name), not(isSameNumber(port, other)));
}

const numberRemedy = 'use another port number, or declare the port once';
const nameRemedy = 'give each port of the pod a name of its own';

/** Each of the ports that collide is named: which one is to change, nobody knows but its author. */
export const duplicatePort = podRule({
  id: 'duplicate-port',
  title: 'No port is used twice in a pod',
  severity: 'error',
  waivable: false,
  why:
    'Of two containers on one port only the first to start gets it: the other fails, or its traffic reaches a process that was never meant to have it. ' +
    'A name used twice sends a Service to whichever port comes first.',
  fix: 'Give each port of the pod a number and a name of its own.',
  clauses: [
    portsOfContainer.violation({
      when: (port, { ports }) => isAbove(sizeOf(select(ports, (other) => isSameNumber(port, other))), 1),
      at: ({ containerPort }) => containerPort,
      message: (port, container) =>
        text`${container} has port ${port.containerPort}/${protocolOf(port)} more than once`,
      remedy: numberRemedy,
    }),
    portsBesideOthers.violation({
      when: (port, other, { name }) =>
        and(
          not(is(other.name, name)),
          some(other.ports, (another) => isSameNumber(port, another)),
        ),
      at: ({ containerPort }) => containerPort,
      message: (port, other, container) =>
        text`${container} uses port ${port.containerPort}/${protocolOf(port)}, and so does ${other}: the containers of a pod share one network address`,
      remedy: numberRemedy,
    }),
    portsOfContainer.violation({
      when: (port, { ports }) => some(ports, (other) => isSameName(port, other)),
      at: ({ name }) => name,
      message: ({ name }, container) => text`${container} has more than one port named "${name}"`,
      remedy: nameRemedy,
    }),
    portsBesideOthers.violation({
      when: (port, other, { name }) =>
        and(
          not(is(other.name, name)),
          some(other.ports, (another) => isSameName(port, another)),
        ),
      at: ({ name }) => name,
      message: (port, other, container) =>
        text`${container} names port ${port.containerPort} "${port.name}", and ${other} has a port of that name too`,
      remedy: nameRemedy,
    }),
  ],
});
