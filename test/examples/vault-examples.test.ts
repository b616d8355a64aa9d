import type { KubernetesObject } from '../../core/manifest';
import { VaultAccess } from '../../index';
import { findingsOf } from '../support/app';
import { boutiqueObjects, readObjects } from './boutique';
import { differencesBetween } from './differences';
import { withReadableRules } from './openings';
import { readmeOf, type VaultExample, vaultExample, vaultExamples } from './vault-examples';

const shops = vaultExamples.filter((name) => name.startsWith('online-boutique'));
const others = vaultExamples.filter((name) => !shops.includes(name));
const objectsOf = (name: VaultExample) => readObjects(vaultExample(name).synthYaml());

/** The first cells of a README's table of differences: the fields in it. */
const fieldsIn = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^\| *`/.test(line))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, field]) => field));

describe('what the examples with Vault write', () => {
  it.each(others)('%s', (name) => {
    expect(vaultExample(name).synthYaml()).toMatchSnapshot();
  });

  it.each(vaultExamples)('for Vault, of %s', (name) => {
    expect(Object.fromEntries(VaultAccess.of(vaultExample(name)).files())).toMatchSnapshot();
  });
});

describe('the shop with Vault against the one without', () => {
  const plain = boutiqueObjects({ target: '1.36' }).map(withReadableRules);
  const differences = (name: VaultExample) => differencesBetween(plain, objectsOf(name).map(withReadableRules));

  it.each(shops)('differs in this alone: %s', (name) => {
    expect(differences(name)).toMatchSnapshot();
  });

  it.each(shops)('has these custom resources: %s', (name) => {
    const custom = objectsOf(name).filter(({ apiVersion }) => /secrets/.test(apiVersion));
    expect(custom).toMatchSnapshot();
  });

  it('differs in what the README says, and in nothing else', () => {
    const found = new Set(shops.flatMap((name) => Object.keys(differences(name))));
    expect(fieldsIn(readmeOf('online-boutique-vault')).sort()).toEqual([...found].sort());
  });

  it('names no password in a variable, and starts no shell', () => {
    for (const name of shops) {
      const text = JSON.stringify(
        objectsOf(name)
          .filter(({ kind }) => kind === 'Deployment')
          .map(ofCarts),
      );
      expect(text).not.toMatch(/REDIS_ADDR"|secretKeyRef|requirepass|\/bin\/sh/);
    }
  });
});

/** The containers of cartservice and its Redis. */
function ofCarts({ metadata, spec }: KubernetesObject): unknown {
  const { template } = spec as { readonly template: { readonly spec: { readonly containers: unknown } } };
  return ['redis-cart', 'cartservice'].includes(metadata?.name ?? '') ? template.spec.containers : undefined;
}

describe('what the rules find in the examples with Vault', () => {
  it.each(vaultExamples)('is no error, and waived is only what the README lists: %s', (name) => {
    const findings = findingsOf(vaultExample(name));
    const of = (which: (finding: (typeof findings)[number]) => boolean) =>
      [...new Set(findings.filter(which).map(({ rule }) => rule))].sort();
    expect(of(({ severity, waivedBy }) => severity !== 'info' && waivedBy === undefined)).toEqual([]);
    expect(of(({ waivedBy }) => waivedBy !== undefined)).toEqual(shops.includes(name) ? ['image-digest'] : []);
  });
});

describe('the READMEs of the examples with Vault', () => {
  it.each([
    ['dynamic-database', 'dynamic-database'],
    ['mutual-tls', 'mutual-tls'],
    ['online-boutique-vault', 'online-boutique-vault by csi'],
    ['online-boutique-vault', 'online-boutique-vault by agent'],
    ['online-boutique-vault', 'online-boutique-vault by operator'],
  ] as const)('%s counts the objects of %s', (folder, name) => {
    const counts = [...readmeOf(folder).matchAll(/(\d+) objects/g)].map(([, count]) => Number(count));
    expect(counts).toContain(objectsOf(name).length);
  });
});
