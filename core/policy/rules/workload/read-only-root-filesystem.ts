import { containers } from '../../clause';
import { podRule } from '../../define';
import { and, is, not, text } from '../../expression/operators';
import { isWindows } from '../pod-conditions';

export const readOnlyRootFilesystem = podRule({
  id: 'read-only-root-filesystem',
  title: 'Every root file system is read-only',
  severity: 'error',
  why:
    'On a writable root an attacker drops tools, changes the application and its libraries, and stays until the container is replaced. ' +
    'Source: NSA/CISA Kubernetes Hardening Guide, "Immutable container file systems".',
  fix: 'Set readOnlyRootFilesystem: true and mount an emptyDir with a size limit where the process writes.',
  clauses: [
    containers.violation({
      when: ({ securityContext }, pod) =>
        and(not(is(securityContext.readOnlyRootFilesystem, true)), not(isWindows(pod))),
      at: ({ securityContext }) => securityContext.readOnlyRootFilesystem,
      message: (container) => text`${container} can write to its root file system`,
      remedy:
        'set readOnlyRootFilesystem to true, and mount an emptyDir with a sizeLimit over each path that it writes to',
    }),
  ],
});
