import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Subject } from '../../core/rbac/subject';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { platformOf } from '../app/platform-of';
import {
  chartOf,
  flag,
  record,
  required,
  type Shapes,
  scopeOf,
  show,
  takeArgument,
  takeProps,
  text,
} from '../app/shape';
import { NamespaceScope } from '../namespace/namespace-scope';
import type { ScalableWorkload } from '../workload/scalable-workload';
import { SecureWorkload } from '../workload/workload';
import { AccessGrant } from './access-grant';
import { roleIdFaults } from './role';
import type { AccessVerb } from './verbs';

/** Somebody as the API server knows them. */
export interface AccessSubjectProps {
  /**
   * The name as the API server has it, with the prefix that its AuthenticationConfiguration puts before those of the identity
   * provider: `oidc:shop-oncall`.
   */
  readonly name: string;
}

/** How far a right on pods goes. */
export interface PodAccessOptions {
  /**
   * Takes in every pod of the namespace where those of the workload have names of chance: RBAC knows names, and no selectors.
   * @default false
   */
  readonly everyPod?: boolean;
}

const subjectShapes: Shapes<AccessSubjectProps> = { name: required(text, "'oidc:shop-oncall'", 'nobody') };
const optionShapes: Shapes<PodAccessOptions> = { everyPod: flag };

/**
 * People who may do something, declared once: verbs on workloads and namespaces, each a Role and a RoleBinding there. Nothing in them reads a
 * Secret.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export abstract class AccessSubject extends Construct {
  readonly kind: 'User' | 'Group';
  /** As bindings have it. */
  readonly name: string;
  readonly #faults: DeclarationFault[];
  readonly #grants = new Map<string, AccessGrant>();

  /** @internal */
  protected constructor(scope: Construct, id: string, kind: 'User' | 'Group', given: AccessSubjectProps) {
    super(scopeOf(scope, id, kind), id);
    const { props, faults } = takeProps<AccessSubjectProps>(subjectShapes, given);
    this.kind = kind;
    this.name = props.name;
    this.#faults = [...faults, ...nameFaults(id, props.name)];
    markDeclaring(this);
  }

  /**
   * Lets them see a workload, by the names of its objects, and its pods where those have names; or everything of a namespace but Secrets.
   * No logs.
   */
  canRead(thing: SecureWorkload | NamespaceScope, options: PodAccessOptions = {}): AccessGrant {
    return this.#grant('read', 'canRead', thing, options);
  }

  /** Lets them read what pods have written. */
  canReadLogs(thing: SecureWorkload | NamespaceScope, options: PodAccessOptions = {}): AccessGrant {
    return this.#grant('read-logs', 'canReadLogs', thing, options);
  }

  /**
   * Lets them delete and evict pods, which their controller makes anew. `kubectl rollout restart` is more than that: it changes the pod
   * template, and who may do so runs whatever they like as any account of the namespace.
   */
  canRestart(thing: SecureWorkload | NamespaceScope, options: PodAccessOptions = {}): AccessGrant {
    return this.#grant('restart', 'canRestart', thing, options);
  }

  /** Lets them set how many replicas there are. */
  canScale(thing: ScalableWorkload | NamespaceScope): AccessGrant {
    return this.#grant('scale', 'canScale', thing, {});
  }

  /** Lets them reach ports of pods, past every NetworkPolicy: it needs an exception to `rbac-port-forward`. */
  canPortForward(thing: SecureWorkload | NamespaceScope, options: PodAccessOptions = {}): AccessGrant {
    return this.#grant('port-forward', 'canPortForward', thing, options);
  }

  /** Lets them run commands in pods: it needs an exception to `rbac-exec`. For an emergency, there is BreakGlass. */
  canExec(thing: SecureWorkload | NamespaceScope, options: PodAccessOptions = {}): AccessGrant {
    return this.#grant('exec', 'canExec', thing, options);
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  /** As bindings name them. @internal */
  toSubject(): Subject {
    return { kind: this.kind, name: this.name };
  }

  #grant(
    verb: AccessVerb,
    method: string,
    thing: SecureWorkload | NamespaceScope,
    given: PodAccessOptions,
  ): AccessGrant {
    const { argument, faults } = takeArgument<PodAccessOptions>(record(optionShapes), given ?? {}, method);
    if (faults.length > 0) {
      this.#faults.push(...faults);
      platformOf(this).touch();
    }
    const workload = thing instanceof SecureWorkload ? thing : undefined;
    const grant = this.#grantIn(placeOf(thing, this, method), verb);
    grant.add({ method, everyPod: argument?.everyPod === true, ...(workload && { workload }) });
    return grant;
  }

  /** The one of the verb in a namespace. */
  #grantIn(chart: Chart, verb: AccessVerb): AccessGrant {
    const key = `${chart.node.path} ${verb}`;
    const known = this.#grants.get(key);
    if (known) return known;
    const name = `${this.node.id}-${verb}`;
    const grant = new AccessGrant(chart, `access-${this.kind}-${name}`, verb, name, this.toSubject());
    this.#grants.set(key, grant);
    return grant;
  }
}

/** People of one group of the identity provider. */
export class Group extends AccessSubject {
  constructor(scope: Construct, id: string, props: AccessSubjectProps) {
    super(scope, id, 'Group', props);
  }
}

/** One person. Prefer a {@link Group}: people change teams, and bindings stay. */
export class User extends AccessSubject {
  constructor(scope: Construct, id: string, props: AccessSubjectProps) {
    super(scope, id, 'User', props);
  }
}

function placeOf(thing: unknown, { node }: AccessSubject, method: string): Chart {
  if (Construct.isConstruct(thing) && thing.node.root === node.root) {
    if (thing instanceof SecureWorkload) return chartOf(thing, thing.kind);
    if (NamespaceScope.is(thing)) return thing;
  }
  throw new TypeError(
    `${node.path}: ${method}(${show(thing)}): it is neither a workload nor a namespace of this app; give one that is`,
  );
}

function nameFaults(id: string, name: string): readonly DeclarationFault[] {
  const faults: DeclarationFault[] = [...roleIdFaults(id, 'its Roles are called')];
  if (name.trim() === '' || name.trim() !== name)
    faults.push({
      rule: 'prop-valid',
      property: 'name',
      value: name,
      message: 'nobody has this name',
      remedy: "write it as the identity provider does, with the API server's prefix: 'oidc:shop-oncall'",
    });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  if (/[\u0000-\u001f\u007f-\u009f]|\p{Cf}/u.test(name))
    faults.push({
      rule: 'prop-valid',
      property: 'name',
      value: name,
      message: 'it has a character that nobody sees: it looks like another name than it is',
      remedy: 'write it anew, with letters that can be seen',
    });
  if (name === '*')
    faults.push({
      rule: 'prop-valid',
      property: 'name',
      value: name,
      message: 'a star is no pattern in a binding: it would be somebody of that very name',
      remedy: 'name the group',
    });
  // Of groups for everybody, and of that of administrators, rules say so: an exception may be due.
  if (/^system:(node:|nodes$|kube-|bootstrappers|serviceaccounts|monitoring$|apiserver$|aggregator)/.test(name))
    faults.push({
      rule: 'prop-valid',
      property: 'name',
      value: name,
      message: 'that is a part of Kubernetes itself, and no person',
      remedy:
        'name people by their group at the identity provider; grant a workload its rights by canGet, canList, canWatch',
    });
  if (name.startsWith('system:serviceaccount:'))
    faults.push({
      rule: 'prop-valid',
      property: 'name',
      value: name,
      message: 'that is a ServiceAccount, and no person',
      remedy: 'grant it to the workload: canGet, canList, canWatch, grantApiAccess',
    });
  return faults;
}
