import { answered, auditEvents, counted, countedByUser, mostOften, what, whatFields } from '../audit-query';
import type { Dashboard } from '../dashboard';

const line = '"code":40[13]';

/** Who was refused. */
export const deniedRequests: Dashboard = {
  uid: 'log-denied-requests',
  title: 'Denied requests',
  description: 'Who asked for what they may not have: by a mistake in RBAC, by accident, or on purpose.',
  panels: [
    {
      title: 'Denied over time',
      description:
        '401: no valid credentials; 403: known, and not allowed. A staircase of 403 from one user is somebody who tries what works.',
      as: 'graph',
      legend: '{{code}}',
      query: counted(['code'], auditEvents({ lines: [line], fields: [], where: [answered.denied] })),
    },
    {
      title: 'By user over time',
      description: 'The same by who asked. Whoever has no valid credentials has no name.',
      as: 'graph',
      legend: '{{user}}',
      query: countedByUser(auditEvents({ lines: [line], fields: [], where: [answered.denied] })),
    },
    {
      title: 'Who was denied what',
      description: 'A service account with many: its role lacks something, or it is used by somebody else.',
      as: 'table',
      wide: true,
      query: mostOften(
        ['user', 'verb', 'resource', 'subresource', 'namespace', 'code'],
        auditEvents({ lines: [line], fields: ['verb', 'resource', 'subresource'], where: [answered.denied] }),
      ),
    },
    {
      title: 'Without valid credentials',
      description: 'Addresses whose requests the API server did not recognize: expired tokens, guesses, scanners.',
      as: 'table',
      wide: true,
      query: mostOften(
        ['source', 'agent', 'uri'],
        auditEvents({ lines: ['"code":401'], fields: ['source', 'agent', 'uri'], where: ['code="401"'] }),
      ),
    },
    {
      title: 'Each of them',
      description: 'Who, what, from where, and the reason that the API server gave.',
      as: 'lines',
      query: auditEvents({
        lines: [line],
        fields: [...whatFields, 'source', 'message'],
        where: [answered.denied],
        shown: `{{.user}} from {{.source}}: ${what}: {{.code}} {{.message}}`,
      }),
    },
  ],
};
