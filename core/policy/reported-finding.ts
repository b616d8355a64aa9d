import { identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { type Path, parsePath } from '../manifest/path';
import type { Position } from '../manifest/yaml/split';
import type { Finding } from './finding';
import { fingerprintOf } from './fingerprint';
import { hideTexts } from './leaks/hidden';
import type { ObjectName, ReportedFinding } from './report';

/** The object that a finding is about. */
interface Owner {
  readonly object: KubernetesObject;
  readonly name: ObjectName;
  /** The text that it was read from. */
  readonly source: string;
  readonly positionOf: ((path: Path) => Position) | undefined;
}

/** Names every field, so that a forgotten one does not compile. */
type EveryField<T> = { readonly [K in keyof Required<T>]: T[K] };

const none: readonly never[] = [];

/**
 * A finding as reports have it: by the object's name, and where it is written.
 * @param texts secrets that its fingerprint must not show: names of list items are part of it. @default - none
 * @param hidesLine whether a line of the source holds a secret. @default - none does
 */
export function reportedFinding(
  finding: Finding,
  owner: Owner | undefined,
  texts: readonly string[] = none,
  hidesLine?: (line: string) => boolean,
): ReportedFinding {
  const { rule, severity, object, property, value, message, remedy, container, podSecurity, fix, waivedBy } = finding;
  const positionOf = owner?.positionOf;
  // All have one shape: there may be tens of thousands, and to copy each as it is takes longer.
  const reported: EveryField<ReportedFinding> = {
    rule,
    severity,
    // It was the place of the object in the texts, or its number: the name and the location say that better.
    construct: undefined,
    object,
    property,
    value,
    message,
    remedy,
    container,
    podSecurity,
    location:
      owner === undefined || positionOf === undefined
        ? finding.location
        : locationOf(owner.source, positionOf(parsePath(property ?? '') ?? [])),
    fix,
    waivedBy,
    of: owner?.name,
    fingerprint: () => hideTexts(fingerprintOf(finding, owner?.object), texts),
    positionOf,
    hidesLine,
    known: undefined,
  };
  return reported;
}

function locationOf(file: string, { line, column }: Position) {
  return { file, line, column };
}

/** What tells an object apart in reports. */
export function nameOf(object: KubernetesObject): ObjectName {
  const { apiVersion, kind } = object;
  const { namespace, name } = identityOf(object);
  return namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
}
