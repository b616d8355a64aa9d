import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { messageOf } from '../message-of';
import type { Finding } from './finding';
import { ruleFailed } from './rules/declaration/rule-failed';

/**
 * What a check says, and that it could not be asked where the object is of no shape that Kubernetes takes.
 * @param what - of the object is judged: `validity`
 */
export function guarded(object: KubernetesObject, what: string, check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    return [unjudged(object, `its ${what} could not be judged`, error)];
  }
}

/** That something could not be asked of an object, or of all together. */
export function unjudged(object: KubernetesObject | undefined, what: string, error: unknown): Finding {
  const { id: rule, severity, fix: remedy } = ruleFailed;
  const message = `${what}: ${messageOf(error)}`;
  return { rule, severity, ...(object && { object: formatIdentity(identityOf(object)) }), message, remedy };
}
