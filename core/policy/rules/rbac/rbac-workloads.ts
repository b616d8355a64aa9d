import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, is, some, text } from '../../expression/operators';
import { granted, grants, type Right, type RoleObject, roleKinds, writing } from './support';

const right: Right = {
  groups: ['', 'apps', 'batch'],
  resources: [
    'pods',
    'replicationcontrollers',
    'deployments',
    'statefulsets',
    'daemonsets',
    'replicasets',
    'jobs',
    'cronjobs',
  ],
  verbs: writing,
};

const roles = objects<RoleObject & { readonly kind: string }>();

export const rbacWorkloads = objectRule({
  id: 'rbac-workloads',
  kinds: roleKinds,
  title: 'No role makes pods anywhere, and few do in a namespace',
  severity: 'warning',
  why:
    'Who makes a pod, or changes what a controller makes, runs as any account of the namespace and mounts any Secret of it, those included that they may not read: in any ' +
    'namespace, and those of kube-system are the keys of the cluster. Source: CIS Kubernetes Benchmark 5.1.4.',
  fix: 'Grant it by a Role in the namespaces that are meant; keep apart in namespaces of their own what its subject must not have.',
  clauses: [
    roles
      .each(({ rules }) => rules)
      .violation({
        when: (rule, { kind }) => and(is(kind, 'ClusterRole'), grants(rule, right)),
        at: (rule) => rule,
        message: (rule) =>
          text`the rule grants ${granted(rule, right)}: its subject runs pods as any account of the namespaces that it is bound in, with their Secrets`,
        remedy: 'grant it by a Role in the namespaces that need it',
      }),
    roles.violation({
      when: ({ kind, rules }) =>
        and(
          is(kind, 'Role'),
          some(rules, (rule) => grants(rule, right)),
        ),
      at: ({ rules }) => rules,
      severity: 'info',
      message: 'its subject makes pods, which run as any account of the namespace, with any Secret of it',
      remedy: 'leave it to who is trusted with all of the namespace',
      showsValue: false,
    }),
  ],
});
