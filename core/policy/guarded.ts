import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Finding } from './finding';
import { ruleFailed } from './rules/declaration/rule-failed';

/** What a check says, and that it could not be asked where the object is of no shape that Kubernetes takes. */
export function judged(object: KubernetesObject, check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    return [unjudged(object, 'its validity could not be judged', error)];
  }
}

/** That something could not be asked of an object, or of all together. */
export function unjudged(object: KubernetesObject | undefined, what: string, error: unknown): Finding {
  const { id: rule, severity, fix: remedy } = ruleFailed;
  const message = `${what}: ${error instanceof Error ? error.message : String(error)}`;
  return { rule, severity, ...(object && { object: formatIdentity(identityOf(object)) }), message, remedy };
}
