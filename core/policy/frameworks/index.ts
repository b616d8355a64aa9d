import type { Finding } from '../finding';
import { bulwark } from './bulwark';
import { cis112 } from './cis-1.12';
import { controlsBrokenBy, type Framework } from './framework';
import { mitre } from './mitre';
import { nsa } from './nsa';
import { pssBaseline } from './pss-baseline';
import { pssRestricted } from './pss-restricted';

export { type Control, controlsBrokenBy, type Framework } from './framework';

/** Every framework: one line each. */
export const frameworks = {
  bulwark,
  'pss-baseline': pssBaseline,
  'pss-restricted': pssRestricted,
  'cis-1.12': cis112,
  nsa,
  mitre,
} as const satisfies Readonly<Record<string, Framework>>;

/** The id of a framework. */
export type FrameworkId = keyof typeof frameworks;

/** Every id, in the order in which they are listed. */
export const frameworkIds = Object.keys(frameworks) as readonly FrameworkId[];

/** The framework of that id; undefined where there is none. */
export function frameworkById(id: string): Framework | undefined {
  return (frameworkIds as readonly string[]).includes(id) ? frameworks[id as FrameworkId] : undefined;
}

/** The id under which Kubernetes' own check of the Pod Security Standards refuses what a finding says; undefined for others. */
export function podSecurityCheckOf(finding: Finding): string | undefined {
  return finding.podSecurity === undefined ? undefined : controlsBrokenBy(pssRestricted, finding)[0]?.id;
}

/** The ids of the rules that answer any control of these frameworks. */
export function rulesOf(ids: readonly FrameworkId[]): ReadonlySet<string> {
  return new Set<string>(ids.flatMap((id) => frameworks[id].controls.flatMap(({ rules }): readonly string[] => rules)));
}
