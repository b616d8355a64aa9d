import type { ReportedFinding } from '../../policy/report';
import { describeInputError, type Formatter } from '../check-report';
import { describeException, shorten } from '../findings';

/** For CI servers: a test a finding, by object. What fails the check is a failure, what is waived or known is skipped. */
export const junit: Formatter = (report) => {
  const suites = new Map<string, string[]>();
  const add = (suite: string, test: string): void => {
    const tests = suites.get(suite);
    if (tests) tests.push(test);
    else suites.set(suite, [test]);
  };
  for (const finding of report.findings)
    add(suiteOf(finding), testOf(finding, finding.known ? 'the baseline lists it' : undefined));
  for (const finding of report.waived)
    add(suiteOf(finding), testOf(finding, `waived ${finding.waivedBy ? describeException(finding.waivedBy) : ''}`));
  for (const error of report.errors)
    add(
      'input',
      `<testcase${attributes({ classname: 'input', name: error.file })}>\n      <error${attributes({ message: describeInputError(error) })}/>\n    </testcase>`,
    );
  if (suites.size === 0)
    add('kube-bulwark', `<testcase${attributes({ classname: 'kube-bulwark', name: `${report.objects} objects` })}/>`);
  const bodies = [...suites].map(([name, tests]) => {
    const counts = countsOf(tests);
    return `  <testsuite${attributes({ name, ...counts })}>\n${tests.map((test) => `    ${test}\n`).join('')}  </testsuite>\n`;
  });
  const all = countsOf([...suites.values()].flat());
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: 'kube-bulwark', ...all })}>\n${bodies.join('')}</testsuites>\n`;
};

function suiteOf({ object = 'the check itself', location }: ReportedFinding): string {
  return location === undefined ? object : `${object} (${location.file})`;
}

function testOf(finding: ReportedFinding, skipped: string | undefined): string {
  const { rule, severity, message, remedy, property = '', value, location } = finding;
  const name = property === '' ? rule : `${rule}: ${property}`;
  const open = `<testcase${attributes({ classname: suiteOf(finding), name, ...(location && { file: location.file, line: String(location.line) }) })}>`;
  if (skipped !== undefined) return `${open}\n      <skipped${attributes({ message: skipped })}/>\n    </testcase>`;
  const where = location === undefined ? '' : `${location.file}:${location.line}:${location.column}\n`;
  const body = `${where}${property}${value === undefined ? '' : ` = ${shorten(value)}`}\n${remedy}`;
  return `${open}\n      <failure${attributes({ message, type: severity })}>${escaped(body)}</failure>\n    </testcase>`;
}

function countsOf(tests: readonly string[]): Readonly<Record<string, string>> {
  const count = (sign: string): string => String(tests.filter((test) => test.includes(sign)).length);
  return {
    tests: String(tests.length),
    failures: count('<failure '),
    errors: count('<error '),
    skipped: count('<skipped '),
  };
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('\n', '&#10;')}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 cannot hold becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
