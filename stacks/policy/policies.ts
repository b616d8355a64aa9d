import type {
  EnforcementLevel,
  PolicyConfigSchema,
  PolicyResource,
  Severity as PulumiSeverity,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from '@pulumi/policy';
import { today as thisDay } from '../../constructs/app/today';
import type { ClusterTarget } from '../../core/cluster/target';
import { groupBy } from '../../core/group-by';
import type { PodTemplateKinds } from '../../core/manifest/pod-template';
import { evaluate } from '../../core/policy/evaluate';
import { rulesWaivedBy } from '../../core/policy/exception';
import type { ExceptionSelector, SelectedException } from '../../core/policy/exceptions/selector';
import type { Finding, Severity } from '../../core/policy/finding';
import { type FrameworkId, rulesOf } from '../../core/policy/frameworks';
import type { Rule } from '../../core/policy/rule';
import { rules as everyRule, unaskedWithout } from '../../core/policy/rules';
import { asksOf, ofTheStack } from './declared';
import { readInputs, touch } from './inputs';
import { type JudgeOptions, judgeResource, type RuleOfOne } from './judge';
import { remediate } from './remediate';
import { objectOf } from './resource';

/** What a policy pack is made for. */
export interface PolicyPackOptions {
  readonly target: ClusterTarget;
  /** The repositories that images may come from. @default - not known: image-allowed is no policy of the pack */
  readonly registries?: readonly string[];
  /** @default - every rule of kube-bulwark */
  readonly rules?: readonly Rule[];
  /** Only the rules of these frameworks become policies. @default - all */
  readonly frameworks?: readonly FrameworkId[];
  /** Besides those in annotations of the objects, and those of the pack's configuration. @default - none */
  readonly exceptions?: readonly SelectedException[];
  /** @default - Kubernetes' own kinds; pod templates in custom kinds are looked for */
  readonly podTemplateKinds?: PodTemplateKinds;
  /** What findings of each severity do. @default - an error is mandatory, all others are advisory */
  readonly enforcement?: Readonly<Partial<Record<Severity, EnforcementLevel>>>;
  /** The day against which exceptions expire, as `YYYY-MM-DD`. @default - today, in UTC */
  readonly today?: () => string;
}

const enforcementOf: Readonly<Record<Severity, EnforcementLevel>> = {
  error: 'mandatory',
  warning: 'advisory',
  info: 'advisory',
};

const severityOf: Readonly<Record<Severity, PulumiSeverity>> = { error: 'high', warning: 'medium', info: 'low' };

/** The rules as policies of a Pulumi policy pack, one a rule: of resources, and of the stack where only all objects tell. */
export function bulwarkPolicies(
  options: PolicyPackOptions,
): readonly (ResourceValidationPolicy | StackValidationPolicy)[] {
  const { rules = everyRule as readonly Rule[], frameworks = [], registries } = options;
  const demanded = rulesOf(frameworks);
  return rules
    .filter(({ id }) => frameworks.length === 0 || demanded.has(id))
    .filter((rule) => unaskedWithout(registries, rule) === undefined)
    .flatMap((rule): (ResourceValidationPolicy | StackValidationPolicy)[] => {
      if (rule.subject === 'set') return [stackPolicy(rule, options)];
      return rule.subject !== 'declaration' || rule.answeredBy === 'object' ? [resourcePolicy(rule, options)] : [];
    });
}

function resourcePolicy(rule: RuleOfOne, options: PolicyPackOptions): ResourceValidationPolicy {
  return {
    ...described(rule, options),
    validateResource: (args, report) => {
      const inputs = readInputs(args.props);
      const verdict = judgeResource(rule, args.type, inputs, settingsOf(rule, options, args.getConfig()));
      if ('reason' in verdict) return args.notApplicable(verdict.reason);
      // A policy has one level: what is merely told may not stop what a rule otherwise refuses.
      for (const finding of verdict.findings)
        if (finding.severity !== 'info' || rule.severity === 'info') report(sentence(finding));
      const [first] = verdict.open;
      // Pulumi reports it as advice, whatever the level of the policy.
      if (first !== undefined) touch(args.props, first);
    },
    ...(isMendable(rule) && {
      remediateResource: (args) => {
        const settings = settingsOf(rule, options, args.getConfig());
        return remediate(rule, args.type, args.props, settings) ? args.props : undefined;
      },
    }),
  };
}

function stackPolicy(rule: Rule, options: PolicyPackOptions): StackValidationPolicy {
  return {
    ...described(rule, options),
    validateStack: (args, report) => {
      const resources = args.resources.map((resource) => ({ ...resource, inputs: readInputs(resource.props) }));
      const objects = resources.flatMap((resource) => {
        const read = objectOf(resource.type, resource.inputs.known);
        return 'reason' in read ? [] : [{ resource, object: read.object }];
      });
      for (const { resource } of objects) {
        const [open] = asksOf(ofTheStack, rule.id, resource.inputs.unknown);
        if (open !== undefined) touch(resource.props, open);
      }
      const settings = settingsOf(rule, options, args.getConfig());
      // In another cluster, the same names are other objects.
      for (const beside of groupBy(objects, ({ resource }) => clusterOf(resource)).values()) {
        const evaluated = beside.map(({ object }) => ({ object }));
        for (const finding of evaluate(evaluated, { ...settings, rules: [rule] }).findings) {
          if (finding.rule !== rule.id) continue;
          const owner = beside.find(({ object: { kind, metadata } }) => {
            const { of } = finding;
            return of?.kind === kind && of.name === metadata?.name && of.namespace === metadata?.namespace;
          });
          report(sentence(finding), owner?.resource.urn);
        }
      }
    },
  };
}

/** What its provider says of the cluster that a resource is in: several providers may be of one. */
function clusterOf({ provider }: PolicyResource): string {
  if (provider === undefined) return '';
  try {
    const { kubeconfig, context, cluster } = provider.props;
    return JSON.stringify([kubeconfig, context, cluster]);
  } catch {
    // Not known until the update.
    return provider.urn;
  }
}

function described(rule: Rule, { enforcement }: PolicyPackOptions) {
  return {
    name: rule.id,
    displayName: rule.title,
    // Pulumi writes it above each violation.
    description: `${rule.title}.`,
    severity: severityOf[rule.severity],
    enforcementLevel: enforcement?.[rule.severity] ?? enforcementOf[rule.severity],
    remediationSteps: rule.fix,
    configSchema,
  };
}

/** Whether a machine can mend some of what the rule finds. */
function isMendable(rule: Rule): boolean {
  return 'clauses' in rule && rule.clauses?.some(({ fix }) => fix !== undefined) === true;
}

const text = { type: 'string' } as const;

/** What the configuration of the pack may say of each policy, besides its enforcement level. */
const configSchema: PolicyConfigSchema = {
  properties: {
    exceptions: {
      type: 'array',
      description: 'Where the rule may be broken, why, and until when.',
      items: {
        type: 'object',
        properties: {
          reason: { ...text, minLength: 10 },
          expires: { ...text, pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
          ticket: text,
          kind: text,
          namespace: text,
          name: text,
          container: text,
          image: text,
          labels: { type: 'object', additionalProperties: text },
        },
        required: ['reason', 'expires'],
        additionalProperties: false,
      },
    },
  },
};

interface PolicyConfig {
  readonly exceptions?: readonly (ExceptionSelector & Omit<SelectedException, 'rule' | 'selector'>)[];
}

function settingsOf(rule: Rule, options: PolicyPackOptions, config: PolicyConfig): JudgeOptions {
  const { target, registries, podTemplateKinds, exceptions = [], today } = options;
  const configured = (config.exceptions ?? []).map(({ reason, expires, ticket, ...selector }) => ({
    rule: rule.id,
    reason,
    expires,
    ...(ticket !== undefined && { ticket }),
    selector,
  }));
  return {
    target,
    ...(registries && { registries }),
    ...(podTemplateKinds && { podTemplateKinds }),
    exceptions: [
      ...exceptions
        .filter((exception) => rulesWaivedBy(exception).includes(rule.id))
        .map((exception) => ({ ...exception, rule: rule.id })),
      ...configured,
    ],
    today: today?.() ?? thisDay(),
  };
}

/** A finding in one line: the object, the property, its value, what is wrong and how to mend it. */
function sentence({ rule, object, property, value, message, remedy }: Finding): string {
  const seen = value === undefined ? '' : ` = ${JSON.stringify(value)}`;
  const place = property === undefined ? '' : `${property}${seen}: `;
  return `${object === undefined ? '' : `${object}: `}${place}${message}; ${remedy} [${rule}]`;
}
