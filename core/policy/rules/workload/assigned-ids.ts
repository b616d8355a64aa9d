import { inSecurityContexts, pods } from '../../clause';
import { podRule } from '../../define';
import { and, has, onTarget, text } from '../../expression/operators';

const isAssigned = onTarget(({ emitsFixedIds }) => !emitsFixedIds);
const remedy =
  "leave it out, and the cluster assigns one; or bind another SCC to the pod's ServiceAccount, and except this";

/** @see https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html */
export const assignedIds = podRule({
  id: 'assigned-ids',
  title: 'Where the cluster assigns users and groups, pods choose none',
  severity: 'warning',
  why:
    'On OpenShift restricted-v2 admits a user or fsGroup from the range of the namespace alone, which keeps tenants apart on shared nodes and volumes. ' +
    'A pod with another is not made, until somebody gives its account an SCC that admits any user, and so what is not needed.',
  fix: 'Leave runAsUser and fsGroup out of manifests for OpenShift.',
  clauses: [
    pods.violation({
      when: ({ spec }) => and(isAssigned, has(spec.securityContext.fsGroup)),
      at: ({ spec }) => spec.securityContext.fsGroup,
      message: 'the pod chooses its fsGroup, which restricted-v2 admits only from the range of its namespace',
      remedy,
    }),
    ...inSecurityContexts({
      when: ({ runAsUser }) => and(isAssigned, has(runAsUser)),
      at: ({ runAsUser }) => runAsUser,
      message: (_context, owner) =>
        text`${owner} chooses its user, which restricted-v2 admits only from the range of its namespace`,
      remedy,
    }),
  ],
});
