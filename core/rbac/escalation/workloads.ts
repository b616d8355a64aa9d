import { formatSubject, type Subject } from '../subject';
import { type Ask, type Holder, namespacesOf, type Proof, proofOf, someProofOf } from './holder';
import { nodes } from './place';
import type { Power, Step } from './step';
import type { EscalationWorld, RunningPods } from './world';

const change = ['create', 'update', 'patch'] as const;

/** Everything from which pods are made, and what of it decides who they run as. */
const makers: readonly Ask[] = [
  { verbs: ['create'], resources: ['pods'] },
  { verbs: change, resources: ['replicationcontrollers'] },
  { verbs: change, group: 'apps', resources: ['deployments', 'daemonsets', 'statefulsets', 'replicasets'] },
  { verbs: change, group: 'batch', resources: ['cronjobs'] },
  // The template of a Job never changes.
  { verbs: ['create'], group: 'batch', resources: ['jobs'] },
];

/** Runs pods of its own: as every account of the namespace, and as root on nodes where nothing keeps such pods out. */
export const runsPods: Power = function* (holder, world) {
  const done = new Set<string>();
  for (const ask of makers)
    for (const [namespace, proof] of namespacesOf(holder, world, ask)) {
      if (done.has(namespace) || !isThere(holder, world, namespace, proof)) continue;
      done.add(namespace);
      for (const account of world.accountsOf(namespace))
        yield { ...to(account), how: `runs a pod as ${formatSubject(account)}`, by: [proof] };
      yield* toNodes(holder, world, namespace, proof);
    }
};

/** Whether what may be changed by its name alone is in the namespace: where a rule that holds everywhere names it, the objects say so, if they have it. */
function isThere(holder: Holder, world: EscalationWorld, namespace: string, { name }: Proof): boolean {
  if (name === undefined || holder.namespaces.includes(namespace)) return true;
  return world.placesOf(name)?.has(namespace) ?? true;
}

/** How a pod of one's own gets at the node. */
function* toNodes(...[holder, world, namespace, proof]: [...Parameters<Power>, string, Proof]): Generator<Step> {
  const isGuarded = world.isGuarded(namespace);
  if (isGuarded !== true) {
    const why =
      isGuarded === false
        ? 'where Pod Security enforces nothing against it'
        : 'where nothing here says that Pod Security enforces anything';
    yield { to: nodes, how: `runs a privileged pod in ${namespace}, ${why}`, by: [proof] };
    return;
  }
  const labels = proofOf(
    holder,
    { verbs: ['update', 'patch'], resources: ['namespaces'] },
    { name: namespace, namespace },
  );
  if (labels !== undefined)
    yield {
      to: nodes,
      how: `takes the labels of Pod Security off ${namespace}, and runs a privileged pod there`,
      by: [labels, proof],
    };
  const volume = proofOf(holder, { verbs: ['create'], resources: ['persistentvolumes'] });
  const claim = proofOf(holder, { verbs: ['create'], resources: ['persistentvolumeclaims'] }, { namespace });
  if (volume !== undefined && claim !== undefined)
    yield {
      to: nodes,
      how: `makes a PersistentVolume of a folder of the node, and claims it for a pod in ${namespace}`,
      by: [volume, claim, proof],
    };
}

/** Ways into pods that run. */
const entries: readonly (Ask & { readonly how: string })[] = [
  { verbs: ['create', 'get'], resources: ['pods/exec', 'pods/attach'], how: 'runs commands in the pods of' },
  {
    verbs: ['update', 'patch'],
    resources: ['pods/ephemeralcontainers'],
    how: 'puts a container of its own into the pods of',
  },
  { verbs: ['update', 'patch'], resources: ['pods'], how: 'runs an image of its own in the pods of' },
];

/** Gets into pods that run, and has their tokens. */
export const entersPods: Power = function* (holder, world) {
  for (const { how, ...ask } of entries) {
    const everywhere = proofOf(holder, ask);
    for (const pods of world.pods) {
      const { namespace, isPodName, workload } = pods;
      const proof = everywhere ?? someProofOf(holder, ask, { namespace }, isPodName);
      if (proof !== undefined) yield* gained(pods, `${how} ${workload}`, [proof]);
    }
  }
};

function* gained({ account, hasToken, isPrivileged }: RunningPods, how: string, by: readonly Proof[]): Generator<Step> {
  if (hasToken) yield { ...to(account), how: `${how}, which run as ${formatSubject(account)}`, by };
  if (isPrivileged) yield { to: nodes, how: `${how}, which are as good as root on their nodes`, by };
}

/** Talks to kubelets as the API server does: they run commands in every pod. */
export const opensKubelets: Power = function* (holder) {
  // A patch or an update through the proxy is refused by the kubelet; before 1.35 a `get` runs commands over a WebSocket.
  const proof = someProofOf(holder, { verbs: ['create', 'get'], resources: ['nodes/proxy'] });
  if (proof === undefined) return;
  const kubelets = proof.name === undefined ? 'the kubelets of all nodes' : `the kubelet of ${proof.name}`;
  yield { to: nodes, how: `has ${kubelets} run commands in any pod`, by: [proof] };
};

/** Whose tokens there are on nodes. */
export function* onNodes({ pods }: EscalationWorld): Generator<Step> {
  for (const { account, hasToken, workload } of pods)
    if (hasToken)
      yield {
        ...to(account),
        how: `takes the token of ${formatSubject(account)} from a node where ${workload} runs`,
        by: [],
      };
}

function to(subject: Subject): Pick<Step, 'to'> {
  return { to: { kind: 'subject', subject } };
}
