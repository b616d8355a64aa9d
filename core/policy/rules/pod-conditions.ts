import type { Container, Volume } from '../../manifest/pod';
import type { PodSymbol } from '../clause';
import { and, is, isOneOf, matches, onTarget } from '../expression/operators';
import type { Sym, Test } from '../expression/symbol';
import { runtimeSocketPath } from '../node-access';

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
export function runsToCompletion({ spec }: Pick<PodSymbol, 'spec'>): Test {
  return isOneOf(spec.restartPolicy, ['Never', 'OnFailure']);
}

/** True for a volume that is the socket of a container runtime. */
export function isRuntimeSocket({ hostPath }: Sym<Volume>): Test {
  return matches(hostPath.path, runtimeSocketPath);
}

/** The actions that probes and hooks have in common: what the kubelet asks of a container, or runs in it. */
export const handlers = [
  ({ livenessProbe }: Sym<Container>) => livenessProbe,
  ({ readinessProbe }: Sym<Container>) => readinessProbe,
  ({ startupProbe }: Sym<Container>) => startupProbe,
  ({ lifecycle }: Sym<Container>) => lifecycle.postStart,
  ({ lifecycle }: Sym<Container>) => lifecycle.preStop,
] as const;
