import type { Container } from '../../../manifest/pod';
import { containers, type PodSymbol, pods } from '../../clause';
import { podRule } from '../../define';
import { and, choose, lacks, not, onTarget, text } from '../../expression/operators';
import type { Sym, Test } from '../../expression/symbol';
import { isWindows } from '../pod-conditions';

const remedy = 'set runAsUser and runAsGroup of the pod to the numbers that the image is made for, not 0';

/** Where ids are numbers, and ours to choose. */
function applies(pod: PodSymbol): Test {
  return and(
    onTarget((target) => target.emitsFixedIds),
    not(isWindows(pod)),
  );
}

function lacksId(id: 'runAsUser' | 'runAsGroup', { securityContext }: Sym<Container>, { spec }: PodSymbol): Test {
  return and(lacks(securityContext[id]), lacks(spec.securityContext[id]));
}

export const explicitIds = podRule({
  id: 'explicit-ids',
  title: 'User, group and fsGroup are written down',
  severity: 'warning',
  why:
    'Where the image decides, a new image can come back as another user, and a process whose group nobody set is in group 0, to which many images ' +
    'and volumes give write access.',
  fix: 'Set runAsUser, runAsGroup and fsGroup in the securityContext of the pod.',
  clauses: [
    pods.violation({
      when: (pod) => and(applies(pod), lacks(pod.spec.securityContext.fsGroup)),
      at: ({ spec }) => spec.securityContext.fsGroup,
      message: 'the pod does not say which group owns its volumes',
      remedy: 'set fsGroup to the group that the containers run as',
    }),
    containers.violation({
      when: (container, pod) => and(applies(pod), lacksId('runAsUser', container, pod)),
      at: ({ securityContext }) => securityContext.runAsUser,
      message: (container, pod) =>
        text`${container} does not say which ${choose(lacksId('runAsGroup', container, pod), 'user or group', 'user')} it runs as, so the image decides`,
      remedy,
    }),
    containers.violation({
      when: (container, pod) =>
        and(applies(pod), not(lacksId('runAsUser', container, pod)), lacksId('runAsGroup', container, pod)),
      at: ({ securityContext }) => securityContext.runAsGroup,
      message: (container) => text`${container} does not say which group it runs as, so the image decides`,
      remedy,
    }),
  ],
});
