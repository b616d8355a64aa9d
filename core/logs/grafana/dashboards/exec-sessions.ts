import { type AuditField, auditEvents, counted, mostOften, whatFields } from '../audit-query';
import type { Dashboard } from '../dashboard';

const line = '"subresource":"(exec|attach|portforward|proxy|ephemeralcontainers)"';
const sessions: readonly string[] = ['resource="pods"', 'subresource=~"exec|attach|portforward|proxy"'];
const fields: readonly AuditField[] = ['resource', 'subresource', 'name'];

/** Who was in a container. */
export const execSessions: Dashboard = {
  uid: 'log-exec-sessions',
  title: 'Exec sessions',
  description:
    'Who went into running pods: by a shell, by attaching, through a port or the API server, and by containers added for debugging.',
  panels: [
    {
      title: 'Sessions over time',
      description:
        'Each at its end, by the way in. In production every one of them has a reason that somebody can name.',
      as: 'graph',
      legend: '{{subresource}}',
      query: counted(['subresource'], auditEvents({ lines: [line], fields, where: sessions })),
    },
    {
      title: 'Who was where',
      description: 'By user, pod and answer; 101 is a session that was opened, 403 one that was refused.',
      as: 'table',
      query: mostOften(
        ['user', 'subresource', 'namespace', 'name', 'code'],
        auditEvents({ lines: [line], fields, where: sessions }),
      ),
    },
    {
      title: 'Each session',
      description:
        'Who, where, from which address, and with which command. ResponseStarted is its beginning, ResponseComplete its end.',
      as: 'lines',
      query: auditEvents({
        lines: [line],
        fields: [...fields, 'source', 'uri'],
        where: sessions,
        ongoing: true,
        shown:
          '{{.user}} from {{.source}}: {{.subresource}} {{.name}} in {{.namespace}}: {{.code}} {{.stage}} {{.uri}}',
      }),
    },
    {
      title: 'Containers for debugging',
      description: 'Ephemeral containers that were added to running pods (kubectl debug): they see what the pod sees.',
      as: 'lines',
      query: auditEvents({
        lines: [line],
        fields: [...whatFields, 'source'],
        where: ['resource="pods"', 'subresource="ephemeralcontainers"', 'verb=~"update|patch"'],
        shown: '{{.user}} from {{.source}}: {{.subresource}} of {{.name}} in {{.namespace}}: {{.code}}',
      }),
    },
  ],
};
