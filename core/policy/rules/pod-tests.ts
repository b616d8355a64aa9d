import type { PodSymbol } from '../clause';
import { and, is, isOneOf, onTarget } from '../expression/operators';
import type { Test } from '../expression/symbol';

/** True for a pod that says it runs on Windows: Linux-only settings do not apply to it. */
export function isWindows({ spec }: PodSymbol): Test {
  return is(spec.os.name, 'windows');
}

/** True where the Pod Security Standards ask less of a pod because it is in a user namespace of its own: from policy version 1.35 on. */
export function isRelaxedByUserNamespace({ spec }: PodSymbol): Test {
  return and(
    onTarget((target) => target.isAtLeast('1.35')),
    is(spec.hostUsers, false),
  );
}

/** True for a pod that ends by itself (a Job's, a CronJob's): nobody is sent to it, so it needs no readiness or drain. */
export function runsToCompletion({ spec }: PodSymbol): Test {
  return isOneOf(spec.restartPolicy, ['Never', 'OnFailure']);
}
