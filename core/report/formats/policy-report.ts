import { groupBy } from '../../group-by';
import { writeYaml } from '../../manifest/yaml/write';
import type { Severity } from '../../policy/finding';
import { podSecurityCheckOf } from '../../policy/frameworks';
import { countBySeverity, type ReportedFinding } from '../../policy/report';
import type { Formatter } from '../check-report';
import { describeException } from '../findings';

const outcomes: Readonly<Record<Severity, 'fail' | 'warn'>> = { error: 'fail', warning: 'warn', info: 'warn' };

const weights: Readonly<Record<Severity, string>> = { error: 'high', warning: 'medium', info: 'low' };

/**
 * A report as an object of Kubernetes' policy working group, `wgpolicyk8s.io/v1alpha2`: a PolicyReport a namespace, and a
 * ClusterPolicyReport for what is in none.
 * @see https://github.com/kubernetes-sigs/wg-policy-prototypes
 */
export const policyReport: Formatter = (report) => {
  const byNamespace = groupBy([...report.findings, ...report.waived], ({ of }) => of?.namespace ?? '');
  if (byNamespace.size === 0) byNamespace.set('', []);
  return [...byNamespace]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([namespace, findings]) => writeYaml(reportOf(namespace, findings)))
    .join('---\n');
};

function reportOf(namespace: string, findings: readonly ReportedFinding[]) {
  const { error, warning, info } = countBySeverity(findings.filter(({ waivedBy }) => !waivedBy));
  const skip = findings.filter(({ waivedBy }) => waivedBy).length;
  return {
    apiVersion: 'wgpolicyk8s.io/v1alpha2',
    kind: namespace === '' ? 'ClusterPolicyReport' : 'PolicyReport',
    metadata: { name: 'kube-bulwark', ...(namespace !== '' && { namespace }) },
    summary: { pass: 0, fail: error, warn: warning + info, error: 0, skip },
    results: findings.map(resultOf),
  };
}

function resultOf(finding: ReportedFinding) {
  const { rule, severity, message, remedy, property, of, waivedBy, location } = finding;
  const check = podSecurityCheckOf(finding);
  const details = {
    ...(property !== undefined && { path: property }),
    ...(location && { location: `${location.file}:${location.line}:${location.column}` }),
    ...(check !== undefined && { podSecurityCheck: check }),
    remedy,
    ...(waivedBy && { exception: describeException(waivedBy) }),
  };
  return {
    source: 'kube-bulwark',
    policy: rule,
    category: 'security',
    severity: weights[severity],
    result: waivedBy ? 'skip' : outcomes[severity],
    message,
    ...(of && { resources: [of] }),
    properties: details,
  };
}
