import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath } from '../manifest/path';
import { openingEndFault, openUntilAnnotation } from '../network/temporary';
import { bindingExpiryFault, expiresAnnotation } from '../rbac/break-glass';
import type { Finding } from './finding';
import type { DeclaredRule } from './rule';
import { accessExpiry } from './rules/declaration/access-expiry';
import { openingExpiry } from './rules/declaration/opening-expiry';

/** What is wrong with an end. */
type EndFault = Pick<Finding, 'value' | 'message' | 'remedy'>;

interface End {
  readonly rule: DeclaredRule;
  /** Where objects say it. */
  readonly annotation: string;
  readonly fault: (object: KubernetesObject, today: string) => EndFault | undefined;
}

const ends: readonly End[] = [
  { rule: accessExpiry, annotation: expiresAnnotation, fault: bindingExpiryFault },
  { rule: openingExpiry, annotation: openUntilAnnotation, fault: openingEndFault },
];

const none: readonly Finding[] = [];

/** Whether what has to end ends, and whether it has: by the day, since nothing else of the clock is known. */
export function checkEnds(object: KubernetesObject, today: string): readonly Finding[] {
  for (const { rule, annotation, fault } of ends) {
    const found = fault(object, today);
    // No object is of two of these kinds.
    if (found !== undefined) return [findingOf(found, rule, annotation, object)];
  }
  return none;
}

function findingOf(
  { value, message, remedy }: EndFault,
  { id: rule, severity }: DeclaredRule,
  annotation: string,
  object: KubernetesObject,
): Finding {
  const property = formatPath(['metadata', 'annotations', annotation]);
  const said = { ...(value !== undefined && { value }), message, remedy };
  return { rule, severity, object: formatIdentity(identityOf(object)), property, ...said };
}
