import { isDnsSubdomain, isLabelKey, isLabelValue } from '../../manifest/names';
import type { Path } from '../../manifest/path';
import { isAbsent, listOf } from '../../manifest/plain';
import type { PodSpec, Toleration } from '../../manifest/pod';
import { eachEntry, type Faults, setAmong } from './fault';

const classes = ['priorityClassName', 'runtimeClassName'] as const;
const effects: readonly unknown[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
/** Of them, those that compare numbers have come with Kubernetes 1.35. */
const operators: readonly unknown[] = ['Equal', 'Exists', 'Lt', 'Gt'];

/** Where the pod runs and how early: labels of nodes, taints, and what only admission may fill in. */
export function schedulingFaults(faults: Faults, spec: PodSpec): void {
  for (const key in spec.nodeSelector) {
    const value: unknown = spec.nodeSelector[key];
    if (isLabelKey(key) && isLabelValue(String(value))) continue;
    const message = `${JSON.stringify(`${key}=${value}`)} is no label that a node could have`;
    const remedy =
      'at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit';
    faults.push({ path: ['spec', 'nodeSelector', key], value, message, remedy });
  }
  eachEntry(spec.tolerations, (toleration, i) => {
    tolerationFaults(faults, toleration, ['spec', 'tolerations', i]);
  });
  for (const field of setAmong(spec, classes)) {
    const name: unknown = spec[field];
    if (name === '' || isDnsSubdomain(String(name))) continue;
    const remedy = 'name a class of the cluster: lower-case letters, digits, dashes and dots';
    faults.push({
      path: ['spec', field],
      value: name,
      message: `${JSON.stringify(name)} is no name of a class`,
      remedy,
    });
  }
  // Without a class it is 0, as in what is read from a cluster.
  if (spec.priority && !spec.priorityClassName) {
    const remedy = 'name the class in priorityClassName, and leave priority out';
    const message = 'the priority comes from a PriorityClass, and the pod names none';
    faults.push({ path: ['spec', 'priority'], value: spec.priority, message, remedy });
  }
  if (!isAbsent(spec.overhead)) {
    const remedy = 'leave overhead out, and name the class in runtimeClassName';
    const message = 'the overhead comes from the RuntimeClass: admission fills it in, and refuses any other';
    faults.push({ path: ['spec', 'overhead'], value: spec.overhead, message, remedy });
  }
  if (typeof spec.activeDeadlineSeconds === 'number' && spec.activeDeadlineSeconds < 1) {
    const value = spec.activeDeadlineSeconds;
    const message = `${value} seconds are no time in which a pod could end`;
    const remedy = 'write 1 at least, or leave it out';
    faults.push({ path: ['spec', 'activeDeadlineSeconds'], value, message, remedy });
  }
  if (spec.nodeName && listOf(spec.schedulingGates).length > 0) {
    const message = 'the pod waits for its scheduling gates, and is on a node already';
    faults.push({ path: ['spec', 'nodeName'], value: spec.nodeName, message, remedy: 'leave nodeName out' });
  }
}

function tolerationFaults(faults: Faults, toleration: Toleration, path: Path): void {
  const { key, operator, value, effect, tolerationSeconds } = toleration;
  const refuse = (field: string, given: unknown, message: string, remedy: string): void => {
    faults.push({ path: [...path, field], value: given, message, remedy });
  };
  if (key && !isLabelKey(key))
    refuse(
      'key',
      key,
      `${JSON.stringify(key)} is no key of a taint`,
      'name the key of the taint: letters, digits, dashes, underscores and dots, after a domain and a slash if it has one',
    );
  if (operator && !operators.includes(operator))
    refuse('operator', operator, `${JSON.stringify(operator)} is no operator of a toleration`, 'write Equal or Exists');
  else if (operator !== 'Exists') {
    if (!key) refuse('operator', operator, 'it names no taint', "name the key of the taint, or say operator: 'Exists'");
    if (!isAbsent(value) && !isLabelValue(String(value)))
      refuse('value', value, `${JSON.stringify(value)} is no value of a taint`, 'write the value as the taint has it');
  } else if (value) refuse('value', value, 'it tolerates every value, and names one', 'leave value out, or say Equal');
  if (effect && !effects.includes(effect))
    refuse('effect', effect, `${JSON.stringify(effect)} is no effect of a taint`, `write ${effects.join(', ')}`);
  else if (!isAbsent(tolerationSeconds) && effect !== 'NoExecute')
    refuse(
      'tolerationSeconds',
      tolerationSeconds,
      'only an effect that takes pods off their node waits before it does',
      "leave tolerationSeconds out, or say effect: 'NoExecute'",
    );
}
