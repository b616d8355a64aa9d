import { lastApplied } from '../../../manifest/last-applied';
import type { KubernetesObject } from '../../../manifest/object';
import { isAbsent, isMapping } from '../../../manifest/plain';
import { keysInLastApplied, openKeys } from '../../../secrets/encryption/sops';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';

const redacted = '<redacted>';

const encrypt =
  'replace it by an ExternalSecret or a SealedSecret, encrypt it with SOPS, or leave the values out and fill them in outside the repository';

const counted = (keys: readonly string[]): string =>
  `${keys.length === 1 ? 'a value' : `${keys.length} values`} (${keys.join(', ')})`;

/** What SOPS has encrypted is not counted, and neither is an empty value, which an operator fills in. */
function inSecret(object: KubernetesObject): readonly Violation[] {
  const found: Violation[] = [];
  for (const field of ['data', 'stringData'] as const) {
    const values = object[field];
    if (isAbsent(values)) continue;
    if (!isMapping(values)) {
      if (Array.isArray(values) && values.length === 0) continue;
      found.push({
        path: [field],
        value: redacted,
        message: `the Secret carries a ${Array.isArray(values) ? 'list' : 'text'} in place of a mapping, and every reader of the manifest has it`,
        remedy: 'leave the values out and fill them in outside the repository',
      });
      continue;
    }
    const keys = openKeys(object, field);
    if (keys.length === 0) continue;
    found.push({
      path: [field],
      value: redacted,
      message: `the Secret carries ${counted(keys)} that every reader of the manifest has`,
      remedy: encrypt,
    });
  }
  const kept = keysInLastApplied(object);
  if (kept.length > 0)
    found.push({
      path: ['metadata', 'annotations', lastApplied],
      value: redacted,
      message: `what kubectl apply has kept of the Secret carries ${counted(kept)} that every reader of the manifest has`,
      remedy: 'remove the annotation, and change the values, since they were written down',
    });
  return found;
}

/** Kustomize makes Secrets, too; those of files that are not in the repository are as they should be. */
function inKustomization({ secretGenerator }: KubernetesObject): readonly Violation[] {
  if (!Array.isArray(secretGenerator)) return [];
  return secretGenerator.flatMap((generator: unknown, i): Violation[] => {
    const literals = isMapping(generator) && Array.isArray(generator.literals) ? generator.literals : [];
    const keys = literals.flatMap((literal) => {
      const [, key] = /^([^=]+)=['"]?[^'"]/s.exec(String(literal)) ?? [];
      return key === undefined ? [] : [key];
    });
    if (keys.length === 0) return [];
    return [
      {
        path: ['secretGenerator', i, 'literals'],
        value: redacted,
        message: `the Secret that Kustomize generates carries ${counted(keys)} that every reader of the manifest has`,
        remedy: encrypt,
      },
    ];
  });
}

const checks: Readonly<Record<string, (object: KubernetesObject) => readonly Violation[]>> = {
  Secret: inSecret,
  Kustomization: inKustomization,
  Component: inKustomization,
};

/**
 * A rule about manifests, not about the cluster: no admission policy can express it, since to the API server the Secret that an
 * operator fills from a store looks the same as one that was written down.
 */
export const secretInManifest = {
  id: 'secret-in-manifest',
  subject: 'object',
  kinds: ['/Secret', 'kustomize.config.k8s.io/Kustomization', 'kustomize.config.k8s.io/Component'],
  title: 'No Secret with values is in a manifest',
  severity: 'error',
  aboutSecrets: true,
  why: 'Base64 is no encryption: who reads the repository, its history, the pipeline or the output folder has the value, long after it was "removed".',
  fix: 'Keep values in a secret store and let an operator make the Secret (ExternalSecret), encrypt it (SealedSecret, SOPS), or mount it with a CSI driver.',
  check: (object) => checks[object.kind]?.(object) ?? [],
} as const satisfies ObjectRule;
