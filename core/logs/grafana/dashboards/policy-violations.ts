import { type AuditField, answered, auditEvents, counted, mostOften, what, whatFields } from '../audit-query';
import type { Dashboard } from '../dashboard';

/** What the API server says where each kind of policy refuses. */
const texts = {
  ValidatingAdmissionPolicy: "ValidatingAdmissionPolicy '[^']+' with binding '[^']+' denied request",
  'Pod Security': 'violates PodSecurity',
  webhook: 'admission webhook .+ denied the request',
} as const;

const anyText = Object.values(texts).join('|');
const fields: readonly AuditField[] = ['message'];
/** What is in each such line, as plain texts: with wildcards Loki reads a twentieth of the lines in a second. */
const line = 'denied request|violates PodSecurity|denied the request';
const refused: readonly string[] = [answered.badly, `message=~\`(?s).*(${anyText}).*\``];

/** Whose policy it was: that of a webhook has its name, such as Kyverno's or Gatekeeper's. */
const byPolicy = [
  '| label_format policy=`{{ if contains "violates PodSecurity" .message }}Pod Security {{ regexReplaceAll "(?s).*violates PodSecurity .([a-z]+).*" .message "$1" }}',
  '{{ else if contains "admission webhook" .message }}{{ regexReplaceAll "(?s).*admission webhook .([^\\"]+). denied the request.*" .message "$1" }}',
  '{{ else }}{{ regexReplaceAll "(?s).*ValidatingAdmissionPolicy \'([^\']+)\'.*" .message "$1" }}{{ end }}`',
].join('');

/** What policies have refused, and what they have only noted. */
export const policyViolations: Dashboard = {
  uid: 'log-policy-violations',
  title: 'Policy violations',
  description:
    'What ValidatingAdmissionPolicies, Pod Security, Kyverno, Gatekeeper and other webhooks have refused, noted, or let through unasked.',
  panels: [
    {
      title: 'Refused over time',
      description: 'By policy; of webhooks by their name: validate.kyverno.svc-fail, validation.gatekeeper.sh.',
      as: 'graph',
      legend: '{{policy}}',
      query: counted(['policy'], `${auditEvents({ lines: [line], fields, where: refused })} ${byPolicy}`),
    },
    {
      title: 'Who was refused by what',
      description: 'A controller with many: what it deploys has to change, or there is an exception to judge.',
      as: 'table',
      query: mostOften(
        ['policy', 'user', 'resource', 'namespace'],
        `${auditEvents({ lines: [line], fields: [...fields, 'resource'], where: refused })} ${byPolicy}`,
      ),
    },
    {
      title: 'Each that was refused',
      description: 'Who, what, and the reason in the words of the policy.',
      as: 'lines',
      query: auditEvents({
        lines: [line],
        fields: [...whatFields, ...fields],
        where: refused,
        shown: `{{.user}}: ${what}: {{.code}} {{.message}}`,
      }),
    },
    {
      title: 'Noted, and let through',
      description:
        'Violations of policies that only audit: ValidatingAdmissionPolicies by validationActions Audit, Pod Security by the label audit. What would be refused if they enforced.',
      as: 'lines',
      query: auditEvents({
        lines: [
          'validation\\.policy\\.admission\\.k8s\\.io/validation_failure|pod-security\\.kubernetes\\.io/audit-violations',
        ],
        fields: [...whatFields, 'enforced', 'pod_security'],
        where: ['(enforced!="" or pod_security!="")'],
        shown: `{{.user}}: ${what}: {{.enforced}}{{.pod_security}}`,
      }),
    },
    {
      title: 'Let through unasked',
      description:
        'Requests of which a webhook was not asked, since it was away and its failurePolicy is Ignore: what a policy of Kyverno or Gatekeeper would have refused may be in the cluster now.',
      as: 'lines',
      query: auditEvents({
        lines: ['failed-open\\.(validating|validation|mutation)\\.webhook\\.admission\\.k8s\\.io'],
        fields: [...whatFields],
        where: [],
        shown: `{{.user}}: ${what}: {{.code}}`,
      }),
    },
    {
      title: 'Policies that have changed',
      description: 'Who has changed, added or removed policies, webhooks and exceptions of them.',
      as: 'lines',
      query: auditEvents({
        lines: ['admissionregistration\\.k8s\\.io|kyverno\\.io|gatekeeper\\.sh'],
        fields: [...whatFields, 'group'],
        where: [
          'group=~"admissionregistration.k8s.io|(policies[.])?kyverno.io|(constraints|templates|config)[.]gatekeeper.sh"',
          'verb=~"create|update|patch|delete|deletecollection"',
          answered.well,
        ],
        shown: `{{.user}}: ${what}: {{.code}}`,
      }),
    },
  ],
};
