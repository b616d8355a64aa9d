import { containers } from '../../clause';
import { podRule } from '../../define';
import { and, isAbove, isBelow, not, text } from '../../expression/operators';
import { isWindows } from '../pod-conditions';

/** Advice only: a runtime that sets net.ipv4.ip_unprivileged_port_start to 0, as containerd and CRI-O can, asks for no right at all. */
export const privilegedPort = podRule({
  id: 'privileged-port',
  title: 'Containers listen above port 1023',
  severity: 'info',
  why:
    'Where the runtime does not open them to everyone, ports below 1024 take root or NET_BIND_SERVICE: what is given to the process for the sake of its ' +
    'port, an attacker in it has as well.',
  fix: 'Listen on a port such as 8080 or 8443, and let the Service map 80 or 443 to it.',
  clauses: [
    containers
      .each(({ ports }) => ports)
      .violation({
        when: ({ containerPort }, _container, pod) =>
          and(isAbove(containerPort, 0), isBelow(containerPort, 1024), not(isWindows(pod))),
        at: ({ containerPort }) => containerPort,
        message: ({ containerPort }, container) =>
          text`${container} listens on port ${containerPort}, for which it may need root or NET_BIND_SERVICE`,
        remedy: 'listen above 1023, and map the port with a Service',
      }),
  ],
});
