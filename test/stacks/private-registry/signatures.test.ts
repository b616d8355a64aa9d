/** Who signs what the cluster runs, as an argument of the registry. */
import { imageVerification } from '../../../core/images';
import type { KubernetesObject } from '../../../core/manifest/object';
import { RegistryError } from '../../../core/registry/fault';
import {
  PrivateRegistry,
  type PrivateRegistryArgs,
  type RegistrySignaturesArgs,
} from '../../../stacks/private-registry';
import { objectsIn, run } from '../../support/pulumi/registered';
import { ecPair, rsaPair } from '../../support/signing-keys';
import { basics, harbor, zots } from './arguments';

const [release, next, scanner] = [ecPair().publicKey, ecPair().publicKey, ecPair().publicKey];
const github = 'https://token.actions.githubusercontent.com';
const workflow = 'https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/main';
const least: RegistrySignaturesArgs = { keys: [release], pullSecrets: ['registry'] };

async function policiesOf(
  signatures: RegistrySignaturesArgs,
  changes: Partial<PrivateRegistryArgs> = {},
): Promise<readonly KubernetesObject[]> {
  const found = await run(() => {
    new PrivateRegistry('images', { ...basics, ...changes, signatures });
  });
  return objectsIn(found).filter(({ kind }) => kind === 'ImageValidatingPolicy');
}

async function faultsOf(signatures: unknown): Promise<readonly string[]> {
  const thrown: unknown[] = [];
  const found = await run(() => {
    try {
      new PrivateRegistry('images', { ...basics, signatures: signatures as RegistrySignaturesArgs });
    } catch (error) {
      thrown.push(error);
    }
  });
  expect(found).toEqual([]);
  const [error] = thrown;
  if (!(error instanceof RegistryError)) throw error;
  expect(String(error)).not.toContain('PRIVATE');
  return error.faults.map(({ key }) => key);
}

describe('the signatures of a private registry', () => {
  it('are asked for by the policy of the construct, for its images alone', async () => {
    const signatures: RegistrySignaturesArgs = {
      keys: [release, next],
      identities: [
        { issuer: github, subject: workflow },
        {
          issuer: github,
          matches: '^https://github\\.com/acme/[a-z]+/\\.github/workflows/release\\.yml@refs/heads/main$',
        },
      ],
      scan: {
        keys: [scanner],
        scanner: 'pkg:github/aquasecurity/trivy',
        maxAgeHours: 24,
        refuseFrom: 'critical',
        report: 'grype',
      },
      unsigned: [
        {
          patterns: ['registry.k8s.io/**'],
          reason: 'the plug-ins of the cluster are not signed by us',
          expires: '2027-03-01',
        },
      ],
      excludeNamespaces: ['gpu'],
      pullSecrets: ['registry'],
    };
    const expected = imageVerification(
      {
        images: [
          {
            name: 'registry',
            patterns: ['registry.acme.example/**'],
            signers: [
              { name: 'signer-key-1', key: release },
              { name: 'signer-key-2', key: next },
              { name: 'signer-identity-1', issuer: github, subject: workflow },
              {
                name: 'signer-identity-2',
                issuer: github,
                subject: {
                  matches: '^https://github\\.com/acme/[a-z]+/\\.github/workflows/release\\.yml@refs/heads/main$',
                },
              },
            ],
            scan: {
              scanners: [{ name: 'scanner-key-1', key: scanner }],
              scanner: 'pkg:github/aquasecurity/trivy',
              report: 'grype',
              maxAgeHours: 24,
              refuseFrom: 'critical',
            },
          },
        ],
        unsigned: signatures.unsigned ?? [],
        excludeNamespaces: ['registry', 'gpu'],
        pullSecrets: ['registry'],
      },
      { today: '2026-11-22' },
    );
    const [policy, ...rest] = await policiesOf(signatures);
    expect(rest).toEqual([]);
    expect(policy?.spec).toEqual(expected[0]?.spec);
  });

  it.each<[string, Partial<PrivateRegistryArgs>]>([
    ['distribution', {}],
    ['zot', zots['zot alone'] ?? {}],
    ['Harbor', harbor],
  ])('are asked for with %s', async (_, changes) => {
    const [policy] = await policiesOf(least, { ...changes, namespace: 'images' });
    const { matchConstraints, matchImageReferences } = (policy?.spec ?? {}) as Readonly<Record<string, unknown>>;
    expect(matchConstraints).toMatchObject({ namespaceSelector: { matchExpressions: [{ values: ['images'] }] } });
    expect(matchImageReferences).toEqual([{ expression: expect.stringContaining('registry\\.acme\\.example/') }]);
  });

  it('are not asked for where nobody says so', async () => {
    const found = await run(() => {
      new PrivateRegistry('images', basics);
    });
    expect(objectsIn(found).filter(({ kind }) => kind === 'ImageValidatingPolicy')).toEqual([]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['nobody who signs', { pullSecrets: ['registry'] }, ['signatures.keys']],
    ['no way to read them', { keys: [release] }, ['signatures']],
    [
      'a key that is none, and one that is weak',
      { ...least, keys: [release, 'abc', rsaPair(1024).publicKey] },
      ['signatures.keys[1]', 'signatures.keys[2]'],
    ],
    ['a private key', { ...least, keys: [ecPair().privateKey] }, ['signatures.keys[0]']],
    [
      'somebody without an identity, or with two',
      { ...least, identities: [{ issuer: github }, { issuer: github, subject: workflow, matches: '^a$' }] },
      ['signatures.identities[0]', 'signatures.identities[1]'],
    ],
    [
      'anybody',
      { ...least, identities: [{ issuer: github, matches: '.*' }] },
      ['signatures.identities[0].subject.matches'],
    ],
    [
      'a scanner that signs images',
      { ...least, scan: { keys: [release], scanner: 'pkg:github/aquasecurity/trivy' } },
      ['signatures.scan.keys[0]'],
    ],
    [
      'a scan of a year ago',
      { ...least, scan: { keys: [scanner], scanner: 'pkg:github/aquasecurity/trivy', maxAgeHours: 8_760 } },
      ['signatures.scan.maxAgeHours'],
    ],
    [
      'exceptions that have ended',
      {
        ...least,
        unsigned: [{ patterns: ['registry.k8s.io/**'], reason: 'the plug-ins of the cluster', expires: '2020-01-01' }],
      },
      ['signatures.unsigned[0].expires'],
    ],
    ['a namespace that is none', { ...least, excludeNamespaces: ['A'] }, ['signatures.excludeNamespaces[0]']],
  ])('refuse %s', async (_, signatures, keys) => {
    expect(await faultsOf(signatures)).toEqual(keys);
  });
});
