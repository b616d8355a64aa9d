import { ClusterTarget } from '../../../core/cluster/target';
import type { KubernetesObject } from '../../../core/manifest/object';
import { checkObject } from '../../../core/policy/check';
import type { Finding, PodSecurityLevel } from '../../../core/policy/finding';
import type { RuleId } from '../../../core/policy/rules';
import { corpus } from '../../support/corpus';
import { describeUnless } from '../../support/lack';

/** One fixture of k8s.io/pod-security-admission. The name of its file begins with the id of the check that it is for. */
interface Fixture {
  readonly level: PodSecurityLevel;
  readonly version: string;
  readonly expect: 'pass' | 'fail';
  readonly file: string;
  readonly pod: KubernetesObject;
}

const file = corpus('pod-security-standards.jsonl');
const fixtures = file.rows<Fixture>();

/** Our rule for each check of the standards, by the name that the fixtures' files begin with. */
const ruleOfCheck: Readonly<Record<string, RuleId>> = {
  allowprivilegeescalation: 'privilege-escalation',
  apparmorprofile: 'apparmor-profile',
  capabilities_baseline: 'capabilities-add',
  hostnamespaces: 'host-namespaces',
  hostpathvolumes: 'host-path-volumes',
  hostports: 'host-ports',
  hostprobesandhostlifecycle: 'probe-host',
  privileged: 'privileged',
  procmount: 'proc-mount',
  procmount_restricted: 'proc-mount',
  restrictedvolumes: 'volume-types',
  runasnonroot: 'run-as-non-root',
  runasuser: 'run-as-user',
  seccompprofile_baseline: 'seccomp-profile',
  seccompprofile_restricted: 'seccomp-profile',
  selinuxoptions: 'selinux-options',
  sysctls: 'sysctls',
  windowshostprocess: 'windows-host-process',
};

/** The one check that is two rules of ours: what is added and what is dropped. */
const rulesOfCheck = (check: string): readonly string[] =>
  check === 'capabilities_restricted' ? ['capabilities-drop-all', 'capabilities-add'] : [String(ruleOfCheck[check])];

/** The rules for checks that are baseline's alone. */
const baselineRules: ReadonlySet<string> = new Set([
  'apparmor-profile',
  'host-namespaces',
  'host-path-volumes',
  'host-ports',
  'privileged',
  'probe-host',
  'proc-mount',
  'selinux-options',
  'sysctls',
  'windows-host-process',
]);

const conformant: ReadonlySet<string> = new Set([...Object.values(ruleOfCheck), 'capabilities-drop-all']);

function checkOf({ file }: Fixture): string {
  return file.replace(/\d*\.yaml$/, '');
}

const targets = new Map<string, ClusterTarget>();

function targetOf(version: string): ClusterTarget {
  const target = targets.get(version) ?? ClusterTarget.of(version);
  targets.set(version, target);
  return target;
}

/** What our rules for the standards find, whether or not the standard of that version refuses it. */
function findingsOf(pod: KubernetesObject, version: string): readonly Finding[] {
  return checkObject(pod, { target: targetOf(version), registries: [] }).filter(({ rule }) => conformant.has(rule));
}

/** What the standard refuses, by our findings. */
function refusedBy(level: PodSecurityLevel, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ podSecurity }) => podSecurity === 'baseline' || podSecurity === level);
}

describeUnless(file.lack, 'the Pod Security Standards', () => {
  it('are all here', () => {
    expect(fixtures).toHaveLength(1_078);
    expect(new Set(fixtures.map(({ version }) => version))).toEqual(
      new Set(['1.28', '1.29', '1.30', '1.32', '1.33', '1.34', '1.35', '1.36']),
    );
    for (const { version } of fixtures) expect(targetOf(version).version).toBe(version);
    const checks = new Set(fixtures.filter(({ expect: verdict }) => verdict === 'fail').map(checkOf));
    expect([...checks].sort()).toEqual([...Object.keys(ruleOfCheck), 'capabilities_restricted'].sort());
  });

  it.each(['baseline', 'restricted'] as const)('%s: every verdict is upstream’s', (level) => {
    const wrong = fixtures
      .filter((fixture) => fixture.level === level)
      .map((fixture) => ({ fixture, refused: refusedBy(level, findingsOf(fixture.pod, fixture.version)) }))
      .filter(({ fixture, refused }) => (refused.length > 0 ? 'fail' : 'pass') !== fixture.expect)
      .map(
        ({ fixture, refused }) =>
          `${fixture.version} ${fixture.expect} ${fixture.file}: ${refused.map(({ rule }) => rule)}`,
      );
    expect(wrong).toEqual([]);
  });

  it('each pod that must fail breaks the rule of the check that it is for', () => {
    const failing = fixtures.filter(({ expect: verdict }) => verdict === 'fail');
    expect(failing).toHaveLength(818);
    for (const fixture of failing) {
      const refused = refusedBy(fixture.level, findingsOf(fixture.pod, fixture.version)).map(({ rule }) => rule);
      const wanted = rulesOfCheck(checkOf(fixture));
      expect({ fixture: fixture.file, refused: refused.some((rule) => wanted.includes(rule)) }).toEqual({
        fixture: fixture.file,
        refused: true,
      });
    }
  });

  it('each pod that passes breaks no rule of ours but where we are stricter on purpose', () => {
    const stricter = fixtures
      .filter(({ expect: verdict, level }) => verdict === 'pass' && level === 'restricted')
      .flatMap((fixture) =>
        findingsOf(fixture.pod, fixture.version).map(({ rule }) => `${fixture.version} ${fixture.file} ${rule}`),
      );
    expect(stricter).toEqual([]);
    // The rules that are baseline's alone: what restricted asks on top is found in these pods by right.
    const baseline = fixtures
      .filter(({ expect: verdict, level }) => verdict === 'pass' && level === 'baseline')
      .filter((fixture) => findingsOf(fixture.pod, fixture.version).some(({ rule }) => baselineRules.has(rule)))
      .map(({ version, file }) => `${version} ${file}`);
    // An unmasked /proc in a user namespace: baseline allows it from 1.35 on, restricted never does, and neither do we.
    expect(baseline).toEqual(['1.35 procmount1.yaml', '1.36 procmount1.yaml']);
  });

  describe('where we are stricter', () => {
    const failing = (check: string, level: PodSecurityLevel) =>
      fixtures.filter((fixture) => fixture.expect === 'fail' && fixture.level === level && checkOf(fixture) === check);

    it('a host in a probe is refused before 1.34 too, under no standard', () => {
      const pods = failing('hostprobesandhostlifecycle', 'restricted').filter(({ version }) => version === '1.34');
      expect(pods).toHaveLength(5);
      for (const { pod } of pods) {
        expect(findingsOf(pod, '1.33')).toEqual([expect.objectContaining({ rule: 'probe-host', severity: 'error' })]);
        expect(findingsOf(pod, '1.33')[0]?.podSecurity).toBeUndefined();
        expect(refusedBy('restricted', findingsOf(pod, '1.33'))).toEqual([]);
      }
    });

    it.each(['runasnonroot', 'runasuser'])(
      'root in a user namespace (%s) is refused from 1.35 on, under no standard',
      (check) => {
        const pods = failing(check, 'restricted').filter(({ version }) => version === '1.36');
        expect(pods.length).toBeGreaterThanOrEqual(3);
        for (const { pod } of pods) {
          const spec = pod.spec as object;
          const inUserNamespace = { ...pod, spec: { ...spec, hostUsers: false } };
          const found = findingsOf(inUserNamespace, '1.35').filter(({ rule }) => rule === ruleOfCheck[check]);
          expect(found).not.toEqual([]);
          for (const finding of found) expect(finding.podSecurity).toBeUndefined();
          expect(refusedBy('restricted', findingsOf(inUserNamespace, '1.34'))).not.toEqual([]);
        }
      },
    );
  });
});
