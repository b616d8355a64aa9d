import { type JsonPatchOperation, pointerSegments } from '../../core/manifest/json-patch';
import { formatPath } from '../../core/manifest/path';
import { readInputs } from './inputs';
import { type JudgeOptions, judgeResource, type RuleOfOne } from './judge';

/** More fixes than any object needs: a fix that mends nothing must not go on for ever. */
const mostFixes = 1_000;

/**
 * Mends what the rule finds and a machine can mend, in place: Pulumi's proxies keep secrets secret and unknown values unknown.
 * @returns whether anything was changed
 */
export function remediate(
  rule: RuleOfOne,
  type: string,
  props: Record<string, unknown>,
  options: JudgeOptions,
): boolean {
  const tried = new Set<string>();
  for (let fixes = 0; fixes < mostFixes; fixes++) {
    const verdict = judgeResource(rule, type, readInputs(props), options);
    if ('reason' in verdict) return false;
    const next = verdict.findings.find(
      ({ fix, property = '', message }) => fix?.length && !tried.has(property + message),
    );
    if (next?.fix === undefined) return fixes > 0;
    tried.add((next.property ?? '') + next.message);
    for (const operation of next.fix) apply(props, operation);
  }
  return true;
}

/** The operations that fixes are made of. */
function apply(props: Record<string, unknown>, operation: JsonPatchOperation): void {
  const segments = pointerSegments(operation.path);
  const last = segments.at(-1) ?? '';
  const owner = segments.slice(0, -1).reduce<unknown>((node, step) => Reflect.get(node as object, step), props);
  if (typeof owner !== 'object' || owner === null)
    throw new TypeError(`a fix leads to ${formatPath(segments)}, where there is nothing`);
  if (operation.op === 'remove') {
    if (Array.isArray(owner)) owner.splice(Number(last), 1);
    else Reflect.deleteProperty(owner, last);
  } else if (operation.op === 'add' && Array.isArray(owner)) {
    owner.splice(last === '-' ? owner.length : Number(last), 0, operation.value);
  } else if (operation.op === 'add' || operation.op === 'replace') {
    Reflect.set(owner, last, operation.value);
  } else {
    throw new TypeError(`a fix that is a ${operation.op}`);
  }
}
