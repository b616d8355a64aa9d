import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { today } from '../../constructs/app/today';
import type { ClusterTarget } from '../../core/cluster/target';
import type { Config } from '../../core/config/config';
import type { KubernetesObject } from '../../core/manifest/object';
import { writeManifests } from '../../core/manifest/yaml/write';
import { PolicyCompileError } from '../../core/policy/compile/compile-error';
import type { EnforcementMode, Engine } from '../../core/policy/compile/engine';
import { type EnforcementPolicies, enforcementPolicies, type PolicyGrouping } from '../../core/policy/compile/policies';
import type { Severity } from '../../core/policy/finding';
import type { FrameworkId } from '../../core/policy/frameworks';
import type { Rule } from '../../core/policy/rule';
import { nearestRuleId, ruleById } from '../../core/policy/rules';
import { plural } from '../../core/report/check-report';
import { configOf, registriesOf, targetOf } from '../check/settings';
import { type Command, refuseOperands, type Terminal, UsageError } from '../command';
import { reasonOf } from '../input/find-files';
import { describeOptions, type OptionValues, parseOptions } from '../options';
import { mutatingObjects } from '../policy/mutate';
import { policyOptions } from '../policy/options';

type Values = OptionValues<typeof policyOptions>;

/** `bulwark policy`: the rules as policies that the cluster enforces. */
export const policy: Command = {
  help: [
    'Usage: bulwark policy [options]',
    '',
    'Writes the rules as admission policies. Exceptions come from bulwark.yaml alone: what an object says of itself is never',
    'looked at. Start with --mode audit, read what would be refused, then deny.',
    '',
    '  bulwark policy --mode audit | kubectl apply -f -',
    '  bulwark policy --engine kyverno --mode deny --output policies/',
    '  bulwark policy --mutate | kubectl apply -f -',
    '',
    `${describeOptions(policyOptions)}`,
    'The policies go to standard output or to the folder, everything else to standard error.',
    'Exit codes: 0; 2 for a wrong command line or settings, and for what cannot be enforced: nothing is written then.',
    '',
  ].join('\n'),
  options: policyOptions,
  words: [],
  run: (args, terminal) => {
    const { values, operands } = parseOptions(policyOptions, args);
    refuseOperands('policy', operands);
    const { config } = configOf(values.config);
    const target = targetOf(values, config);
    const { objects, warnings, summary } = compiled(() =>
      values.mutate === true ? mutating(values, target) : validating(values, config, target),
    );
    for (const { property, message, remedy } of warnings)
      terminal.err(`bulwark: warning: ${property}: ${message}; ${remedy}\n`);
    if (values.output === undefined) terminal.out(writeManifests(objects));
    else writeFolder(values.output, objects, terminal);
    if (!values.quiet) terminal.err(`bulwark: ${summary}\n`);
    return 0;
  },
};

/** What is written, and what is said of it. */
interface Written {
  readonly objects: readonly KubernetesObject[];
  readonly warnings: EnforcementPolicies['warnings'];
  readonly summary: string;
}

/** What cannot be compiled is a wrong command line, or wrong settings. */
function compiled(write: () => Written): Written {
  try {
    return write();
  } catch (error) {
    if (error instanceof PolicyCompileError) throw new UsageError(error.message);
    throw error;
  }
}

function mutating(values: Values, target: ClusterTarget): Written {
  const objects = mutatingObjects(values, target);
  return { objects, warnings: [], summary: `safe defaults in ${objects.length} objects, Kubernetes ${target.version}` };
}

function validating(values: Values, config: Config, target: ClusterTarget): Written {
  const rules = values.rule?.map(ruleNamed);
  const frameworks =
    (values.framework as readonly FrameworkId[] | undefined) ?? (rules ? undefined : config.frameworks);
  const registries = registriesOf(values, config);
  const exempt = values['exempt-namespace'];
  const policies = enforcementPolicies({
    target,
    engine: values.engine as Engine | undefined,
    mode: values.mode as EnforcementMode | undefined,
    denyFrom: values['deny-from'] as Severity | undefined,
    group: values.group as PolicyGrouping | undefined,
    today: today(),
    params: values.params ?? false,
    podTemplateKinds: config.podTemplateKinds,
    exceptions: config.exceptions,
    ...(rules && { rules }),
    ...(frameworks && { frameworks }),
    ...(registries && { registries }),
    ...(exempt && { exemptNamespaces: exempt.filter((name) => name !== '') }),
    ...(values['admin-namespace'] !== undefined && { adminNamespace: values['admin-namespace'] }),
  });
  // Whoever names a rule wants it enforced.
  const missed = policies.left.filter(({ rule }) => values.rule?.includes(rule));
  if (missed.length > 0)
    throw new UsageError(missed.map(({ rule, reason }) => `${rule} cannot be enforced: ${reason}`).join('\n'));
  const { objects, warnings } = policies;
  return { objects, warnings, summary: summaryOf(policies, target, values) };
}

function ruleNamed(id: string): Rule {
  const rule = ruleById(id);
  if (rule !== undefined) return rule;
  const meant = nearestRuleId(id);
  throw new UsageError(
    `there is no rule '${id}'; ${meant === undefined ? "'bulwark rules' lists them" : `did you mean ${meant}?`}`,
  );
}

function summaryOf(
  { objects, enforced, left }: EnforcementPolicies,
  { version }: ClusterTarget,
  values: Values,
): string {
  const { engine = 'vap', mode = 'audit' } = values;
  const rest = left.length === 0 ? '' : `; ${left.length} rules are left out`;
  return `${plural(enforced.length, 'rule')} in ${plural(objects.length, 'object')} for ${engine}, mode ${mode}, Kubernetes ${version}${rest}`;
}

/** A file an object. What an earlier run left is named, and not removed: it may be somebody else's. */
function writeFolder(folder: string, objects: readonly KubernetesObject[], { err }: Terminal): void {
  const files = new Map(
    objects.map((object) => [`${object.kind.toLowerCase()}.${object.metadata?.name}.yaml`, writeManifests([object])]),
  );
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const others = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name) && !files.has(name));
    if (others.length > 0)
      err(`bulwark: warning: ${folder} holds what this run did not write; remove what is gone: ${others.join(', ')}\n`);
  } catch (error) {
    throw new UsageError(`${folder} could not be written: ${reasonOf(error)}`);
  }
}
