import type { KubernetesObject } from '../manifest/object';
import { breakGlassPrefix, expiresAnnotation, longestBreakGlass, momentPattern } from './break-glass';
import { rbacGroup } from './read';

const name = 'break-glass-ends';

/**
 * The API server's own policy that every binding to a role of break glass has an end, and soon: it knows the time by when the binding was made, so that
 * one that is over cannot be made again. It says nothing of what is deleted.
 *
 * @param maxHours how long after it was made a binding may end
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function breakGlassPolicy(maxHours = longestBreakGlass): readonly KubernetesObject[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const expires = 'timestamp(variables.expires)';
  const made = 'timestamp(object.metadata.creationTimestamp)';
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [rbacGroup],
              apiVersions: ['v1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['rolebindings', 'clusterrolebindings'],
            },
          ],
        },
        matchConditions: [{ name: 'break-glass', expression: `object.roleRef.name.startsWith('${breakGlassPrefix}')` }],
        variables: [
          { name: 'expires', expression: `object.metadata.?annotations[?'${expiresAnnotation}'].orValue('')` },
          { name: 'ends', expression: `variables.expires.matches('${momentPattern}')` },
        ],
        validations: [
          {
            expression: 'variables.ends',
            message: `a binding to a role of break glass says when it ends: annotation ${expiresAnnotation}, a whole minute as 2026-11-22T18:00:00Z`,
          },
          {
            expression: `!variables.ends || ${expires} > ${made}`,
            message: 'the end of this access has come: declare a new one, with a new end',
          },
          {
            expression: `!variables.ends || ${expires} - ${made} <= duration('${maxHours}h')`,
            message: `break-glass access ends within ${maxHours} hours after it was made`,
          },
        ],
      },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny', 'Audit'] },
    },
  ];
}
