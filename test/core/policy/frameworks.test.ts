import { ClusterTarget } from '../../../core/cluster/target';
import type { KubernetesObject } from '../../../core/manifest/object';
import { evaluate } from '../../../core/policy/evaluate';
import {
  controlsBrokenBy,
  type FrameworkId,
  frameworkById,
  frameworkIds,
  frameworks,
  podSecurityCheckOf,
} from '../../../core/policy/frameworks';
import { ruleById } from '../../../core/policy/rules';
import { corpus } from '../../support/corpus';
import { itUnless } from '../../support/lack';

interface Fixture {
  readonly level: 'baseline' | 'restricted';
  readonly version: string;
  readonly expect: 'pass' | 'fail';
  readonly file: string;
  readonly pod: KubernetesObject;
}

describe('frameworks', () => {
  it('name rules that there are, or the reason for a gap', () => {
    for (const id of frameworkIds) {
      for (const control of frameworks[id].controls) {
        expect(control.rules.filter((rule) => ruleById(rule) === undefined)).toEqual([]);
        expect(control.rules.length > 0 || control.gap !== undefined).toBe(true);
      }
      expect(new Set(frameworks[id].controls.map((control) => control.id)).size).toBe(frameworks[id].controls.length);
    }
    expect(frameworkById('pss-baselin')).toBeUndefined();
    expect(frameworkById('toString')).toBeUndefined();
  });

  it('pin their controls', () => {
    const ids = frameworks['pss-restricted'].controls.map(({ id }) => id);
    expect(ids).toEqual([
      ...['privileged', 'hostNamespaces', 'hostPathVolumes', 'hostPorts', 'windowsHostProcess', 'appArmorProfile'],
      ...['capabilities_baseline', 'seLinuxOptions', 'seccompProfile_baseline', 'sysctls', 'procMount'],
      ...['hostProbesAndhostLifecycle', 'allowPrivilegeEscalation', 'capabilities_restricted'],
      ...['seccompProfile_restricted', 'runAsNonRoot', 'runAsUser', 'restrictedVolumes', 'procMount_restricted'],
    ]);
    expect(frameworks['pss-baseline'].controls.map(({ id }) => id)).toEqual(ids.slice(0, 12));
  });

  const fixtures = corpus('pod-security-standards.jsonl');
  itUnless(fixtures.lack, 'refuse what upstream refuses, by the check that it names', () => {
    const all = fixtures.rows<Fixture>();
    const wrong: string[] = [];
    for (const { level, version, expect: verdict, file, pod } of all) {
      const framework: FrameworkId = `pss-${level}`;
      const { findings } = evaluate([{ object: pod }], {
        target: ClusterTarget.of(version),
        today: '2026-07-01',
        frameworks: [framework],
      });
      const broken = new Set(
        findings.flatMap((finding) => controlsBrokenBy(frameworks[framework], finding).map(({ id }) => id)),
      );
      // restrictedvolumes0.yaml, hostprobesandhostlifecycle3.yaml: the check in small letters, and a number.
      const check = file.replace(/\d*\.yaml$/, '');
      const named = [...broken].some((id) => id.toLowerCase() === check);
      if ((findings.length > 0 ? 'fail' : 'pass') !== verdict || (verdict === 'fail' && !named))
        wrong.push(`${version} ${level} ${file}: ${verdict}, ${[...broken].join(' ') || 'nothing'} found`);
      if (findings.some((finding) => podSecurityCheckOf(finding) === undefined)) wrong.push(`${file}: no check id`);
    }
    expect(wrong).toEqual([]);
    expect(all).toHaveLength(1_078);
  });
});
