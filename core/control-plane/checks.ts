import type { ControlPlaneFault } from './fault';

/** A fault; `value` is left out where it is undefined. */
export function fault(property: string, value: unknown, message: string, remedy: string): ControlPlaneFault {
  return { property, ...(value !== undefined && { value }), message, remedy };
}

/** The index of the first item that stands before already. */
export function duplicateOf(list: readonly string[]): number | undefined {
  const index = list.findIndex((item, i) => list.indexOf(item) < i);
  return index === -1 ? undefined : index;
}

/** A whole number from 1. */
export function isNaturalNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** An absolute path that leads where it says, with nothing in it that a shell, YAML or a flag would take for something else. */
export function isNodePath(path: unknown): path is string {
  return typeof path === 'string' && /^(\/[A-Za-z0-9_.@+-]+)+$/.test(path) && !/\/\.{1,2}(\/|$)/.test(path);
}

/** Faults of numbers that have to be whole and at least 1. */
export function numberFaults(at: string, values: Readonly<Record<string, unknown>>): readonly ControlPlaneFault[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || isNaturalNumber(value)
      ? []
      : [
          fault(
            `${at}${key}`,
            value,
            `${JSON.stringify(value)} is no whole number from 1`,
            'give one, or leave it out',
          ),
        ],
  );
}

/** Faults of paths on the nodes. */
export function nodePathFaults(at: string, values: Readonly<Record<string, unknown>>): readonly ControlPlaneFault[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || isNodePath(value)
      ? []
      : [
          fault(
            `${at}${key}`,
            value,
            `${JSON.stringify(value)} is no path of a file on a node`,
            'write it from the root on, with letters, digits and -_.@+',
          ),
        ],
  );
}
