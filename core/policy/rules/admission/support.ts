import { type Clause, objects } from '../../clause';
import { objectRule } from '../../define';
import type { ObjectRule, RuleInfo } from '../../rule';

interface WebhookRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
}

interface Webhook {
  readonly name?: string;
  readonly clientConfig?: { readonly url?: string };
  readonly rules?: readonly WebhookRule[];
}

/** Each webhook of a configuration. */
export const webhooks = objects<{ readonly webhooks?: readonly Webhook[] }>().each((object) => object.webhooks);

const group = 'admissionregistration.k8s.io';

/**
 * A rule over the configurations of admission webhooks. No admission policy can enforce it: the API server exempts these
 * configurations from admission, lest a broken one could not be mended.
 */
export function webhookRule<const R extends RuleInfo>(info: R, clauses: readonly Clause[]) {
  const kinds = [`${group}/ValidatingWebhookConfiguration`, `${group}/MutatingWebhookConfiguration`];
  const { check } = objectRule({ ...info, kinds, clauses });
  return { ...info, subject: 'object', kinds, check } as const satisfies ObjectRule;
}
