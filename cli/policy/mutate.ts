import type { ClusterTarget } from '../../core/cluster/target';
import type { KubernetesObject } from '../../core/manifest/object';
import { mutatingAdmissionPolicy } from '../../core/policy/compile/mutating';
import { systemNamespaces } from '../../core/policy/compile/policies';
import { UsageError } from '../command';
import type { OptionValues } from '../options';
import type { policyOptions } from './options';

type Values = OptionValues<typeof policyOptions>;

/** Options about rules and what is refused: a policy that sets defaults has no use for them. */
const ofRules = [
  'mode',
  'deny-from',
  'group',
  'rule',
  'framework',
  'registry',
  'params',
  'admin-namespace',
] as const satisfies readonly (keyof Values)[];

/**
 * The policy that sets safe defaults, with its binding.
 * @throws UsageError for options that say nothing to it, and for another engine
 * @throws PolicyCompileError where the target's API server does not serve such policies
 */
export function mutatingObjects(values: Values, target: ClusterTarget): readonly KubernetesObject[] {
  const faults: string[] = [];
  const useless = ofRules.filter((name) => values[name] !== undefined).map((name) => `--${name}`);
  if (useless.length > 0)
    faults.push(`--mutate sets defaults, and refuses nothing: leave out ${useless.join(', ')}, or --mutate`);
  const { engine = 'vap', 'exempt-namespace': exempt = systemNamespaces } = values;
  if (engine !== 'vap')
    faults.push(`--mutate writes a policy of the API server itself, and none for ${engine}: leave out --engine`);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return mutatingAdmissionPolicy({ target, exemptNamespaces: exempt.filter((name) => name !== '') });
}
