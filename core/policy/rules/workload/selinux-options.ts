import type { KubernetesVersion } from '../../../cluster/version';
import type { SELinuxOptions } from '../../../manifest/pod';
import type { Violation } from '../../finding';
import type { ContainerInPod, PodInObject, PodRule } from '../../rule';
import { describe, eachSecurityContext, isAbsent, violation } from '../support';

/** The types of containers that are confined, and the policy version that allows each. */
const types: ReadonlyMap<string, KubernetesVersion> = new Map<string, KubernetesVersion>([
  ['container_t', '1.28'],
  ['container_init_t', '1.28'],
  ['container_kvm_t', '1.28'],
  ['container_engine_t', '1.31'],
]);

function refuse(
  place: PodInObject | ContainerInPod,
  options: SELinuxOptions,
  key: 'user' | 'role' | 'type',
): Violation {
  return violation(place, ['securityContext', 'seLinuxOptions', key], {
    value: options[key],
    message: `${describe(place)} sets the SELinux ${key} ${options[key]}`,
    remedy:
      key === 'type'
        ? `leave type out, or use ${[...types.keys()].join(', ')} (container_engine_t from Kubernetes 1.31 on)`
        : `leave ${key} out`,
  });
}

export const selinuxOptions = {
  id: 'selinux-options',
  subject: 'pod',
  title: 'No container leaves its SELinux confinement',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'A type such as spc_t is not confined: SELinux, which has stopped breakouts that nothing else stopped, no longer applies. ' +
    'Another user or role reaches files of the node.',
  fix: 'Leave user and role out, and use a type for containers or none.',
  check: eachSecurityContext(({ seLinuxOptions: options }, place, _pod, { target }) => {
    if (isAbsent(options)) return undefined;
    if (options.user) return refuse(place, options, 'user');
    if (options.role) return refuse(place, options, 'role');
    if (!options.type) return undefined;
    const since = types.get(options.type);
    return since !== undefined && target.isAtLeast(since) ? undefined : refuse(place, options, 'type');
  }),
} as const satisfies PodRule;
