/** The workloads of the Sock Shop, hardened as they stand: what both of its tests are about. */
import type { ClusterTarget } from '../../../core/cluster';
import { type HardenedPod, harden, type OwnerFacts } from '../../../core/hardening';
import {
  formatPath,
  type KubernetesObject,
  podTemplateOf,
  readManifests,
  withPodTemplate,
} from '../../../core/manifest';
import type { PodSpec, PodTemplateSpec } from '../../../core/manifest/pod';
import { checkObject, type Finding } from '../../../core/policy';
import { corpus } from '../../support/corpus';

const file = corpus('sock-shop/complete-demo.yaml');

export const sockShopLack = file.lack;

export interface Workload {
  readonly name: string;
  readonly object: KubernetesObject;
  readonly template: PodTemplateSpec & { readonly spec: PodSpec };
}

function read(): readonly Workload[] {
  if (sockShopLack !== undefined) return [];
  const { documents, errors } = readManifests(file.text(), { source: 'complete-demo.yaml' });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return documents.flatMap(({ object }) => {
    const template = podTemplateOf(object);
    return template ? [{ name: object.metadata?.name ?? '', object, template }] : [];
  });
}

/** Every workload, as upstream has it; none where they lack. */
export const workloads = read();

/** A workload after hardening, with nothing known of its owner but these facts. */
export function hardened(workload: Workload, target: ClusterTarget, facts: OwnerFacts = {}): HardenedPod {
  return harden(workload.template, { target, facts });
}

/** The whole object with the hardened pod template in it. */
export function hardenedObject(workload: Workload, { template }: HardenedPod): KubernetesObject {
  const found = podTemplateOf(workload.object);
  if (!found) throw new Error(`${workload.name} has no pod template`);
  return withPodTemplate(workload.object, { path: found.path, metadata: template.metadata ?? {}, spec: template.spec });
}

/** What a Pod Security Standard refuses in an object, by our rules. */
export function podSecurityFindings(object: KubernetesObject, target: ClusterTarget): readonly Finding[] {
  return checkObject(object, { target, registries: [] }).filter(({ podSecurity }) => podSecurity !== undefined);
}

/** One change in a line: `may-break spec.securityContext.seccompProfile = {"type":"RuntimeDefault"}`. */
export function changeLines({ changes }: HardenedPod): readonly string[] {
  return changes.map(({ path, to, class: kind }) => {
    const value = to === undefined ? '' : ` = ${JSON.stringify(to)}`;
    return `${kind} ${formatPath(path)}${value}`;
  });
}

/** Why a hardened pod is refused, in words: the fact that only its owner has, or what its owner asked for. */
export function reasons(workload: Workload, pod: HardenedPod, target: ClusterTarget): readonly string[] {
  const missing = pod.changes.filter(({ class: kind, path }) => kind === 'needs-fact' && path.at(-1) === 'runAsUser');
  const containers = pod.template.spec.containers;
  return podSecurityFindings(hardenedObject(workload, pod), target).map(({ rule, container, value }) => {
    const index = containers.findIndex(({ name }) => name === container);
    const fact = rule === 'run-as-non-root' && missing.some(({ path }) => path[2] === index);
    return fact ? `${container}: needs-fact user` : `${container}: asks for ${value} (${rule})`;
  });
}
