/** A report with something of everything, for the forms. */
import { ClusterTarget } from '../../../../core/cluster/target';
import { readManifests } from '../../../../core/manifest/yaml/read';
import { evaluate } from '../../../../core/policy/evaluate';
import type { PodRule } from '../../../../core/policy/rule';
import { exceptionValid } from '../../../../core/policy/rules/declaration/exception-valid';
import { imageDigest } from '../../../../core/policy/rules/image/image-digest';
import { hostNamespaces } from '../../../../core/policy/rules/workload/host-namespaces';
import { privileged } from '../../../../core/policy/rules/workload/privileged';
import type { CheckReport, FormatOptions } from '../../../../core/report/check-report';

export const file = 'k8s/web & co.yaml';

export const source = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations:
    exceptions.kube-bulwark.dev/image-digest: "the vendor <b>pins</b> tags only; expires 2026-12-31; ticket SEC-1"
spec:
  selector:
    matchLabels: {}
  template:
    metadata:
      labels:
        app: web
    spec:
      hostPID: true
      containers:
      - name: "web | @team"
        image: quay.io/acme/web:1
        securityContext:
          privileged: true
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: w
`;

/** privileged, with the fix that it could offer. */
const mending: PodRule = {
  ...privileged,
  check: (pod, context) =>
    [...privileged.check(pod, context)].map((violation) => ({
      ...violation,
      fix: [{ op: 'remove', path: `/${violation.path.join('/')}` }],
    })),
};

/** @param known marks the first finding as one of the baseline. */
export function sampleReport(known = false): CheckReport {
  const report = evaluate(readManifests(source, { source: file }).documents, {
    target: ClusterTarget.of('1.34', { distribution: 'eks' }),
    today: '2026-07-01',
    rules: [hostNamespaces, mending, imageDigest, exceptionValid],
    exceptions: [
      {
        rule: 'privilegd',
        reason: 'a typo of a rule',
        expires: '2026-12-31',
        selector: { name: 'web' },
        property: 'exceptions[0]',
        location: { file: 'bulwark.yaml', line: 2, column: 3 },
      },
    ],
  });
  const findings = report.findings.map((finding, index) => (known && index === 0 ? { ...finding, known } : finding));
  return {
    ...report,
    findings,
    version: '1.2.3',
    files: 1,
    errors: [
      { file: 'k8s/broken.yaml', line: 3, column: 7, reason: 'it is broken' },
      { file: 'k8s/image.png', reason: 'it is a binary file, and no manifest' },
    ],
    ignored: ['k8s/values.yaml'],
    failOn: 'error',
  };
}

export const options: FormatOptions = {
  lineOf: (name, line) => (name === file ? source.split('\n')[line - 1] : undefined),
};
