import { Chart } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';

const sharedModes: ReadonlySet<string> = new Set(['ReadWriteMany', 'ReadOnlyMany']);

/**
 * Whether only one node at a time can hold a claim: so it is unless a cdk8s-plus PersistentVolumeClaim of that name, in the
 * chart of the volume, says that many can. (A cdk8s-plus Volume keeps the name of its claim and nothing else.)
 */
export function isHeldByOneNode(volume: IConstruct, claimName: string): boolean {
  const modes = findClaim(volume, claimName)?.accessModes ?? [];
  return !modes.some((mode) => sharedModes.has(mode));
}

/** The claim nearest to the volume: siblings first, then outwards to the whole chart. */
function findClaim(volume: IConstruct, claimName: string): kplus.PersistentVolumeClaim | undefined {
  for (const scope of volume.node.scopes.reverse()) {
    const found = findBelow(scope, claimName);
    if (found || Chart.isChart(scope)) return found;
  }
  return undefined;
}

function findBelow(scope: IConstruct, claimName: string): kplus.PersistentVolumeClaim | undefined {
  for (let level = [scope]; level.length > 0; level = level.flatMap((construct) => construct.node.children)) {
    for (const construct of level) if (isClaim(construct) && construct.name === claimName) return construct;
  }
  return undefined;
}

function isClaim(construct: IConstruct): construct is kplus.PersistentVolumeClaim {
  return 'resourceType' in construct && construct.resourceType === 'persistentvolumeclaims';
}
