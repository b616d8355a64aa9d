import type { KnownLabels } from '../network/selectors';
import { apiGroup } from './identity';
import type { KubernetesObject } from './object';
import { valueAt } from './path';
import { isMapping, mappingOf } from './plain';
import type { PodTemplate } from './pod-template';

/** The labels of pods: those of their template, and those that their controller gives them. */
export type PodLabels = Required<KnownLabels>;

const anything = /^/;
const number = /^\d+$/;
const hash: PodLabels['labelForms'] = { 'controller-revision-hash': anything };

type FromController = (object: KubernetesObject) => Partial<PodLabels>;

/** By kind, as `group/Kind`. */
const controllers: Readonly<Record<string, FromController>> = {
  'apps/Deployment': () => ({ labelForms: { 'pod-template-hash': anything } }),
  'apps/DaemonSet': () => ({ labelForms: { ...hash, 'pod-template-generation': number } }),
  'apps/StatefulSet': ({ metadata }) => ({
    labelForms: {
      ...hash,
      'apps.kubernetes.io/pod-index': number,
      'statefulset.kubernetes.io/pod-name': numbered(metadata?.name),
    },
  }),
  'batch/Job': ({ metadata, spec }) => {
    const { name } = metadata ?? {};
    return ofJob(spec, name ? { labels: twice('job-name', name) } : { labelForms: twice('job-name', anything) });
  },
  'batch/CronJob': (object) =>
    ofJob(valueAt(object, ['spec', 'jobTemplate', 'spec']), {
      labelForms: twice('job-name', numbered(object.metadata?.name)),
    }),
};

/** @see https://kubernetes.io/docs/reference/labels-annotations-taints/ */
function ofJob(spec: unknown, named: Partial<PodLabels>): Partial<PodLabels> {
  const { manualSelector, completionMode } = mappingOf(spec);
  // Whoever selects the pods by labels of their own has no others.
  const { labels = {}, labelForms = {} } =
    manualSelector === true
      ? {}
      : { ...named, labelForms: { ...named.labelForms, ...twice('controller-uid', anything) } };
  const isIndexed = completionMode === 'Indexed';
  return {
    labels,
    labelForms: { ...labelForms, ...(isIndexed && { 'batch.kubernetes.io/job-completion-index': number }) },
  };
}

const twice = <T>(key: string, value: T): Readonly<Record<string, T>> => ({
  [key]: value,
  [`batch.kubernetes.io/${key}`]: value,
});

/** The name, and a number behind it. */
function numbered(name: string | undefined): RegExp {
  return name ? new RegExp(`^${name.replaceAll('.', '\\.')}-\\d+$`) : anything;
}

/** The labels of the pods of an object: what the template says stands, whatever the controller would give them. */
export function podLabelsOf(object: KubernetesObject, template: PodTemplate): PodLabels {
  const written = isMapping(template.metadata.labels) ? (template.metadata.labels as PodLabels['labels']) : {};
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  const given = Object.hasOwn(controllers, kind) ? controllers[kind]?.(object) : undefined;
  if (given === undefined) return { labels: written, labelForms: {} };
  const isOpen = ([key]: readonly [string, unknown]) => !Object.hasOwn(written, key);
  return {
    labels: { ...given.labels, ...written },
    labelForms: Object.fromEntries(Object.entries(given.labelForms ?? {}).filter(isOpen)),
  };
}
