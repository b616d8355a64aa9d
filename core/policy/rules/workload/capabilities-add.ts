import type { PodRule } from '../../rule';
import { describe, eachEntry, violation } from '../support';

/** The capabilities that the baseline standard lets a container add: those that runtimes give by default, without NET_RAW. */
const baseline: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** The only one that the restricted standard lets a container add: it opens ports below 1024 and nothing else. */
const restricted = 'NET_BIND_SERVICE';

export const capabilitiesAdd = {
  id: 'capabilities-add',
  subject: 'pod',
  title: 'No container adds a capability but NET_BIND_SERVICE',
  severity: 'error',
  why:
    'Each capability is a part of root: SYS_ADMIN mounts file systems, SYS_PTRACE reads other processes, SYS_MODULE loads a kernel module, ' +
    'DAC_OVERRIDE reads every file. An attacker in the container has them too.',
  fix: 'Leave the capability out; run the process so that it does not need it (a port above 1023, files owned by its user).',
  check: eachEntry(
    (container) => container.securityContext?.capabilities?.add,
    (capability, index, at, pod) =>
      pod.windows || capability === restricted
        ? undefined
        : violation(at, ['securityContext', 'capabilities', 'add', index], {
            value: capability,
            message: `${describe(at)} adds the capability ${capability}`,
            remedy: `remove ${capability} from add; only ${restricted} can be added`,
            podSecurity: baseline.has(capability) ? 'restricted' : 'baseline',
          }),
  ),
} as const satisfies PodRule;
