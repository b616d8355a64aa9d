/**
 * The defaults that nobody's pod is disturbed by, and that the pod itself says enough for. When each is due is written in the language of
 * the rules, so that `harden` and an admission policy of the cluster decide by the same words.
 *
 * The other defaults of class `safe` need no admission: the API server sets requests from limits and the grace period itself, and users,
 * groups and selectors are facts that only the owner has.
 */
import { clonePlain } from '../manifest/plain';
import type { Container, ContainerPort, PodSpec } from '../manifest/pod';
import { remembering } from '../manifest/remembering';
import { type Closure, compileClosure, type Frame, type Scope } from '../policy/expression/closure';
import { type Node, roots, type VariableNode } from '../policy/expression/node';
import {
  and,
  every,
  fallback,
  has,
  is,
  isAbove,
  isBelow,
  isFilled,
  lacks,
  lowerCase,
  not,
  onTarget,
  or,
  select,
  sizeOf,
  text,
} from '../policy/expression/operators';
import { isSymbolic, nodeOf, type Sym, symbolic, type Test, type Value, variable } from '../policy/expression/symbol';
import type { Hardening } from './harden';
import type { HardeningProfile } from './profile';

/** The name of a default that can be set on anybody's pod. */
export type SafeDefaultName =
  | 'privileged'
  | 'port-name'
  | 'pre-stop-sleep'
  | 'run-as-non-root'
  | 'fs-group-change-policy';

/** One of them: which field, what it becomes where it is absent, and when. */
export interface SafeDefault {
  readonly name: SafeDefaultName;
  /** What has the field: the pod's spec, each container, or each port of each. */
  readonly of: 'pod' | 'container' | 'port';
  /** The field, from there. */
  readonly path: readonly string[];
  /** Plain data, or an expression. */
  readonly value: unknown;
  /** True where it is due. Whether the field is absent is asked besides. */
  readonly when: Node;
  /** Whether it is for what serves until it is stopped: sidecars and regular containers of pods that do not end by themselves. */
  readonly serving: boolean;
  readonly why: string;
}

const spec = symbolic<PodSpec>(roots.spec);

/** What `when` and `value` call the container and the port. */
export const containerVariable: VariableNode = variable('container');
export const portVariable: VariableNode = variable('port');
const container = symbolic<Container>(containerVariable);
const port = symbolic<ContainerPort>(portVariable);

function safeDefault({
  when,
  serving = false,
  ...rest
}: Omit<SafeDefault, 'when' | 'serving'> & { readonly when: Test; readonly serving?: boolean }): SafeDefault {
  return { ...rest, when: nodeOf(when), serving };
}

/** The API server refuses a container that is told both not to be privileged and to escalate. */
export const saysUnprivileged = safeDefault({
  name: 'privileged',
  of: 'container',
  path: ['securityContext', 'privileged'],
  value: false,
  when: not(is(container.securityContext.allowPrivilegeEscalation, true)),
  why: 'says what the default is',
});

const protocolOf = (of: Sym<ContainerPort>): Value<string> => fallback(of.protocol as Value<string>, 'TCP');
const nameByNumber = text`${lowerCase(protocolOf(port))}-${port.containerPort}`;

/** Names are unique in a container: a port that is there twice, under two addresses of the host, is not named. */
export const portName = safeDefault({
  name: 'port-name',
  of: 'port',
  path: ['name'],
  value: nameByNumber,
  when: and(
    isBelow(
      sizeOf(
        select(container.ports, (other) =>
          and(is(other.containerPort, port.containerPort), is(protocolOf(other), protocolOf(port))),
        ),
      ),
      2,
    ),
    every(container.ports, ({ name }) => not(is(name, nameByNumber))),
  ),
  why: 'a name to refer to; nothing referred to it before',
});

const sleepOf = remembering((text) => {
  const seconds = Number(text);
  return safeDefault({
    name: 'pre-stop-sleep',
    of: 'container',
    path: ['lifecycle', 'preStop'],
    value: { sleep: { seconds } },
    serving: true,
    when: and(
      onTarget((target) => target.supports('preStopSleep').supported),
      isFilled(container.ports),
      or(lacks(spec.terminationGracePeriodSeconds), isAbove(spec.terminationGracePeriodSeconds, seconds)),
    ),
    why: 'the endpoints are gone before the process is asked to stop, so that no request is lost',
  });
});

/** Where the owner's grace period leaves no time after the sleep, the process would be killed unasked. */
export function preStopSleep({ preStopSleepSeconds }: HardeningProfile): SafeDefault {
  return sleepOf(String(preStopSleepSeconds));
}

const isKnownUser = (of: Sym<Container>): Test => {
  const user = fallback(of.securityContext.runAsUser, spec.securityContext.runAsUser);
  return and(has(user), not(is(user, 0)));
};

/** Every container has a user other than root, by its own word or the pod's. */
export const staysNonRoot = safeDefault({
  name: 'run-as-non-root',
  of: 'pod',
  path: ['securityContext', 'runAsNonRoot'],
  value: true,
  when: and(every(spec.initContainers, isKnownUser), every(spec.containers, isKnownUser)),
  why: 'the user is known not to be root, and stays so (Pod Security Standard restricted)',
});

export const ownerChange = safeDefault({
  name: 'fs-group-change-policy',
  of: 'pod',
  path: ['securityContext', 'fsGroupChangePolicy'],
  value: 'OnRootMismatch',
  when: has(spec.securityContext.fsGroup),
  why: 'a large volume is not walked at every start',
});

/** The defaults that can be set safely on anybody's pod, whoever made it. */
export function safeDefaults(profile: HardeningProfile): Readonly<Record<SafeDefaultName, SafeDefault>> {
  return {
    privileged: saysUnprivileged,
    'port-name': portName,
    'pre-stop-sleep': preStopSleep(profile),
    'run-as-non-root': staysNonRoot,
    'fs-group-change-policy': ownerChange,
  };
}

const scope: Scope = [roots.spec, containerVariable, portVariable];
const closures = new WeakMap<Node, Closure>();

const none: readonly never[] = [];
const settings: Frame['settings'] = { registries: none };

function ask(node: Node, { target }: Pick<Hardening, 'target'>, things: unknown[]): unknown {
  let closure = closures.get(node);
  if (closure === undefined) {
    closure = compileClosure(node, scope);
    closures.set(node, closure);
  }
  return closure({ slots: things, containers: none, target, settings });
}

/** The pod's spec, and the container and port in it that a default is for. */
type Things = [spec: PodSpec, container?: Container, port?: ContainerPort];

/** Whether the default is due there, if the field is absent. */
export function isDue({ when }: SafeDefault, hardening: Pick<Hardening, 'target'>, ...things: Things): boolean {
  return ask(when, hardening, things) === true;
}

/** What the field becomes there: a copy. */
export function defaultValue({ value }: SafeDefault, hardening: Pick<Hardening, 'target'>, ...things: Things): unknown {
  return isSymbolic(value) ? ask(nodeOf(value), hardening, things) : clonePlain(value);
}
