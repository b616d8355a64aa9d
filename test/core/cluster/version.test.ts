import * as fc from 'fast-check';
import {
  isAtLeast,
  kubernetesVersions,
  nearestKubernetesVersion,
  newestVersion,
  oldestVersion,
  parseKubernetesVersion,
} from '../../../core/cluster/version';

describe('Kubernetes versions', () => {
  it('go from 1.28 to 1.37, without a gap', () => {
    expect([oldestVersion, newestVersion]).toEqual(['1.28', '1.37']);
    expect(kubernetesVersions).toEqual(Array.from({ length: 10 }, (_, i) => `1.${28 + i}`));
  });

  it.each([
    ['1.34', '1.34'],
    ['v1.34', '1.34'],
    ['1.34.2', '1.34'],
    [' v1.28.15 ', '1.28'],
    ['v1.34.2-gke.100', '1.34'],
    ['v1.31.4+k3s1', '1.31'],
    ['1.29+', '1.29'],
    ['v1.30.0-eks-036c24b', '1.30'],
  ])('reads %j as %s', (text, version) => {
    expect(parseKubernetesVersion(text)).toBe(version);
  });

  it.each(['', '1', '1.', '1.3', '1.27', '1.38', '2.34', '1.340', '1.34.', 'latest', 'v1.34.x', '134', '1,34'])(
    'does not read %j',
    (text) => {
      expect(parseKubernetesVersion(text)).toBeUndefined();
    },
  );

  it.each([
    ['1.34.1', '1.34'],
    ['1.27', '1.28'],
    ['0.99', '1.28'],
    ['1.38', '1.37'],
    ['2.0', '1.37'],
    ['latest', '1.37'],
  ])('takes %s for %s meanwhile', (text, version) => {
    expect(nearestKubernetesVersion(text)).toBe(version);
  });

  it('are ordered by their minor number', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (a, b) => {
        expect(isAtLeast(kubernetesVersions[a]!, kubernetesVersions[b]!)).toBe(a >= b);
      }),
    );
  });
});
