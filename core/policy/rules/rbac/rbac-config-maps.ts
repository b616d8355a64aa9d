import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, is, isOneOf, or, some, text } from '../../expression/operators';
import { granted, grants, isForAll, type Right, type RoleObject, roleKinds, writing } from './support';

const right: Right = { groups: [''], resources: ['configmaps'], verbs: writing };

/** ConfigMaps of kube-system that answer for the whole cluster: who resolves names, and who is whom on EKS. */
const ofCluster = ['coredns', 'coredns-custom', 'kube-dns', 'node-local-dns', 'aws-auth'] as const;

const rules = objects<RoleObject & { readonly kind: string }>().each(({ rules }) => rules);

export const rbacConfigMaps = objectRule({
  id: 'rbac-config-maps',
  kinds: roleKinds,
  title: 'No role changes the configuration of the cluster',
  severity: 'warning',
  why:
    'ConfigMaps of kube-system steer the cluster: with that of CoreDNS an attacker answers for every name, with aws-auth of EKS ' +
    'they make themselves an administrator. Elsewhere they are the configuration of programs that run with rights of their own.',
  fix: 'Grant configmaps by a Role in the namespace that needs it, or name them in resourceNames.',
  clauses: [
    rules.violation({
      when: (rule, { kind, metadata }) =>
        and(
          grants(rule, right),
          or(
            some(rule.resourceNames, (name) => isOneOf(name, ofCluster)),
            and(is(kind, 'Role'), is(metadata.namespace, 'kube-system'), isForAll(rule)),
          ),
        ),
      at: (rule) => rule,
      severity: 'error',
      message: (rule) =>
        text`the rule grants ${granted(rule, right)} that steer the cluster: its subject answers for its names, or makes itself an administrator`,
      remedy: 'leave it to those who run the cluster',
    }),
    rules.violation({
      when: (rule, { kind }) => and(grants(rule, right), is(kind, 'ClusterRole'), isForAll(rule)),
      at: (rule) => rule,
      message: (rule) =>
        text`the rule grants ${granted(rule, right)} in every namespace that it is bound in: bound to all, its subject steers CoreDNS, and aws-auth on EKS`,
      remedy: 'grant it by a Role in the namespace that needs it, or name the ConfigMaps in resourceNames',
    }),
  ],
});
