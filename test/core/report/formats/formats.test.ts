import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import type { Log } from 'sarif';
import { parseAllDocuments } from 'yaml';
import { fails } from '../../../../core/report/check-report';
import { formatterOf } from '../../../../core/report/formats';
import { formatIds } from '../../../../core/report/formats/ids';
import { sarifLog } from '../../../../core/report/formats/sarif';
import { options, sampleReport } from './sample';

const ROOT = resolve(__dirname, '../../../..');
const render = (format: (typeof formatIds)[number], known = false, more = {}) =>
  formatterOf(format)(sampleReport(known), { ...options, ...more });

describe('every form', () => {
  it.each(formatIds)('%s is what it was', (format) => {
    expect(render(format)).toMatchSnapshot();
  });

  it.each(formatIds)('%s says so where there is nothing to say', (format) => {
    const text = formatterOf(format)(
      { ...sampleReport(), findings: [], waived: [], errors: [], skipped: [], ignored: [] },
      {},
    );
    expect(text).toMatchSnapshot();
  });

  it.each(formatIds)('%s names rule, reason and last day of what is waived', (format) => {
    const text = render(format);
    for (const word of ['image-digest', '2026-12-31', 'pins']) expect(text).toContain(word);
  });
});

describe('text', () => {
  it('has colours where they are asked for, and only there', () => {
    expect(render('text')).not.toContain('\u001b');
    expect(render('text', false, { colour: true })).toContain('\u001b[31merror\u001b[0m');
  });

  it('lists waived findings where it is asked', () => {
    expect(render('text')).not.toContain('waived until');
    expect(render('text', false, { listWaived: true })).toContain('waived until 2026-12-31 (SEC-1)');
  });

  it('lets no manifest steer the terminal', () => {
    const text = formatterOf('text')(sampleReport(), { lineOf: () => 'a\u001b[2Jb\u0007' });
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u0007');
  });
});

describe('json', () => {
  const published = JSON.parse(readFileSync(join(ROOT, 'schemas/report.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(published);

  it.each([false, true])('is what the published schema says (known: %s)', (known) => {
    expect([validate(JSON.parse(render('json', known))), validate.errors]).toEqual([true, null]);
  });

  it('is not what the schema says without a rule', () => {
    const report = JSON.parse(render('json'));
    delete report.findings[0].rule;
    expect(validate(report)).toBe(false);
  });

  it('names the upstream check of the Pod Security Standards', () => {
    expect(JSON.parse(render('json')).findings[0].podSecurity).toEqual({ level: 'baseline', check: 'hostNamespaces' });
  });
});

describe('sarif', () => {
  // The types of SARIF 2.1.0 check its structure when this is compiled.
  const log: Log = sarifLog(sampleReport(true), options);
  const [run] = log.runs;

  it('describes every rule that it names', () => {
    const rules = run!.tool.driver.rules!;
    expect(run!.results!.length).toBe(4);
    for (const { ruleId, ruleIndex } of run!.results!) {
      expect(ruleIndex === undefined || rules[ruleIndex]!.id === ruleId).toBe(true);
    }
    for (const rule of rules) expect(rule.help!.markdown).toContain('**Fix:**');
  });

  it('points at the line, encodes the path, and fingerprints', () => {
    const privileged = run!.results!.find(({ ruleId }) => ruleId === 'privileged')!;
    expect(privileged.locations![0]!.physicalLocation).toEqual({
      artifactLocation: { uri: 'k8s/web%20%26%20co.yaml' },
      region: { startLine: 21, startColumn: 11, endColumn: 27 },
    });
    expect(Object.values(privileged.partialFingerprints!)[0]).toContain('containers[web | @team]');
  });

  it('shows the fix as a change of the text', () => {
    const [fix] = run!.results!.find(({ ruleId }) => ruleId === 'privileged')!.fixes!;
    expect(fix!.artifactChanges[0]!.replacements).toEqual([
      { deletedRegion: { startLine: 21, startColumn: 1, endLine: 22, endColumn: 1 }, insertedContent: { text: '' } },
    ]);
  });

  it('suppresses what is waived, and says that the baseline has the rest', () => {
    const waived = run!.results!.find(({ ruleId }) => ruleId === 'image-digest')!;
    expect(waived.suppressions).toEqual([
      {
        kind: 'inSource',
        status: 'accepted',
        justification: 'until 2026-12-31 (SEC-1): the vendor <b>pins</b> tags only',
      },
    ]);
    expect(run!.results![0]!.baselineState).toBe('unchanged');
    expect(run!.invocations![0]!.executionSuccessful).toBe(false);
  });
});

describe('junit', () => {
  it('is XML, whose counts are what it holds', () => {
    const script =
      'import sys,xml.dom.minidom as m; d=m.parseString(sys.stdin.buffer.read()); r=d.documentElement; print(r.getAttribute("tests"),len(d.getElementsByTagName("testcase")),r.getAttribute("failures"),len(d.getElementsByTagName("failure")),r.getAttribute("skipped"),len(d.getElementsByTagName("skipped")),r.getAttribute("errors"),len(d.getElementsByTagName("error")))';
    const { status, stdout } = spawnSync('python3', ['-c', script], { input: render('junit', true), encoding: 'utf8' });
    if (status === null) process.stdout.write('there is no python3: the XML was not parsed\n');
    else expect(stdout.trim()).toBe('6 6 2 2 2 2 2 2');
  });
});

describe('markdown', () => {
  it('lets no manifest write markup or mention people', () => {
    const rows = render('markdown')
      .split('\n')
      .filter((line) => line.startsWith('| 🔴'));
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row.split('|')).toHaveLength(7);
      expect(row).not.toMatch(/@|<b>/);
    }
  });

  it('is never longer than a comment may be', () => {
    const report = sampleReport();
    const [finding] = report.findings;
    const text = formatterOf('markdown')(
      { ...report, findings: Array.from({ length: 2_000 }, () => finding!) },
      options,
    );
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/… and 1\d\d\d more/);
  });
});

describe('policyreport', () => {
  it('is a PolicyReport a namespace and a ClusterPolicyReport for the rest, whose summary is right', () => {
    const objects = parseAllDocuments(render('policyreport')).map((document) => document.toJS());
    expect(objects.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.namespace])).toEqual([
      ['wgpolicyk8s.io/v1alpha2', 'ClusterPolicyReport', undefined],
      ['wgpolicyk8s.io/v1alpha2', 'PolicyReport', 'shop'],
    ]);
    for (const { summary, results } of objects) {
      const count = (result: string) => results.filter((each: { result: string }) => each.result === result).length;
      expect(summary).toEqual({ pass: 0, fail: count('fail'), warn: count('warn'), error: 0, skip: count('skip') });
      for (const { severity, result, properties } of results) {
        expect(['critical', 'high', 'low', 'medium', 'info']).toContain(severity);
        expect(['pass', 'fail', 'warn', 'error', 'skip']).toContain(result);
        // The CRD takes texts only.
        expect(Object.values(properties).every((value) => typeof value === 'string')).toBe(true);
      }
    }
  });
});

describe('fails', () => {
  it('counts what is new and weighs enough', () => {
    expect(fails(sampleReport())).toBe(true);
    expect(fails({ ...sampleReport(), failOn: 'never' })).toBe(false);
    const { findings, ...rest } = sampleReport();
    expect(fails({ ...rest, findings: findings.map((finding) => ({ ...finding, known: true })) })).toBe(false);
    expect(
      fails({ ...rest, findings: findings.map((finding) => ({ ...finding, severity: 'warning' as const })) }),
    ).toBe(false);
    expect(
      fails({
        ...rest,
        failOn: 'warning',
        findings: findings.map((finding) => ({ ...finding, severity: 'warning' as const })),
      }),
    ).toBe(true);
  });
});
