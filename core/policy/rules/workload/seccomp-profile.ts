import type { SeccompProfile } from '../../../manifest/pod';
import type { Violation } from '../../finding';
import type { ContainerInPod, PodInObject, PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, NONE, violation } from '../support';

const remedy = "set securityContext.seccompProfile.type of the pod to 'RuntimeDefault', and leave the containers' out";

function isGood(profile: SeccompProfile): boolean {
  return profile.type === 'RuntimeDefault' || profile.type === 'Localhost';
}

function refuse(place: PodInObject | ContainerInPod, profile: SeccompProfile): Violation {
  return violation(place, ['securityContext', 'seccompProfile', 'type'], {
    value: profile.type,
    message: `${describe(place)} sets the seccomp profile ${profile.type ?? 'without a type'}`,
    remedy,
    podSecurity: 'baseline',
  });
}

const ofContainers = eachContainer((at, pod) => {
  const own = at.container.securityContext?.seccompProfile;
  if (!isAbsent(own)) return isGood(own) ? undefined : refuse(at, own);
  if (!isAbsent(pod.spec.securityContext?.seccompProfile)) return undefined;
  return violation(at, ['securityContext', 'seccompProfile'], {
    message: `${describe(at)} has no seccomp profile, and its pod sets none`,
    remedy,
    podSecurity: 'restricted',
  });
});

/**
 * As the Pod Security Standards have it from 1.19 on, when the field replaced the annotations: a container's own profile
 * counts before the pod's, and a bad one of the pod is refused even where every container has a good one.
 */
export const seccompProfile = {
  id: 'seccomp-profile',
  subject: 'pod',
  title: 'Every container runs under a seccomp profile',
  severity: 'error',
  why:
    'Unconfined, which is the default, leaves all of the 300 and more system calls of the kernel to an attacker, among them those that ' +
    'most breakouts needed (unshare, keyctl, userfaultfd, bpf). RuntimeDefault refuses them, and applications seldom notice.',
  fix: "Set securityContext.seccompProfile.type of the pod to 'RuntimeDefault', or to 'Localhost' with a profile of your own.",
  check: (pod, context) => {
    if (pod.windows) return NONE;
    const own = pod.spec.securityContext?.seccompProfile;
    const found = ofContainers(pod, context);
    return isAbsent(own) || isGood(own) ? found : [refuse(pod, own), ...found];
  },
} as const satisfies PodRule;
