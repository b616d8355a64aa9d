import { formatIdentity, identityOf } from '../../../manifest/identity';
import { formatPath, valueAt } from '../../../manifest/path';
import { isForeignPolicy } from '../../../network/isolation';
import type { SetRule } from '../../rule';

const open = {
  both: 'no network policy here selects its pods: everybody in the cluster reaches them, and they reach everybody',
  ingress: 'no network policy here closes the ingress of its pods: everybody in the cluster reaches them',
  egress: 'no network policy here closes the egress of its pods: they reach everybody, in the cluster and outside',
} as const;

/** No admission policy can express it: a request shows the workload alone, not the policies beside it. */
export const networkPolicyCoverage = {
  id: 'network-policy-coverage',
  subject: 'set',
  title: 'Network policies select every pod, both ways',
  severity: 'warning',
  why:
    'A pod that no policy selects is open: an attacker anywhere in the cluster reaches it, and one who is in it reaches every pod, the ' +
    'metadata of the cloud and a server of their own. It is a warning, since another repository may hold the policies.',
  fix: 'Add a NetworkPolicy that selects the pods, with both policyTypes; our constructs write one for each workload.',
  check(set) {
    const { objects, pods } = set;
    // Whom a policy of another kind guards is not known here; of a kind without a namespace, it may be everybody.
    const foreign = objects.filter(({ object }) => isForeignPolicy(object));
    if (foreign.some(({ object }) => !object.metadata?.namespace)) return [];
    const settled = new Set(foreign.map(({ object }) => object.metadata?.namespace));
    return pods.all.flatMap((pod) => {
      if (pod.isOnHost || settled.has(pod.namespace)) return [];
      const ingress = set.closing(pod, 'ingress').length > 0;
      const egress = set.closing(pod, 'egress').length > 0;
      if (ingress && egress) return [];
      const { object, construct, path } = pod;
      return {
        construct,
        object: formatIdentity(identityOf(object)),
        property: formatPath(path),
        value: valueAt(object, path) ?? {},
        message: ingress ? open.egress : egress ? open.ingress : open.both,
        remedy:
          'add a NetworkPolicy that selects them, with both policyTypes, and name the peers and ports that they need',
      };
    });
  },
} as const satisfies SetRule;
