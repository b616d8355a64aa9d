import { glob } from '../../glob';
import { apiGroup } from '../../manifest/identity';
import type { KubernetesObject, ObjectMeta } from '../../manifest/object';
import { containersOf, type PodTemplate } from '../../manifest/pod-template';
import { rulesWaivedBy, type SecurityException } from '../exception';
import type { Finding, Location } from '../finding';

/** What an exception covers, in objects that nobody here edits. In each text `*` stands for any run of characters. */
export interface ExceptionSelector {
  /** `Deployment`, or with the group: `Deployment.apps`. */
  readonly kind?: string;
  readonly namespace?: string;
  /** Of an object whose name the API server generates, what it begins with is known: `driver-*`. */
  readonly name?: string;
  /** Labels that the object carries, all of them. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly container?: string;
  /** The image of the container; of a pod as a whole, the image of each of its containers. */
  readonly image?: string;
}

/** An exception that says by selectors what it covers. */
export interface SelectedException extends Omit<SecurityException, 'container'> {
  readonly selector: ExceptionSelector;
  /** Where it is written. @default - nowhere that could be named */
  readonly location?: Location;
  /** The property that holds it: `exceptions[0]`. @default 'exceptions' */
  readonly property?: string;
}

/** What is wrong with the selector of an exception: it covers more than anybody can have meant. Undefined where it does not. */
export function selectorFault(exception: SelectedException): Pick<Finding, 'message' | 'remedy'> | undefined {
  const vague = vagueness(exception.selector);
  return vague === undefined
    ? undefined
    : {
        message: `the exception to ${rulesWaivedBy(exception).join(', ')} is too vague: ${vague}`,
        remedy: 'select what it is about by namespace, kind, name, labels, container or image',
      };
}

/** Why the selector selects everything; undefined where it does not. */
export function vagueness({ labels = {}, ...texts }: ExceptionSelector): string | undefined {
  const given = [...Object.values(texts), ...Object.values(labels)].filter((text) => text !== undefined);
  if (given.some(narrows)) return undefined;
  if (given.length === 0) return 'it selects every object';
  return given.every((text) => /^\**$/.test(text))
    ? 'its selectors are all *, and select every object'
    : 'its selectors say next to nothing, and select nearly every object';
}

/** Whether a text leaves much out: without a star in front, or with three letters or digits of its own. `*o*` and `*:*` fit nearly all. */
function narrows(text: string): boolean {
  const said = text.replace(/[^\p{L}\p{N}]/gu, '').length;
  return said >= 3 || (said > 0 && !text.startsWith('*')) || (text !== '' && !text.includes('*'));
}

/** What a finding is about. */
export interface Subject {
  readonly object: KubernetesObject;
  readonly template?: PodTemplate;
}

/** Whether a selector covers a finding. */
export function selectorMatcher(selector: ExceptionSelector): (finding: Finding, subject: Subject) => boolean {
  const { labels = {}, ...texts } = selector;
  const of = (text: string | undefined) => (text === undefined ? undefined : glob(text));
  const [kind, namespace, name, container, image] = [
    of(texts.kind),
    of(texts.namespace),
    of(texts.name),
    of(texts.container),
    of(texts.image),
  ];
  const wanted = Object.entries(labels).map(([key, text]) => [key, glob(text)] as const);
  return (finding, { object, template }) => {
    const { metadata = {} } = object;
    if (kind && !kind(object.kind) && !kind(`${object.kind}.${apiGroup(object.apiVersion)}`)) return false;
    if (namespace && !namespace(metadata.namespace ?? '')) return false;
    if (name && !name(nameOf(metadata))) return false;
    if (!wanted.every(([key, matches]) => matches(String(metadata.labels?.[key] ?? '')))) return false;
    if (container && (finding.container === undefined || !container(finding.container))) return false;
    return image === undefined || imagesOf(finding, template).every(image);
  };
}

/** What the API server adds to a generated name nobody knows before: only a star covers it. */
function nameOf({ name, generateName }: ObjectMeta): string {
  return name ?? (generateName === undefined ? '' : `${generateName}\0`);
}

/** The images that a finding is about; a text that no pattern but `*` matches where there is none. */
function imagesOf(finding: Finding, template: PodTemplate | undefined): readonly string[] {
  const images = (template ? containersOf(template.spec) : [])
    .filter(({ container: { name } }) => finding.container === undefined || name === finding.container)
    .map(({ container: { image } }) => String(image ?? ''));
  return images.length === 0 ? [''] : images;
}
