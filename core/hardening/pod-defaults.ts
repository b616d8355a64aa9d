import type { Mutable } from '../manifest/plain';
import type { Container, PodSpec } from '../manifest/pod';
import { annotationOf, appArmorPrefix } from '../manifest/profile-annotation';
import { ensure } from './container-defaults';
import type { Draft } from './draft';
import type { Hardening } from './harden';
import { isDue, ownerChange, staysNonRoot } from './safe-defaults';

type Pod = Mutable<PodSpec>;

interface PodDefault {
  readonly at: 'spec' | 'securityContext';
  readonly key: string;
  readonly class: 'safe' | 'may-break';
  readonly why: string;
  /** Linux only: the API server refuses it in a pod that says it runs on Windows. */
  readonly linux?: boolean;
  /** The value, or undefined where it does not apply. */
  readonly value: (pod: Pod, hardening: Hardening) => unknown;
}

/** The secure defaults of a pod: one row each. */
const podDefaults: readonly PodDefault[] = [
  {
    at: 'spec',
    key: 'serviceAccountName',
    class: 'may-break',
    why: 'an account of its own: what one workload is granted, no other has',
    value: (pod, { facts }) => (pod.serviceAccount === undefined ? facts.serviceAccountName : undefined),
  },
  {
    at: 'spec',
    key: 'automountServiceAccountToken',
    class: 'may-break',
    why: 'no token to steal; an application that calls the API server must ask for one (CIS 5.1.6)',
    value: () => false,
  },
  {
    at: 'spec',
    key: 'enableServiceLinks',
    class: 'may-break',
    why: 'the addresses of all Services of the namespace are not handed out as environment variables',
    value: () => false,
  },
  {
    at: 'spec',
    key: 'hostUsers',
    class: 'may-break',
    linux: true,
    why: 'root in the container is nobody on the node',
    value: (pod, hardening) => (userNamespaceObstacle(pod, hardening) === undefined ? false : undefined),
  },
  {
    at: 'spec',
    key: 'terminationGracePeriodSeconds',
    class: 'safe',
    why: 'what the API server defaults it to, or longer where sleep and drain need it',
    value: (pod, hardening) => gracePeriod(pod, hardening),
  },
  {
    at: 'spec',
    key: 'topologySpreadConstraints',
    class: 'safe',
    why: 'the loss of a node or a zone does not take every replica; a preference only',
    value: (_pod, { facts }) => (facts.selector ? spread(facts.selector) : undefined),
  },
  {
    at: 'securityContext',
    key: 'runAsUser',
    class: 'safe',
    linux: true,
    why: 'the user that the owner named',
    value: (_pod, { facts }) => facts.user,
  },
  {
    at: 'securityContext',
    key: 'runAsGroup',
    class: 'safe',
    linux: true,
    why: 'the group that the owner named; without it the process may belong to group 0',
    value: (_pod, { facts }) => facts.group,
  },
  {
    at: 'securityContext',
    key: 'fsGroup',
    class: 'safe',
    linux: true,
    why: 'the group that the owner named',
    value: (_pod, { facts }) => facts.fsGroup,
  },
  {
    at: 'securityContext',
    key: 'runAsNonRoot',
    class: 'safe',
    why: staysNonRoot.why,
    value: (pod, hardening) => (knownNonRoot(pod, hardening) ? true : undefined),
  },
  {
    at: 'securityContext',
    key: 'fsGroupChangePolicy',
    class: 'safe',
    linux: true,
    why: ownerChange.why,
    value: (pod, hardening) => (isDue(ownerChange, hardening, pod) ? ownerChange.value : undefined),
  },
  {
    at: 'securityContext',
    key: 'supplementalGroupsPolicy',
    class: 'may-break',
    linux: true,
    why: 'groups that the image puts its user into are not added unseen',
    value: (_pod, { target }) => (target.supports('supplementalGroupsPolicy').supported ? 'Strict' : undefined),
  },
  {
    at: 'securityContext',
    key: 'seccompProfile',
    class: 'may-break',
    linux: true,
    why: 'about 60 system calls that applications do not need are refused (Pod Security Standard restricted)',
    value: () => ({ type: 'RuntimeDefault' }),
  },
  {
    at: 'securityContext',
    key: 'appArmorProfile',
    class: 'may-break',
    linux: true,
    why: "the container runtime's profile, on nodes that have AppArmor",
    value: (_pod, { target }) =>
      target.supports('appArmorProfile').supported ? { type: 'RuntimeDefault' } : undefined,
  },
  {
    at: 'securityContext',
    key: 'windowsOptions',
    class: 'may-break',
    why: 'not the administrator of the container',
    value: (_pod, { windows, profile }) => (windows ? { runAsUserName: profile.windowsUser } : undefined),
  },
];

/** The secure defaults of the pod itself. Its containers are hardened before it. */
export function hardenPod(draft: Draft, hardening: Hardening): void {
  const pod = draft.spec;
  ensure(pod, 'securityContext');
  const owners = {
    spec: { owner: pod as object, path: ['spec'] },
    securityContext: { owner: pod.securityContext as object, path: ['spec', 'securityContext'] },
  };
  podDefaults.forEach((entry) => {
    if (entry.linux && hardening.windows) return;
    const { owner, path } = owners[entry.at];
    draft.setDefault(owner, path, entry.key, entry.value(pod, hardening), entry.class, entry.why);
  });
  limitEmptyDirs(draft, hardening);
  if (hardening.windows) return;
  annotateAppArmor(draft, hardening);
  if (draft.recording) askForIds(draft, hardening);
  noteObstacle(draft, hardening);
}

/** What the API server defaults `terminationGracePeriodSeconds` to. */
const apiServerGracePeriod = 30;

function gracePeriod(pod: Pod, { profile }: Hardening): number {
  let longest = 0;
  for (const { lifecycle } of allContainers(pod)) longest = Math.max(longest, lifecycle?.preStop?.sleep?.seconds ?? 0);
  return Math.max(apiServerGracePeriod, longest === 0 ? 0 : longest + profile.drainSeconds + 1);
}

function spread(selector: Readonly<Record<string, string>>): unknown {
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
  }));
}

/** Every container has a user other than root, by its own word or the pod's. */
function knownNonRoot(pod: Pod, hardening: Hardening): boolean {
  // OpenShift's SCC assigns a user from the namespace's range: never root.
  if (!hardening.target.emitsFixedIds) return true;
  return hardening.windows || isDue(staysNonRoot, hardening, pod);
}

/** Why user namespaces cannot be had here, or undefined where they can. */
function userNamespaceObstacle(pod: Pod, { target, facts }: Hardening): string | undefined {
  const support = target.supports('userNamespaces');
  if (!support.supported) return support.reason;
  if (pod.hostNetwork || pod.hostPID || pod.hostIPC) return 'the pod shares a namespace with its node';
  if (pod.runtimeClassName !== undefined) return `runtime class ${pod.runtimeClassName} brings an isolation of its own`;
  if (allContainers(pod).some((container) => container.volumeDevices?.length))
    return 'a raw block device cannot be mapped';
  if (facts.withoutIdMapping || pod.volumes?.some((volume) => volume.nfs)) return 'NFS cannot map ids';
  return undefined;
}

function limitEmptyDirs(draft: Draft, { profile }: Hardening): void {
  draft.spec.volumes?.forEach((volume, i) => {
    if (!volume.emptyDir) return;
    const why = 'one volume cannot fill the disk or the memory of its node; a pod that writes more is evicted';
    draft.setDefault(
      volume.emptyDir,
      ['spec', 'volumes', i, 'emptyDir'],
      'sizeLimit',
      profile.writableSize,
      'may-break',
      why,
    );
  });
}

/** Before the field came with 1.30, AppArmor was an annotation a container: there, what the owner wrote as a field becomes one. */
function annotateAppArmor(draft: Draft, { target }: Hardening): void {
  if (!target.supports('appArmorAnnotation').supported) return;
  const annotations = ensure(ensure(draft.template, 'metadata'), 'annotations');
  const ofPod = draft.spec.securityContext?.appArmorProfile;
  delete draft.spec.securityContext?.appArmorProfile;
  for (const container of allContainers(draft.spec)) {
    const profile = container.securityContext?.appArmorProfile ?? ofPod;
    delete container.securityContext?.appArmorProfile;
    const key = `${appArmorPrefix}${container.name}`;
    const why = profile
      ? 'the profile that the owner named, as this version takes it'
      : "the container runtime's profile";
    const value = profile ? annotationOf(profile) : 'runtime/default';
    draft.setDefault(annotations, ['metadata', 'annotations'], key, value, profile ? 'safe' : 'may-break', why);
  }
}

function askForIds(draft: Draft, { target }: Hardening): void {
  if (!target.emitsFixedIds) return;
  const pod = draft.spec;
  const context = pod.securityContext;
  for (const [list, containers] of containerLists(pod)) {
    containers.forEach((container, i) => {
      const own = container.securityContext;
      const at = ['spec', list, i, 'securityContext'];
      if ((own?.runAsUser ?? context?.runAsUser) === undefined) {
        draft.needFact(
          [...at, 'runAsUser'],
          `the user that image ${container.image ?? ''} runs as: it must not be root`,
        );
      }
      if ((own?.runAsGroup ?? context?.runAsGroup) === undefined) {
        draft.needFact([...at, 'runAsGroup'], 'the group it runs as: without one it may be group 0');
      }
    });
  }
}

function noteObstacle(draft: Draft, hardening: Hardening): void {
  if (draft.spec.hostUsers !== undefined || !hardening.target.supports('userNamespaces').supported) return;
  const obstacle = userNamespaceObstacle(draft.spec, hardening);
  if (obstacle === undefined) return;
  draft.notes.push({
    rule: 'user-namespaces',
    path: ['spec', 'hostUsers'],
    message: `runs without a user namespace: ${obstacle}`,
    remedy: 'nothing to do, unless it can do without what stands in the way',
  });
}

function containerLists(pod: Pod): readonly (readonly ['initContainers' | 'containers', Mutable<Container>[]])[] {
  return [
    ['initContainers', pod.initContainers ?? []],
    ['containers', pod.containers ?? []],
  ];
}

function allContainers({ initContainers, containers = [] }: Pod): readonly Mutable<Container>[] {
  return initContainers ? [...initContainers, ...containers] : containers;
}
