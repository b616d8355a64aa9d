import { apiGroup } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import type { Path } from '../../manifest/path';
import { isAbsent, isMapping } from '../../manifest/plain';
import type { PodContainer, PodTemplate } from '../../manifest/pod-template';
import type { Faults, PodFault } from './fault';
import { isScaledToNone } from './scaled-to-none';

type Fields = Readonly<Record<string, unknown>>;

/** What the API server asks of a kind of object that makes or keeps pods. */
type Ask = (
  faults: Faults,
  spec: Fields,
  template: PodTemplate | undefined,
  containers: readonly PodContainer[],
) => void;

const asked: Readonly<Record<string, readonly Ask[]>> = {
  'apps/Deployment': [staysUp, counts, deploymentRollout],
  'apps/StatefulSet': [staysUp, counts, (faults, spec) => oneStrategy(faults, spec, 'updateStrategy', 'OnDelete')],
  'apps/DaemonSet': [staysUp, daemonRollout],
  'apps/ReplicaSet': [staysUp, counts],
  '/ReplicationController': [staysUp, counts],
  'batch/Job': [ends],
  'batch/CronJob': [ends],
  'policy/PodDisruptionBudget': [oneBound],
};

/**
 * What the API server refuses of a workload although its pods are right: settings that exclude each other, of which a patch often brings the second.
 *
 * @param containers those of the template
 * @see the validation of workloads in Kubernetes, pkg/apis/apps/validation/validation.go and pkg/apis/batch/validation/validation.go
 */
export function workloadFaults(
  object: KubernetesObject,
  template: PodTemplate | undefined,
  containers: readonly PodContainer[],
): readonly PodFault[] {
  const faults: PodFault[] = [];
  const { spec } = object;
  if (isMapping(spec))
    asked[`${apiGroup(object.apiVersion)}/${object.kind}`]?.forEach((ask) => {
      ask(faults, spec, template, containers);
    });
  if (isScaledToNone(object) === 'by none') startsNothing(faults);
  return faults;
}

function startsNothing(faults: Faults): void {
  const message =
    'it has no metric by which the first pod would be started again: what pods use is unknown while there are none';
  const remedy = 'set minReplicas to 1 at least, or add a metric of type Object or External';
  faults.push({ path: ['spec', 'minReplicas'], value: 0, message, remedy });
}

function staysUp(faults: Faults, _: Fields, template: PodTemplate | undefined): void {
  if (!template) return;
  const { restartPolicy, activeDeadlineSeconds } = template.spec;
  const remedy = (field: string): string => `leave ${field} out, or make it a Job`;
  if (restartPolicy && restartPolicy !== 'Always')
    faults.push({
      path: [...template.path, 'spec', 'restartPolicy'],
      value: restartPolicy,
      message: 'its pods are to run on, and have a restartPolicy that lets them end',
      remedy: remedy('restartPolicy'),
    });
  if (!isAbsent(activeDeadlineSeconds))
    faults.push({
      path: [...template.path, 'spec', 'activeDeadlineSeconds'],
      value: activeDeadlineSeconds,
      message: 'its pods are to run on, and have a time after which they end',
      remedy: remedy('activeDeadlineSeconds'),
    });
}

function ends(
  faults: Faults,
  spec: Fields,
  template: PodTemplate | undefined,
  containers: readonly PodContainer[],
): void {
  // A part of a template, to be merged with the rest, may leave it to that.
  if (!template || containers.length === 0 || containers.some(({ container }) => isAbsent(container.image))) return;
  // Of a CronJob, so may what says no schedule: a new image for it.
  if (isAbsent(spec.schedule) && !isAbsent(spec.jobTemplate)) return;
  const policy = template.spec.restartPolicy;
  if (policy && policy !== 'Always') return;
  faults.push({
    path: [...template.path, 'spec', 'restartPolicy'],
    value: policy,
    message: `its pods are to end, and ${policy ? 'are always restarted' : 'without a restartPolicy they are always restarted'}`,
    remedy: 'write restartPolicy: OnFailure, or Never',
  });
}

function counts(faults: Faults, { replicas }: Fields): void {
  if (typeof replicas !== 'number' || !(replicas < 0)) return;
  const message = `${replicas} is no number of replicas`;
  faults.push({ path: ['spec', 'replicas'], value: replicas, message, remedy: 'write a whole number from 0' });
}

/** Settings of a rollout, where pods are not replaced by one. */
function oneStrategy(faults: Faults, spec: Fields, field: string, other: string): void {
  const strategy = spec[field];
  if (!isMapping(strategy) || strategy.type !== other || isAbsent(strategy.rollingUpdate)) return;
  const message = `there is no rolling update where the ${field} is ${other}`;
  const remedy = 'leave rollingUpdate out (in a patch: null)';
  faults.push({ path: ['spec', field, 'rollingUpdate'], message, remedy });
}

function deploymentRollout(faults: Faults, spec: Fields): void {
  oneStrategy(faults, spec, 'strategy', 'Recreate');
  const at = rolloutOf(spec.strategy);
  if (at && isNone(at.maxSurge) && isNone(at.maxUnavailable)) standsStill(faults, ['spec', 'strategy'], at);
}

/** Where nothing is said, a DaemonSet replaces one pod after the other, and starts none beside. */
function daemonRollout(faults: Faults, spec: Fields, template: PodTemplate | undefined): void {
  const at = rolloutOf(spec.updateStrategy);
  // A part of one, to be merged with the rest, may leave the other amount to that.
  if (!at || !template) return;
  const surges = !isAbsent(at.maxSurge) && !isNone(at.maxSurge);
  const path = ['spec', 'updateStrategy'];
  if (!surges && isNone(at.maxUnavailable)) standsStill(faults, path, at);
  if (!surges || isNone(at.maxUnavailable)) return;
  const message = 'a DaemonSet starts new pods beside the old ones, or stops the old ones first, and not both';
  const remedy = 'set maxUnavailable: 0, or leave maxSurge out';
  faults.push({ path: [...path, 'rollingUpdate', 'maxSurge'], value: at.maxSurge, message, remedy });
}

function rolloutOf(strategy: unknown): Fields | undefined {
  if (!isMapping(strategy) || !isMapping(strategy.rollingUpdate)) return undefined;
  return (strategy.type ?? 'RollingUpdate') === 'RollingUpdate' ? strategy.rollingUpdate : undefined;
}

function isNone(amount: unknown): boolean {
  return amount === 0 || amount === '0%';
}

function standsStill(faults: Faults, path: Path, { maxUnavailable }: Fields): void {
  faults.push({
    path: [...path, 'rollingUpdate', 'maxUnavailable'],
    value: maxUnavailable,
    message: 'no pod may stop before another has started, and none may be started beside it',
    remedy: 'set maxSurge or maxUnavailable to 1 at least',
  });
}

function oneBound(faults: Faults, { minAvailable, maxUnavailable }: Fields): void {
  if (isAbsent(minAvailable) || isAbsent(maxUnavailable)) return;
  const message = 'a budget has minAvailable or maxUnavailable, and not both';
  const remedy = 'leave minAvailable out (in a patch, the other one: null)';
  faults.push({ path: ['spec', 'minAvailable'], value: minAvailable, message, remedy });
}
