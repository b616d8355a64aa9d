import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate } from '../../../core/policy';
import { ClusterTarget, DebugProfile } from '../../../index';
import { image, registry, temporaryFolder, testApp } from '../../support/app';

describe('DebugProfile', () => {
  it('is a container that restricted admits, as a file of its own', () => {
    const folder = join(temporaryFolder(), 'debug');
    expect(DebugProfile.of(testApp()).write(folder).written).toEqual(['restricted.json']);
    expect(JSON.parse(readFileSync(join(folder, 'restricted.json'), 'utf8'))).toEqual({
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsGroup: 65_532,
        runAsNonRoot: true,
        runAsUser: 65_532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
  });

  it('runs as the user that is said', () => {
    expect(DebugProfile.of(testApp(), { user: 1000 }).container.securityContext).toMatchObject({
      runAsUser: 1000,
      runAsGroup: 1000,
    });
  });

  it.each([0, -1, 1.5, 2 ** 31])('refuses the user %d', (user) => {
    expect(() => DebugProfile.of(testApp(), { user })).toThrow(`user = ${user}: it is no user but root`);
  });

  it('refuses what it does not know', () => {
    expect(() => DebugProfile.of(testApp(), { image: 'x' } as never)).toThrow(/image: there is no prop "image"/);
  });

  it.each(['1.28', '1.36'] as const)('breaks no rule, in a pod that says nothing itself (%s)', (version) => {
    const target = ClusterTarget.of(version);
    const { container } = DebugProfile.of(testApp({ target }));
    const findings = (ephemeral: object) =>
      evaluate(
        [
          {
            object: {
              apiVersion: 'v1',
              kind: 'Pod',
              metadata: { name: 'web', namespace: 'shop' },
              spec: { containers: [], ephemeralContainers: [{ name: 'debug', image, ...ephemeral }] },
            },
          },
        ],
        { target, today: '2026-11-21', registries: [registry] },
      ).findings.filter(
        ({ property, severity }) => severity === 'error' && property?.includes('ephemeralContainers[0]'),
      );
    expect(findings(container)).toEqual([]);
    expect(findings({}).length).toBeGreaterThan(2);
  });
});
