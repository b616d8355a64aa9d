import type { PodSecurityLevel } from '../finding';
import type { Framework } from './framework';
import { baselineControls } from './pss-baseline';

/** A check of this level that takes the place of one of the level below: it refuses what that refuses, too. */
const levels: readonly PodSecurityLevel[] = ['baseline', 'restricted'];

export const pssRestricted: Framework = {
  id: 'pss-restricted',
  title: 'Pod Security Standards, restricted (with all of baseline), as the version of the target has them',
  url: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  controls: [
    ...baselineControls,
    {
      id: 'allowPrivilegeEscalation',
      title: 'Privilege escalation',
      rules: ['privilege-escalation'],
      levels: ['restricted'],
    },
    {
      id: 'capabilities_restricted',
      title: 'Capabilities',
      rules: ['capabilities-drop-all', 'capabilities-add'],
      levels,
    },
    { id: 'seccompProfile_restricted', title: 'Seccomp', rules: ['seccomp-profile'], levels },
    { id: 'runAsNonRoot', title: 'Running as non-root', rules: ['run-as-non-root'], levels: ['restricted'] },
    { id: 'runAsUser', title: 'Running as a user other than root', rules: ['run-as-user'], levels: ['restricted'] },
    { id: 'restrictedVolumes', title: 'Volume types', rules: ['volume-types', 'host-path-volumes'], levels },
    { id: 'procMount_restricted', title: '/proc mount type', rules: ['proc-mount'], levels },
  ],
};
