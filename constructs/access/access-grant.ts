import { Construct } from 'constructs';
import type { SecurityException } from '../../core/policy';
import type { Subject } from '../../core/rbac/subject';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { platformOf } from '../app/platform-of';
import type { SecureWorkload } from '../workload/workload';
import { namedWorkload, podNames } from './granted-thing';
import { bindRole } from './role';
import { type AccessVerb, isOnPods, merged, type NamingRule, rulesInNamespace, rulesOnWorkload } from './verbs';

/** @internal */
export interface AccessTarget {
  /** The method that granted it, for messages. */
  readonly method: string;
  /** @default - everything in the namespace */
  readonly workload?: SecureWorkload;
  readonly everyPod: boolean;
}

/**
 * One verb that a subject has in one namespace: a Role and its RoleBinding. What the rules of the app refuse of it needs an exception,
 * which is for this verb alone.
 */
export class AccessGrant extends Construct {
  readonly #verb: AccessVerb;
  readonly #targets: AccessTarget[] = [];

  /** @internal */
  constructor(scope: Construct, id: string, verb: AccessVerb, name: string, subject: Subject) {
    super(scope, id);
    this.#verb = verb;
    markDeclaring(this);
    bindRole(this, { name, rules: () => this.#rules(), subjects: [subject] });
  }

  /** Adds exceptions that cover this verb, in this namespace, for this subject. */
  addException(...exceptions: readonly SecurityException[]): void {
    platformOf(this).addExceptions(this, exceptions);
  }

  /** @internal */
  add(target: AccessTarget): void {
    this.#targets.push(target);
    platformOf(this).touch();
  }

  /** What RBAC cannot grant as it was asked for. @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#targets.flatMap((target) => this.#faultsOf(target));
  }

  #rules(): readonly NamingRule[] {
    return merged(
      this.#targets.flatMap(({ workload, everyPod }) =>
        workload ? rulesOnWorkload(this.#verb, namedWorkload(workload, everyPod)) : rulesInNamespace(this.#verb),
      ),
    );
  }

  #faultsOf({ method, workload, everyPod }: AccessTarget): readonly DeclarationFault[] {
    if (workload === undefined) return [];
    const fault = (message: string, remedy: string): readonly DeclarationFault[] => [
      { rule: 'prop-valid', property: method, value: workload.node.path, message, remedy },
    ];
    const { kind } = workload;
    if (this.#verb === 'scale' && !scalable.has(kind))
      return fault(`a ${kind} has no number of replicas`, 'grant it on a SecureDeployment or SecureStatefulSet');
    if (this.#verb === 'restart' && batch.has(kind))
      return fault(`a ${kind} runs to its end, and a deleted pod is a failed run`, 'leave it out');
    const names = podNames(workload);
    if (names?.length === 0 && isOnPods(this.#verb))
      return fault('it has no pods: its replicas are 0', 'leave the grant out, or give it replicas');
    if (names === undefined && isOnPods(this.#verb) && !everyPod)
      return fault(
        `RBAC grants pods by name alone, and those of a ${kind} get a new name each time: it cannot tell them from the other pods of the namespace`,
        `grant it on all of them, which is said by ${method}(…, { everyPod: true }) or ${method}(namespace); or keep the workload in a namespace of its own`,
      );
    return [];
  }
}

const scalable: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);
const batch: ReadonlySet<string> = new Set(['Job', 'CronJob']);
