import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { isAbsent, NONE } from '../support';
import { secretIn } from './secret-literal';

export const secretInConfig = {
  id: 'secret-in-config',
  subject: 'object',
  kinds: ['/ConfigMap'],
  title: 'No ConfigMap holds a secret',
  severity: 'error',
  why:
    'A ConfigMap is read by whoever may view the namespace, is not encrypted at rest where Secrets are, and stands in the repository and its history. ' +
    'Source: CIS Kubernetes Benchmark 5.4.2.',
  fix: 'Keep the value in a secret store and mount it as a file of its own; let the configuration name the file.',
  check: ({ data }) => {
    if (isAbsent(data) || typeof data !== 'object') return NONE;
    const found: Violation[] = [];
    for (const [key, value] of Object.entries(data)) {
      if (typeof value !== 'string' || value === '') continue;
      // The key of a whole file says what the file is about, not that it is one secret.
      const reason = secretIn(value.trim().includes('\n') ? '' : key, value);
      if (reason === undefined) continue;
      found.push({
        path: ['data', key],
        value: '<redacted>',
        message: `the value of ${key} ${reason}`,
        remedy: 'put it into a secret store and mount it as a file; change the value, since it was written down',
      });
    }
    return found;
  },
} as const satisfies ObjectRule;
