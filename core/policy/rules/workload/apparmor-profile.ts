import { appArmorPrefix } from '../../../manifest/profile-annotation';
import type { Violation } from '../../finding';
import type { PodInObject, PodRule } from '../../rule';
import { describe, eachSecurityContext, isAbsent, NONE, violation } from '../support';

const allowedTypes: readonly unknown[] = ['RuntimeDefault', 'Localhost'];

const inFields = eachSecurityContext(({ appArmorProfile }, place) =>
  isAbsent(appArmorProfile) || allowedTypes.includes(appArmorProfile.type)
    ? undefined
    : violation(place, ['securityContext', 'appArmorProfile', 'type'], {
        value: appArmorProfile.type,
        message: `${describe(place)} sets the AppArmor profile ${appArmorProfile.type ?? 'without a type'}`,
        remedy: 'set type to RuntimeDefault or Localhost, or leave appArmorProfile out',
      }),
);

function inAnnotations({ annotations, path }: PodInObject): readonly Violation[] {
  let found: Violation[] | undefined;
  for (const key in annotations) {
    if (!key.startsWith(appArmorPrefix)) continue;
    const profile = annotations[key];
    if (isAbsent(profile) || profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/'))
      continue;
    const container = key.slice(appArmorPrefix.length);
    found ??= [];
    found.push({
      path: [...path.slice(0, -1), 'metadata', 'annotations', key],
      container,
      value: profile,
      message: `an annotation gives container "${container}" the AppArmor profile ${profile}`,
      remedy: 'set it to runtime/default or localhost/<profile>, or remove the annotation',
    });
  }
  return found ?? NONE;
}

export const apparmorProfile = {
  id: 'apparmor-profile',
  subject: 'pod',
  title: 'No container leaves its AppArmor profile',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'Unconfined takes away the profile that keeps a container from mounting file systems and from writing to /proc and /sys, ' +
    'the ordinary steps of a breakout.',
  fix: 'Use RuntimeDefault or a Localhost profile, in the field or (before Kubernetes 1.30) in the annotation.',
  check: (pod, context) => {
    const annotated = inAnnotations(pod);
    const set = inFields(pod, context);
    return annotated === NONE ? set : [...set, ...annotated];
  },
} as const satisfies PodRule;
