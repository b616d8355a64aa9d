import type { Container } from '../../../manifest/pod';
import { containers } from '../../clause';
import { podRule } from '../../define';
import { and, isOneOf, not, text } from '../../expression/operators';
import type { Sym, Value } from '../../expression/symbol';
import { isWindows } from '../pod-conditions';

/** The capabilities that the baseline standard lets a container add, and the restricted one does not: those that runtimes give by default, without NET_RAW. */
const baseline = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
] as const;

/** The only one that the restricted standard lets a container add: it opens ports below 1024 and nothing else. */
const restricted = 'NET_BIND_SERVICE';

const added = containers.each(({ securityContext }) => securityContext.capabilities.add);

const message = (capability: Value<string>, container: Sym<Container>) =>
  text`${container} adds the capability ${capability}`;

const remedy = (capability: Value<string>) => text`remove ${capability} from add; only ${restricted} can be added`;

export const capabilitiesAdd = podRule({
  id: 'capabilities-add',
  title: 'No container adds a capability but NET_BIND_SERVICE',
  severity: 'error',
  why:
    'Each capability is a part of root: SYS_ADMIN mounts file systems, SYS_PTRACE reads other processes, SYS_MODULE loads a kernel module, ' +
    'DAC_OVERRIDE reads every file. An attacker in the container has them too.',
  fix: 'Leave the capability out; run the process so that it does not need it (a port above 1023, files owned by its user).',
  clauses: [
    added.violation({
      when: (capability, _container, pod) => and(isOneOf(capability, baseline), not(isWindows(pod))),
      at: (capability) => capability,
      message,
      remedy,
      podSecurity: 'restricted',
    }),
    added.violation({
      when: (capability, _container, pod) =>
        and(not(isOneOf(capability, [restricted, ...baseline])), not(isWindows(pod))),
      at: (capability) => capability,
      message,
      remedy,
      podSecurity: 'baseline',
    }),
  ],
});
