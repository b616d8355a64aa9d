import { isAlias, isMap, isPair, isScalar, isSeq, type Alias, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Json } from '../object';
import type { Path } from '../path';
import { keyText, type ScalarResult, type ScalarSource, scalarValue } from './resolve';

/** Something wrong at a place of the text, as an offset from its start. */
export interface Fault {
  readonly offset: number;
  readonly reason: string;
}

/**
 * Limits of go.yaml.in/yaml/v2 on aliases: small documents may consist of them, large ones must not. A document that Kubernetes
 * reads is read here, too, and one that grows without end is refused after as much work.
 */
const FREE_ALIASED = 100;
const FREE_NODES = 1_000;
const SMALL_DOCUMENT = 400_000;
const LARGE_DOCUMENT = 4_000_000;

function allowedAliasRatio(nodes: number): number {
  const size = Math.min(Math.max(nodes, SMALL_DOCUMENT), LARGE_DOCUMENT);
  return 0.99 - (0.89 * (size - SMALL_DOCUMENT)) / (LARGE_DOCUMENT - SMALL_DOCUMENT);
}

/** Ends the reading of a document. */
class Unreadable extends Error {
  constructor(
    readonly node: Node | null,
    message: string,
  ) {
    super(message);
  }
}

type Target = Record<string, Json>;

/** A parsed document: its value as Kubernetes reads it, and where its nodes are. */
export class Tree {
  private readonly root: Node | null;
  private readonly targets = new Map<Alias, Node>();
  private readonly faults: Fault[] = [];
  private readonly open = new Set<Alias>();
  private nodes = 0;
  private aliased = 0;

  constructor(document: Document) {
    this.root = document.contents as Node | null;
  }
}
