import { rightRule, writing } from './support';

export const rbacApiExtension = rightRule(
  {
    id: 'rbac-api-extension',
    title: 'No role answers for an API',
    severity: 'error',
    why: 'Requests to an aggregated API, and objects of a kind that is converted by a webhook, go to whoever stands in its registration: with the tokens of clients, or with every object.',
    fix: 'Leave APIServices and CustomResourceDefinitions to those who run the cluster; install them apart from what uses them.',
  },
  [
    {
      groups: ['apiregistration.k8s.io'],
      resources: ['apiservices'],
      verbs: writing,
      gains: 'answers for an API in place of the API server, and sees the tokens of its clients',
    },
    {
      groups: ['apiextensions.k8s.io'],
      resources: ['customresourcedefinitions'],
      verbs: writing,
      gains: 'changes what an API accepts, and sends its objects through a webhook',
    },
  ],
);
