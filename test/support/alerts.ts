/** The alerts of a stack, asked of Prometheus' own promtool. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KubernetesObject, writeYaml } from '../../core/manifest';
import { describeTool, type RunTool } from './policy-tools';

/** An alert as a stack writes it. */
interface AlertRule {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Series, a sample a minute, and what fires at a minute: the value as its text has it, or nothing. */
export type AlertCase = readonly [
  what: string,
  series: Readonly<Record<string, string>>,
  minute: number,
  fires?: { readonly value: string; readonly labels?: Readonly<Record<string, string>> },
];

export interface AlertsUnderTest {
  /** The PrometheusRule that has them. */
  readonly object: KubernetesObject;
  /** Each that there is, in its order. */
  readonly names: readonly string[];
  /** By the name of the alert: it fires in some, and in others does not. */
  readonly cases: Readonly<Record<string, readonly AlertCase[]>>;
}

/** The rules, as promtool reads them. */
export interface RuleFile {
  readonly folder: string;
  readonly path: string;
  readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
  readonly count: number;
}

/** A `describe` of alerts: each fires where it should, and does not right beside that. @param more tests of the rules besides */
export function describeAlerts(
  name: string,
  { object, names, cases }: AlertsUnderTest,
  more: (promtool: RunTool, file: () => RuleFile) => void = () => undefined,
): void {
  const { groups } = object.spec as Pick<RuleFile, 'groups'>;
  const rules = groups.flatMap((group) => group.rules);

  describeTool('promtool', name, (promtool) => {
    let file: RuleFile;
    beforeAll(() => {
      const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
      file = { folder, path: join(folder, 'rules.yaml'), groups, count: rules.length };
      writeFileSync(file.path, writeYaml({ groups }));
    });
    afterAll(() => rmSync(file.folder, { recursive: true, force: true }));

    it('are all tried, where they fire and where they do not', () => {
      expect(Object.keys(cases)).toEqual(names);
      for (const tried of Object.values(cases))
        expect(new Set(tried.map(([, , , fires]) => fires === undefined)).size).toBe(2);
    });

    more(promtool, () => file);

    describe.each(rules.map((rule) => [rule.alert, rule] as const))('%s', (alert, rule) => {
      it.each(
        (cases[alert] ?? []).map((each) => [each[3] === undefined ? 'does not fire' : 'fires', each[0], each] as const),
      )('%s for %s', (_, what, [, series, minute, fires]) => {
        const test = {
          rule_files: [file.path],
          evaluation_interval: '1m',
          tests: [
            {
              name: what,
              interval: '1m',
              input_series: Object.entries(series).map(([each, values]) => ({ series: each, values })),
              alert_rule_test: [
                {
                  eval_time: `${minute}m`,
                  alertname: alert,
                  exp_alerts: fires === undefined ? [] : [firing(rule, fires.value, fires.labels ?? {})],
                },
              ],
            },
          ],
        };
        const path = join(file.folder, 'test.yaml');
        writeFileSync(path, writeYaml(test));
        const { stdout, stderr } = promtool('test', 'rules', path);
        expect(stderr).toBe('');
        expect(stdout).toContain('SUCCESS');
      });
    });
  });
}

/** What `promtool test rules` expects of an alert that fires. @param value as its text has it @param own the labels of its series */
function firing(
  { labels, annotations }: Omit<AlertRule, 'alert'>,
  value: string,
  own: Readonly<Record<string, string>>,
): object {
  const filled = Object.entries(annotations).map(([key, text]) => [
    key,
    text
      .replace(/\{\{ \$value \| humanize(Percentage|Duration|1024)? \}\}/g, value)
      .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => own[label] ?? ''),
  ]);
  return { exp_labels: { ...labels, ...own }, exp_annotations: Object.fromEntries(filled) };
}
