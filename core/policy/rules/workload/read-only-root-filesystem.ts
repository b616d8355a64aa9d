import type { PodRule } from '../../rule';
import { describe, eachContainer, violation } from '../support';

export const readOnlyRootFilesystem = {
  id: 'read-only-root-filesystem',
  subject: 'pod',
  title: 'Every root file system is read-only',
  severity: 'error',
  why:
    'On a writable root an attacker drops tools, changes the application and its libraries, and stays until the container is replaced. ' +
    'Source: NSA/CISA Kubernetes Hardening Guide, "Immutable container file systems".',
  fix: 'Set readOnlyRootFilesystem: true and mount an emptyDir with a size limit where the process writes.',
  check: eachContainer((at, pod) => {
    if (pod.windows) return undefined;
    const value = at.container.securityContext?.readOnlyRootFilesystem;
    if (value === true) return undefined;
    return violation(at, ['securityContext', 'readOnlyRootFilesystem'], {
      value: value ?? undefined,
      message: `${describe(at)} can write to its root file system`,
      remedy: 'set readOnlyRootFilesystem to true and declare the paths it writes to as writable',
    });
  }),
} as const satisfies PodRule;
