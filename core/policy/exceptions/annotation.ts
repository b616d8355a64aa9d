import type { KubernetesObject } from '../../manifest/object';
import { formatPath } from '../../manifest/path';
import type { SecurityException } from '../exception';

/** What the keys of annotations that hold exceptions begin with; the id of a rule follows. */
export const exceptionPrefix = 'exceptions.kube-bulwark.dev/';

/** An annotation that begins with {@link exceptionPrefix}: the exceptions it holds, or what is wrong with it. */
export interface ExceptionAnnotation {
  /** The property, as `metadata.annotations["exceptions.kube-bulwark.dev/image-digest"]`. */
  readonly property: string;
  readonly value: string;
  /** One a container that it names, or one for all. */
  readonly exceptions: readonly SecurityException[];
  readonly fault?: string;
}

const NONE: readonly ExceptionAnnotation[] = [];

type Field = 'expires' | 'also' | 'container' | 'ticket';

const FIELD = /^(expires|also|container|ticket)\s+(\S.*)$/s;

/**
 * The exceptions in an object's annotations: `<reason>; expires <YYYY-MM-DD>[; also <rule>[, <rule>]][; container <name>[, <name>]][; ticket <id>]`.
 * They are for checks in CI alone: admission in the cluster never reads them, because there the object is the word of whom it judges.
 */
export function exceptionAnnotations({ metadata }: KubernetesObject): readonly ExceptionAnnotation[] {
  const { annotations } = metadata ?? {};
  let found: ExceptionAnnotation[] | undefined;
  for (const key in annotations) {
    if (!key.startsWith(exceptionPrefix)) continue;
    const value = String(annotations[key]);
    const property = formatPath(['metadata', 'annotations', key]);
    found ??= [];
    found.push({ property, value, ...parse(key.slice(exceptionPrefix.length), value) });
  }
  return found ?? NONE;
}

function parse(rule: string, value: string): Pick<ExceptionAnnotation, 'exceptions' | 'fault'> {
  const [reason = '', ...parts] = value.split(';').map((part) => part.trim());
  const fields: Partial<Record<Field, string>> = {};
  for (const part of parts) {
    const [, name, text = ''] = FIELD.exec(part) ?? [];
    if (name === undefined) return broken(`${JSON.stringify(part)} is neither expires, also, container nor ticket`);
    if (fields[name as Field] !== undefined) return broken(`it says ${name} twice`);
    fields[name as Field] = text.trim();
  }
  const { expires, also, container, ticket } = fields;
  if (expires === undefined) return broken('it does not say when it expires');
  const rules = also === undefined ? rule : [rule, ...listed(also)];
  const exception: SecurityException = { rule: rules, reason, expires, ...(ticket !== undefined && { ticket }) };
  if (container === undefined) return { exceptions: [exception] };
  return { exceptions: listed(container).map((name) => ({ ...exception, container: name })) };
}

function listed(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

function broken(fault: string): Pick<ExceptionAnnotation, 'exceptions' | 'fault'> {
  return { exceptions: [], fault };
}
