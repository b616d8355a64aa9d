import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { ClusterTarget } from '../../../../core/cluster/target';
import { evaluate } from '../../../../core/policy/evaluate';
import type { CheckReport } from '../../../../core/report/check-report';
import { formatterOf } from '../../../../core/report/formats';
import { describeGoModule } from '../../../support/go-module';
import { runCliIn } from '../../../support/run-cli';
import { cases } from '../../policy/rules/cases';
import { options, sampleReport } from './sample';

describeGoModule('gosec', 'SARIF, by the schema of OASIS', (folder) => {
  let validate: ValidateFunction;

  beforeAll(() => {
    const text = readFileSync(join(folder(), 'report/sarif/testdata/sarif-schema-2.1.0.json'), 'utf8');
    // It is written in draft 4, of which it uses nothing that later drafts read differently but the name of its id.
    const {
      id: $id,
      $schema,
      ...schema
    } = JSON.parse(text) as Readonly<Record<string, unknown>> & { readonly id: string };
    expect($schema).toBe('http://json-schema.org/draft-04/schema#');
    const ajv = new Ajv({
      allErrors: true,
      strict: false,
      formats: {
        uri: (value) => URL.canParse(value),
        'uri-reference': (value) => URL.canParse(value, 'file:///') && !/[\s<>"{}|\\^`]/.test(value),
        'date-time': (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value),
      },
    });
    validate = ajv.compile({ $id, $schema: 'http://json-schema.org/draft-07/schema#', ...schema });
  });

  const faultsOf = (text: string) => {
    validate(JSON.parse(text));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const render = formatterOf('sarif');

  it.each([
    ['findings, known ones, waived ones and files that cannot be read', sampleReport(true)],
    ['nothing at all', { ...sampleReport(), findings: [], waived: [], errors: [], skipped: [], ignored: [] }],
  ] as const)('takes a report of %s', (_name, report) => {
    expect(faultsOf(render(report, options))).toEqual([]);
    expect(faultsOf(render(report, {}))).toEqual([]);
  });

  it('takes the findings of every rule', () => {
    const objects = [...cases.values()].flatMap(({ violating }) => violating.map(({ object }) => ({ object })));
    const report = evaluate(objects, {
      target: ClusterTarget.of('1.36'),
      registries: ['registry.acme.example'],
      today: '2026-07-01',
    });
    const whole: CheckReport = { ...sampleReport(), ...report, findings: report.findings };
    expect(report.findings.length).toBeGreaterThan(1_000);
    expect(new Set(report.findings.map(({ rule }) => rule)).size).toBeGreaterThan(100);
    expect(faultsOf(render(whole, options))).toEqual([]);
  });

  it('takes what the process prints', () => {
    const input =
      'kind: Pod\napiVersion: v1\nmetadata: { name: a }\nspec: { hostPID: true, containers: [{ name: b }] }\n';
    const { code, stdout } = runCliIn({ input }, 'check', '-', '--format', 'sarif');
    expect(code).toBe(1);
    expect(faultsOf(stdout)).toEqual([]);
  });

  it.each([
    ['a level that there is none of', { level: 'critical' }],
    ['a line before the first', { locations: [{ physicalLocation: { region: { startLine: 0 } } }] }],
    ['a property that nobody knows', { severity: 'error' }],
    ['no message', { message: undefined }],
  ])('refuses %s', (_name, change) => {
    const log = JSON.parse(render(sampleReport(), options));
    Object.assign(log.runs[0].results[0], change);
    expect(faultsOf(JSON.stringify(log))).not.toEqual([]);
  });
});
