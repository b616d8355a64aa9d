import type { ClusterTarget } from '../../../cluster/target';
import type { KubernetesVersion } from '../../../cluster/version';
import { inSecurityContexts } from '../../clause';
import { podRule } from '../../define';
import { and, isFilled, isOneOf, not, text } from '../../expression/operators';

/** The types of containers that are confined, and the policy version that allows each. */
const types: readonly (readonly [type: string, since: KubernetesVersion])[] = [
  ['container_t', '1.28'],
  ['container_init_t', '1.28'],
  ['container_kvm_t', '1.28'],
  ['container_engine_t', '1.31'],
];

const typesOn = (target: ClusterTarget) => types.filter(([, since]) => target.isAtLeast(since)).map(([type]) => type);

export const selinuxOptions = podRule({
  id: 'selinux-options',
  title: 'No container leaves its SELinux confinement',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'A type such as spc_t is not confined: SELinux, which has stopped breakouts that nothing else stopped, no longer applies. ' +
    'Another user or role reaches files of the node.',
  fix: 'Leave user and role out, and use a type for containers or none.',
  clauses: [
    ...inSecurityContexts({
      when: ({ seLinuxOptions }) => isFilled(seLinuxOptions.user),
      at: ({ seLinuxOptions }) => seLinuxOptions.user,
      message: ({ seLinuxOptions }, owner) => text`${owner} sets the SELinux user ${seLinuxOptions.user}`,
      remedy: 'leave user out',
      fix: 'remove',
    }),
    ...inSecurityContexts({
      when: ({ seLinuxOptions: { type } }) => and(isFilled(type), not(isOneOf(type, typesOn))),
      at: ({ seLinuxOptions }) => seLinuxOptions.type,
      message: ({ seLinuxOptions }, owner) => text`${owner} sets the SELinux type ${seLinuxOptions.type}`,
      remedy: `leave type out, or use ${types.map(([type]) => type).join(', ')} (container_engine_t from Kubernetes 1.31 on)`,
      fix: 'remove',
    }),
    ...inSecurityContexts({
      when: ({ seLinuxOptions }) => isFilled(seLinuxOptions.role),
      at: ({ seLinuxOptions }) => seLinuxOptions.role,
      message: ({ seLinuxOptions }, owner) => text`${owner} sets the SELinux role ${seLinuxOptions.role}`,
      remedy: 'leave role out',
      fix: 'remove',
    }),
  ],
});
