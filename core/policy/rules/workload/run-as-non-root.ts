import type { ClusterTarget } from '../../../cluster/target';
import type { Violation } from '../../finding';
import type { ContainerInPod, PodInObject, PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, isRelaxedByUserNamespace, violation } from '../support';

const remedy = 'set securityContext.runAsNonRoot of the pod to true, and leave it out of the containers';

/** The standard that refuses it: none in a user namespace from 1.35 on, where the rule itself still holds. */
function level(pod: PodInObject, target: ClusterTarget): Pick<Violation, 'podSecurity'> {
  return isRelaxedByUserNamespace(pod, target) ? {} : { podSecurity: 'restricted' };
}

function refuse(place: PodInObject | ContainerInPod, pod: PodInObject, target: ClusterTarget): Violation {
  return violation(place, ['securityContext', 'runAsNonRoot'], {
    value: false,
    message: `${describe(place)} says that it may run as root`,
    remedy,
    ...level(pod, target),
  });
}

const ofContainers = eachContainer((at, pod, { target }) => {
  const own = at.container.securityContext?.runAsNonRoot;
  if (own === true) return undefined;
  if (own === false) return refuse(at, pod, target);
  if (!isAbsent(pod.spec.securityContext?.runAsNonRoot)) return undefined;
  return violation(at, ['securityContext', 'runAsNonRoot'], {
    message: `${describe(at)} may run as root: neither it nor its pod sets runAsNonRoot`,
    remedy,
    ...level(pod, target),
  });
});

/** Stricter than the restricted standard, which allows root in a user namespace from 1.35 on. Windows pods are not exempt. */
export const runAsNonRoot = {
  id: 'run-as-non-root',
  subject: 'pod',
  title: 'No container may run as root',
  severity: 'error',
  why:
    'Root in a container is root to the kernel and to every volume: with one flaw in the runtime or the kernel an attacker is root on the node. ' +
    'Where runAsNonRoot is set, the kubelet does not start an image that would run as root.',
  fix: 'Set runAsNonRoot: true in the securityContext of the pod, and run the image as a numbered user other than 0.',
  check: (pod, context) => {
    const found = ofContainers(pod, context);
    return pod.spec.securityContext?.runAsNonRoot === false ? [refuse(pod, pod, context.target), ...found] : found;
  },
} as const satisfies PodRule;
