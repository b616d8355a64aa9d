import { remembering } from './remembering';

/** The way from an object to one of its nodes: keys and list indices, outermost first. */
export type Path = readonly (string | number)[];

/** What stands there; undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, step) ? Reflect.get(node, step) : undefined,
    root,
  );
}

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** A path that was shown, and those below it. */
interface Shown {
  readonly text: string;
  readonly below: Map<string | number, Shown>;
}

/** How many paths are remembered: more than the rules name in the objects of a large platform. */
const MOST_SHOWN = 4_096;

let shown: Shown = { text: '', below: new Map() };
let count = 0;

/**
 * A path as messages show it: `spec.containers[1].securityContext`,
 * `metadata.annotations["prometheus.io/scrape"]`. The empty path is the empty string. The same text is given for the same path: the
 * findings of a thousand workloads name a few properties.
 */
export function formatPath(path: Path): string {
  if (count > MOST_SHOWN) {
    shown = { text: '', below: new Map() };
    count = 0;
  }
  let node = shown;
  for (let depth = 0; depth < path.length; depth++) {
    const step = path[depth] as string | number;
    let next = node.below.get(step);
    if (next === undefined) {
      next = { text: node.text + formatStep(step, depth === 0), below: new Map() };
      node.below.set(step, next);
      count++;
    }
    node = next;
  }
  return node.text;
}

function formatStep(step: string | number, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (!IDENTIFIER.test(step)) return `[${JSON.stringify(step)}]`;
  return isFirst ? step : `.${step}`;
}

const STEP = /\.?([A-Za-z_$][A-Za-z0-9_$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** The path that {@link formatPath} shows so; undefined for a text that is none. Remembered, as what is shown is. */
export const parsePath = remembering((text): Path | undefined => {
  const path: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (match === null) return undefined;
    const [, name, index, quoted] = match;
    path.push(name ?? (index === undefined ? (JSON.parse(quoted ?? '""') as string) : Number(index)));
  }
  return path;
});
