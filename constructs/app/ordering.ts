import type { IConstruct } from 'constructs';
import { type KubernetesObject, orderObjects } from '../../core/manifest';
import type { InspectedObject } from './inspection';

/** The objects in the order in which they are applied: by kind, and after what they were made to depend on. */
export function orderedObjects(inspected: readonly InspectedObject[]): readonly KubernetesObject[] {
  return orderObjects(
    inspected.map(({ object }) => object),
    declaredDependencies(inspected),
  );
}

/** What objects were made to depend on (`node.addDependency`), by themselves or by the scopes they are in: positions in the list. */
export function declaredDependencies(inspected: readonly InspectedObject[]): ReadonlyMap<number, readonly number[]> {
  const waitsFor = inheritedDependencies();
  const dependencies = new Map<number, readonly number[]>();
  let members: ((target: IConstruct) => readonly number[]) | undefined;
  inspected.forEach(({ apiObject }, i) => {
    const targets = waitsFor(apiObject);
    if (targets.length === 0) return;
    members ??= objectsBelow(inspected);
    const indices = new Set(targets.flatMap(members));
    indices.delete(i);
    dependencies.set(i, [...indices]);
  });
  return dependencies;
}

/** What a construct waits for: its own dependencies and those of the scopes it is in. */
function inheritedDependencies(): (construct: IConstruct) => readonly IConstruct[] {
  const known = new Map<IConstruct, readonly IConstruct[]>();
  const of = (construct: IConstruct): readonly IConstruct[] => {
    let dependencies = known.get(construct);
    if (!dependencies) {
      const { scope, dependencies: own } = construct.node;
      const inherited = scope ? of(scope) : [];
      dependencies = own.length === 0 ? inherited : [...inherited, ...own];
      known.set(construct, dependencies);
    }
    return dependencies;
  };
  return of;
}

/** The indices of the objects in a construct, looked up once for each construct that something depends on. */
function objectsBelow(inspected: readonly InspectedObject[]): (target: IConstruct) => readonly number[] {
  const index = new Map<IConstruct, number>(inspected.map(({ apiObject }, i) => [apiObject, i]));
  const known = new Map<IConstruct, readonly number[]>();
  return (target) => {
    let members = known.get(target);
    if (!members) {
      members = target.node.findAll().flatMap((member) => index.get(member) ?? []);
      known.set(target, members);
    }
    return members;
  };
}
