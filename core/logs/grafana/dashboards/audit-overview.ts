import { answered, auditEvents, counted, eachSecond, mostOften, what, whatFields } from '../audit-query';
import type { Dashboard } from '../dashboard';

const changing = 'verb=~"create|update|patch|delete|deletecollection"';
const changingLine = '"verb":"(create|update|patch|delete|deletecollection)"';

/** What goes on in the cluster. */
export const auditOverview: Dashboard = {
  uid: 'log-audit-overview',
  title: 'Audit overview',
  description: 'Who does what in the cluster: how much, from whom, and what is changed.',
  panels: [
    {
      title: 'Requests by verb',
      description:
        'What the audit policy logs, each request once. A sudden list or watch of everything is how an attack looks around.',
      as: 'graph',
      unit: 'reqps',
      legend: '{{verb}}',
      query: eachSecond(['verb'], auditEvents({ fields: ['verb'], where: [] })),
    },
    {
      title: 'Requests by answer',
      description:
        "401: no valid credentials; 403: not allowed, or refused by a policy; 409 and 429 are everyday life; 5xx is the cluster's own trouble.",
      as: 'graph',
      unit: 'reqps',
      legend: '{{code}}',
      query: eachSecond(['code'], auditEvents({ fields: [], where: [] })),
    },
    {
      title: 'Who asks most',
      description: 'Users by the number of their requests.',
      as: 'table',
      query: mostOften(['user'], auditEvents({ fields: [], where: [] })),
    },
    {
      title: 'What is changed, by whom',
      description: 'Successful creations, changes and deletions.',
      as: 'table',
      query: mostOften(
        ['user', 'verb', 'resource', 'namespace'],
        auditEvents({ lines: [changingLine], fields: ['verb', 'resource'], where: [changing, answered.well] }),
      ),
    },
    {
      title: 'Who may do what has changed',
      description:
        'Roles and bindings that were created, changed or deleted: each is a right that somebody has got or lost.',
      as: 'lines',
      query: auditEvents({
        lines: ['rbac\\.authorization\\.k8s\\.io', changingLine],
        fields: [...whatFields, 'group'],
        where: ['group="rbac.authorization.k8s.io"', changing],
        shown: `{{.user}}: ${what}: {{.code}}`,
      }),
    },
    {
      title: 'Deletions',
      description: 'What was deleted, and by whom.',
      as: 'lines',
      query: auditEvents({
        lines: ['"verb":"delete'],
        fields: [...whatFields],
        where: ['verb=~"delete|deletecollection"'],
        shown: `{{.user}}: ${what}: {{.code}}`,
      }),
    },
    {
      title: 'Without a name',
      description:
        'Requests without credentials, by what they asked for. Health checks of load balancers are here; nothing else should be.',
      as: 'table',
      query: mostOften(
        ['uri', 'code', 'source'],
        auditEvents({
          lines: ['system:anonymous'],
          fields: ['uri', 'source'],
          where: ['user="system:anonymous"'],
        }),
      ),
    },
    {
      title: 'In the name of others',
      description: 'Impersonation: who acted as whom. The rights of the other one counted.',
      as: 'table',
      query: mostOften(
        ['user', 'impersonated'],
        auditEvents({ lines: ['"impersonatedUser"'], fields: ['impersonated'], where: ['impersonated!=""'] }),
      ),
    },
    {
      title: 'Errors of the API server',
      description: 'Answers from 500 on, by what was asked for.',
      as: 'graph',
      legend: '{{resource}} {{code}}',
      wide: true,
      query: counted(
        ['resource', 'code'],
        auditEvents({ lines: ['"code":5'], fields: ['resource'], where: [answered.failed] }),
      ),
    },
  ],
};
