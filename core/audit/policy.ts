import { writeYaml } from '../manifest/yaml/write';
import { type AuditDecision, auditDecision } from './evaluate';
import type { AuditFault } from './fault';
import { auditFaults } from './faults';
import { guardRules, type RecommendedAuditOptions, recommendedRules } from './recommended';
import type { AuditLevel, AuditPolicySpec, AuditRequest, AuditRule } from './rule';

/**
 * An audit policy: how much the API server logs of which request.
 *
 *     AuditPolicy.recommended({ sensitive: [{ group: 'example.com', resources: ['credentials'] }] })
 *       .with({ level: 'None', users: ['system:serviceaccount:monitoring:prometheus'], verbs: ['get'], nonResourceURLs: ['/metrics'] });
 *
 * It does not throw for what is wrong with it: `faults` says everything at once, and a control plane is not made with any.
 */
export class AuditPolicy {
  /**
   * Never the bodies of Secrets, ConfigMaps and tokens; exec, attach, port-forward, ephemeral containers and every change to access,
   * admission and APIs in full; other writes with what came of them; all else by its metadata, without what programs do all day.
   */
  static recommended(options: RecommendedAuditOptions = {}): AuditPolicy {
    const guards = guardRules(options.sensitive);
    const spec = { omitStages: ['RequestReceived'], omitManagedFields: true } as const;
    return new AuditPolicy({ ...spec, rules: [...guards, ...recommendedRules(options)] }, guards.length);
  }

  /** A policy of these rules alone. */
  static of(spec: AuditPolicySpec): AuditPolicy {
    return new AuditPolicy(spec, 0);
  }

  #faults: readonly AuditFault[] | undefined;

  private constructor(
    readonly spec: AuditPolicySpec,
    /** How many rules at the front stay there. */
    private readonly guards: number,
  ) {}

  /** The same with rules that go before its own, in this order; what is never logged with bodies stays before them. */
  with(...rules: readonly AuditRule[]): AuditPolicy {
    const { guards, spec } = this;
    const all = [...spec.rules.slice(0, guards), ...rules, ...spec.rules.slice(guards)];
    return new AuditPolicy({ ...spec, rules: all }, guards);
  }

  /**
   * Everything that is wrong with it: an unknown level, stage, verb or field, what can match nothing, a rule whose requests earlier ones
   * all take, a rule that would log bodies that hold secrets, and what gives power or hands out secrets and is not logged at all.
   */
  get faults(): readonly AuditFault[] {
    this.#faults ??= auditFaults(this.spec);
    return this.#faults;
  }

  /** What the API server says of a request. */
  decide(request: AuditRequest): AuditDecision {
    return auditDecision(this.spec, request);
  }

  /** The level that a request is logged at. */
  levelOf(request: AuditRequest): AuditLevel {
    return this.decide(request).level;
  }

  /** The Policy, as kube-apiserver reads it from a file. */
  toObject(): { readonly apiVersion: 'audit.k8s.io/v1'; readonly kind: 'Policy' } & AuditPolicySpec {
    const { omitStages, omitManagedFields, rules } = this.spec;
    return { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages, omitManagedFields, rules };
  }

  toYaml(): string {
    return writeYaml(this.toObject());
  }
}
