import type { KubernetesObject } from '../object';
import type { Path } from '../path';
import { flatten, isForeign, objectFaults } from './object-check';
import { type PlainDocument, readPlain } from './plain';
import { type Part, type Position, SourceText, splitDocuments } from './split';
import type { Fault } from './tree';
import { wholeParser } from './whole-parser';

export type { Position } from './split';

/** Where a text comes from. */
export interface ReadOptions {
  /** Its name in messages: a file's path. */
  readonly source: string;
}

/** One Kubernetes object of a text. The items of a `List` are documents of their own. */
export interface ManifestDocument {
  readonly object: KubernetesObject;
  /** The text's name. */
  readonly source: string;
  /** Whether a list of the object may hold a null. */
  readonly mayHoldNullItems: boolean;
  /**
   * Where a node of the object is: an entry of a mapping at its key, an item of a list at its value; the empty path is the
   * object. A node that is not there is reported at the nearest one above it; one that an alias or a merge key brings, at the
   * anchor. Computed when asked.
   */
  positionOf(path: Path): Position;
}

/** Something in a text that is no Kubernetes object. */
export interface ManifestError extends Position {
  /** The text's name. */
  readonly source: string;
  /** What is wrong, and what to do. */
  readonly reason: string;
  /** `source:line:column: reason` */
  readonly message: string;
  /** True for a document that has no apiVersion, and neither kind nor metadata: something else that is written in YAML. */
  readonly foreign: boolean;
}

/** All that a text holds. */
export interface Manifests {
  readonly documents: readonly ManifestDocument[];
  readonly errors: readonly ManifestError[];
}

/**
 * Reads Kubernetes objects from YAML or JSON: many documents, `List` kinds, anchors and merge keys. Values are what Kubernetes'
 * own reader makes of them (sigs.k8s.io/yaml: YAML 1.1, `yes` is true, `0777` is octal, dates are texts). Duplicate keys are
 * refused. Never throws for what the text holds: what cannot be read is in `errors`, everything else in `documents`.
 */
export function readManifests(text: string, { source }: ReadOptions): Manifests {
  const sourceText = new SourceText(text);
  const documents: ManifestDocument[] = [];
  const errors: ManifestError[] = [];
  const report = ({ offset, reason }: Fault, foreign = false): void => {
    const { line, column } = sourceText.positionAt(offset);
    errors.push({ source, line, column, reason, message: `${source}:${line}:${column}: ${reason}`, foreign });
  };

  for (const part of splitDocuments(sourceText.text)) {
    const tree = (part.misplaced === undefined ? readPlain(part.text) : undefined) ?? readWhole(part, report);
    if (tree === undefined) continue;
    const offsetOf = (path: Path): number => part.offset + tree.offsetOf(path);
    for (const { path, value } of flatten(tree.value, [])) {
      const faults = objectFaults(value);
      for (const { at, reason } of faults) report({ offset: offsetOf([...path, ...at]), reason }, isForeign(value));
      if (faults.length > 0) continue;
      documents.push({
        object: value as KubernetesObject,
        source,
        mayHoldNullItems: tree.mayHoldNullItems,
        positionOf: (below) => sourceText.positionAt(offsetOf(path.length === 0 ? below : path.concat(below))),
      });
    }
  }
  return { documents, errors };
}

/** Reads a document with the whole parser. */
function readWhole(part: Part, report: (fault: Fault) => void): PlainDocument | undefined {
  const { tree, faults } = wholeParser().parsePart(part);
  for (const fault of faults) report({ ...fault, offset: part.offset + fault.offset });
  return tree;
}
