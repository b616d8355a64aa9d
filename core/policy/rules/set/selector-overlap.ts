import { formatIdentity, identityOf } from '../../../manifest/identity';
import type { KubernetesObject } from '../../../manifest/object';
import { isMapping } from '../../../manifest/plain';
import type { LabelSelector } from '../../../manifest/pod-common';
import { isEmptySelector } from '../../../network/selectors';
import type { SetRule } from '../../rule';
import { isChartTest, isMade } from './support';

export const selectorOverlap = {
  id: 'selector-overlap',
  subject: 'set',
  title: 'No selector selects the pods of another workload',
  severity: 'error',
  why:
    'NetworkPolicies, Services and budgets follow the selector: what is opened for one workload is open for the other, ' +
    'and traffic meant for one is sent to both. It can be waived, since a canary may be meant to share its traffic.',
  fix: 'Pin a selector with a label that only its own pods carry.',
  *check({ pods }) {
    for (const { object, construct, namespace } of pods.all) {
      const selector = selectorOf(object);
      if (isEmptySelector(selector)) continue;
      const selected = pods.in(namespace, selector);
      if (selected.length === 0 || (selected.length === 1 && selected[0]?.object === object)) continue;
      const own = formatIdentity(identityOf(object));
      for (const other of selected) {
        const theirs = formatIdentity(identityOf(other.object));
        if (theirs === own || !isWorkload(other.object)) continue;
        yield {
          construct,
          object: own,
          property: 'spec.selector',
          value: selector,
          message: `it selects the pods of ${theirs}, too`,
          remedy: 'give it a label that only its own pods carry',
        };
      }
    }
  },
} as const satisfies SetRule;

/** What a workload selects its pods by. */
function selectorOf({ spec }: KubernetesObject): LabelSelector | undefined {
  const selector = isMapping(spec) ? spec.selector : undefined;
  return isMapping(selector) ? selector : undefined;
}

/** A Job, a CronJob or a Pod selects nothing, and its pods are open to what selects them all the same. */
function isWorkload(object: KubernetesObject): boolean {
  // A PodTemplate makes no pods.
  return object.kind !== 'PodTemplate' && !isMade(object) && !isChartTest(object);
}
