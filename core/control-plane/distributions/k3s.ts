import type { ControlPlane } from '../control-plane';
import { anonymousStep, rancherArgs, rancherFlagFate, writtenForRancher } from './rancher-parts';
import { type Fate, type Part, requireTarget, sortParts, type WrittenControlPlane } from './written';

/**
 * For k3s: a file of /etc/rancher/k3s/config.yaml.d, and the files and folders for its servers. Audit logging is off in k3s and the folder
 * of the log missing. `secrets-encryption` stays off: it would encrypt Secrets alone, by keys and a file of k3s' own.
 * @throws ControlPlaneError for a target of another distribution
 * @see https://docs.k3s.io/security/hardening-guide
 */
export function writeK3s(controlPlane: ControlPlane): WrittenControlPlane {
  requireTarget(controlPlane.target, 'k3s', ['k3s']);
  const sorted = sortParts(controlPlane, k3sFate);
  return writtenForRancher(controlPlane, sorted, {
    product: 'k3s',
    settings: rancherArgs(sorted.flags),
    steps: [
      'Make the folders and put the files onto every server, the same everywhere, before k3s starts.',
      ...anonymousStep(controlPlane, anonymousSince),
      'k3s replaces the list kube-apiserver-arg of a file by that of the next one: join them, or write kube-apiserver-arg+ in the others.',
      'systemctl restart k3s, one server after the other.',
    ],
  });
}

/** @see https://docs.k3s.io/release-notes/v1.33.X of v1.33.1+k3s1 */
const anonymousSince = { title: 'k3s', releases: '1.32.5, 1.33.1', source: 'k3s-io/k3s#12276, #12277' };

function k3sFate(part: Part): Fate {
  if (part.kind === 'flag') return rancherFlagFate(part.flag, 'k3s');
  return part.kind === 'file' ? 'written' : { by: 'k3s, in whose process kube-apiserver runs: it sees the whole node' };
}
