import { answered, auditEvents, countedByUser, mostOften, what, whatFields } from '../audit-query';
import type { Dashboard } from '../dashboard';

const line = '"resource":"secrets"';
const secrets = 'resource="secrets"';
const read = 'verb=~"get|list|watch"';

/** Who has read which Secret. The audit log has no values of them. */
export const secretsAccess: Dashboard = {
  uid: 'log-secrets-access',
  title: 'Secrets access',
  description: 'Who has read which Secret, who has changed one, and who was not let. Values are in no log.',
  panels: [
    {
      title: 'Reads over time',
      description:
        'Successful gets, lists and watches of Secrets by user. Who appears here for the first time is worth a question.',
      as: 'graph',
      legend: '{{user}}',
      query: countedByUser(
        auditEvents({ lines: [line], fields: ['resource', 'verb'], where: [secrets, read, answered.well] }),
      ),
    },
    {
      title: 'Not let over time',
      description: 'Requests for Secrets that were refused, by user.',
      as: 'graph',
      legend: '{{user}}',
      query: countedByUser(auditEvents({ lines: [line], fields: ['resource'], where: [secrets, answered.denied] })),
    },
    {
      title: 'Who has read which',
      description: 'By user, namespace and name. After a leak: whose credentials to change, and who had them.',
      as: 'table',
      wide: true,
      query: mostOften(
        ['user', 'verb', 'namespace', 'name'],
        auditEvents({
          lines: [line],
          fields: ['resource', 'verb', 'name'],
          where: [secrets, 'verb="get"', answered.well],
        }),
        200,
      ),
    },
    {
      title: 'Who has read many at once',
      description:
        'Lists and watches have the values of all Secrets that they are about; without a namespace, of all of the cluster.',
      as: 'table',
      wide: true,
      query: mostOften(
        ['user', 'verb', 'namespace', 'agent'],
        auditEvents({
          lines: [line],
          fields: ['resource', 'verb', 'agent'],
          where: [secrets, 'verb=~"list|watch"', answered.well],
          ongoing: true,
        }),
      ),
    },
    {
      title: 'Changes',
      description: 'Secrets that were created, changed or deleted.',
      as: 'lines',
      query: auditEvents({
        lines: [line],
        fields: [...whatFields],
        where: [secrets, `verb!~"get|list|watch"`],
        shown: `{{.user}}: ${what}: {{.code}}`,
      }),
    },
    {
      title: 'Each that was refused',
      description: 'Who wanted which Secret, from where, and why not.',
      as: 'lines',
      query: auditEvents({
        lines: [line],
        fields: [...whatFields, 'source', 'message'],
        where: [secrets, answered.denied],
        shown: `{{.user}} from {{.source}}: ${what}: {{.code}} {{.message}}`,
      }),
    },
    {
      title: 'Tokens of service accounts',
      description:
        'Who had tokens made, for which service account: each is a credential. Kubelets do that for their pods.',
      as: 'table',
      wide: true,
      query: mostOften(
        ['user', 'namespace', 'name', 'code'],
        auditEvents({
          lines: ['"subresource":"token"'],
          fields: ['resource', 'subresource', 'verb', 'name'],
          where: ['resource="serviceaccounts"', 'subresource="token"', 'verb="create"'],
        }),
      ),
    },
  ],
};
