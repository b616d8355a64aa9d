import { AuditPolicy, type AuditRule } from '../../core/audit';
import type { ControlPlaneFault } from '../../core/control-plane';
import type { PlainArgs } from './plain-args';

/** The audit policy of the arguments, and the place of the first rule that they give. */
export function policyOf({ sensitive = [], rules = [] }: Pick<PlainArgs, 'sensitive' | 'rules'>): {
  readonly policy: AuditPolicy;
  readonly first: number;
} {
  const own = rules as readonly unknown[] as readonly AuditRule[];
  const policy = AuditPolicy.recommended({ sensitive }).with(...own);
  const [rule] = own;
  return { policy, first: rule === undefined ? policy.spec.rules.length : policy.spec.rules.indexOf(rule) };
}

/** A fault of the policy by the rules of the arguments; of any other setting undefined. */
export function policyFault(
  args: Pick<PlainArgs, 'sensitive' | 'rules'>,
  of: ControlPlaneFault,
): ControlPlaneFault | undefined {
  const [, place, rest = ''] = /^audit\.policy\.rules\[(\d+)\](.*)$/.exec(of.property) ?? [];
  if (place === undefined) return undefined;
  const { first } = policyOf(args);
  const { length } = args.rules ?? [];
  const at = Number(place) - first;
  const called = (number: string): string => {
    const own = Number(number) - first;
    if (own < 0) return 'one of those that keep secrets out';
    return own < length ? `rules[${own}]` : 'a recommended one';
  };
  const texts = {
    message: of.message.replace(/rules\[(\d+)\]/g, (_, number: string) => called(number)),
    remedy: of.remedy.replace(/rules\[(\d+)\]/g, (_, number: string) => called(number)),
  };
  if (at >= 0 && at < length) return { ...of, ...texts, property: `rules[${at}]${rest}` };
  if (at < 0) return { ...of, ...texts, property: 'sensitive' };
  const reason = texts.message.slice(Math.max(0, texts.message.indexOf('can never match')));
  return { property: 'rules', ...texts, message: `rules that are recommended ${reason}` };
}
