import type { Finding } from '../../core/policy';
import { describeFindings } from '../../core/report';

/** Why nothing was written: every finding that stops a synthesis, at once. */
export class SynthesisError extends Error {
  /** The findings, as data. */
  declare readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const count = findings.length === 1 ? '1 error' : `${findings.length} errors`;
    super(`${count}, nothing was written.\n\n${describeFindings(findings)}`);
    this.name = 'SynthesisError';
    // The message says where to look; the frames of the synthesis do not.
    this.stack = `${this.name}: ${this.message}`;
    // Not enumerable: an uncaught error prints its message once, not the data behind it as well.
    Object.defineProperty(this, 'findings', { value: findings });
  }
}
