import { podSecurityCheckOf } from '../../policy/frameworks';
import type { ReportedFinding } from '../../policy/report';
import { countBySeverity } from '../../policy/report';
import { type CheckReport, type Formatter, fails } from '../check-report';

/** For programs. Its schema is published as `kube-bulwark/schemas/report.schema.json`. */
export const json: Formatter = (report) => {
  const pieces: string[] = [];
  for (const [key, value] of Object.entries(jsonReport(report))) {
    pieces.push(pieces.length === 0 ? '{\n' : ',\n', JSON.stringify(key), ': ');
    addLines(pieces, value);
  }
  pieces.push('\n}\n');
  return pieces.join('');
};

/** A value in one line, a list in one line an item: a line is a finding. */
function addLines(pieces: string[], value: unknown): void {
  if (!Array.isArray(value) || typeof value[0] !== 'object') {
    pieces.push(JSON.stringify(value));
    return;
  }
  value.forEach((item, index) => {
    pieces.push(index === 0 ? '[\n' : ',\n', JSON.stringify(item));
  });
  pieces.push('\n]');
}

/** The report as the schema has it. */
export function jsonReport(report: CheckReport) {
  const { findings, waived, rules, ...rest } = report;
  return {
    schemaVersion: 1,
    tool: { name: 'kube-bulwark', version: rest.version },
    target: rest.target,
    today: rest.today,
    frameworks: rest.frameworks,
    summary: {
      files: rest.files,
      objects: rest.objects,
      findings: countBySeverity(findings),
      known: findings.filter(({ known }) => known).length,
      waived: waived.length,
      failOn: rest.failOn,
      failed: fails(report),
    },
    findings: findings.map(one),
    waived: waived.map(one),
    errors: rest.errors,
    skipped: rest.skipped,
    ignored: rest.ignored,
    rules: rules.map(({ id }) => id),
    unasked: rest.unasked,
  };
}

function one(finding: ReportedFinding) {
  const { rule, severity, of, construct, location, property, value, message, remedy, container } = finding;
  const { podSecurity, fix, known, waivedBy } = finding;
  const check = podSecurityCheckOf(finding);
  return {
    rule,
    severity,
    object: of,
    construct,
    location,
    path: property,
    value,
    message,
    remedy,
    container,
    podSecurity: podSecurity === undefined ? undefined : { level: podSecurity, check },
    fix,
    known,
    exception: waivedBy,
  };
}
