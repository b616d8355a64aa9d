import type { DeclaredRule } from '../../rule';

export const apparmorMissing = {
  id: 'apparmor-missing',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Every pod has an AppArmor profile where nodes can have one',
  severity: 'info',
  why:
    'Without a profile the container may mount and write where seccomp and capabilities let it; one more step ' +
    'of a breakout is open.',
  fix:
    'Declare the capability of the nodes in the target where every node has AppArmor (Ubuntu, Debian, SUSE, ' +
    'Container-Optimized OS).',
} as const satisfies DeclaredRule;
