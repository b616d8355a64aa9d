import { type PodTemplate, Quantity } from '../../core/manifest';
import type { DeclarationFault } from '../app/declaration';
import type { NamespaceScope } from '../namespace/namespace-scope';
import type { WorkloadKind } from './workload-props';

/** A prop of the right type that cannot be converted, such as a cdk8s-plus value that Kubernetes would not take. */
export function unusableProps(error: unknown): DeclarationFault {
  return {
    rule: 'prop-valid',
    property: 'props',
    message: `its pod cannot be made of them: ${error instanceof Error ? error.message : String(error)}`,
    remedy: 'mend what the message names',
  };
}

/** A name too long for what its controller appends to it. */
export function nameFaults(
  name: string,
  property: 'id' | 'name',
  { maxNameLength, kind }: WorkloadKind,
): DeclarationFault[] {
  if (name.length <= maxNameLength || name.length > 63) return [];
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
