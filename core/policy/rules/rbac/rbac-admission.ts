import { objectRule } from '../../define';
import { and, contains, isOneOf, joined, not, select, some, text } from '../../expression/operators';
import { changing, policyRules, roleKinds, roleOfItsOwn, withholds } from './support';

const gains = 'changes the policies of the cluster, or exempts itself from them';

/** Constraints of Gatekeeper: a resource for each template, of any name. */
const constraints = ['constraints.gatekeeper.sh'] as const;

export const rbacAdmission = objectRule({
  id: 'rbac-admission',
  kinds: roleKinds,
  title: 'No role changes admission',
  severity: 'error',
  why: 'A webhook sees every object on its way in, Secrets included, and can change it; who deletes a policy or a webhook switches off what it kept out. Source: CIS Kubernetes Benchmark 5.1.12.',
  fix: 'Leave it to those who run the cluster; name the one configuration that a controller keeps current in resourceNames, with an exception.',
  clauses: [
    withholds({
      groups: ['admissionregistration.k8s.io'],
      resources: [
        'validatingwebhookconfigurations',
        'mutatingwebhookconfigurations',
        'validatingadmissionpolicies',
        'validatingadmissionpolicybindings',
        'mutatingadmissionpolicies',
        'mutatingadmissionpolicybindings',
      ],
      verbs: changing,
      gains: 'reads and changes every object on its way in, or switches the policies off',
    }),
    withholds({
      groups: [
        'kyverno.io',
        'policies.kyverno.io',
        'templates.gatekeeper.sh',
        'config.gatekeeper.sh',
        'mutations.gatekeeper.sh',
        'policies.kubewarden.io',
      ],
      resources: [
        ...['clusterpolicies', 'policies', 'policyexceptions'],
        ...[
          'validatingpolicies',
          'imagevalidatingpolicies',
          'mutatingpolicies',
          'generatingpolicies',
          'deletingpolicies',
        ],
        ...['namespacedvalidatingpolicies', 'namespacedimagevalidatingpolicies', 'namespacedmutatingpolicies'],
        ...['constrainttemplates', 'configs', 'assign', 'assignmetadata', 'assignimage', 'modifyset'],
        ...['clusteradmissionpolicies', 'admissionpolicies', 'clusteradmissionpolicygroups', 'admissionpolicygroups'],
        'policyservers',
      ],
      verbs: changing,
      gains,
    }),
    policyRules.violation({
      when: ({ apiGroups, resources, verbs }) =>
        and(
          some(apiGroups, (group) => isOneOf(group, constraints)),
          some(resources, (resource) => not(contains(resource, '/'))),
          some(verbs, (verb) => isOneOf(verb, [...changing, '*'])),
        ),
      at: (rule) => rule,
      message: ({ resources, verbs }) =>
        text`the rule grants ${joined(
          select(verbs, (verb) => isOneOf(verb, [...changing, '*'])),
          ', ',
        )} on ${joined(resources, ', ')}: its subject ${gains}`,
      remedy: roleOfItsOwn,
    }),
  ],
});
