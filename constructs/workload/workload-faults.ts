import { isDnsLabel, isLabelKey, isLabelValue, type PodTemplate, Quantity, toDnsLabel } from '../../core/manifest';
import { labelRemedy } from '../../core/manifest/names';
import { messageOf } from '../../core/message-of';
import type { DeclarationFault } from '../app/declaration';
import type { Platform } from '../app/platform';
import type { NamespaceScope } from '../namespace/namespace-scope';
import type { PodProps } from './pod';
import type { WorkloadKind } from './workload-props';

/** A prop of the right type that cannot be converted, such as a cdk8s-plus value that Kubernetes would not take. */
export function unusableProps(error: unknown): DeclarationFault {
  return {
    rule: 'prop-valid',
    property: 'props',
    message: `its pod cannot be made of them: ${messageOf(error)}`,
    remedy: 'mend what the message names',
  };
}

/** Labels that Kubernetes takes, and a fault for each that it does not. */
export interface CheckedLabels {
  readonly labels: Readonly<Record<string, string>>;
  readonly faults: readonly DeclarationFault[];
}

/**
 * What is no label is reported here once, and not for each object that would bear it: the nearest value that is one stands in for it, and a key
 * that is none is left out.
 */
export function checkLabels(property: string, given: Readonly<Record<string, unknown>> | undefined): CheckedLabels {
  const labels: Record<string, string> = {};
  const faults: DeclarationFault[] = [];
  for (const [key, value] of Object.entries(given ?? {})) {
    const fault = { rule: 'label-value', property: `${property}['${key}']`, value, remedy: labelRemedy } as const;
    if (!isLabelKey(key)) {
      faults.push({ ...fault, message: `${JSON.stringify(key)} is no label key` });
      continue;
    }
    if (typeof value === 'string' && !isLabelValue(value)) {
      const long = value.length > 63 ? `: it has ${value.length} characters` : '';
      faults.push({ ...fault, message: `${JSON.stringify(value)} is no label value${long}` });
    } else if (typeof value === 'number' || typeof value === 'boolean') {
      faults.push({ ...fault, message: `${value} is no label value`, remedy: `write it as a text: '${value}'` });
    } else {
      // What cdk8s replaces at synthesis is judged as it is written.
      labels[key] = value as string;
      continue;
    }
    labels[key] = toDnsLabel(String(value));
  }
  return { labels, faults };
}

/**
 * A name that Kubernetes does not take, or too long for what its controller appends to it. Reported here once: its objects bear the nearest
 * name that is one.
 */
export function nameFaults(
  name: string,
  property: 'id' | 'name',
  { maxNameLength, kind }: WorkloadKind,
): DeclarationFault[] {
  if (!isDnsLabel(name)) {
    const most = Math.min(maxNameLength, 63);
    return [
      {
        rule: 'name-valid',
        property,
        value: name,
        message: `${JSON.stringify(name)} is no name for a ${kind}: it must have at most ${most} lower-case letters, digits and dashes, with a letter or digit at both ends`,
        remedy: `name it ${toDnsLabel(name, most)}, for example`,
      },
    ];
  }
  if (name.length <= maxNameLength) return [];
  return [
    {
      rule: 'name-valid',
      property,
      value: name,
      message: `the name of a ${kind} has at most ${maxNameLength} characters, since its controller appends to it; this one has ${name.length}`,
      remedy: `shorten it, for example to ${name.slice(0, maxNameLength).replace(/-+$/, '')}`,
    },
  ];
}

/**
 * A selector that its own pods lack leaves them out of the policy; an empty one takes in every pod of the namespace.
 * @param template of a kind that has no selector of its own: where it has one, the check of every object sees it
 */
export function selectorFaults(
  selector: Readonly<Record<string, string>>,
  template: PodTemplate | undefined,
): DeclarationFault[] {
  if (Object.keys(selector).length === 0) {
    return [
      {
        rule: 'selector-match',
        property: 'selector',
        value: selector,
        message: 'it has no label, so that it selects every pod of the namespace',
        remedy: 'give it a label of its own, or leave it out',
      },
    ];
  }
  if (template === undefined) return [];
  const { labels = {} } = template.metadata;
  return Object.entries(selector)
    .filter(([key, value]) => labels[key] !== value)
    .map(([key, value]) => ({
      rule: 'selector-match',
      property: `selector['${key}']`,
      value,
      message: `its pods carry ${labels[key] === undefined ? 'no such label' : JSON.stringify(labels[key])}, so that its NetworkPolicy selects none of them`,
      remedy: 'leave the labels of the selector to the selector: podLabels and patches are for others',
    }));
}

const osLabel = 'kubernetes.io/os';

/** Props that the operating system of its pods has not, and nodes of another one: no such pod starts, or it starts without what Linux alone has. */
export function osFaults(
  props: PodProps,
  { target, profile }: Pick<Platform, 'target' | 'profile'>,
): DeclarationFault[] {
  const { os = 'linux', nodeSelector } = props;
  const faults: DeclarationFault[] = [];
  const fault = (property: string, value: unknown, message: string, remedy: string) =>
    faults.push({ rule: 'prop-valid', property, value, message, remedy });
  for (const id of ['user', 'group', 'fsGroup'] as const)
    if (os === 'windows' && props[id] !== undefined)
      fault(
        id,
        props[id],
        `a pod that runs on Windows cannot have it: its processes run as ${profile.windowsUser}`,
        `leave ${id} out; patchPod names another user of the image, in securityContext.windowsOptions.runAsUserName`,
      );
  const selected = nodeSelector?.[osLabel];
  if (selected !== undefined && selected !== os)
    fault(
      `nodeSelector['${osLabel}']`,
      selected,
      `its pods are made for ${os}, and these nodes run another system`,
      selected === 'windows'
        ? "declare os: 'windows', which selects its nodes by itself"
        : 'leave it out, or correct os',
    );
  if (target.nodes.os === 'windows' && os !== 'windows')
    fault(
      'os',
      props.os,
      'its pods are made for Linux, and the nodes of the target run Windows',
      "declare os: 'windows'; or nodes: { os: 'mixed' } in the ClusterTarget, if some nodes run Linux",
    );
  return faults;
}

/** Containers that ask for more memory than their namespace allows one. */
export function memoryFaults(scope: NamespaceScope | undefined, template: PodTemplate | undefined): DeclarationFault[] {
  const most = scope?.maxMemory === undefined ? undefined : Quantity.tryParse(scope.maxMemory);
  if (!scope || !most || !template) return [];
  const { initContainers = [], containers = [] } = template.spec;
  return [...initContainers, ...containers].flatMap((container) => {
    const text = String(container.resources?.limits?.memory ?? '');
    const memory = Quantity.tryParse(text);
    if (!memory || memory.compare(most) <= 0) return [];
    return [
      {
        rule: 'namespace-limit' as const,
        property: 'resources.memory',
        value: text,
        message: `container ${container.name} asks for more memory than namespace ${scope.namespaceName} allows a container: ${most}`,
        remedy: `ask for less, or set limits: { maxMemory: '${text}' } on the namespace`,
        container: container.name,
      },
    ];
  });
}
