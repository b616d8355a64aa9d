import { containers } from '../../clause';
import { podRule } from '../../define';
import { and, includes, is, not, some, text, upperCase } from '../../expression/operators';
import { isWindows } from '../pod-conditions';

export const capabilitiesDropAll = podRule({
  id: 'capabilities-drop-all',
  title: 'Every container drops all capabilities',
  severity: 'error',
  podSecurity: 'restricted',
  why:
    'The capabilities a container gets by default let root in it read every file (DAC_OVERRIDE), become any user (SETUID) and, with most runtimes, ' +
    'forge packets to poison its neighbours (NET_RAW).',
  fix: "Set capabilities.drop to ['ALL'], in capital letters, and add back NET_BIND_SERVICE alone if a port below 1024 is needed.",
  clauses: [
    containers.violation({
      when: ({ securityContext: { capabilities } }, pod) =>
        and(not(some(capabilities.drop, (name) => is(upperCase(name), 'ALL'))), not(isWindows(pod))),
      at: ({ securityContext }) => securityContext.capabilities.drop,
      message: (container) => text`${container} does not drop all capabilities`,
      remedy: "set drop to ['ALL']",
      fix: { set: ['ALL'] },
    }),
    containers
      .each(({ securityContext }) => securityContext.capabilities.drop)
      .violation({
        when: (name, { securityContext }, pod) =>
          and(is(upperCase(name), 'ALL'), not(includes(securityContext.capabilities.drop, 'ALL')), not(isWindows(pod))),
        at: (_name, { securityContext }) => securityContext.capabilities.drop,
        message: (name, container) =>
          text`${container} drops "${name}", which the Pod Security Standards do not read as ALL`,
        remedy: "set drop to ['ALL']",
        fix: { set: ['ALL'] },
      }),
  ],
});
