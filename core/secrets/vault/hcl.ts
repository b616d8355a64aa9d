import { isFatal, vaultPathFaults } from './path';
import type { VaultCapability, VaultGrant } from './source';

const order: Readonly<Record<VaultCapability, number>> = { create: 0, read: 1, update: 2, list: 3, delete: 4 };

/** The same grants, one a path: by path, and the capabilities in one order. */
export function mergeGrants(grants: readonly VaultGrant[]): readonly VaultGrant[] {
  const byPath = new Map<string, Set<VaultCapability>>();
  for (const { path, capabilities } of grants) {
    const known = byPath.get(path) ?? new Set();
    for (const capability of capabilities) known.add(capability);
    byPath.set(path, known);
  }
  return [...byPath]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, known]) => ({ path, capabilities: [...known].sort((a, b) => order[a] - order[b]) }));
}

/**
 * A policy of Vault that allows the grants and nothing beside them.
 *
 * @param about lines for the head of the file, as comments
 * @throws RangeError for a path that ends the policy's text or names nothing: whoever makes grants has refused it before
 * @see https://developer.hashicorp.com/vault/docs/concepts/policies
 */
export function policyHcl(grants: readonly VaultGrant[], about: readonly string[] = []): string {
  const head = about.map((line) => `# ${line.replace(/[\r\n]+/g, ' ')}\n`).join('');
  const blocks = mergeGrants(grants).map(({ path, capabilities }) => {
    const fault = vaultPathFaults(path).find(isFatal);
    if (fault !== undefined)
      throw new RangeError(`no policy can name the path ${JSON.stringify(path)}: ${fault.message}`);
    return `path ${quoted(path)} {\n  capabilities = [${capabilities.map(quoted).join(', ')}]\n}\n`;
  });
  return [...(head === '' ? [] : [head]), ...blocks].join('\n');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
