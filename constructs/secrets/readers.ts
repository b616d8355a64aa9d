import { Construct, type IConstruct } from 'constructs';
import { errorsIn, inspect } from '../app/inspection';
import { Platform } from '../app/platform';
import { SynthesisError } from '../app/synthesis-error';
import { SecureWorkload } from '../workload/workload';
import type { AccessFault } from './access-error';

/** A workload in a namespace, and what it reads. */
export interface WorkloadReads<R> {
  readonly workload: SecureWorkload;
  readonly namespace: string;
  readonly reads: readonly R[];
}

/**
 * The platform of a scope without errors: no rights are made for manifests that are not.
 * @throws SynthesisError where it has errors
 * @throws TypeError where there is no scope
 */
export function soundPlatform(scope: IConstruct): Platform {
  if (!Construct.isConstruct(scope)) throw new TypeError('give the app, or a construct of it, whose secrets are meant');
  const platform = Platform.of(scope);
  platform.touch();
  const errors = errorsIn(inspect(scope));
  if (errors.length > 0) throw new SynthesisError(errors);
  return platform;
}

/** The workloads of a scope that read something. @param readsOf what of their secrets counts */
export function readersIn<R>(
  scope: IConstruct,
  readsOf: (workload: SecureWorkload) => readonly R[],
): { readonly readers: readonly WorkloadReads<R>[]; readonly faults: readonly AccessFault[] } {
  const readers: WorkloadReads<R>[] = [];
  const faults: AccessFault[] = [];
  for (const workload of scope.node.findAll()) {
    if (!(workload instanceof SecureWorkload)) continue;
    const reads = readsOf(workload);
    if (reads.length === 0) continue;
    const { namespace } = workload;
    if (namespace === undefined) faults.push(noNamespace(workload.node.path));
    else readers.push({ workload, namespace, reads });
  }
  return { readers, faults };
}

function noNamespace(construct: string): AccessFault {
  return {
    construct,
    property: 'namespace',
    message: 'it is in no namespace, and a role is for a ServiceAccount of one',
    remedy: 'give its chart a namespace, or put it into a LockedNamespace',
  };
}
