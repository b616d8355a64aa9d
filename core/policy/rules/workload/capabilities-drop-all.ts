import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, violation } from '../support';

export const capabilitiesDropAll = {
  id: 'capabilities-drop-all',
  subject: 'pod',
  title: 'Every container drops all capabilities',
  severity: 'error',
  podSecurity: 'restricted',
  why:
    'The capabilities a container gets by default let root in it read every file (DAC_OVERRIDE), become any user (SETUID) and, with most runtimes, ' +
    'forge packets to poison its neighbours (NET_RAW).',
  fix: "Set capabilities.drop to ['ALL'], in capital letters, and add back NET_BIND_SERVICE alone if a port below 1024 is needed.",
  check: eachContainer((at, pod) => {
    if (pod.windows) return undefined;
    const drop = at.container.securityContext?.capabilities?.drop;
    if (!isAbsent(drop) && drop.includes('ALL')) return undefined;
    const misspelt = isAbsent(drop) ? undefined : drop.find((name) => String(name).toUpperCase() === 'ALL');
    return violation(at, ['securityContext', 'capabilities', 'drop'], {
      value: drop ?? undefined,
      message:
        misspelt === undefined
          ? `${describe(at)} does not drop all capabilities`
          : `${describe(at)} drops "${misspelt}", which the Pod Security Standards do not read as ALL`,
      remedy: "set drop to ['ALL']",
    });
  }),
} as const satisfies PodRule;
