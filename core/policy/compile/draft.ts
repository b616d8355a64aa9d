import { toDnsLabel } from '../../manifest/names';
import { PodTemplateKinds } from '../../manifest/pod-template';
import { celVariable } from '../expression/cel';
import { celLiteral } from '../expression/cel-text';
import { type AdmissionOptions, type CelCondition, compileRules, type EnforceableRule } from './admission';
import type { PolicyDraft } from './engine';
import { kindsOf } from './match';

/** The prefix of the names of everything that is generated. */
export const policyPrefix = 'bulwark';

/** Compiles rules into one policy; undefined where nothing on the target breaks them. */
export function draftOf(
  name: string,
  rules: readonly EnforceableRule[],
  options: AdmissionOptions,
): PolicyDraft | undefined {
  const compiled = compileRules(rules, options);
  if (compiled.validations.length === 0) return undefined;
  const kinds = [
    ...new Set(rules.flatMap((rule) => kindsOf(rule, options.podTemplateKinds ?? PodTemplateKinds.builtIn))),
  ];
  return {
    name: toDnsLabel(`${policyPrefix}-${name}`),
    rules,
    kinds,
    compiled,
    conditions: conditionsFor(kinds),
    readsRegistries: compiled.variables.some((variable) => variable.name === celVariable.registries),
  };
}

const rbacGroup = 'rbac.authorization.k8s.io';

/**
 * Who keeps Kubernetes' own roles: the API server writes them at each start, and a controller gathers the rules of aggregated ones. They
 * grant what our rules refuse (`cluster-admin` is a wildcard), and where they cannot be written an upgrade leaves the control plane without
 * its permissions. Never by the name of a role: whoever may create ClusterRoles may call one `system:anything`. User names are the
 * authenticator's word; who may impersonate these users, or sign their certificates, is an administrator.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation
 */
const roleKeepers = [
  'system:apiserver',
  'system:kube-controller-manager',
  'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
];

/** What is left alone, whatever it holds. The old object is the server's word; the new one is the word of who sends it. */
function conditionsFor(kinds: readonly string[]): readonly CelCondition[] {
  return [
    {
      // Finalizers must come off whatever the object looks like.
      name: 'not-being-deleted',
      expression: "request.operation != 'UPDATE' || !has(oldObject.metadata.deletionTimestamp)",
    },
    ...(kinds.includes('/Pod')
      ? [
          {
            // Controllers label running pods, and take finalizers off finished ones. Pod Security admission leaves these alone, too.
            name: 'not-a-pod-as-it-was',
            expression:
              "request.operation != 'UPDATE' || object.kind != 'Pod' || dyn(object).spec != dyn(oldObject).spec",
          },
        ]
      : []),
    ...(kinds.some((kind) => kind.startsWith(`${rbacGroup}/`))
      ? [
          {
            name: 'not-the-keepers-of-roles',
            expression: `request.resource.group != '${rbacGroup}' || !(request.?userInfo.?username.orValue('') in [${roleKeepers.map(celLiteral).join(', ')}])`,
          },
        ]
      : []),
  ];
}
