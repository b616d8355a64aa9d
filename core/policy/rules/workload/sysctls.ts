import type { KubernetesVersion } from '../../../cluster/version';
import type { Violation } from '../../finding';
import type { PodRule } from '../../rule';
import { isAbsent, NONE, violation } from '../support';

/** Sysctls that touch the pod's own namespaces only, and the policy version that allows each. */
const safe: ReadonlyMap<string, KubernetesVersion> = new Map<string, KubernetesVersion>([
  ['kernel.shm_rmid_forced', '1.28'],
  ['net.ipv4.ip_local_port_range', '1.28'],
  ['net.ipv4.tcp_syncookies', '1.28'],
  ['net.ipv4.ping_group_range', '1.28'],
  ['net.ipv4.ip_unprivileged_port_start', '1.28'],
  ['net.ipv4.ip_local_reserved_ports', '1.28'],
  ['net.ipv4.tcp_keepalive_time', '1.29'],
  ['net.ipv4.tcp_fin_timeout', '1.29'],
  ['net.ipv4.tcp_keepalive_intvl', '1.29'],
  ['net.ipv4.tcp_keepalive_probes', '1.29'],
  ['net.ipv4.tcp_rmem', '1.32'],
  ['net.ipv4.tcp_wmem', '1.32'],
  ['net.ipv4.tcp_slow_start_after_idle', '1.37'],
  ['net.ipv4.tcp_notsent_lowat', '1.37'],
]);

export const sysctls = {
  id: 'sysctls',
  subject: 'pod',
  title: 'Pods set safe sysctls only',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'The other sysctls are not kept apart by namespaces, or not well: a pod that sets them changes the kernel under its neighbours, ' +
    'exhausts the node or weakens its network.',
  fix: `Leave it out, or set it on the node; safe are ${[...safe.keys()].join(', ')}, as far as the target's version has them.`,
  check: (pod, { target }) => {
    const entries = pod.spec.securityContext?.sysctls;
    if (isAbsent(entries)) return NONE;
    let found: Violation[] | undefined;
    for (let index = 0; index < entries.length; index++) {
      const name = entries[index]?.name;
      if (isAbsent(name)) continue;
      const since = safe.get(name);
      if (since !== undefined && target.isAtLeast(since)) continue;
      found ??= [];
      found.push(
        violation(pod, ['securityContext', 'sysctls', index, 'name'], {
          value: name,
          message:
            since === undefined
              ? `the pod sets the sysctl ${name}, which is not among the safe ones`
              : `the pod sets the sysctl ${name}, which the Pod Security Standards allow from Kubernetes ${since} on (the target is ${target.version})`,
          remedy: 'leave it out, or set it on the nodes',
        }),
      );
    }
    return found ?? NONE;
  },
} as const satisfies PodRule;
