import { Construct } from 'constructs';
import { isDnsLabel } from '../../core/manifest';
import type { RuleId } from '../../core/policy/rules';
import { breakGlassPrefix, expiresAnnotation, expiryFault, reasonAnnotation } from '../../core/rbac/break-glass';
import { isReason } from '../../core/reason';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { platformOf } from '../app/platform-of';
import { list, required, type Shapes, scopeOf, takeProps, text, value } from '../app/shape';
import { NamespaceScope } from '../namespace/namespace-scope';
import { SecureCronJob } from '../workload/secure-cron-job';
import { bindRole } from './role';
import { AccessSubject } from './subject';
import { type AccessVerb, merged, rulesInNamespace } from './verbs';

const group = 'rbac.authorization.k8s.io';

/** The rules that a verb breaks: to say who, why and until when is the exception that they ask for. */
const broken: Readonly<Record<AccessVerb, readonly RuleId[]>> = {
  read: [],
  'read-logs': [],
  restart: [],
  scale: [],
  'port-forward': ['rbac-port-forward'],
  exec: ['rbac-exec'],
  debug: ['rbac-exec'],
};

/** Access for an emergency. */
export interface BreakGlassProps {
  /** Who it is for. */
  readonly to: readonly [AccessSubject, ...AccessSubject[]];
  /** What they may do, with everything in the namespace but its Secrets. */
  readonly may: readonly [AccessVerb, ...AccessVerb[]];
  /** The moment at which it ends, a whole minute in UTC and within 24 hours: `2026-11-22T18:00:00Z`. */
  readonly expires: string;
  /** Why, for whoever reads the log of that night: at least 10 letters and digits, best with the number of the incident. */
  readonly reason: string;
  /** An image with `kubectl` in its path, such as a mirror of `registry.k8s.io/kubectl`: it deletes the binding at its end. */
  readonly image: string;
}

const shapes: Shapes<BreakGlassProps> = {
  to: required(list(value('a Group or a User', (given) => given instanceof AccessSubject)), '[oncall]', []),
  may: required(list(value('a verb', isVerb)), "['exec']", []),
  expires: required(text, "'2026-11-22T18:00:00Z'", ''),
  reason: required(text, "'INC-42: orders are lost'", ''),
  image: required(text, "'registry.acme.example/kubectl@sha256:…'", ''),
};

/**
 * Access for an emergency, that ends: a Role, a RoleBinding that says when and why, and a CronJob which may delete this one binding and does so at its
 * end. After its day it is no longer written at all, so that whatever prunes takes it out, too. BreakGlassPolicy keeps it from being made
 * again.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class BreakGlass extends Construct {
  /** What its Role and RoleBinding are called. */
  readonly name: string;
  readonly #faults: readonly DeclarationFault[];

  /** @throws TypeError where it is in no namespace */
  constructor(scope: NamespaceScope, id: string, given: BreakGlassProps) {
    super(scopeOf(scope, id, 'BreakGlass'), id);
    if (!NamespaceScope.is(scope))
      throw new TypeError(
        `${this.node.path}: it is in no namespace. Create it in one, as in new BreakGlass(shop, '${id}', { … })`,
      );
    markDeclaring(this);
    const { props, faults } = takeProps<BreakGlassProps>(shapes, given, this);
    this.name = `${breakGlassPrefix}${id}`;
    const { today } = platformOf(this);
    const expiry = faults.some(({ property }) => property === 'expires')
      ? undefined
      : expiryFault(props.expires, today);
    this.#faults = [...faults, ...idFaults(id), ...(expiry ? [faultOf(expiry)] : []), ...emptyFaults(props, faults)];
    if (expiry === undefined && this.#faults.length === 0) this.#write(scope, props);
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  #write(scope: NamespaceScope, { to, may, expires, reason, image }: BreakGlassProps): void {
    const { name } = this;
    const lastDay = expires.slice(0, 10);
    const rules = [...new Set(may.flatMap((verb) => broken[verb]))];
    if (rules.length > 0) platformOf(this).addExceptions(this, [{ rule: rules, reason, expires: lastDay }]);
    const written = merged(may.flatMap(rulesInNamespace));
    bindRole(this, {
      name,
      rules: () => written,
      subjects: to.map((subject) => subject.toSubject()),
      annotations: { [expiresAnnotation]: expires, [reasonAnnotation]: reason },
    });
    const end = new SecureCronJob(this, 'end', {
      name: `end-${this.node.id}`,
      image,
      command: ['kubectl', 'delete', 'rolebinding', name],
      args: [`--namespace=${scope.namespaceName}`, '--ignore-not-found', '--wait=false'],
      resources: { cpu: '50m', memory: '64Mi' },
      schedule: scheduleOf(expires),
      // Where controllers were away at its end, it ends when they are back.
      startingDeadlineSeconds: 7 * 86_400,
      backoffLimit: 10,
      exceptions: [{ rule: 'rbac-roles', reason: `it deletes ${name} at its end, and nothing else`, expires: lastDay }],
    });
    end.grantApiAccess({ apiGroups: [group], resources: ['rolebindings'], verbs: ['delete'], resourceNames: [name] });
  }
}

/**
 * The minute of its end, and every second one after it in that hour and the next: whoever deletes the Job gains two minutes. A year later there is
 * nothing left to delete.
 */
function scheduleOf(expires: string): string {
  const end = new Date(expires);
  const hour = end.getUTCHours();
  const hours = hour === 23 ? hour : `${hour}-${hour + 1}`;
  return `${end.getUTCMinutes()}-59/2 ${hours} ${end.getUTCDate()} ${end.getUTCMonth() + 1} *`;
}

function isVerb(given: unknown): boolean {
  return typeof given === 'string' && Object.hasOwn(broken, given);
}

function faultOf({ isOver, ...fault }: NonNullable<ReturnType<typeof expiryFault>>): DeclarationFault {
  // One that is over is left out: whoever cleans up after that night is not in anybody's way.
  return { rule: 'access-expiry', property: 'expires', ...fault, ...(isOver && { severity: 'warning' as const }) };
}

/** The longest name of a CronJob, without what stands before the id. */
const longestId = 52 - 'end-'.length;

function idFaults(id: string): readonly DeclarationFault[] {
  if (isDnsLabel(id) && id.length <= longestId) return [];
  const message = 'its Role and CronJob are called by its id, which is no DNS label of that length';
  const remedy = `write at most ${longestId} lower case letters, digits and '-'`;
  return [{ rule: 'name-valid', property: 'id', value: id, message, remedy }];
}

function emptyFaults(
  { to, may, reason }: BreakGlassProps,
  known: readonly DeclarationFault[],
): readonly DeclarationFault[] {
  const fault = (property: string, given: unknown, message: string, remedy: string): readonly DeclarationFault[] =>
    known.some((other) => other.property.startsWith(property))
      ? []
      : [{ rule: 'prop-valid', property, value: given, message, remedy }];
  return [
    ...(to.length > 0 ? [] : fault('to', [], 'it is for nobody', 'name a Group or User: [oncall]')),
    ...(may.length > 0 ? [] : fault('may', [], 'it grants nothing', `name some of ${Object.keys(broken).join(', ')}`)),
    ...(/\p{Cc}|\p{Cf}/u.test(reason)
      ? fault('reason', reason, 'it has a line break, or a character that nobody sees', 'write it as one line')
      : []),
    ...(isReason(reason)
      ? []
      : fault(
          'reason',
          reason,
          'nobody learns from it why this was',
          'give a reason of 10 letters and digits or more',
        )),
  ];
}
