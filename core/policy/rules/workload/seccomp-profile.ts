import { containers, inSecurityContexts } from '../../clause';
import { podRule } from '../../define';
import { and, choose, has, isOneOf, lacks, not, text } from '../../expression/operators';
import { isWindows } from '../pod-conditions';

const remedy = "set securityContext.seccompProfile.type of the pod to 'RuntimeDefault', and leave the containers' out";

/**
 * As the Pod Security Standards have it from 1.19 on, when the field replaced the annotations: a container's own profile
 * counts before the pod's, and a bad one of the pod is refused even where every container has a good one.
 */
export const seccompProfile = podRule({
  id: 'seccomp-profile',
  title: 'Every container runs under a seccomp profile',
  severity: 'error',
  why:
    'Unconfined, which is the default, leaves all of the 300 and more system calls of the kernel to an attacker, among them those that ' +
    'most breakouts needed (unshare, keyctl, userfaultfd, bpf). RuntimeDefault refuses them, and applications seldom notice.',
  fix: "Set securityContext.seccompProfile.type of the pod to 'RuntimeDefault', or to 'Localhost' with a profile of your own.",
  clauses: [
    ...inSecurityContexts({
      when: ({ seccompProfile }, _owner, pod) =>
        and(
          has(seccompProfile),
          not(isOneOf(seccompProfile.type, ['RuntimeDefault', 'Localhost'])),
          not(isWindows(pod)),
        ),
      at: ({ seccompProfile }) => seccompProfile.type,
      message: ({ seccompProfile: { type } }, owner) =>
        text`${owner} sets the seccomp profile ${choose(has(type), type, 'without a type')}`,
      remedy,
      podSecurity: 'baseline',
      fix: { set: 'RuntimeDefault' },
    }),
    containers.violation({
      when: ({ securityContext }, pod) =>
        and(lacks(securityContext.seccompProfile), lacks(pod.spec.securityContext.seccompProfile), not(isWindows(pod))),
      at: ({ securityContext }) => securityContext.seccompProfile,
      message: (container) => text`${container} has no seccomp profile, and its pod sets none`,
      remedy,
      podSecurity: 'restricted',
      fix: { set: { type: 'RuntimeDefault' } },
    }),
  ],
});
