import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath } from '../manifest/path';
import { bindingExpiryFault, expiresAnnotation } from '../rbac/break-glass';
import type { Finding } from './finding';
import { accessExpiry } from './rules/declaration/access-expiry';

const property = formatPath(['metadata', 'annotations', expiresAnnotation]);
const none: readonly Finding[] = [];

/** Whether a binding that has to end ends, and whether it has: by the day, since nothing else of the clock is known. */
export function checkAccess(object: KubernetesObject, today: string): readonly Finding[] {
  const fault = bindingExpiryFault(object, today);
  if (fault === undefined) return none;
  const { isOver, ...rest } = fault;
  const { id: rule, severity } = accessExpiry;
  return [{ rule, severity, object: formatIdentity(identityOf(object)), property, ...rest }];
}
