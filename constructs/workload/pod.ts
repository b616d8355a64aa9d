import type { OwnerFacts } from '../../core/hardening';
import type { ObjectMeta } from '../../core/manifest';
import type {
  AppArmorProfile,
  PodSpec,
  PodTemplateSpec,
  SELinuxOptions,
  SeccompProfile,
  Toleration,
  Volume,
  VolumeProjection,
} from '../../core/manifest/pod';
import type { DeclarationFault } from '../app/declaration';
import type { Platform } from '../app/platform';
import type { WorkloadSecrets } from '../secrets/workload-secrets';
import { type ContainerProps, declareContainer, resolveContainerPorts } from './container';
import type { Port } from './port';
import { type BroughtMount, PodVolumes } from './volumes';

/** A container beside the main one. */
export interface NamedContainerProps extends ContainerProps {
  /** A DNS label, unique in the pod. */
  readonly name: string;
}

/** Nodes that are set aside by a taint and a label with the same key and value. */
export interface DedicatedNodes {
  /** The key of the taint and of the label. */
  readonly key: string;
  readonly value: string;
  /** @default 'NoSchedule' */
  readonly effect?: 'NoSchedule' | 'NoExecute';
}

/** A token of the workload's ServiceAccount for somebody other than the API server, as a file. */
export interface TokenProps {
  /** Who it is for: nobody else accepts it. */
  readonly audience: string;
  /** The file it appears as; its folder must hold nothing else. */
  readonly path: string;
  /** Seconds that it lives: at least 600. It is renewed in time. @default 3600 */
  readonly expirationSeconds?: number;
}

/** Settings of a pod that hold for all its containers. */
export interface PodProps {
  /** The user that its processes run as; never 0. @default 65532, or from the namespace's range on OpenShift */
  readonly user?: number;
  /** Their group. @default - the user, or 65532 */
  readonly group?: number;
  /** The group that owns its volumes. @default - the group */
  readonly fsGroup?: number;
  /** Further groups. @default - none */
  readonly supplementalGroups?: readonly number[];
  /** A seccomp profile of the node, by its file under the kubelet's folder. @default - the container runtime's */
  readonly seccompProfile?: { readonly localhost: string };
  /** An AppArmor profile that is loaded on the node. @default - the container runtime's, where the nodes have AppArmor */
  readonly appArmorProfile?: { readonly localhost: string };
  /** The SELinux context of its processes. @default - the container runtime's */
  readonly seLinux?: SELinuxOptions;
  /** Kernel parameters of the pod's own namespaces; only the safe ones. @default - none */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** The RuntimeClass, such as gVisor or Kata Containers. @default - the cluster's */
  readonly runtimeClass?: string;
  /** Nodes that are set aside for it: it runs there and nowhere else. @default - any node */
  readonly nodes?: DedicatedNodes;
  /** Taints of nodes that it may run on nevertheless, besides those of `nodes`. @default - none */
  readonly tolerations?: readonly Toleration[];
  /** Labels that its node must have. @default - none */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** How early it is placed, and whom it may push out. @default - the cluster's */
  readonly priorityClass?: string;
  /** Seconds from the word to stop until it is killed. @default 30, or longer where the sleep before it needs it */
  readonly terminationGraceSeconds?: number;
  /** Containers that run to their end before the others start, in this order. @default - none */
  readonly initContainers?: readonly NamedContainerProps[];
  /** Containers that start before the main one and stop after it (Kubernetes 1.29 and later). @default - none */
  readonly sidecars?: readonly NamedContainerProps[];
  /** Further containers beside the main one. @default - none */
  readonly containers?: readonly NamedContainerProps[];
  /** Tokens for others than the API server. @default - none */
  readonly tokens?: readonly TokenProps[];
  /**
   * Secrets of type kubernetes.io/dockerconfigjson in its namespace that its images are pulled with, besides those of the app's private registry. They need not be
   * in the app.
   * @default - those of the app's private registry
   */
  readonly imagePullSecrets?: readonly string[];
  /** What it runs on. Windows pods get what Windows has. @default 'linux' */
  readonly os?: 'linux' | 'windows';
  /** Labels of its pods besides the selector. @default - none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of its pods. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** Where a workload that calls the API server finds its credentials, as every client library expects them. */
const apiCredentialsPath = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What a pod template is declared from. */
export interface PodDeclaration {
  readonly name: string;
  /** The namespace it runs in; undefined where none is named. */
  readonly namespace: string | undefined;
  readonly main: ContainerProps;
  readonly pod: PodProps;
  readonly labels: Readonly<Record<string, string>>;
  readonly restartPolicy?: 'OnFailure' | 'Never';
  /** Mounts the token for the API server. */
  readonly apiAccess: boolean;
  /** Volumes that the workload's kind brings (a StatefulSet's claims), by path in the main container. */
  readonly claims?: readonly { readonly name: string; readonly path: string }[];
  /** What its containers read as files. */
  readonly secrets?: WorkloadSecrets;
}

/** A pod template as declared, before hardening, and the facts that hardening needs. */
export interface DeclaredPod {
  readonly template: PodTemplateSpec & { readonly spec: PodSpec };
  readonly facts: OwnerFacts;
  readonly faults: readonly DeclarationFault[];
  /** True where a volume keeps the pod to one node. */
  readonly heldByOneNode: boolean;
}

/** The ports of the containers that serve, the main one's first. */
export function declaredPorts(main: ContainerProps, { containers = [], sidecars = [] }: PodProps): readonly Port[] {
  const ports = resolveContainerPorts(main, true);
  const others = [...containers, ...sidecars];
  return others.length === 0 ? ports : [...ports, ...others.flatMap((props) => resolveContainerPorts(props, false))];
}

/** Declares a pod template: props in, plain data out. */
export function declarePod(declaration: PodDeclaration, platform: Platform): DeclaredPod {
  const { pod } = declaration;
  const tokens = declareTokens(declaration, platform);
  const brought = broughtMounts(declaration, tokens);
  const secretVolumes = declaration.secrets?.volumes ?? [];
  const podVolumes = new PodVolumes(
    [...brought.map(({ mount }) => mount.name), ...secretVolumes.map(({ name }) => name)],
    platform.profile.writableSize,
    platform.images,
    pod.os === 'windows',
  );
  const { initContainers, containers, faults } = declareContainers(declaration, platform, podVolumes, brought);
  const volumes: readonly Volume[] = [...podVolumes.volumes, ...tokens.map(({ volume }) => volume), ...secretVolumes];
  const spec: PodSpec = {
    ...declarePlacement(declaration),
    ...declareLife(declaration),
    ...declareSecurityContext(pod),
    ...declarePullSecrets(pod, platform),
    ...declaration.secrets?.pod,
    ...(initContainers.length > 0 && { initContainers }),
    containers,
    ...(volumes.length > 0 && { volumes }),
  };
  return {
    template: { metadata: declareMetadata(declaration), spec },
    facts: { ...declaredIds(pod, platform), withoutIdMapping: podVolumes.withoutIdMapping },
    faults,
    heldByOneNode: podVolumes.heldByOneNode,
  };
}

function declareMetadata({ labels, pod: { podLabels, podAnnotations }, secrets }: PodDeclaration): ObjectMeta {
  const annotations = { ...podAnnotations, ...secrets?.podAnnotations };
  return {
    labels: { ...labels, ...podLabels, ...secrets?.podLabels },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

/** What the main container mounts by other ways than its own props. */
function broughtMounts({ claims = [] }: PodDeclaration, tokens: readonly DeclaredToken[]) {
  return [
    ...claims.map(({ name, path }) => ({ property: 'storage', mount: { name, mountPath: path } })),
    ...tokens.map(({ volume: { name }, mountPath }) => ({
      property: 'tokens',
      mount: { name, mountPath, readOnly: true },
    })),
  ];
}

/** In the order in which they name the volumes that they share: the main one, those beside it, sidecars, init containers. */
function declareContainers(
  { name, main, pod, namespace, secrets }: PodDeclaration,
  platform: Platform,
  volumes: PodVolumes,
  brought: readonly BroughtMount[],
) {
  const declare = (props: NamedContainerProps) =>
    declareContainer(props.name, props, {
      platform,
      namespace,
      main: false,
      volumes,
      brought: secrets?.mountsOf(props.name) ?? [],
    });
  const first = declareContainer(name, main, {
    platform,
    namespace,
    main: true,
    volumes,
    brought: secrets === undefined ? brought : [...brought, ...secrets.mountsOf(name)],
  });
  const others = (pod.containers ?? []).map(declare);
  const sidecars = (pod.sidecars ?? []).map(declare);
  const init = (pod.initContainers ?? []).map(declare);
  return {
    initContainers: [
      ...sidecars.map(({ container }) => ({ ...container, restartPolicy: 'Always' as const })),
      ...init.map(({ container }) => container),
    ],
    containers: [first, ...others].map(({ container }) => container),
    faults: [first, ...others, ...sidecars, ...init].flatMap(({ faults }) => faults),
  };
}

/** Where it runs. */
function declarePlacement({ pod }: PodDeclaration): Partial<PodSpec> {
  const { os, priorityClass, runtimeClass } = pod;
  const nodeSelector = declareNodeSelector(pod);
  const tolerations = declareTolerations(pod);
  return {
    ...(os && { os: { name: os } }),
    ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
    ...(runtimeClass !== undefined && { runtimeClassName: runtimeClass }),
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
  };
}

function declareNodeSelector({ os, nodes, nodeSelector }: PodProps): Readonly<Record<string, string>> | undefined {
  if (!os && !nodes && !nodeSelector) return undefined;
  const wanted = { ...(os && { 'kubernetes.io/os': os }), ...(nodes && { [nodes.key]: nodes.value }), ...nodeSelector };
  return Object.keys(wanted).length > 0 ? wanted : undefined;
}

function declareTolerations({ nodes, tolerations = [] }: PodProps): readonly Toleration[] | undefined {
  if (!nodes) return tolerations.length > 0 ? [...tolerations] : undefined;
  const { key, value, effect = 'NoSchedule' } = nodes;
  return [{ key, operator: 'Equal', value, effect }, ...tolerations];
}

/** What its images are pulled with, each once: server-side apply tells them apart by their names. */
function declarePullSecrets({ imagePullSecrets = [] }: PodProps, { privateRegistry }: Platform): Partial<PodSpec> {
  const names = [...new Set([...(privateRegistry?.pullSecrets ?? []), ...imagePullSecrets])];
  return names.length === 0 ? {} : { imagePullSecrets: names.map((name) => ({ name })) };
}

/** When it ends, and how. */
function declareLife({ restartPolicy, pod: { terminationGraceSeconds } }: PodDeclaration): Partial<PodSpec> {
  return {
    ...(restartPolicy && { restartPolicy }),
    ...(terminationGraceSeconds !== undefined && { terminationGracePeriodSeconds: terminationGraceSeconds }),
  };
}

/** The ids: what the owner says, else the profile's, else (on OpenShift) none, since its SCC assigns them. */
export function declaredIds(pod: PodProps, platform: Platform): Pick<OwnerFacts, 'user' | 'group' | 'fsGroup'> {
  const defaults = platform.target.emitsFixedIds ? platform.profile.ids : undefined;
  const user = pod.user ?? defaults?.user;
  const group = pod.group ?? pod.user ?? defaults?.group;
  const fsGroup = pod.fsGroup ?? pod.group ?? pod.user ?? defaults?.fsGroup;
  return {
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
    ...(fsGroup !== undefined && { fsGroup }),
  };
}

function declareSecurityContext(pod: PodProps): Partial<PodSpec> {
  const { supplementalGroups, seccompProfile, appArmorProfile, seLinux, sysctls } = pod;
  if (!supplementalGroups && !seccompProfile && !appArmorProfile && !seLinux && !sysctls) return {};
  return {
    securityContext: {
      ...(supplementalGroups && { supplementalGroups: [...supplementalGroups] }),
      ...(seccompProfile && { seccompProfile: ofNode(seccompProfile) }),
      ...(appArmorProfile && { appArmorProfile: ofNode(appArmorProfile) }),
      ...(seLinux && { seLinuxOptions: { ...seLinux } }),
      ...(sysctls && { sysctls: Object.entries(sysctls).map(([name, value]) => ({ name, value })) }),
    },
  };
}

function ofNode({ localhost }: { readonly localhost: string }): SeccompProfile & AppArmorProfile {
  return { type: 'Localhost', localhostProfile: localhost };
}

interface DeclaredToken {
  readonly mountPath: string;
  readonly volume: Volume;
}

/** Projected, audience-bound and expiring tokens: the only kind there is here. */
function declareTokens(declaration: PodDeclaration, platform: Platform): readonly DeclaredToken[] {
  const expires = platform.profile.tokenSeconds;
  const { tokens = [], os } = declaration.pod;
  const declared = tokens.map((token, i) => declareToken(token, `token-${i}`, expires, os === 'windows'));
  return declaration.apiAccess ? [...declared, apiCredentials(expires)] : declared;
}

function declareToken(
  { audience, path, expirationSeconds }: TokenProps,
  name: string,
  expires: number,
  onWindows: boolean,
): DeclaredToken {
  const slash = Math.max(path.lastIndexOf('/'), onWindows ? path.lastIndexOf('\\') : -1);
  const serviceAccountToken = {
    audience,
    expirationSeconds: expirationSeconds ?? expires,
    path: path.slice(slash + 1),
  };
  return {
    // Without a folder or a file in it there is nothing to mount: the path is then refused as it is.
    mountPath: slash < 1 || slash === path.length - 1 ? path : path.slice(0, slash),
    volume: { name, projected: { defaultMode: 0o440, sources: [{ serviceAccountToken }] } },
  };
}

function apiCredentials(expires: number): DeclaredToken {
  const sources: VolumeProjection[] = [
    { serviceAccountToken: { expirationSeconds: expires, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
  ];
  const volume = { name: 'api-credentials', projected: { defaultMode: 0o440, sources } };
  return { mountPath: apiCredentialsPath, volume };
}
