/** The alerts, by Prometheus' own promtool: each fires where it should, and does not right below that. */
import { alertNames, auditRules } from '../../../stacks/audit-logging/alerts';
import { type AlertCase, describeAlerts } from '../../support/alerts';

const instance = 'a';
const lost = 'apiserver_audit_error_total{instance="a",plugin="webhook"}';
const refused = 'apiserver_audit_requests_rejected_total{instance="a"}';
const events = 'apiserver_audit_event_total{instance="a"}';
const ofPlugin = { instance, plugin: 'webhook' };

const cases: Readonly<Record<string, readonly AlertCase[]>> = {
  AuditEventsLost: [
    [
      'the first event that is ever lost, with which the counter begins',
      { [lost]: '_x20 3x5' },
      22,
      { value: '3', labels: ofPlugin },
    ],
    ['one more', { [lost]: '5x20 6x10' }, 21, { value: '1.111', labels: ofPlugin }],
    ['none more', { [lost]: '5x40' }, 30],
    ['one that was lost 11 minutes ago', { [lost]: '5x20 6x20' }, 33],
    ['none at all', { [events]: '0+10x40' }, 30],
  ],
  AuditRequestsRejected: [
    ['one request', { [refused]: '0x20 1x10' }, 21, { value: '1', labels: { instance } }],
    ['none', { [refused]: '0x40' }, 30],
  ],
  AuditLogSilent: [
    ['half an hour without an event', { [events]: '7x60' }, 45, { value: '0', labels: { instance } }],
    [
      'a quarter of an hour after the window is empty',
      { [events]: '0+10x10 100x60' },
      41,
      { value: '0', labels: { instance } },
    ],
    ['14 minutes after the window is empty', { [events]: '0+10x10 100x60' }, 38],
    ['an event in each quarter of an hour', { [events]: '0x14 1x14 2x14 3x14 4x14' }, 60],
  ],
  AuditMetricsAbsent: [
    ['a quarter of an hour', { [refused]: '0x60' }, 15, { value: '1' }],
    ['14 minutes', { [refused]: '0x60' }, 14],
    ['metrics that are there', { [events]: '0+1x60' }, 30],
  ],
};

const object = auditRules({ namespace: 'audit-logging', labels: {}, runbooks: 'https://runbooks.example/#' });

describeAlerts('the alerts of audit-logging', { object, names: alertNames, cases }, (promtool, file) => {
  it('pass promtool check rules', () => {
    const { path, count } = file();
    const { stdout, stderr } = promtool('check', 'rules', '--lint=all', '--lint-fatal', path);
    expect(stderr).toBe('');
    expect(stdout).toContain(`SUCCESS: ${count} rules found`);
  });
});
