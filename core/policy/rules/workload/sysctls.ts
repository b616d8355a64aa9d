import type { KubernetesVersion } from '../../../cluster/version';
import { pods } from '../../clause';
import { podRule } from '../../define';
import { and, has, isOneOf, not, ofTarget, text } from '../../expression/operators';

/** Sysctls that touch the pod's own namespaces only, by the policy version that allows them first. */
const safe: readonly { readonly since: KubernetesVersion; readonly names: readonly string[] }[] = [
  {
    since: '1.28',
    names: [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ping_group_range',
      'net.ipv4.ip_unprivileged_port_start',
      'net.ipv4.ip_local_reserved_ports',
    ],
  },
  {
    since: '1.29',
    names: [
      'net.ipv4.tcp_keepalive_time',
      'net.ipv4.tcp_fin_timeout',
      'net.ipv4.tcp_keepalive_intvl',
      'net.ipv4.tcp_keepalive_probes',
    ],
  },
  { since: '1.32', names: ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'] },
  { since: '1.37', names: ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'] },
];

const safeNames = safe.flatMap(({ names }) => names);

const remedy = 'leave it out, or set it on the nodes';

const sysctlsOfPod = pods.each(({ spec }) => spec.securityContext.sysctls);

export const sysctls = podRule({
  id: 'sysctls',
  title: 'Pods set safe sysctls only',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'The other sysctls are not kept apart by namespaces, or not well: a pod that sets them changes the kernel under its neighbours, ' +
    'exhausts the node or weakens its network.',
  fix: `Leave it out, or set it on the node; safe are ${safeNames.join(', ')}, as far as the target's version has them.`,
  clauses: [
    sysctlsOfPod.violation({
      when: ({ name }) => and(has(name), not(isOneOf(name, safeNames))),
      at: ({ name }) => name,
      message: ({ name }) => text`the pod sets the sysctl ${name}, which is not among the safe ones`,
      remedy,
    }),
    ...safe.map(({ since, names }) =>
      sysctlsOfPod.violation({
        when: ({ name }) => isOneOf(name, (target) => (target.isAtLeast(since) ? [] : names)),
        at: ({ name }) => name,
        message: ({ name }) =>
          text`the pod sets the sysctl ${name}, which the Pod Security Standards allow from Kubernetes ${since} on (the target is ${ofTarget((target) => target.version)})`,
        remedy,
      }),
    ),
  ],
});
