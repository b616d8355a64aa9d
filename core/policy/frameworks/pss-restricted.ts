import type { Framework } from './framework';
import { baselineControls } from './pss-baseline';

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
      level: 'restricted',
    },
    {
      id: 'capabilities_restricted',
      title: 'Capabilities',
      rules: ['capabilities-drop-all', 'capabilities-add'],
      level: 'restricted',
    },
    { id: 'seccompProfile_restricted', title: 'Seccomp', rules: ['seccomp-profile'], level: 'restricted' },
    { id: 'runAsNonRoot', title: 'Running as non-root', rules: ['run-as-non-root'], level: 'restricted' },
    { id: 'runAsUser', title: 'Running as a user other than root', rules: ['run-as-user'], level: 'restricted' },
    { id: 'restrictedVolumes', title: 'Volume types', rules: ['volume-types'], level: 'restricted' },
    { id: 'procMount_restricted', title: '/proc mount type', rules: ['proc-mount'], level: 'restricted' },
  ],
};
