import type { PortEntry } from '../port-set';
import { PortSet } from '../port-set';
import { EVERY_PORT, type PortId, type PortIds } from './port-ids';
import type { DeclaredPort } from './world';

const protocolsOf = (protocol: PortEntry['protocol']) =>
  protocol === 'ANY' ? (['TCP', 'UDP', 'SCTP'] as const) : ([protocol ?? 'TCP'] as const);

/**
 * The ports that entries of a rule name for pods that declare these.
 * @param entries undefined for every port
 */
export function resolvePorts(entries: readonly PortEntry[] | undefined, declared: readonly DeclaredPort[]): PortSet {
  if (entries === undefined) return PortSet.every;
  return PortSet.of(
    entries.flatMap((entry): readonly PortEntry[] => {
      if (typeof entry.port !== 'string') return [entry];
      const named = declared.filter(
        ({ name, protocol }) => name === entry.port && protocolsOf(entry.protocol).some((one) => one === protocol),
      );
      return named.map(({ port, protocol }) => ({ port, protocol }));
    }),
  );
}

/** The ports of a rule: names are those of whoever is connected to, and differ from pod to pod. */
export class PortSpec {
  readonly #known = new Map<number, PortId>();

  /** @param entries undefined for every port */
  constructor(
    private readonly ids: PortIds,
    readonly entries: readonly PortEntry[] | undefined,
  ) {
    const isNamed = entries?.some(({ port }) => typeof port === 'string') ?? false;
    this.always = entries === undefined ? EVERY_PORT : isNamed ? undefined : ids.of(resolvePorts(entries, []));
  }

  /** What it is for everybody; undefined where it names ports. */
  readonly always: PortId | undefined;

  /**
   * Which ports it is for pods that declare these.
   * @param kind the same number for the same declared ports
   */
  at(kind: number, declared: readonly DeclaredPort[]): PortId {
    if (this.always !== undefined) return this.always;
    let id = this.#known.get(kind);
    if (id === undefined) {
      id = this.ids.of(resolvePorts(this.entries, declared));
      this.#known.set(kind, id);
    }
    return id;
  }
}
