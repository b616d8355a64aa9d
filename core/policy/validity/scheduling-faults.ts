import { isLabelKey, isLabelValue } from '../../manifest/names';
import { isAbsent } from '../../manifest/plain';
import type { PodSpec } from '../../manifest/pod';
import { eachEntry, type Faults, listOf } from './fault';

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
  eachEntry(spec.tolerations, ({ key }, i) => {
    if (!key || isLabelKey(key)) return;
    const path = ['spec', 'tolerations', i, 'key'];
    const remedy =
      'name the key of the taint: letters, digits, dashes, underscores and dots, after a domain and a slash if it has one';
    faults.push({ path, value: key, message: `${JSON.stringify(key)} is no key of a taint`, remedy });
  });
  if (!isAbsent(spec.priority) && !spec.priorityClassName) {
    const remedy = 'name the class in priorityClassName, and leave priority out';
    const message = 'the priority comes from a PriorityClass, and the pod names none';
    faults.push({ path: ['spec', 'priority'], value: spec.priority, message, remedy });
  }
  if (!isAbsent(spec.overhead)) {
    const remedy = 'leave overhead out, and name the class in runtimeClassName';
    const message = 'the overhead comes from the RuntimeClass: admission fills it in, and refuses any other';
    faults.push({ path: ['spec', 'overhead'], value: spec.overhead, message, remedy });
  }
  if (spec.nodeName && listOf(spec.schedulingGates).length > 0) {
    const message = 'the pod waits for its scheduling gates, and is on a node already';
    faults.push({ path: ['spec', 'nodeName'], value: spec.nodeName, message, remedy: 'leave nodeName out' });
  }
}
