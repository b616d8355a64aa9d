import type { KubernetesObject, ObjectMeta } from '../manifest/object';
import type { Container, PodSecurityContext, PodSpec, SecurityContext } from '../manifest/pod';
import { type ContainerRole, containerRoles } from '../manifest/pod-template';
import { type Node, roots, type Scalar, type VariableNode } from './expression/node';
import { nameOfElement } from './expression/operators';
import { type List, nodeOf, plain, type Sym, symbolic, type Test, type Value, variable } from './expression/symbol';
import type { PodSecurityLevel, Severity } from './finding';

/** The pod that a rule is about, wherever its template stands. */
export interface PodSymbol {
  /** The object that holds the template, or is the pod. */
  readonly object: Sym<KubernetesObject>;
  readonly spec: Sym<PodSpec>;
  /** Of the pods, not of the object that makes them. */
  readonly metadata: Sym<Pick<ObjectMeta, 'labels' | 'annotations'>>;
  /** Its containers in these roles. */
  readonly containers: (...roles: readonly ContainerRole[]) => List<Container>;
}

/** A loop that leads from the object to what a violation is about: each element of the list is judged on its own. */
export interface Loop {
  readonly list: Node;
  readonly item: VariableNode;
}

/** How a violation is mended by a machine: what the property becomes. */
export type Fix = { readonly set: unknown } | 'remove';

/** One way to break a rule, as data. */
export interface Clause {
  readonly loops: readonly Loop[];
  /** True for what breaks the rule. */
  readonly when: Node;
  /** The property that a finding names, and whose value it shows. */
  readonly at: Node;
  readonly message: Node;
  readonly remedy: Node;
  readonly podSecurity?: PodSecurityLevel;
  readonly relaxed?: Node;
  readonly severity?: Severity;
  readonly fix?: Fix;
  /** False where the value may be a secret, or says nothing. */
  readonly showsValue: boolean;
}

type Text = Value<string>;

/** What a rule author says of one way to break a rule. */
export interface ClauseProps<V extends readonly unknown[]> {
  /** True for what breaks the rule. */
  readonly when: (...things: V) => Test;
  /** The property that is wrong: its path, and its value, stand in the finding. */
  readonly at: (...things: V) => Value<unknown>;
  /** What is wrong, in one sentence. */
  readonly message: string | ((...things: V) => Text);
  /** How to mend it. */
  readonly remedy: string | ((...things: V) => Text);
  /** The Pod Security Standard that refuses just this. @default - the rule's */
  readonly podSecurity?: PodSecurityLevel;
  /** True where the standards let it pass all the same, and we do not. @default - nowhere */
  readonly relaxed?: (...things: V) => Test;
  /** @default - the rule's */
  readonly severity?: Severity;
  /** What the property becomes where the violation is mended by a machine. @default - it needs a person */
  readonly fix?: Fix;
  /** Whether findings show the value. @default true */
  readonly showsValue?: boolean;
}

/** What a rule looks at: the pod, each container, each port of each container, … */
export class Subjects<V extends readonly unknown[]> {
  constructor(
    private readonly things: V,
    private readonly loops: readonly Loop[],
  ) {}

  /** Each element of a list of theirs. */
  each<T>(list: (...things: V) => Value<readonly T[]>): Subjects<[Sym<T>, ...V]> {
    const over = nodeOf(list(...this.things));
    const item = variable(nameOfElement(over));
    return new Subjects([symbolic(item) as Sym<T>, ...this.things], [...this.loops, { list: over, item }]);
  }

  /** One way to break a rule. */
  violation(props: ClauseProps<V>): Clause {
    const { podSecurity, relaxed, severity, fix, showsValue = true } = props;
    const written = (part: string | ((...things: V) => Text)): Node =>
      typeof part === 'string' ? { kind: 'literal', value: part satisfies Scalar } : nodeOf(part(...this.things));
    return {
      loops: this.loops,
      when: nodeOf(props.when(...this.things)),
      at: nodeOf(props.at(...this.things)),
      message: written(props.message),
      remedy: written(props.remedy),
      showsValue,
      ...(podSecurity !== undefined && { podSecurity }),
      ...(relaxed !== undefined && { relaxed: nodeOf(relaxed(...this.things)) }),
      ...(severity !== undefined && { severity }),
      ...(fix !== undefined && { fix }),
    };
  }
}

function containerNode(roles: readonly ContainerRole[]): Node {
  return {
    kind: 'containers',
    roles: roles.length === 0 ? containerRoles : containerRoles.filter((role) => roles.includes(role)),
  };
}

const podSymbol: PodSymbol = {
  object: symbolic<KubernetesObject>(roots.object),
  spec: symbolic<PodSpec>(roots.spec),
  metadata: symbolic<Pick<ObjectMeta, 'labels' | 'annotations'>>(roots.metadata),
  containers: (...roles) => symbolic<readonly Container[]>(containerNode(roles)) as List<Container>,
};

/** The pod itself. */
export const pods: Subjects<[PodSymbol]> = new Subjects([podSymbol], []);

/** Each container of the pod, whatever its role. */
export const containers: Subjects<[Sym<Container>, PodSymbol]> = pods.each((pod) => pod.containers());

/** Each container that serves until the pod stops: regular ones and native sidecars. */
export const longRunningContainers = pods.each((pod) => pod.containers('sidecar', 'container'));

/** Each container that the pod is created with: all but those that are added to debug it. */
export const ownContainers = pods.each((pod) => pod.containers('init', 'sidecar', 'container'));

/** Each volume of the pod. */
export const volumes = pods.each(({ spec }) => spec.volumes);

/** Whole objects of the rule's kinds. */
export function objects<T>(): Subjects<[Sym<T & { readonly metadata?: ObjectMeta }>]> {
  return new Subjects([symbolic(roots.object) as Sym<T & { readonly metadata?: ObjectMeta }>], []);
}

/** What a pod and its containers can both say about security. */
export type AnySecurityContext = Partial<PodSecurityContext> & Partial<SecurityContext>;

/** A security context, whose it is (for messages), and the pod it belongs to. */
type InSecurityContext = [context: Sym<AnySecurityContext>, owner: Text, pod: PodSymbol];

/** One way to break a rule in the security context of the pod, or of any container. */
export function inSecurityContexts(props: ClauseProps<InSecurityContext>): readonly Clause[] {
  const ofPod = pods.violation(
    adapted(
      props,
      (pod): InSecurityContext => [symbolicContext(nodeOf(pod.spec.securityContext)), nameOf(roots.spec), pod],
    ),
  );
  const ofContainer = containers.violation(
    adapted(
      props,
      (container, pod): InSecurityContext => [
        symbolicContext(nodeOf(container.securityContext)),
        nameOf(nodeOf(container)),
        pod,
      ],
    ),
  );
  return [ofPod, ofContainer];
}

const symbolicContext = (node: Node) => symbolic<AnySecurityContext>(node);
const nameOf = (thing: Node): Text => plain({ kind: 'text', parts: [thing] });

/** The same clause of other things. */
function adapted<V extends readonly unknown[], W extends readonly unknown[]>(
  { when, at, message, remedy, relaxed, ...rest }: ClauseProps<W>,
  as: (...things: V) => W,
): ClauseProps<V> {
  const words = (part: ClauseProps<W>['message']): ClauseProps<V>['message'] =>
    typeof part === 'string' ? part : (...things) => part(...as(...things));
  return {
    ...rest,
    ...(relaxed !== undefined && { relaxed: (...things: V) => relaxed(...as(...things)) }),
    when: (...things) => when(...as(...things)),
    at: (...things) => at(...as(...things)),
    message: words(message),
    remedy: words(remedy),
  };
}
