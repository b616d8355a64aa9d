import { toDnsLabel } from '../../manifest/names';
import { PodTemplateKinds } from '../../manifest/pod-template';
import { celVariable } from '../expression/cel';
import { celField, celLiteral } from '../expression/cel-text';
import {
  type AdmissionOptions,
  type CelCondition,
  type CompiledPolicy,
  compileRules,
  type EnforceableRule,
} from './admission';
import type { PolicyDraft } from './engine';
import { hasSubresources, kindsOf } from './match';

/** The prefix of the names of everything that is generated. */
export const policyPrefix = 'bulwark';

/** Compiles rules into one policy; undefined where nothing on the target breaks them. */
export function draftOf(
  name: string,
  rules: readonly EnforceableRule[],
  options: AdmissionOptions,
): PolicyDraft | undefined {
  const compiled = compileRules(rules, options);
  const { asked } = compiled;
  if (asked.length === 0) return undefined;
  const kinds = [
    ...new Set(asked.flatMap((rule) => kindsOf(rule, options.podTemplateKinds ?? PodTemplateKinds.builtIn))),
  ];
  return {
    name: toDnsLabel(`${policyPrefix}-${name}`),
    rules: asked,
    kinds,
    compiled,
    conditions: conditionsFor(kinds, compiled),
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

/** Metadata that rules read, and that whoever may update the object may change. */
const judgedMetadata = ['labels', 'annotations'] as const;

/**
 * What is left alone, whatever it holds: updates that change nothing that is judged, of objects that are on their way out (their
 * finalizers must come off), of pods (controllers label running ones, as under Pod Security admission) and by a subresource (controllers write
 * the status of what others made). The spec of a namespace is its finalizers alone. The old object is the server's
 * word and the new one is the word of who sends it; but a deletion, too, is asked for by users, and a finalizer of theirs
 * holds it up for as long as they like.
 */
function conditionsFor(kinds: readonly string[], compiled: CompiledPolicy): readonly CelCondition[] {
  const cel = [...compiled.variables, ...compiled.validations].map(({ expression }) => expression).join('\n');
  const read = judgedMetadata.filter((field) => cel.includes(celField(field)));
  const isLeftOut = kinds.includes('/Namespace')
    ? "(field in ['metadata', 'status'] || (field == 'spec' && object.kind == 'Namespace'))"
    : "field in ['metadata', 'status']";
  const unchanged = [
    `dyn(object).all(field, ${isLeftOut} || (field in dyn(oldObject) && dyn(object)[field] == dyn(oldObject)[field]))`,
    `dyn(oldObject).all(field, ${isLeftOut} || field in dyn(object))`,
    ...read.map((field) => {
      const [now, before] = ['object', 'oldObject'].map((each) => `dyn(${each}).metadata.?${field}.orValue({})`);
      return `${now} == ${before}`;
    }),
  ];
  const isDeleted = 'has(oldObject.metadata.deletionTimestamp)';
  const ways = [
    isDeleted,
    ...(kinds.includes('/Pod') ? ["object.kind == 'Pod'"] : []),
    ...(kinds.some((kind) => kind !== '/Pod' && hasSubresources(kind))
      ? ["request.?subResource.orValue('') != ''"]
      : []),
  ];
  const lenient = ways.length > 1 ? `(${ways.join(' || ')})` : isDeleted;
  return [
    {
      name: 'changes-what-is-judged',
      expression: `request.operation != 'UPDATE' || !${lenient} || !(${unchanged.join(' && ')})`,
    },
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
