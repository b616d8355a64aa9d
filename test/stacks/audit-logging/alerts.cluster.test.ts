/** The alerts, by Prometheus' own promtool: each fires where it should, and does not right below that. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeYaml } from '../../../core/manifest';
import { alertNames, auditRules } from '../../../stacks/audit-logging/alerts';
import { type AlertRule, firing } from '../../support/alerts';
import { describeTool } from '../../support/policy-tools';

const { spec } = auditRules({ namespace: 'audit-logging', labels: {}, runbooks: 'https://runbooks.example/#' });
const { groups } = spec as { readonly groups: readonly { readonly rules: readonly AlertRule[] }[] };
const rules = groups.flatMap((group) => group.rules);

/** A series, a sample a minute, and what fires at a minute: the value as its text has it, or nothing. */
interface Case {
  readonly what: string;
  readonly series: Readonly<Record<string, string>>;
  readonly minute: number;
  readonly value?: string;
}

const lost = 'apiserver_audit_error_total{instance="a",plugin="webhook"}';
const refused = 'apiserver_audit_requests_rejected_total{instance="a"}';
const events = 'apiserver_audit_event_total{instance="a"}';

const cases: Readonly<Record<string, readonly Case[]>> = {
  AuditEventsLost: [
    {
      what: 'the first event that is ever lost, with which the counter begins',
      series: { [lost]: '_x20 3x5' },
      minute: 22,
      value: '3',
    },
    { what: 'one more', series: { [lost]: '5x20 6x10' }, minute: 21, value: '1.111' },
    { what: 'none more', series: { [lost]: '5x40' }, minute: 30 },
    { what: 'one that was lost 11 minutes ago', series: { [lost]: '5x20 6x20' }, minute: 33 },
    { what: 'none at all', series: { [events]: '0+10x40' }, minute: 30 },
  ],
  AuditRequestsRejected: [
    { what: 'one request', series: { [refused]: '0x20 1x10' }, minute: 21, value: '1' },
    { what: 'none', series: { [refused]: '0x40' }, minute: 30 },
  ],
  AuditLogSilent: [
    { what: 'half an hour without an event', series: { [events]: '7x60' }, minute: 45, value: '0' },
    {
      what: 'a quarter of an hour after the window is empty',
      series: { [events]: '0+10x10 100x60' },
      minute: 41,
      value: '0',
    },
    { what: '14 minutes after the window is empty', series: { [events]: '0+10x10 100x60' }, minute: 38 },
    { what: 'an event in each quarter of an hour', series: { [events]: '0x14 1x14 2x14 3x14 4x14' }, minute: 60 },
  ],
  AuditMetricsAbsent: [
    { what: 'a quarter of an hour', series: { [refused]: '0x60' }, minute: 15, value: '1' },
    { what: '14 minutes', series: { [refused]: '0x60' }, minute: 14 },
    { what: 'metrics that are there', series: { [events]: '0+1x60' }, minute: 30 },
  ],
};

const labelsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AuditEventsLost: { instance: 'a', plugin: 'webhook' },
  AuditRequestsRejected: { instance: 'a' },
  AuditLogSilent: { instance: 'a' },
  AuditMetricsAbsent: {},
};

describeTool('promtool', 'the alerts of audit-logging', (run) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'alerts-'));
    writeFileSync(join(folder, 'rules.yaml'), writeYaml({ groups }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('pass promtool check rules', () => {
    const { stdout, stderr } = run('check', 'rules', '--lint=all', '--lint-fatal', join(folder, 'rules.yaml'));
    expect(stderr).toBe('');
    expect(stdout).toContain(`SUCCESS: ${rules.length} rules found`);
  });

  it('are all tried', () => {
    expect(Object.keys(cases)).toEqual(alertNames);
    for (const tried of Object.values(cases))
      expect(new Set(tried.map(({ value }) => value === undefined)).size).toBe(2);
  });

  describe.each(rules.map((rule) => [rule.alert, rule] as const))('%s', (alert, rule) => {
    it.each(
      (cases[alert] ?? []).map(
        (each) => [each.value === undefined ? 'does not fire' : 'fires', each.what, each] as const,
      ),
    )('%s for %s', (_, what, { series, minute, value }) => {
      const test = {
        rule_files: [join(folder, 'rules.yaml')],
        evaluation_interval: '1m',
        tests: [
          {
            name: what,
            interval: '1m',
            input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
            alert_rule_test: [
              {
                eval_time: `${minute}m`,
                alertname: alert,
                exp_alerts: value === undefined ? [] : [firing(rule, value, labelsOf[rule.alert])],
              },
            ],
          },
        ],
      };
      const path = join(folder, 'test.yaml');
      writeFileSync(path, writeYaml(test));
      const { stdout, stderr } = run('test', 'rules', path);
      expect(stderr).toBe('');
      expect(stdout).toContain('SUCCESS');
    });
  });
});
