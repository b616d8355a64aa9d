import { ClusterTarget } from '../../../../core/cluster';
import { apiGroup, type KubernetesObject } from '../../../../core/manifest';
import { type EnforceableRule, isEnforceable } from '../../../../core/policy/compile/admission';
import { kindsOf } from '../../../../core/policy/compile/match';
import { type EnforcementOptions, enforcementPolicies } from '../../../../core/policy/compile/policies';
import type { SelectedException } from '../../../../core/policy/exceptions/selector';
import { podIn } from '../../../../core/policy/pod-in';
import type { Rule } from '../../../../core/policy/rule';
import { ruleById, rules } from '../../../../core/policy/rules';
import { casesByRule } from '../parity/seeds';

const context = { target: ClusterTarget.of('1.36'), registries: ['registry.acme.example', 'docker.io/library'] };

/** An object, and of each rule that is about its kind whether it breaks it. */
export interface ToolCase {
  readonly object: KubernetesObject;
  readonly verdicts: ReadonlyMap<string, boolean>;
}

/** The objects of each rule's own cases, or one that breaks it and one that keeps it, each with a name of its own. */
export function toolCases(which: 'all' | 'few' = 'all'): readonly ToolCase[] {
  const { enforced } = toolPolicies({});
  const enforceable = (rules as readonly Rule[]).filter(isEnforceable).filter(({ id }) => enforced.includes(id));
  const cases = [...casesByRule().values()].map((all) =>
    which === 'all' ? all : [...all.slice(0, 1), ...all.slice(-1)],
  );
  const objects = new Map(cases.flat().map((object) => [JSON.stringify(object), object]));
  return [...objects.values()].flatMap((given, index) => {
    const namespace = given.metadata?.namespace ?? (isClusterScoped(given) ? undefined : 'default');
    const object = {
      ...given,
      metadata: { ...given.metadata, name: `case-${index}`, ...(namespace !== undefined && { namespace }) },
    };
    const verdicts = enforceable.flatMap((rule) => {
      const broken = isBroken(rule, object);
      return broken === undefined ? [] : [[rule.id, broken] as const];
    });
    // Cases hold constraints and policies, too, which the tools would take for theirs.
    const isTheirs = /(gatekeeper\.sh|kyverno\.io)\//.test(object.apiVersion);
    return isTheirs || verdicts.length === 0 ? [] : [{ object, verdicts: new Map(verdicts) }];
  });
}

function isClusterScoped({ kind }: KubernetesObject): boolean {
  return ['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'PersistentVolume'].includes(kind);
}

/** Undefined where the rule is not about such objects. */
function isBroken(rule: EnforceableRule, object: KubernetesObject): boolean | undefined {
  if (!kindsOf(rule).includes(`${apiGroup(object.apiVersion)}/${object.kind}`)) return undefined;
  if (rule.subject === 'object') return [...rule.check(object, context)].length > 0;
  const pod = podIn(object);
  return pod === undefined ? undefined : [...rule.check(pod, context)].length > 0;
}

/** The policies of an engine for those rules, or for all. */
export function toolPolicies({
  rules: ids,
  ...options
}: Omit<Partial<EnforcementOptions>, 'rules'> & { readonly rules?: readonly string[] }) {
  return enforcementPolicies({
    ...context,
    mode: 'deny',
    exemptNamespaces: [],
    today: '2026-11-21',
    ...(ids && { rules: ids.map((id) => ruleById(id) as Rule) }),
    ...options,
  });
}

const privileged = { securityContext: { privileged: true } };
const driver = { name: 'driver', image: 'registry.acme.example/drivers/gpu:1', ...privileged };
const api = { name: 'api', image: 'registry.acme.example/api:1', ...privileged };

function pod(name: string, namespace: string, containers: readonly object[], metadata: object = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, ...metadata }, spec: { containers } };
}

const waived = { rule: 'privileged', reason: 'loads the driver of the card', expires: '2027-03-31' };

/** Pods that administrators exempt, or do not; and what is refused all the same. */
export const exceptionCases: {
  readonly exceptions: readonly SelectedException[];
  readonly objects: readonly KubernetesObject[];
  readonly expected: readonly string[];
} = {
  exceptions: [
    { ...waived, selector: { namespace: 'gpu', container: 'driver', image: 'registry.acme.example/drivers/*' } },
    { ...waived, selector: { kind: 'Pod', namespace: 'storage', name: 'csi-*', labels: { app: 'csi' } } },
  ],
  objects: [
    pod('driver-waived', 'gpu', [driver]),
    pod('driver-elsewhere', 'shop', [driver]),
    pod('driver-and-more', 'gpu', [driver, api]),
    pod('csi-waived', 'storage', [api], { labels: { app: 'csi' } }),
    pod('csi-unlabelled', 'storage', [api]),
    pod('csi-elsewhere', 'shop', [api], { labels: { app: 'csi' } }),
    pod('annotated', 'shop', [api], {
      annotations: { 'exceptions.kube-bulwark.dev/privileged': 'I need it badly; expires 2027-03-31' },
    }),
    pod('foreign', 'shop', [{ name: 'api', image: 'ghcr.io/acme/api:1' }]),
  ],
  expected: [
    'image-allowed foreign',
    'privileged annotated',
    'privileged csi-elsewhere',
    'privileged csi-unlabelled',
    'privileged driver-and-more',
    'privileged driver-elsewhere',
  ],
};
