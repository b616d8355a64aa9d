import { has, text } from '../../expression/operators';
import { webhookRule, webhooks } from './support';

export const webhookUrl = webhookRule(
  {
    id: 'webhook-url',
    title: 'Every admission webhook is a Service of the cluster',
    severity: 'warning',
    why:
      'A webhook at a URL is sent every object that it matches, outside of the cluster and its network policies; who holds that name or ' +
      'the way to it reads them, and where the webhook mutates, changes what runs.',
    fix: 'Run the webhook in the cluster, and name its Service in clientConfig.service.',
  },
  [
    webhooks.violation({
      when: ({ clientConfig }) => has(clientConfig.url),
      at: ({ clientConfig }) => clientConfig.url,
      message: ({ name, clientConfig }) => text`the webhook ${name} sends objects to ${clientConfig.url}`,
      remedy: 'name a Service of the cluster in clientConfig.service',
    }),
  ],
);
