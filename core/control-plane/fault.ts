/** Something wrong with what was asked of a control plane, or an audit policy. Its texts never hold the material of a key. */
export interface ControlPlaneFault {
  /** Below the settings: `encryption.secretbox[0]`, `audit.policy.rules[3]`. */
  readonly property: string;
  /** Absent where the value is a secret, and where nothing was given. */
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** Thrown with every fault at once, before anything is made. */
export class ControlPlaneError extends Error {
  override readonly name = 'ControlPlaneError';

  constructor(readonly faults: readonly ControlPlaneFault[]) {
    const lines = faults.map(({ property, message, remedy }) => `${property}: ${message}; ${remedy}`);
    super(`The control plane cannot be made as it is declared:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }
}
