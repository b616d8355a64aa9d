/** The alerts on the pipeline, by Prometheus' own promtool: each fires where it should, and does not right beside that. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeYaml } from '../../../core/manifest';
import { logAlertNames, logMetrics, logRules } from '../../../stacks/log-pipeline/alerts';
import { describeTool } from '../../support/policy-tools';

const { spec } = logRules({ namespace: 'logging', labels: {}, withLoki: true });
const { groups } = spec as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

interface Rule {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Series, a sample a minute, and what fires at a minute: the value as its text has it, or nothing. */
type Case = readonly [
  what: string,
  series: Readonly<Record<string, string>>,
  minute: number,
  fires?: { readonly value: string; readonly labels?: Readonly<Record<string, string>> },
];

const failed = `${logMetrics.failed}{job="c",exporter="otlp_http/audit",instance="a"}`;
const queued = `${logMetrics.queued}{job="c",exporter="otlp_http/audit",instance="a"}`;
const capacity = `${logMetrics.capacity}{job="c",exporter="otlp_http/audit",instance="a"}`;
const sent = `${logMetrics.sent}{job="c",instance="a"}`;
const refused = `${logMetrics.refused}{job="c",instance="a"}`;
const discarded = `${logMetrics.discarded}{tenant="audit",reason="line_too_long",instance="a"}`;
const walFull = `${logMetrics.walFull}{instance="loki-0"}`;

const cases: Readonly<Record<string, readonly Case[]>> = {
  LogLinesLost: [
    ['ten lines', { [failed]: '0x20 10x10' }, 21, { value: '10', labels: { job: 'c', exporter: 'otlp_http/audit' } }],
    [
      'the first lines that are ever lost, with which the counter begins',
      { [failed]: '_x20 5x5' },
      22,
      { value: '5', labels: { job: 'c', exporter: 'otlp_http/audit' } },
    ],
    ['none more', { [failed]: '10x40' }, 30],
  ],
  LogQueueFilling: [
    [
      'ten minutes above a half',
      { [queued]: '60x30', [capacity]: '100x30' },
      11,
      { value: '60%', labels: { job: 'c', exporter: 'otlp_http/audit', instance: 'a' } },
    ],
    ['nine minutes above a half', { [queued]: '60x30', [capacity]: '100x30' }, 9],
    ['a half', { [queued]: '50x30', [capacity]: '100x30' }, 20],
  ],
  LogsSilent: [
    ['half an hour without a line', { [sent]: '7x60' }, 45, { value: '0' }],
    ['a line in each quarter of an hour', { [sent]: '0x14 1x14 2x14 3x14 4x14' }, 60],
  ],
  LogMetricsAbsent: [
    ['a quarter of an hour', { [refused]: '0x60' }, 15, { value: '1' }],
    ['14 minutes', { [refused]: '0x60' }, 14],
    ['metrics that are there', { [sent]: '0+1x60' }, 30],
  ],
  LogAgentShortOfMemory: [
    ['half an hour', { [refused]: '0+60x60' }, 30, { value: '1', labels: { job: 'c', instance: 'a' } }],
    ['none', { [refused]: '60x60' }, 30],
  ],
  LokiDiscardsLines: [
    [
      'ten lines',
      { [discarded]: '0x20 10x10' },
      21,
      { value: '10', labels: { tenant: 'audit', reason: 'line_too_long' } },
    ],
    [
      'the first lines that it ever discards',
      { [discarded]: '_x20 3x5' },
      22,
      { value: '3', labels: { tenant: 'audit', reason: 'line_too_long' } },
    ],
    ['none more', { [discarded]: '10x40' }, 30],
  ],
  LokiRetentionStopped: [
    ['four hours', { [logMetrics.retained]: '1x300' }, 240, { value: '14399' }],
    ['two hours', { [logMetrics.retained]: '1x300' }, 120],
  ],
  LokiDiskFull: [
    ['once', { [walFull]: '0x20 1x10' }, 21, { value: '1', labels: { instance: 'loki-0' } }],
    ['the first time', { [walFull]: '_x20 1x5' }, 22, { value: '1', labels: { instance: 'loki-0' } }],
    ['never', { [walFull]: '0x40' }, 30],
  ],
};

function expected({ labels, annotations }: Rule, value: string, own: Readonly<Record<string, string>>): object {
  const filled = Object.entries(annotations).map(([key, text]) => [
    key,
    text
      .replace(/\{\{ \$value \| humanize(Percentage)? \}\}/g, value)
      .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => own[label] ?? ''),
  ]);
  return { exp_labels: { ...labels, ...own }, exp_annotations: Object.fromEntries(filled) };
}

describeTool('promtool', 'the alerts of the log pipeline', (promtool) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'alerts-'));
    writeFileSync(join(folder, 'rules.yaml'), writeYaml({ groups }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are all tried, where they fire and where they do not', () => {
    expect(Object.keys(cases)).toEqual(logAlertNames);
    for (const tried of Object.values(cases))
      expect(new Set(tried.map(([, , , fires]) => fires === undefined)).size).toBe(2);
  });

  describe.each(rules.map((rule) => [rule.alert, rule] as const))('%s', (alert, rule) => {
    it.each(
      (cases[alert] ?? []).map((each) => [each[3] === undefined ? 'does not fire' : 'fires', each[0], each] as const),
    )('%s for %s', (_, what, [, series, minute, fires]) => {
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
                exp_alerts: fires === undefined ? [] : [expected(rule, fires.value, fires.labels ?? {})],
              },
            ],
          },
        ],
      };
      const path = join(folder, 'test.yaml');
      writeFileSync(path, writeYaml(test));
      const { stdout, stderr } = promtool('test', 'rules', path);
      expect(stderr).toBe('');
      expect(stdout).toContain('SUCCESS');
    });
  });
});
