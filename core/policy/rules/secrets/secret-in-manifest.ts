import { isAbsent } from '../../../manifest/plain';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';

const fields = ['data', 'stringData'] as const;

/**
 * A rule about manifests, not about the cluster: no admission policy can express it, since to the API server the Secret that an
 * operator fills from a store looks the same as one that was written down.
 */
export const secretInManifest = {
  id: 'secret-in-manifest',
  subject: 'object',
  kinds: ['/Secret'],
  title: 'No Secret with values is in a manifest',
  severity: 'error',
  why: 'Base64 is no encryption: who reads the repository, its history, the pipeline or the output folder has the value, long after it was "removed".',
  fix: 'Keep values in a secret store and let an operator make the Secret (ExternalSecret), encrypt it (SealedSecret, SOPS), or mount it with a CSI driver.',
  check: (object) => {
    const found: Violation[] = [];
    for (const field of fields) {
      const values = object[field];
      if (isAbsent(values)) continue;
      if (typeof values !== 'object') {
        found.push({
          path: [field],
          value: '<redacted>',
          message: 'the Secret carries a text in place of a mapping, and every reader of the manifest has it',
          remedy: 'leave the values out and fill them in outside the repository',
        });
        continue;
      }
      const keys = Object.keys(values);
      if (keys.length === 0) continue;
      found.push({
        path: [field],
        value: '<redacted>',
        message: `the Secret carries ${keys.length === 1 ? 'a value' : `${keys.length} values`} (${keys.join(', ')}) that every reader of the manifest has`,
        remedy:
          'replace it by an ExternalSecret or a SealedSecret, or leave the values out and fill them in outside the repository',
      });
    }
    return found;
  },
} as const satisfies ObjectRule;
