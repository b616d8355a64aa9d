import { object, type RuleCases } from '../rule-cases';

const kinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
const configuration = (kind: string, webhook: object) =>
  object('admissionregistration.k8s.io/v1', kind, {
    webhooks: [{ name: 'a.acme.example', admissionReviewVersions: ['v1'], sideEffects: 'None', ...webhook }],
  });
const inside = { clientConfig: { service: { name: 'hook', namespace: 'hooks' } } };
const judging = (apiGroups: readonly string[], resources: readonly string[]) => ({
  ...inside,
  rules: [{ apiGroups, apiVersions: ['v1'], operations: ['CREATE'], resources }],
});
const allowedRepos = (parameters: unknown) =>
  object('constraints.gatekeeper.sh/v1beta1', 'K8sAllowedRepos', { spec: { parameters } });
const repos = (...list: string[]) => allowedRepos({ repos: list });

/** For each rule of the folder, objects that keep it and objects that break it. */
export const admissionCases: Readonly<Record<string, RuleCases>> = {
  'webhook-url': {
    compliant: kinds.map((kind) => ({
      name: kind,
      object: configuration(kind, inside),
    })),
    violating: kinds.map((kind) => ({
      name: kind,
      object: configuration(kind, { clientConfig: { url: 'https://hooks.acme.example/judge' } }),
      findings: [
        {
          property: 'webhooks[0].clientConfig.url',
          message: 'the webhook a.acme.example sends objects to https://hooks.acme.example/judge',
          value: 'https://hooks.acme.example/judge',
        },
      ],
    })),
  },
  'webhook-secrets': {
    compliant: [
      { name: 'pods', object: configuration('ValidatingWebhookConfiguration', judging([''], ['pods'])) },
      { name: 'another group', object: configuration('MutatingWebhookConfiguration', judging(['apps'], ['*'])) },
    ],
    violating: [judging([''], ['pods', 'secrets']), judging(['*'], ['*']), judging(['', 'apps'], ['*/*'])].map(
      (webhook) => ({
        name: JSON.stringify(webhook),
        object: configuration('MutatingWebhookConfiguration', webhook),
        findings: [
          {
            property: 'webhooks[0].rules[0].resources',
            message: 'the webhook a.acme.example is sent the values of every Secret that is written',
          },
        ],
      }),
    ),
  },
  'gatekeeper-repo-prefix': {
    compliant: [
      { name: 'slashes at the end', object: repos('registry.acme.example/', 'r.example/payments/') },
      { name: 'an image with its digest', object: repos(`r.example/app@sha256:${'a'.repeat(64)}`) },
      // A template may leave open what its parameters are.
      ...[[{ repos: ['acme/app'] }], 'repos', 7, true, {}].map((parameters) => ({
        name: `parameters ${JSON.stringify(parameters)}`,
        object: allowedRepos(parameters),
      })),
    ],
    violating: ['registry.acme.example', 'acme/app'].map((prefix) => ({
      name: prefix,
      object: repos('r.example/', prefix),
      findings: [
        {
          property: 'spec.parameters.repos[1]',
          message: `the prefix ${prefix} also lets in every name that begins so and goes on`,
          remedy: `write ${prefix}/`,
          value: prefix,
        },
      ],
    })),
  },
};
