import { containers, inSecurityContexts } from '../../clause';
import { podRule } from '../../define';
import { and, is, lacks, text } from '../../expression/operators';
import { isRelaxedByUserNamespace } from '../pod-conditions';

const remedy = 'set securityContext.runAsNonRoot of the pod to true, and leave it out of the containers';

/** Stricter than the restricted standard, which allows root in a user namespace from 1.35 on. Windows pods are not exempt. */
export const runAsNonRoot = podRule({
  id: 'run-as-non-root',
  title: 'No container may run as root',
  severity: 'error',
  why:
    'Root in a container is root to the kernel and to every volume: with one flaw in the runtime or the kernel an attacker is root on the node. ' +
    'Where runAsNonRoot is set, the kubelet does not start an image that would run as root.',
  fix: 'Set runAsNonRoot: true in the securityContext of the pod, and run the image as a numbered user other than 0.',
  clauses: [
    ...inSecurityContexts({
      when: ({ runAsNonRoot }) => is(runAsNonRoot, false),
      at: ({ runAsNonRoot }) => runAsNonRoot,
      message: (_context, owner) => text`${owner} says that it may run as root`,
      remedy,
      podSecurity: 'restricted',
      relaxed: (_context, _owner, pod) => isRelaxedByUserNamespace(pod),
    }),
    containers.violation({
      when: ({ securityContext }, { spec }) =>
        and(lacks(securityContext.runAsNonRoot), lacks(spec.securityContext.runAsNonRoot)),
      at: ({ securityContext }) => securityContext.runAsNonRoot,
      message: (container) => text`${container} may run as root: neither it nor its pod sets runAsNonRoot`,
      remedy,
      podSecurity: 'restricted',
      relaxed: (_container, pod) => isRelaxedByUserNamespace(pod),
    }),
  ],
});
