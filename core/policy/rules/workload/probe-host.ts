import type { Path } from '../../../manifest/path';
import type { HTTPGetAction, TCPSocketAction } from '../../../manifest/pod';
import type { Violation } from '../../finding';
import type { ContainerInPod, PodRule } from '../../rule';
import { describe, isAbsent, NONE, violation } from '../support';

/** What asks a host: the actions that probes and hooks have in common. */
interface Handler {
  readonly httpGet?: HTTPGetAction;
  readonly tcpSocket?: TCPSocketAction;
}

const actions = ['httpGet', 'tcpSocket'] as const;

interface HandlerPlace {
  readonly path: Path;
  readonly of: (container: ContainerInPod['container']) => Handler | null | undefined;
}

const handlers: readonly HandlerPlace[] = [
  { path: ['livenessProbe'], of: ({ livenessProbe }) => livenessProbe },
  { path: ['readinessProbe'], of: ({ readinessProbe }) => readinessProbe },
  { path: ['startupProbe'], of: ({ startupProbe }) => startupProbe },
  { path: ['lifecycle', 'postStart'], of: ({ lifecycle }) => lifecycle?.postStart },
  { path: ['lifecycle', 'preStop'], of: ({ lifecycle }) => lifecycle?.preStop },
];

/** Refused at every version, though the Pod Security Standards refuse it from 1.34 on only. */
export const probeHost = {
  id: 'probe-host',
  subject: 'pod',
  title: 'Probes and hooks ask their own pod',
  severity: 'error',
  why:
    'The kubelet sends probes and hooks from the node, past NetworkPolicies: with a host of their own choosing an attacker who can write a pod makes it ask ' +
    'cloud metadata, the loopback of the node or any internal service, and learns from the status what answers.',
  fix: 'Leave host out; to send a Host header, set it in httpHeaders.',
  check: (pod, { target }) => {
    let found: Violation[] | undefined;
    for (const at of pod.containers) {
      for (const { path, of } of handlers) {
        const handler = of(at.container);
        if (isAbsent(handler)) continue;
        for (const action of actions) {
          const host = handler[action]?.host;
          if (!host) continue;
          found ??= [];
          found.push(
            violation(at, [...path, action, 'host'], {
              value: host,
              message: `${describe(at)} has the kubelet ask ${host} instead of the pod`,
              remedy: 'leave host out; set a Host header in httpHeaders if the application needs one',
              ...(target.isAtLeast('1.34') ? { podSecurity: 'baseline' as const } : {}),
            }),
          );
        }
      }
    }
    return found ?? NONE;
  },
} as const satisfies PodRule;
