import type { Edge } from './edge';
import { imageEdges } from './image';
import { networkEdges } from './network';
import { rbacEdges } from './rbac';
import { secretsEdges } from './secrets';
import { workloadEdges } from './workload';

/** Objects at the edges of each rule, by its id. */
export const edges: ReadonlyMap<string, readonly Edge[]> = new Map(
  [workloadEdges, rbacEdges, networkEdges, imageEdges, secretsEdges].flatMap((each) => Object.entries(each)),
);
