import type { RuleCases } from '../rule-cases';
import { admissionCases } from './admission';
import { imageCases } from './image';
import { namespaceCases } from './namespace';
import { networkCases } from './network';
import { rbacCases } from './rbac';
import { secretsCases } from './secrets';
import { workloadCases } from './workload';
import { scannerCases } from './workload-scanners';

const tables = [
  workloadCases,
  scannerCases,
  imageCases,
  secretsCases,
  networkCases,
  rbacCases,
  namespaceCases,
  admissionCases,
];

/** The cases of every rule that objects answer, by its id. */
export const cases: ReadonlyMap<string, RuleCases> = new Map(tables.flatMap((table) => Object.entries(table)));
