import { ClusterTarget } from '../../../../core/cluster';
import { apiGroup, type KubernetesObject } from '../../../../core/manifest';
import type { AdmissionOptions, EnforceableRule } from '../../../../core/policy/compile/admission';
import { draftOf } from '../../../../core/policy/compile/draft';
import { kindsOf } from '../../../../core/policy/compile/match';
import { vap } from '../../../../core/policy/compile/vap';
import { podIn } from '../../../../core/policy/pod-in';
import type { Answer, ControlPlane } from '../../../support/control-plane';

/** So many rules are asked about in a request: what a response can carry of warnings is bounded. */
const rulesPerRequest = 12;

/** How often the server refused and accepted by a rule, different objects counted once. */
export interface Tally {
  refused: number;
  accepted: number;
}

/** Asks the closures of rules and an API server's admission policies, and keeps where they differ. */
export class ParityOracle {
  readonly groups: readonly (readonly EnforceableRule[])[];
  readonly tally: ReadonlyMap<string, Tally>;
  readonly differences: string[] = [];
  /** Why objects were not taken by the server at all, and how often. */
  readonly turnedAway = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #contexts = new Map<EnforceableRule, AdmissionOptions>();

  constructor(
    private readonly cluster: ControlPlane,
    readonly rules: readonly EnforceableRule[],
    private readonly context: AdmissionOptions,
  ) {
    this.groups = Array.from({ length: Math.ceil(rules.length / rulesPerRequest) }, (_, i) =>
      rules.slice(i * rulesPerRequest, (i + 1) * rulesPerRequest),
    );
    this.tally = new Map(rules.map(({ id }) => [id, { refused: 0, accepted: 0 }]));
  }

  get verdicts(): number {
    return this.#seen.size;
  }

  /** The policies and bindings, each group of them about objects of one label, with names and messages that are short. */
  policies(): readonly KubernetesObject[] {
    return this.groups.flatMap((group, i) => group.flatMap((rule) => this.#policiesOf(rule, i)));
  }

  /** What a rule is asked with: for what nothing breaks elsewhere, on OpenShift. */
  #contextOf(rule: EnforceableRule): AdmissionOptions {
    const known = this.#contexts.get(rule);
    if (known !== undefined) return known;
    const { version } = this.context.target;
    const isAsked = draftOf(rule.id, [rule], this.context) !== undefined;
    const target = isAsked ? this.context.target : ClusterTarget.of(version, { distribution: 'openshift' });
    const context = { ...this.context, target };
    this.#contexts.set(rule, context);
    return context;
  }

  #policiesOf(rule: EnforceableRule, group: number): readonly KubernetesObject[] {
    const context = this.#contextOf(rule);
    const draft = draftOf(rule.id, [rule], context);
    const settings = { ...context, exemptNamespaces: [], params: false, adminNamespace: 'kube-system' };
    const [policy, binding] = draft === undefined ? [] : vap.write({ ...draft, mode: 'warn' }, settings);
    if (policy === undefined || binding === undefined) throw new Error(`${rule.id} compiles to no policy`);
    const spec = policy.spec as { readonly validations: readonly { readonly expression: string }[] };
    const policyName = `p-${rule.id}`;
    const matchResources = { objectSelector: { matchLabels: { 'bulwark-parity': `g${group}` } } };
    const validations = spec.validations.map(({ expression }) => ({ expression, message: 'no' }));
    return [
      { ...policy, metadata: { name: policyName }, spec: { ...spec, validations } },
      {
        ...binding,
        metadata: { name: policyName },
        spec: { policyName, validationActions: ['Warn'], matchResources },
      },
    ];
  }

  /** Whether the closure refuses the object; undefined where the rule is not about such objects. */
  closureVerdict(rule: EnforceableRule, object: KubernetesObject): boolean | undefined {
    if (!kindsOf(rule).includes(`${apiGroup(object.apiVersion)}/${object.kind}`)) return undefined;
    if (rule.subject === 'object') return [...rule.check(object, this.#contextOf(rule))].length > 0;
    const pod = podIn(object);
    return pod === undefined ? undefined : [...rule.check(pod, this.#contextOf(rule))].length > 0;
  }

  /**
   * Compares the verdicts of a group's rules on an object.
   * @param write how the server is given the object. @default - it is created, as a dry run
   * @returns false where the server does not take it
   */
  async compare(
    object: KubernetesObject,
    group: number,
    write: (labelled: KubernetesObject) => Promise<Answer<unknown>> = (labelled) =>
      this.cluster.client.create(labelled, { dryRun: true }),
  ): Promise<boolean> {
    const asked = (this.groups[group] ?? []).filter((rule) => this.closureVerdict(rule, object) !== undefined);
    if (asked.length === 0) return true;
    const labels = { ...object.metadata?.labels, 'bulwark-parity': `g${group}` };
    const answer = await write({ ...object, metadata: { ...object.metadata, labels } });
    if (answer.status !== 201 && answer.status !== 200) {
      const reason = answer.message.replace(/"[^"]*"/g, '…').slice(0, 90);
      this.turnedAway.set(reason, (this.turnedAway.get(reason) ?? 0) + 1);
      return false;
    }
    const broken = new Set(
      answer.warnings.flatMap((warning) => /ValidatingAdmissionPolicy 'p-([^']+)'/.exec(warning)?.[1] ?? []),
    );
    for (const warning of answer.warnings.filter((text) => / resulted in error: /.test(text)))
      this.differences.push(`${warning}\n  ${JSON.stringify(object)}`);
    for (const rule of asked) this.#compareRule(rule, object, answer.body as KubernetesObject, broken.has(rule.id));
    return true;
  }

  #compareRule(rule: EnforceableRule, written: KubernetesObject, stored: KubernetesObject, server: boolean): void {
    const verdicts = {
      written: this.closureVerdict(rule, written),
      stored: this.closureVerdict(rule, stored),
      server,
    };
    if (verdicts.written !== server || verdicts.stored !== server)
      this.differences.push(`${rule.id} ${JSON.stringify(verdicts)}\n  ${JSON.stringify(written)}`);
    const { name: _name, namespace: _namespace, ...metadata } = written.metadata ?? {};
    const key = `${rule.id} ${JSON.stringify({ ...written, metadata })}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const count = this.tally.get(rule.id);
    if (count) count[server ? 'refused' : 'accepted']++;
  }

  /** The rules that have been seen to refuse, or to accept, too seldom. */
  rare(least: number): readonly { readonly rule: EnforceableRule; readonly group: number }[] {
    return this.groups.flatMap((rules, group) =>
      rules
        .filter(({ id }) => {
          const { refused = 0, accepted = 0 } = this.tally.get(id) ?? {};
          return refused < least || accepted < least;
        })
        .map((rule) => ({ rule, group })),
    );
  }
}
