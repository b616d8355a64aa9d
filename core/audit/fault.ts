/** Something wrong with an audit policy. */
export interface AuditFault {
  /** Below the policy: `rules[3].level`. */
  readonly property: string;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
}
