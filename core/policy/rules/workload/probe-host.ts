import type { Container } from '../../../manifest/pod';
import { containers } from '../../clause';
import { podRule } from '../../define';
import { isFilled, not, onTarget, text } from '../../expression/operators';
import type { Sym } from '../../expression/symbol';
import { handlers } from '../pod-conditions';

/** The hosts that the kubelet asks. */
const hosts = handlers.flatMap((of) => [
  (container: Sym<Container>) => of(container).httpGet.host,
  (container: Sym<Container>) => of(container).tcpSocket.host,
]);

/** Refused at every version, though the Pod Security Standards refuse it from 1.34 on only. */
export const probeHost = podRule({
  id: 'probe-host',
  title: 'Probes and hooks ask their own pod',
  severity: 'error',
  why:
    'The kubelet sends probes and hooks from the node, past NetworkPolicies: with a host of their own choosing an attacker who can write a pod makes it ask ' +
    'cloud metadata, the loopback of the node or any internal service, and learns from the status what answers.',
  fix: 'Leave host out; to send a Host header, set it in httpHeaders.',
  clauses: [
    ...hosts.map((hostOf) =>
      containers.violation({
        when: (container) => isFilled(hostOf(container)),
        at: hostOf,
        message: (container) => text`${container} has the kubelet ask ${hostOf(container)} instead of the pod`,
        remedy: 'leave host out; set a Host header in httpHeaders if the application needs one',
        podSecurity: 'baseline',
        relaxed: () => not(onTarget((target) => target.isAtLeast('1.34'))),
        fix: 'remove',
      }),
    ),
  ],
});
