import { Construct } from 'constructs';
import type { ClusterTarget } from '../../core/cluster';
import type { PodTemplateKinds } from '../../core/manifest';
import { PolicyCompileError } from '../../core/policy/compile/compile-error';
import type { EnforcementMode, Engine } from '../../core/policy/compile/engine';
import { type EnforcementPolicies, enforcementPolicies, type PolicyGrouping } from '../../core/policy/compile/policies';
import type { SelectedException } from '../../core/policy/exceptions/selector';
import type { Severity } from '../../core/policy/finding';
import type { FrameworkId } from '../../core/policy/frameworks';
import type { Rule } from '../../core/policy/rule';
import type { RuleId } from '../../core/policy/rules';
import { rules as everyRule } from '../../core/policy/rules';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import { platformOf } from '../app/platform-of';
import { anything, clusterScopeOf, flag, list, type Shapes, takeProps, text } from '../app/shape';

/** What a cluster enforces of the rules. */
export interface AdmissionPoliciesProps {
  /** What evaluates the policies; `vap` is the API server itself, from Kubernetes 1.30. @default 'vap' */
  readonly engine?: Engine;
  /** What happens to an object that breaks a rule: `audit` writes it down, `warn` also tells who applies it, `deny` refuses it. @default 'audit' */
  readonly mode?: EnforcementMode;
  /** The least severity that is denied in mode `deny`: what is milder is warned of. @default 'error' */
  readonly denyFrom?: Severity;
  /** A policy a rule, or one for the rules about the same objects. @default 'rule' */
  readonly group?: PolicyGrouping;
  /** Namespaces that are left alone. @default - kube-system, kube-public and kube-node-lease */
  readonly exemptNamespaces?: readonly string[];
  /** Only these rules: ids of ours, or rules of one's own. @default - all that the cluster can enforce */
  readonly rules?: readonly (RuleId | Rule)[];
  /** Only the rules of these frameworks. @default - all */
  readonly frameworks?: readonly FrameworkId[];
  /** Where images may come from. @default - the app's registries */
  readonly registries?: readonly string[];
  /** Keeps the registries where administrators change them without new policies: a ConfigMap; of Gatekeeper, the constraint. @default false */
  readonly params?: boolean;
  /** Where that ConfigMap, and Kyverno's exceptions, are kept. Only administrators may write there. @default - kube-system; of Kyverno, kyverno */
  readonly adminNamespace?: string;
  /** What administrators waive, by selectors. What objects say of themselves is never looked at. @default - nothing */
  readonly exceptions?: readonly SelectedException[];
}

const shapes: Shapes<AdmissionPoliciesProps> = {
  engine: text,
  mode: text,
  denyFrom: text,
  group: text,
  exemptNamespaces: list(text),
  rules: list(anything),
  frameworks: list(text),
  registries: list(text),
  params: flag,
  adminNamespace: text,
  exceptions: list(anything),
};

/** What an app says of itself, for its policies. */
interface PolicyPlatform {
  readonly target: ClusterTarget;
  readonly registries: readonly string[];
  readonly podTemplateKinds: PodTemplateKinds;
  readonly today: string;
}

/**
 * The rules that the app is checked by, as policies that its cluster enforces. They belong to an app of the cluster's administrators.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class AdmissionPolicies extends Construct {
  /** The ids of the rules that are enforced. */
  readonly enforced: readonly string[];
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: AdmissionPoliciesProps = {}) {
    super(clusterScopeOf(scope, id, 'AdmissionPolicies'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<AdmissionPoliciesProps>(shapes, given ?? {});
    const { policies, faults: others } = compiled(props, platformOf(this));
    this.#faults = [...faults, ...others];
    this.enforced = policies?.enforced ?? [];
    for (const { apiVersion, kind, metadata = {}, ...body } of policies?.objects ?? []) {
      const { name = '', namespace, labels = {}, annotations = {} } = metadata;
      new ManifestObject(this, `${kind}-${name}`, {
        apiVersion,
        kind,
        metadata: { name, ...(namespace !== undefined && { namespace }), labels, annotations },
        namespaced: namespace !== undefined,
        body: () => body,
      });
    }
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }
}

function compiled(
  { rules, registries, ...props }: AdmissionPoliciesProps,
  { target, registries: ofApp, podTemplateKinds, today }: PolicyPlatform,
): { readonly policies?: EnforcementPolicies; readonly faults: readonly DeclarationFault[] } {
  const chosen = rules?.map((rule) => (typeof rule === 'string' ? everyRule.find(({ id }) => id === rule) : rule));
  const unknown = chosen?.flatMap((rule, i) => (rule === undefined ? [String(rules?.[i])] : [])) ?? [];
  if (unknown.length > 0)
    return {
      faults: unknown.map((id) => ({
        rule: 'prop-valid',
        property: 'rules',
        value: id,
        message: `there is no rule ${JSON.stringify(id)}`,
        remedy: "name rules as 'bulwark rules' lists them",
      })),
    };
  try {
    const policies = enforcementPolicies({
      ...props,
      target,
      podTemplateKinds,
      today,
      registries: registries ?? ofApp,
      ...(chosen && { rules: chosen.filter((rule) => rule !== undefined) }),
    });
    const warnings = policies.warnings.map(
      (warning): DeclarationFault => ({ rule: 'prop-valid', severity: 'warning', ...warning }),
    );
    return { policies, faults: warnings };
  } catch (error) {
    if (!(error instanceof PolicyCompileError)) throw error;
    return { faults: error.faults.map((fault): DeclarationFault => ({ rule: 'prop-valid', ...fault })) };
  }
}
