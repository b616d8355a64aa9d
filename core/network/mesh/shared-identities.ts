/** Who may reach what, and who they are to the mesh. */
export interface Caller {
  /** The workload, for reports: `shop/web`. */
  readonly name: string;
  /** Its identity: namespace and ServiceAccount. */
  readonly identity: string;
  /** What it may reach: a workload and its port. */
  readonly reaches: ReadonlySet<string>;
}

/** Workloads that a mesh cannot tell apart although they may reach different things: what one may, the other could. */
export function sharedIdentities(callers: readonly Caller[]): readonly {
  readonly caller: Caller;
  /** Another of the same identity. */
  readonly other: Caller;
  /** What only the other may reach. */
  readonly gained: readonly string[];
}[] {
  const byIdentity = new Map<string, Caller[]>();
  for (const caller of callers) byIdentity.set(caller.identity, [...(byIdentity.get(caller.identity) ?? []), caller]);
  return [...byIdentity.values()].flatMap((same) =>
    same.flatMap((caller) =>
      same.flatMap((other) => {
        const gained = [...other.reaches].filter((place) => !caller.reaches.has(place)).sort();
        return other === caller || gained.length === 0 ? [] : [{ caller, other, gained }];
      }),
    ),
  );
}
