import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { frameworkIds, frameworks } from '../../../core/policy/frameworks';
import type { Control } from '../../../core/policy/frameworks/framework';
import { type RuleId, rules } from '../../../core/policy/rules';
import { reference } from '../../support/corpus';
import { itUnless } from '../../support/lack';
import { admissionRows } from './scanner-rows/admission';
import type { Answer } from './scanner-rows/answer';
import { imageRows } from './scanner-rows/image';
import { namespaceRows } from './scanner-rows/namespace';
import { networkRows } from './scanner-rows/network';
import { rbacRows } from './scanner-rows/rbac';
import { secretsRows } from './scanner-rows/secrets';
import { workloadRows } from './scanner-rows/workload';

const answers: Readonly<Record<string, Answer>> = {
  ...workloadRows,
  ...rbacRows,
  ...networkRows,
  ...imageRows,
  ...namespaceRows,
  ...secretsRows,
  ...admissionRows,
};

const controlsOf = (id: keyof typeof frameworks): readonly Control[] => frameworks[id].controls;
const upTo = (last: number, section: string) => Array.from({ length: last }, (_, i) => `${section}.${i + 1}`);

describe('the maps of frameworks', () => {
  it.each(frameworkIds)('pin the controls of %s, and their rules', (id) => {
    // Of our own profile the rules are those of the index, which its own test pins.
    const lines = controlsOf(id).map(
      (control) =>
        `${control.id}: ${id === 'bulwark' ? 'every rule' : control.rules.join(' ')}${control.gap ? ' (gap)' : ''}`,
    );
    expect(lines).toMatchSnapshot();
  });

  it('name each recommendation of section 5 of the CIS benchmark, and the other sections as gaps', () => {
    expect(controlsOf('cis-1.12').map(({ id }) => id)).toEqual([
      ...['1', '2', '3', '4'],
      ...upTo(13, '5.1'),
      ...upTo(12, '5.2'),
      ...upTo(2, '5.3'),
      ...upTo(2, '5.4'),
      ...upTo(1, '5.5'),
      ...upTo(4, '5.6'),
    ]);
  });

  it('name each technique of the third version of the threat matrix once', () => {
    const numbers = Array.from({ length: 41 }, (_, i) => i + 1).filter((number) => number !== 32);
    const ids = numbers.map((number) => `MS-TA90${String(number).padStart(2, '0')}`);
    expect(
      controlsOf('mitre')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids);
    const tactics = [...new Set(controlsOf('mitre').map(({ title }) => title.split(': ')[0]))];
    expect(tactics).toEqual([
      ...['Initial access', 'Execution', 'Persistence', 'Privilege escalation', 'Defense evasion'],
      ...['Credential access', 'Discovery', 'Lateral movement', 'Collection', 'Impact'],
    ]);
  });

  it('give every rule to our own profile', () => {
    expect(
      controlsOf('bulwark')
        .flatMap((control) => control.rules)
        .sort(),
    ).toEqual(rules.map(({ id }) => id).sort());
  });

  it('are right where those of scanners are wrong', () => {
    const of = (id: keyof typeof frameworks, control: string) =>
      controlsOf(id).find((one) => one.id === control)?.rules as readonly string[];
    // Workloads, not labels of namespaces.
    for (const id of upTo(12, '5.2').slice(1)) expect(of('cis-1.12', id)).not.toContain('namespace-pod-security');
    expect(of('nsa', 'hardening-environments')).toEqual(
      expect.arrayContaining(['selinux-options', 'apparmor-profile', 'seccomp-profile']),
    );
    expect(of('nsa', 'non-root-containers')).toContain('run-as-group');
    expect(of('nsa', 'rbac')).toContain('rbac-wildcard');
    expect(of('nsa', 'pod-security-enforcement')).toContain('host-namespaces');
  });
});

/** Rules that no framework demands: of our own, or what the API server would refuse anyway. */
const own: readonly RuleId[] = [
  ...([
    'duplicate-port',
    'ephemeral-containers',
    'high-ids',
    'image-valid',
    'named-ports',
    'pdb-blocks-drain',
  ] as const),
  ...(['pre-stop', 'privileged-port', 'readiness-probe', 'service-account-alias', 'target-field'] as const),
  'secret-volume',
  'service-target-port',
  'termination-grace',
  'vault-agent',
];

it('leaves no rule out of all frameworks but our own', () => {
  const named = new Set<string>(
    frameworkIds.filter((id) => id !== 'bulwark').flatMap((id) => controlsOf(id).flatMap((control) => control.rules)),
  );
  const folder = join(__dirname, '../../../core/policy/rules');
  const subjects = ['workload', 'rbac', 'network', 'namespace', 'secrets', 'image', 'admission'];
  const files = subjects.flatMap((subject) => readdirSync(join(folder, subject)).map((file) => file.slice(0, -3)));
  const known: ReadonlySet<string> = new Set(rules.map(({ id }) => id));
  expect(files.filter((id) => known.has(id) && !named.has(id)).sort()).toEqual([...own].sort());
});

/** Numbers of older versions of the benchmark, in which 5.2.9 was about added capabilities and general policies were 5.7. */
const renumbered: Readonly<Record<string, string>> = {
  '5.2.13': '5.2.12',
  '5.7.1': '5.6.1',
  '5.7.2': '5.6.2',
  '5.7.3': '5.6.3',
  '5.7.4': '5.6.4',
};
const renumberedRows: Readonly<Record<string, string>> = {
  'caps-drop-all': '5.2.9',
  'host-process-windows': '5.2.10',
  'hostpath-volume': '5.2.11',
};

const retired = 'PodSecurityPolicy was removed in Kubernetes 1.25';
const kubelets = 'a fault of kubelets that no target has';
const flags = 'a flag or file of the cluster itself, which the control names as its gap';

/** Rows that name a control whose rules do not answer them, and why. */
const explained: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cis: {
    'ns-psa-baseline': '5.2.2 to 5.2.12 are asked of the pods; the labels of the namespace are 5.2.1',
    'ns-psa-restricted': '5.2.2 to 5.2.12 are asked of the pods; the labels of the namespace are 5.2.1',
    'image-provenance': 'the plugin of the API server is the gap of the control',
  },
  nsa: {
    'hostpath-symlink-subpath': kubelets,
    'cpu-limit': 'not taken: a CPU limit throttles the application and stops no attacker',
    'psp-enabled': retired,
    'etcd-encryption': flags,
    'apiserver-anonymous-auth': flags,
    'apiserver-insecure-port': flags,
    'audit-log-path': flags,
    'audit-log-maxage': flags,
    'kubelet-anonymous-auth': flags,
    'kubelet-client-ca': flags,
  },
  mitre: {
    'hostpath-symlink-subpath': kubelets,
    'cronjob-present': 'not taken: a CronJob is no fault',
    'psp-enabled': retired,
    'etcd-encryption': flags,
    'audit-log-path': flags,
    'kubelet-anonymous-auth': flags,
    'kubelet-client-ca': flags,
  },
};

const table = reference('scanner-checks.csv');

/** The rows of the table; a cell with a comma stands in quotation marks. */
function rowsOfTable(): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = table
    .text()
    .trim()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''));
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

function answersOne(row: string, controls: readonly Control[]): boolean {
  const answer = answers[row];
  if (answer === undefined || answer === 'not taken') return false;
  return controls.some((control) => answer.some((rule) => control.rules.includes(rule)));
}

itUnless(table.lack, 'answer every row of the table of scanners that names a control, or say why not', () => {
  const unanswered: Record<string, string[]> = { cis: [], nsa: [], mitre: [] };
  let asked = 0;
  for (const { id = '', cis = '', nsa = '', mitre = '' } of rowsOfTable()) {
    for (const number of cis.split(';').filter(Boolean)) {
      asked += 1;
      const now = renumberedRows[id] ?? renumbered[number] ?? number;
      const section = /^[1-4]\./.test(now) ? now.slice(0, 1) : now;
      const control = controlsOf('cis-1.12').find((one) => one.id === section);
      const isGap = section !== now && control?.gap !== undefined;
      if (!isGap && !answersOne(id, control ? [control] : [])) unanswered.cis?.push(id);
    }
    if (nsa !== '') asked += 1;
    if (nsa !== '' && !answersOne(id, controlsOf('nsa'))) unanswered.nsa?.push(id);
    if (mitre !== '') asked += 1;
    if (mitre !== '' && !answersOne(id, controlsOf('mitre'))) unanswered.mitre?.push(id);
  }
  expect(asked).toBeGreaterThan(150);
  for (const [framework, rows] of Object.entries(unanswered))
    expect([...new Set(rows)].sort()).toEqual(Object.keys(explained[framework] ?? {}).sort());
});
