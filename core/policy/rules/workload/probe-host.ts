import type { LifecycleHandler, ProbeHandler } from '../../../manifest/pod';
import type { Violation } from '../../finding';
import type { ContainerInPod, PodRule } from '../../rule';
import { describe, isAbsent, NONE, violation } from '../support';

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const hooks = ['postStart', 'preStop'] as const;
const actions = ['httpGet', 'tcpSocket'] as const;

type Handler = Pick<ProbeHandler & LifecycleHandler, (typeof actions)[number]>;

/** The hosts that a probe or a hook names, with the path to each. */
function hostsOf(
  handler: Handler | null | undefined,
  path: readonly string[],
): readonly (readonly [string, readonly string[]])[] {
  if (isAbsent(handler)) return [];
  return actions.flatMap((action) => {
    const host = handler[action]?.host;
    return host ? [[host, [...path, action, 'host']] as const] : [];
  });
}

function judge(at: ContainerInPod): readonly (readonly [string, readonly string[]])[] {
  const { container } = at;
  return [
    ...probes.flatMap((probe) => hostsOf(container[probe], [probe])),
    ...hooks.flatMap((hook) => hostsOf(container.lifecycle?.[hook], ['lifecycle', hook])),
  ];
}

function hasHandlers({ container }: ContainerInPod): boolean {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  return !isAbsent(livenessProbe) || !isAbsent(readinessProbe) || !isAbsent(startupProbe) || !isAbsent(lifecycle);
}

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
      if (!hasHandlers(at)) continue;
      for (const [host, path] of judge(at)) {
        found ??= [];
        found.push(
          violation(at, path, {
            value: host,
            message: `${describe(at)} has the kubelet ask ${host} instead of the pod`,
            remedy: 'leave host out; set a Host header in httpHeaders if the application needs one',
            ...(target.isAtLeast('1.34') ? { podSecurity: 'baseline' as const } : {}),
          }),
        );
      }
    }
    return found ?? NONE;
  },
} as const satisfies PodRule;
