import { Chart } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';

type Claim = kplus.PersistentVolumeClaim;

const sharedModes: ReadonlySet<string> = new Set(['ReadWriteMany', 'ReadOnlyMany']);

/**
 * Whether only one node at a time can hold a claim: so it is unless a cdk8s-plus PersistentVolumeClaim of that name, in the
 * chart of the volume, says that many can. (A cdk8s-plus Volume keeps the name of its claim and nothing else.)
 */
export function isHeldByOneNode(volume: IConstruct, claimName: string): boolean {
  const claims = claimsNamed(claimName, chartOf(volume));
  return claims.length === 0 || !claims.every((claim) => claim.accessModes?.some((mode) => sharedModes.has(mode)));
}

const claimsByChart = new WeakMap<IConstruct, ReadonlyMap<string, readonly Claim[]>>();

/** Walks the chart only for a name that was not there at the last walk. */
function claimsNamed(name: string, chart: IConstruct): readonly Claim[] {
  const known = claimsByChart.get(chart)?.get(name);
  if (known) return known;
  const found = new Map<string, Claim[]>();
  for (const claim of chart.node.findAll().filter(isClaim)) {
    found.set(claim.name, [...(found.get(claim.name) ?? []), claim]);
  }
  claimsByChart.set(chart, found);
  return found.get(name) ?? [];
}

function chartOf(construct: IConstruct): IConstruct {
  return construct.node.scopes.reverse().find((scope) => Chart.isChart(scope)) ?? construct.node.root;
}

function isClaim(construct: IConstruct): construct is Claim {
  return 'resourceType' in construct && construct.resourceType === 'persistentvolumeclaims';
}
