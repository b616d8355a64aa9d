import { assert, constantFrom, property, string, uniqueArray } from 'fast-check';
import { mergeGrants, policyHcl } from '../../../../core/secrets/vault/hcl';
import { vaultPathFaults } from '../../../../core/secrets/vault/path';
import type { VaultGrant } from '../../../../core/secrets/vault/source';

/** Reads the policies that we write, by rules of its own: unlike Vault it knows nothing else. */
function readPolicy(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const rest = text
    .replace(/^#.*\n/gm, '')
    .replace(/path ("(?:[^"\\]|\\.)*") \{\n {2}capabilities = (\[[^\]]*\])\n\}\n/g, (_, path, capabilities) => {
      found.set(JSON.parse(path), JSON.parse(capabilities));
      return '';
    });
  expect(rest.trim()).toBe('');
  return found;
}

const names = string({ unit: constantFrom('a', 'B', '7', '-', '_', '.', ' ', '"', '\\', '$', '{', 'ü', '/') });
const paths = names.filter((text) => vaultPathFaults(text).length === 0);

describe('policyHcl', () => {
  it('writes a block a path', () => {
    const grants: VaultGrant[] = [
      { path: 'secret/data/shop/db', capabilities: ['read'] },
      { path: 'pki/issue/web', capabilities: ['update'] },
    ];
    expect(policyHcl(grants, ['What Deployment shop/api may do.'])).toBe(`# What Deployment shop/api may do.

path "pki/issue/web" {
  capabilities = ["update"]
}

path "secret/data/shop/db" {
  capabilities = ["read"]
}
`);
  });

  it('says no more than the grants, whatever the paths', () => {
    const says = property(uniqueArray(paths, { maxLength: 5 }), (all) => {
      const grants = all.map((path): VaultGrant => ({ path, capabilities: ['read'] }));
      expect(readPolicy(policyHcl(grants))).toEqual(new Map(all.map((path) => [path, ['read']])));
    });
    assert(says);
  });

  it('is the same for the same grants in any order', () => {
    const grants: VaultGrant[] = [
      { path: 'b', capabilities: ['update', 'read'] },
      { path: 'a', capabilities: ['read'] },
      { path: 'b', capabilities: ['create'] },
    ];
    expect(policyHcl(grants.toReversed())).toBe(policyHcl(grants));
    expect(mergeGrants(grants)).toEqual([
      { path: 'a', capabilities: ['read'] },
      { path: 'b', capabilities: ['create', 'read', 'update'] },
    ]);
  });

  it.each(['secret/{{identity.entity.id}}', `secret/$${'{env}'}`, 'a\nb', '../a', ''])(
    'refuses %j, which is no name',
    (path) => {
      expect(() => policyHcl([{ path, capabilities: ['read'] }])).toThrow(RangeError);
    },
  );

  it('keeps a comment in its line', () => {
    expect(policyHcl([], ['a\npath "sys/*" { capabilities = ["sudo"] }'])).toMatch(/^# [^\n]*\n$/);
  });
});
