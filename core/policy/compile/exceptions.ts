import { toDnsLabel } from '../../manifest/names';
import { judgeException } from '../exceptions/faults';
import { type ExceptionSelector, type SelectedException, selectorFault } from '../exceptions/selector';
import { celField, celLiteral } from '../expression/cel-text';
import type { Rule } from '../rule';
import { ruleById } from '../rules';
import type { PolicyFault, PolicyWarning } from './compile-error';
import { globCel } from './glob-cel';

/**
 * An exception of the administrators', as admission asks for it. Nothing of it is read from the object but what its selector names:
 * an annotation that claims an exception is never looked at.
 */
export interface CompiledException {
  /** A DNS label, which no other exception of the set has. */
  readonly name: string;
  /** The rules that it waives. */
  readonly rules: readonly string[];
  /** Why, until when, and where the work to end it is tracked. */
  readonly note: string;
  /** The last day on which it holds. */
  readonly expires: string;
  readonly reason: string;
  readonly ticket?: string;
  /** Whether the object itself is selected. @param object - what the engine calls the object */
  readonly selectsObject: (object: string) => string;
  /** Whether a container is, as CEL of a variable that holds it; undefined where every container is. */
  readonly selectsContainer?: (container: string) => string;
  /** Whether what is wrong with a pod as a whole is waived too, where each of its containers is selected. */
  readonly ofWholePods: boolean;
}

/** Exceptions that can be enforced, what is wrong with others, and what whoever writes them should know. */
export interface CompiledExceptions {
  readonly exceptions: readonly CompiledException[];
  readonly faults: readonly PolicyFault[];
  readonly warnings: readonly PolicyWarning[];
}

/** Compiles exceptions to rules that are enforced; those to other rules are left aside. */
export function compileExceptions(
  selected: readonly SelectedException[],
  rules: readonly Rule[],
  today: string,
): CompiledExceptions {
  const exceptions: CompiledException[] = [];
  const faults: PolicyFault[] = [];
  const warnings: PolicyWarning[] = [];
  const names = new Set<string>();
  const asked: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
  for (const [index, exception] of selected.entries()) {
    const { selector, property = `exceptions[${index}]`, reason, expires, ticket } = exception;
    // What selects is judged apart, and none of it belongs into the exception itself.
    const { selector: _selector, location: _location, property: _property, ...own } = exception;
    const judged = judgeException(own, today, (id) => asked.get(id) ?? ruleById(id));
    const vague = selectorFault(exception);
    for (const { message, remedy } of judged.faults) faults.push({ property, message, remedy });
    if (vague !== undefined) faults.push({ property, ...vague });
    const rules = judged.rules.filter((id) => asked.has(id));
    if (vague !== undefined || rules.length === 0) continue;
    for (const { message, remedy } of doubtsOf(selector))
      warnings.push({ property, message: `the exception to ${rules.join(', ')} ${message}`, remedy });
    const name = freeName(nameOf(selector), names);
    names.add(name);
    const { container, image } = selector;
    // An image of any name selects nothing less than the object does.
    const ofContainers = container !== undefined || (image !== undefined && globCel(image, '') !== 'true');
    const note = `${reason}; expires ${expires}${ticket === undefined ? '' : `; ticket ${ticket}`}`;
    exceptions.push({
      name,
      rules,
      note,
      expires,
      reason,
      ...(ticket !== undefined && { ticket }),
      selectsObject: (object) => objectCel(selector, object),
      ...(ofContainers && {
        selectsContainer: (variable: string) => containerCel(selector, variable),
      }),
      ofWholePods: container === undefined,
    });
  }
  return { exceptions, faults, warnings };
}

/** What an administrator should know of a selector that others can meet. */
function doubtsOf({
  labels = {},
  kind,
  name,
  namespace,
}: ExceptionSelector): readonly Omit<PolicyWarning, 'property'>[] {
  const doubts: Omit<PolicyWarning, 'property'>[] = [];
  const keys = Object.keys(labels);
  if (keys.length > 0)
    doubts.push({
      message: `selects by the label ${keys.join(', ')}: whoever may write the object may set it, and waive the rule for anything`,
      remedy: 'select by namespace, or guard the label',
    });
  if (namespace === undefined)
    doubts.push({
      message:
        'names no namespace: names, labels, containers and images are chosen by whoever writes the object, in any namespace',
      remedy: 'name the namespace',
    });
  if (kind !== undefined && makesPods.test(kind))
    doubts.push({
      message: `selects ${kind}: the pods that it makes are judged on their own, and are not covered`,
      remedy: 'leave the kind out',
    });
  else if (kind === undefined && name !== undefined && !name.endsWith('*'))
    doubts.push({
      message: `selects the name ${name}: the pods of a workload have longer ones`,
      remedy: `write ${name}* to cover them`,
    });
  return doubts;
}

const makesPods = /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob)(\.|$)/;

function nameOf({ labels = {}, ...texts }: ExceptionSelector): string {
  const { namespace, kind, name, container, image } = texts;
  const words = [namespace, kind, name, container, ...Object.values(labels), image].filter(
    (text) => text !== undefined,
  );
  return toDnsLabel(words.join('-'), 50);
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`;
  return name;
}

function objectCel({ kind, namespace, name, labels = {} }: ExceptionSelector, object: string): string {
  const metadata = `${object}.metadata`;
  const tests = [
    ...(kind === undefined ? [] : [kindCel(kind, object)]),
    ...(namespace === undefined ? [] : [globCel(namespace, `${metadata}.?namespace.orValue('')`)]),
    ...(name === undefined ? [] : [globCel(name, `${metadata}.?name.or(${metadata}.?generateName).orValue('')`)]),
    ...Object.entries(labels).map(([key, text]) =>
      globCel(text, `${metadata}.?labels[?${celLiteral(key)}].orValue('')`),
    ),
  ];
  return tests.length === 0 ? 'true' : tests.join(' && ');
}

/** `Deployment`, or with the group: `Deployment.apps`. */
function kindCel(kind: string, object: string): string {
  const plain = globCel(kind, `${object}.kind`);
  if (!kind.includes('.') && !kind.includes('*')) return plain;
  const group = `(${object}.apiVersion.contains('/') ? ${object}.apiVersion.split('/')[0] : '')`;
  return `(${plain} || ${globCel(kind, `(${object}.kind + '.' + ${group})`)})`;
}

function containerCel({ container, image }: ExceptionSelector, variable: string): string {
  const tests = (
    [
      ['name', container],
      ['image', image],
    ] as const
  ).flatMap(([field, pattern]) =>
    pattern === undefined ? [] : [globCel(pattern, `${variable}${celField(field)}.orValue('')`)],
  );
  return tests.join(' && ');
}
