import type { DeclaredRule } from '../../rule';

export const supplementalGroups = {
  id: 'supplemental-groups',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'No groups of the image are added unseen',
  severity: 'info',
  why:
    "Under the default policy the runtime adds the groups that the image's own /etc/group gives the user: who " +
    'builds the image gives itself access to files of volumes.',
  fix: 'Declare the capability of the nodes in the target (containerd 2 or CRI-O 1.31).',
} as const satisfies DeclaredRule;
