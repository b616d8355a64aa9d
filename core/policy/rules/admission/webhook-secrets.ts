import { and, isOneOf, some, text } from '../../expression/operators';
import { webhookRule, webhooks } from './support';

export const webhookSecrets = webhookRule(
  {
    id: 'webhook-secrets',
    title: 'No admission webhook is shown Secrets',
    severity: 'warning',
    why:
      'A webhook that matches Secrets is sent the values of each that is made or changed: whoever takes over its pod, or its log, ' +
      'collects the credentials of the cluster without ever asking the API for one.',
    fix: 'List the resources that the webhook judges, without secrets and without wildcards.',
  },
  [
    webhooks
      .each(({ rules }) => rules)
      .violation({
        when: ({ apiGroups, resources }) =>
          and(
            some(apiGroups, (group) => isOneOf(group, ['', '*'])),
            some(resources, (resource) => isOneOf(resource, ['secrets', '*', '*/*'])),
          ),
        at: ({ resources }) => resources,
        message: (_rule, { name }) => text`the webhook ${name} is sent the values of every Secret that is written`,
        remedy: 'list the resources that it judges, without secrets and without wildcards',
      }),
  ],
);
