import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, NONE, violation } from '../support';

const ofContainers = eachContainer((at, { spec }) => {
  const inherited = spec.securityContext;
  const own = at.container.securityContext;
  const noUser = isAbsent(own?.runAsUser ?? inherited?.runAsUser);
  const noGroup = isAbsent(own?.runAsGroup ?? inherited?.runAsGroup);
  if (!noUser && !noGroup) return undefined;
  const missing = noUser && noGroup ? 'user or group' : noUser ? 'user' : 'group';
  return violation(at, ['securityContext', noUser ? 'runAsUser' : 'runAsGroup'], {
    message: `${describe(at)} does not say which ${missing} it runs as, so the image decides`,
    remedy: 'set runAsUser and runAsGroup of the pod to the numbers that the image is made for, not 0',
  });
});

export const explicitIds = {
  id: 'explicit-ids',
  subject: 'pod',
  title: 'User, group and fsGroup are written down',
  severity: 'warning',
  why:
    'Where the image decides, a new image can come back as another user, and a process whose group nobody set is in group 0, to which many images ' +
    'and volumes give write access.',
  fix: 'Set runAsUser, runAsGroup and fsGroup in the securityContext of the pod.',
  check: (pod, context) => {
    if (pod.windows || !context.target.emitsFixedIds) return NONE;
    const found = ofContainers(pod, context);
    if (!isAbsent(pod.spec.securityContext?.fsGroup)) return found;
    return [
      violation(pod, ['securityContext', 'fsGroup'], {
        message: 'the pod does not say which group owns its volumes',
        remedy: 'set fsGroup to the group that the containers run as',
      }),
      ...found,
    ];
  },
} as const satisfies PodRule;
