import type { Input } from '@pulumi/pulumi';
import { BulwarkApp } from '../../constructs/app/bulwark-app';
import { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import type { ClusterTarget } from '../../core/cluster';
import { ruleById } from '../../core/policy/rules';
import type { LateValues } from '../bridge/late-values';
import { add } from '../parts';
import { runbooksOf } from '../runbooks';
import { auditRules } from './alerts';
import type { AuditLoggingArgs } from './args';
import { auditDashboard } from './dashboard';

/** The arguments that are about objects in the cluster. */
export type ObjectArgs = Pick<
  AuditLoggingArgs,
  'owner' | 'alerts' | 'dashboard' | 'ruleLabels' | 'runbooks' | 'namespace' | 'exceptions'
>;

export function namespaceOf({ namespace = 'audit-logging' }: Pick<ObjectArgs, 'namespace'>): string {
  return namespace;
}

/** What is in the cluster. */
export function auditLoggingApp(args: ObjectArgs, target: ClusterTarget, values: LateValues): BulwarkApp {
  const { alerts = true, dashboard = true, exceptions = [] } = args;
  const app = new BulwarkApp({ target, registries: [] });
  const name = namespaceOf(args);
  const namespace = new LockedNamespace(app, name, {
    owner: values.text('owner', args.owner),
    exceptions: exceptions
      .filter(({ of }) => ruleById(of) !== undefined)
      .map(({ of, ...exception }) => ({ rule: of, ...exception })),
  });
  const labels = textsOf(args.ruleLabels ?? {}, values);
  if (alerts) add(namespace, 'alerts', auditRules({ namespace: name, labels, ...runbooksOf(args.runbooks, values) }));
  if (dashboard) add(namespace, 'dashboard', auditDashboard(name));
  return app;
}

function textsOf(
  labels: Readonly<Record<string, Input<string>>>,
  values: LateValues,
): Readonly<Record<string, string>> {
  const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value], i) => [key, values.text(`label-${i}`, value)]));
}
