import type { KubernetesObject } from '../../../manifest/object';
import type { LabelSelector } from '../../../manifest/pod-common';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { coversResource, eachPolicyRule, grantedVerbs, type PolicyRule, roleKinds } from './support';

interface Power {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** What who has it can do. */
  readonly gains: string;
}

const rbac = 'rbac.authorization.k8s.io';
const writing = ['create', 'update', 'patch'] as const;
/** The API server lets `get` open a session too, over a WebSocket, before 1.35. */
const opening = ['create', 'get'] as const;

/** Rights from which one takes others. @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
const powers: readonly Power[] = [
  {
    group: rbac,
    resources: ['roles', 'clusterroles'],
    verbs: ['escalate'],
    gains: 'writes rights into roles that it does not have',
  },
  {
    group: rbac,
    resources: ['roles', 'clusterroles'],
    verbs: ['bind'],
    gains: 'binds itself to roles that it does not have',
  },
  {
    group: '',
    resources: ['users', 'groups', 'serviceaccounts'],
    verbs: ['impersonate'],
    gains: 'acts as another user, group or account',
  },
  {
    group: '',
    resources: ['pods/exec', 'pods/attach'],
    verbs: opening,
    gains: 'runs commands in pods, with their secrets and tokens',
  },
  {
    group: '',
    resources: ['pods/ephemeralcontainers'],
    verbs: ['update', 'patch'],
    gains: 'puts a container of its own into running pods',
  },
  {
    group: '',
    resources: ['pods/portforward'],
    verbs: opening,
    gains: 'reaches ports of pods past every NetworkPolicy',
  },
  { group: '', resources: ['serviceaccounts/token'], verbs: ['create'], gains: 'makes tokens of other accounts' },
  {
    group: '',
    resources: ['nodes/proxy'],
    verbs: ['get', 'create'],
    gains: 'runs commands in every pod of a node through its kubelet, past audit and admission',
  },
  {
    group: 'admissionregistration.k8s.io',
    resources: [
      'validatingwebhookconfigurations',
      'mutatingwebhookconfigurations',
      'validatingadmissionpolicies',
      'validatingadmissionpolicybindings',
      'mutatingadmissionpolicies',
      'mutatingadmissionpolicybindings',
    ],
    verbs: [...writing, 'delete'],
    gains: 'reads and changes every object on its way in, or switches the policies off',
  },
  {
    group: 'certificates.k8s.io',
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
    gains: 'approves client certificates for any user',
  },
  {
    group: 'certificates.k8s.io',
    resources: ['signers'],
    verbs: ['approve', 'sign'],
    gains: 'makes client certificates for any user',
  },
  {
    group: 'authentication.k8s.io',
    resources: ['uids', 'userextras'],
    verbs: ['impersonate'],
    gains: 'acts with the uid and the scopes of another user',
  },
  {
    group: '',
    resources: ['pods/proxy', 'services/proxy'],
    verbs: opening,
    gains: 'reaches pods through the API server, past every NetworkPolicy',
  },
  {
    group: '',
    resources: ['namespaces'],
    verbs: ['update', 'patch'],
    gains: 'takes the Pod Security labels off a namespace',
  },
  {
    group: '',
    resources: ['persistentvolumes'],
    verbs: ['create'],
    gains: 'mounts any path of a node by a hostPath volume',
  },
  {
    group: 'apiregistration.k8s.io',
    resources: ['apiservices'],
    verbs: writing,
    gains: 'answers for an API in place of the API server, and sees the tokens of its clients',
  },
  {
    group: 'apiextensions.k8s.io',
    resources: ['customresourcedefinitions'],
    verbs: writing,
    gains: 'changes what an API accepts, and sends its objects through a webhook',
  },
  {
    group: 'networking.k8s.io',
    resources: ['networkpolicies'],
    verbs: [...writing, 'delete'],
    gains: 'opens what NetworkPolicies keep closed',
  },
];

function granted(rule: PolicyRule, { group, resources, verbs }: Power): string | undefined {
  const given = grantedVerbs(rule, verbs);
  if (given.length === 0) return undefined;
  const on = resources.filter((resource) => coversResource(rule, { group, resource }));
  return on.length === 0 ? undefined : `${given.join(', ')} on ${on.join(', ')}`;
}

interface AggregationRule {
  readonly clusterRoleSelectors?: readonly (LabelSelector | null)[] | null;
}

/** Selectors that take in the rules of every ClusterRole. */
function aggregatesAll({ aggregationRule }: KubernetesObject): readonly Violation[] {
  const { clusterRoleSelectors } = (aggregationRule ?? {}) as AggregationRule;
  return (clusterRoleSelectors ?? []).flatMap((selector, index) => {
    const { matchLabels, matchExpressions } = selector ?? {};
    if (Object.keys(matchLabels ?? {}).length > 0 || (matchExpressions ?? []).length > 0) return [];
    return [
      {
        path: ['aggregationRule', 'clusterRoleSelectors', index],
        message: 'the empty selector takes in the rules of every ClusterRole, cluster-admin included',
        remedy: 'select the roles by a label of their own',
      },
    ];
  });
}

const checkRules = eachPolicyRule((rule, index) =>
  powers.flatMap((power) => {
    const grant = granted(rule, power);
    if (grant === undefined) return [];
    return [
      {
        path: ['rules', index],
        value: grant,
        message: `the rule grants ${grant}: its subject ${power.gains}`,
        remedy: 'leave it out, or move it to a role of its own with an exception',
      },
    ];
  }),
);

export const rbacEscalation = {
  id: 'rbac-escalation',
  subject: 'object',
  kinds: roleKinds,
  title: 'No role lets its subject take more rights',
  severity: 'error',
  why:
    'From these rights an attacker takes others: exec into a pod gives its secrets, a token of another account gives its roles, ' +
    'escalate, bind and impersonate give everything.',
  fix: 'Leave the right out; where a person or a controller needs it, grant it in a role of its own, with an exception.',
  check: (object) => [...aggregatesAll(object), ...checkRules(object)],
} as const satisfies ObjectRule;
