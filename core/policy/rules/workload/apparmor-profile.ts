import type { Container } from '../../../manifest/pod';
import { appArmorPrefix } from '../../../manifest/profile-annotation';
import { containers, inSecurityContexts, type PodSymbol } from '../../clause';
import { podRule } from '../../define';
import { and, choose, entryOf, has, is, isFilled, isOneOf, not, startsWith, text } from '../../expression/operators';
import type { Sym, Value } from '../../expression/symbol';

/** The profile that an annotation of the pod gives the container: what Kubernetes had before 1.30, and still reads. */
function annotated({ name }: Sym<Container>, { metadata }: PodSymbol): Value<string> {
  return entryOf(metadata.annotations, text`${appArmorPrefix}${name}`);
}

export const apparmorProfile = podRule({
  id: 'apparmor-profile',
  title: 'No container leaves its AppArmor profile',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'Unconfined takes away the profile that keeps a container from mounting file systems and from writing to /proc and /sys, ' +
    'the ordinary steps of a breakout.',
  fix: 'Use RuntimeDefault or a Localhost profile, in the field or (before Kubernetes 1.30) in the annotation.',
  clauses: [
    ...inSecurityContexts({
      when: ({ appArmorProfile }) =>
        and(has(appArmorProfile), not(isOneOf(appArmorProfile.type, ['RuntimeDefault', 'Localhost']))),
      at: ({ appArmorProfile }) => appArmorProfile.type,
      message: ({ appArmorProfile }, owner) =>
        text`${owner} sets the AppArmor profile ${choose(has(appArmorProfile.type), appArmorProfile.type, 'without a type')}`,
      remedy: 'set type to RuntimeDefault or Localhost, or leave appArmorProfile out',
    }),
    containers.violation({
      when: (container, pod) => {
        const profile = annotated(container, pod);
        return and(isFilled(profile), not(is(profile, 'runtime/default')), not(startsWith(profile, 'localhost/')));
      },
      at: annotated,
      message: (container, pod) =>
        text`an annotation gives ${container} the AppArmor profile ${annotated(container, pod)}`,
      remedy: 'set it to runtime/default or localhost/<profile>, or remove the annotation',
    }),
  ],
});
