import type { Finding, PodSecurityLevel } from '../finding';
import type { RuleId } from '../rules';

/** What a control demands, and which rules answer it. */
export interface Control {
  /** As the framework names it. */
  readonly id: string;
  readonly title: string;
  /** The rules that answer it; none where there is a gap. */
  readonly rules: readonly RuleId[];
  /** Counts a finding only where the Pod Security Standard of one of these levels demands it. @default - every finding of the rules */
  readonly levels?: readonly PodSecurityLevel[];
  /** Why no rule answers it, or what of it none does. @default - the rules answer all of it */
  readonly gap?: string;
}

/** A set of controls that somebody else published, and what answers them here. */
export interface Framework {
  /** As `--framework` names it. */
  readonly id: string;
  readonly title: string;
  /** Where it is published. */
  readonly url: string;
  readonly controls: readonly Control[];
}

/** The controls of a framework that a finding breaks. */
export function controlsBrokenBy(framework: Framework, finding: Finding): readonly Control[] {
  return framework.controls.filter(
    ({ rules, levels }) =>
      (rules as readonly string[]).includes(finding.rule) &&
      (levels === undefined || (finding.podSecurity !== undefined && levels.includes(finding.podSecurity))),
  );
}
