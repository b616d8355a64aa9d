import type {
  INetworkPolicyPeer,
  IPodSelector,
  Container as KplusContainer,
  NetworkPolicyPeerConfig,
  PodSelectorConfig,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Note } from '../../core/hardening';
import { type HardenContext, type HardenedPod, harden, hardenInPlace } from '../../core/hardening/harden';
import { isDnsLabel, type KubernetesObject, type Patch, podTemplateOf, toDnsLabel } from '../../core/manifest';
import type { PodSpec } from '../../core/manifest/pod';
import type { SecurityException } from '../../core/policy';
import type { CloudLogin } from '../../core/secrets/cloud/login';
import { type DeclarationFault, markDeclaring, noteFault } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import type { Platform } from '../app/platform';
import { platformOf } from '../app/platform-of';
import { tryRenderedObject } from '../app/rendering';
import { chartOf, scopeOf, type Taken, takeArgument } from '../app/shape';
import { kplusContainers, networkPolicyPeerConfig, podSelectorConfig } from '../kplus';
import { NamespaceScope } from '../namespace/namespace-scope';
import { type ApiAccessRule, apiAccess, apiAccessShape, ruleFor } from '../network/api-access';
import type { ConnectOptions } from '../network/connect-options';
import type { Egress } from '../network/egress';
import { exposeByRoute, type RouteOptions } from '../network/gateway/expose';
import { RouteParent } from '../network/gateway/route-parent';
import { exposeByIngress, type IngressOptions } from '../network/ingress/expose';
import { IngressController } from '../network/ingress/ingress-controller';
import { meshOf } from '../network/mesh-membership';
import { joinNamespace } from '../network/namespace-members';
import type { IngressSource, Peer } from '../network/peers';
import { WorkloadNetwork } from '../network/workload-network';
import type { SecretReader } from '../secrets/delivery';
import { isWindows } from '../secrets/limits';
import type { SecretMount } from '../secrets/secret-mount';
import { WorkloadSecrets } from '../secrets/workload-secrets';
import { accountFaults } from './account-faults';
import type { ContainerProps } from './container';
import { containerNames } from './container-patch';
import { missingImage } from './container-shape';
import { Env } from './env';
import { type DeclaredPod, declaredIds, declaredPorts, declarePod, type PodProps } from './pod';
import { findPort, type Port } from './port';
import { checkLabels, memoryFaults, nameFaults, osFaults, selectorFaults, unusableProps } from './workload-faults';
import { WorkloadPatches } from './workload-patches';
import type { ServiceProps, WorkloadKind, WorkloadProps } from './workload-props';
import { disruptionBudgetSpec, serviceSpec } from './workload-specs';

/** What is kept of a pod once its template is handed out. */
interface PodFacts extends Pick<DeclaredPod, 'faults' | 'heldByOneNode'> {
  /** What hardening says it cannot have. */
  readonly notes: readonly Note[];
}

/** A workload that is hardened by construction, with its ServiceAccount, NetworkPolicy, Service and PodDisruptionBudget. */
export abstract class SecureWorkload extends Construct implements IPodSelector, INetworkPolicyPeer {
  /** The name of its objects; the nearest that is one, where another was asked for, which is a fault. */
  readonly name: string;
  /** The labels that select its pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** The namespace it runs in; undefined in a chart that names none. */
  readonly namespace: string | undefined;
  /** The name of its ServiceAccount. */
  readonly serviceAccountName: string;
  readonly kind: string;
  readonly apiVersion: string;
  /** The ports of its containers, the main one's first. */
  readonly ports: readonly Port[];

  readonly #props: WorkloadProps;
  readonly #propFaults: readonly DeclarationFault[];
  readonly #givenName: string;
  readonly #kind: WorkloadKind;
  readonly #platform: Platform;
  readonly #network: WorkloadNetwork;
  /** Of its objects: cdk8s copies them for each. */
  readonly #labels: Readonly<Record<string, string>>;
  readonly #resource: ManifestObject;
  readonly #apiRules: ApiAccessRule[] = [];
  readonly #secrets: WorkloadSecrets | undefined;
  /** Made where there is a patch: few workloads have one. */
  #patches: WorkloadPatches | undefined;
  #facts: PodFacts | undefined;

  /** @internal */
  protected constructor(scope: Construct, id: string, taken: Taken<WorkloadProps>, kind: WorkloadKind) {
    super(scopeOf(scope, id, `Secure${kind.kind}`), id);
    const { props } = taken;
    this.#props = props;
    this.#kind = kind;
    this.#platform = platformOf(this);
    this.#platform.addExceptions(this, props.exceptions);
    this.kind = kind.kind;
    this.apiVersion = kind.apiVersion;
    this.#givenName = props.name ?? id;
    this.name = isDnsLabel(this.#givenName) ? this.#givenName : toDnsLabel(this.#givenName, kind.maxNameLength);
    this.namespace = chartOf(this, `Secure${kind.kind}`).namespace;
    this.serviceAccountName = props.serviceAccountName ?? this.name;
    const selector = checkLabels('selector', props.selector ?? { 'app.kubernetes.io/name': this.name });
    const labels = checkLabels('labels', props.labels);
    this.selector = selector.labels;
    this.#labels = { 'app.kubernetes.io/name': this.name, ...this.selector, ...labels.labels };
    this.#propFaults = [...taken.faults, ...selector.faults, ...labels.faults];
    this.ports = declaredPorts(props, props);
    this.#network = new WorkloadNetwork(this, this.#platform);
    markDeclaring(this);

    this.#resource = this.#objects(props, kind);
    this.#secrets = this.#readSecrets();
    for (const { openings, to } of this.#secrets?.egress ?? []) this.#network.open('egress', openings, to);
    this.#serve(props.service ?? {});
    this.#connect(props);
    meshOf(this)?.joinWorkload(this);
    joinNamespace(this);
  }

  /** True where a volume keeps its pods to one node. */
  get heldByOneNode(): boolean {
    return this.#known().heldByOneNode;
  }

  /** The Service that it is called by; undefined where it has none. */
  get serviceName(): string | undefined {
    const { service = {} } = this.#props;
    const isServed = service !== false && (this.ports.length > 0 || this.#kind.headlessService === true);
    return isServed ? (service.name ?? this.name) : undefined;
  }

  /** The secrets that its containers read. @internal */
  get secretMounts(): readonly SecretMount[] {
    return this.#secrets?.placed.map(({ mount }) => mount) ?? [];
  }

  /** Who it is to its cloud; undefined where it is nobody. @internal */
  get cloudLogin(): CloudLogin | undefined {
    return this.#props.cloudIdentity?.login;
  }

  /** Whether its pods run on Windows, or can run on nothing else. @internal */
  get runsOnWindows(): boolean {
    return isWindows(this.#secretReader());
  }

  /** What hardening changes in its pod, what it cannot, and why. */
  get hardening(): HardenedPod {
    const declared = this.#declarePod();
    return harden(declared.template, this.#hardenContext(declared));
  }

  /**
   * Opens exactly one port of the other side, on both sides, and DNS for this one.
   * @param peer a workload of ours, a WorkloadGroup, an ExternalWorkload or ExternalNetwork; a namespace or any cdk8s-plus peer, for which a port must be named
   */
  connectTo(peer: Peer, options?: ConnectOptions): void {
    this.#network.connectTo(peer, options);
  }

  /** Lets another workload or several, every pod of a namespace, or the addresses of an ExternalNetwork reach one port of this workload. */
  exposeTo(source: IngressSource, options?: ConnectOptions): void;
  /** Routes a host of a Gateway to it, over HTTPS alone, and lets the Gateway's pods reach that port. */
  exposeTo(gateway: RouteParent, options: RouteOptions): void;
  /** Writes an Ingress for a host, with TLS, and lets the controller's pods reach that port. */
  exposeTo(controller: IngressController, options: IngressOptions): void;
  exposeTo(
    source: IngressSource | RouteParent | IngressController,
    options?: ConnectOptions | RouteOptions | IngressOptions,
  ): void {
    if (source instanceof RouteParent) exposeByRoute(this, this.#network, source, options ?? {});
    else if (source instanceof IngressController) exposeByIngress(this, this.#network, source, options ?? {});
    else this.#network.exposeTo(source, options);
  }

  /** Opens the way to addresses or names outside the cluster. The cloud's metadata addresses stay closed. */
  egressTo(destination: Egress): void {
    this.#network.egressTo(destination);
  }

  /** Gives its ServiceAccount rights in its own namespace, a token that expires, and the way to the API server. */
  grantApiAccess(...given: readonly ApiAccessRule[]): void {
    const { argument: rules = [], faults } = takeArgument<ApiAccessRule[]>(apiAccessShape, given, 'grantApiAccess');
    for (const fault of faults) this.#network.fault(fault);
    if (rules.length === 0) return;
    if (this.#apiRules.length === 0) apiAccess(this, this.#network, this.#apiRules);
    this.#apiRules.push(...rules);
    this.changed();
  }

  /**
   * Lets it read objects of its own namespace by their names, as {@link grantApiAccess} does.
   * @param resource in the plural: `configmaps`; a custom one with its group: `widgets.example.com`
   * @param names without any, it may read each whose name it knows
   */
  canGet(resource: string, ...names: readonly string[]): void {
    this.#grant(ruleFor('canGet', ['get'], resource, names));
  }

  /** Lets it list the objects of a resource in its own namespace: `pods`. */
  canList(resource: string): void {
    this.#grant(ruleFor('canList', ['get', 'list'], resource));
  }

  /** Lets it follow the objects of a resource in its own namespace, as controllers do. */
  canWatch(resource: string): void {
    this.#grant(ruleFor('canWatch', ['get', 'list', 'watch'], resource));
  }

  #grant(rule: ApiAccessRule | DeclarationFault): void {
    if ('verbs' in rule) this.grantApiAccess(rule);
    else this.#network.fault(rule);
  }

  /** Adds exceptions that cover this workload. */
  addException(...exceptions: readonly SecurityException[]): void {
    this.#platform.addExceptions(this, exceptions);
  }

  /**
   * Merges a raw patch into the pod spec, after hardening. What comes out is checked like anything else: a weakening needs an exception.
   * Lists of containers, volumes, environment variables and ports are merged by name, `null` removes.
   */
  patchPod(patch: Patch<PodSpec>): void {
    this.#patching().patchPod(patch);
  }

  /**
   * Merges a raw patch into one of its objects. Checked like anything else.
   * @param name which one, where it has several of the kind
   */
  patch(kind: string, patch: Patch<KubernetesObject>, name?: string): void {
    this.#patching().patch(kind, patch, name);
  }

  #patching(): WorkloadPatches {
    this.#patches ??= new WorkloadPatches(this, this.#resource, () => containerNames(this.template.spec));
    return this.#patches;
  }

  /** Every fault of the declaration, and what the target cannot do. @internal */
  declarationFaults(): readonly DeclarationFault[] {
    // With its patches; undefined where it cannot be rendered, which inspection reports.
    const rendered = tryRenderedObject(this.#resource);
    const template = rendered && podTemplateOf(rendered);
    return [
      ...this.#propFaults,
      ...(this.#patches?.faults ?? []),
      ...nameFaults(this.#givenName, this.#props.name === undefined ? 'id' : 'name', this.#kind),
      ...selectorFaults(this.selector, this.#kind.role === 'batch' ? template : undefined),
      ...osFaults(this.#props, this.#platform),
      ...this.#known().faults,
      ...memoryFaults(NamespaceScope.find(this), template),
      ...(template && this.#resource.isPatched ? accountFaults(this, template) : []),
      ...this.#network.faults,
      ...(meshOf(this)?.faultsOf(this, template) ?? []),
      ...(this.#secrets?.faults ?? []),
      ...(template && this.#resource.isPatched && this.#platform.target.emitsFixedIds
        ? (this.#secrets?.accessFaults(template.spec) ?? [])
        : []),
      ...(this.#secrets?.annotationFaults(this.#props.podAnnotations) ?? []),
      ...this.kindFaults(),
      ...this.#known().notes.map(noteFault),
    ];
  }

  /** cdk8s-plus: its containers, so that cdk8s-plus `connections` to it open its ports and no others. */
  get containers(): KplusContainer[] {
    return kplusContainers(this.template.spec.containers);
  }

  /** cdk8s-plus: selects its pods. */
  toPodSelectorConfig(): PodSelectorConfig {
    return podSelectorConfig(this.selector, this.namespace);
  }

  /** cdk8s-plus: names it in a NetworkPolicy. */
  toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return networkPolicyPeerConfig(this.selector, this.namespace);
  }

  /** cdk8s-plus: it is a pod selector itself. */
  toPodSelector(): IPodSelector | undefined {
    return this;
  }

  /**
   * The address of its Service, as a client in that namespace writes it: `cartservice:7070`, or `cartservice.shop:7070` from elsewhere.
   * Where it has no such port, or no Service, `connectTo` and synthesis say so.
   * @internal
   */
  addressSeenFrom(namespace: string | undefined, options: ConnectOptions = {}): string {
    const { name = this.name } = this.#props.service || {};
    const host = namespace === this.namespace || this.namespace === undefined ? name : `${name}.${this.namespace}`;
    return `${host}:${findPort(this.ports, options.port)?.servicePort ?? 0}`;
  }

  /** Faults that only one kind of workload has. @internal */
  protected kindFaults(): readonly DeclarationFault[] {
    return [];
  }

  /** One of its objects: named and labelled as it is. @internal */
  manifest(
    id: string,
    apiVersion: string,
    kind: string,
    body: () => Readonly<Record<string, unknown>>,
    metadata: { readonly name?: string; readonly annotations?: Readonly<Record<string, string>> } = {},
  ): ManifestObject {
    return new ManifestObject(this, id, {
      apiVersion,
      kind,
      metadata: {
        name: metadata.name ?? this.name,
        labels: this.#labels,
        ...(metadata.annotations && { annotations: metadata.annotations }),
      },
      body,
    });
  }

  /** The pod template as it is written, but for patches: made each time, since the object it is asked for keeps it. @internal */
  protected get template(): DeclaredPod['template'] {
    const declared = this.#declarePod();
    const { template, faults, heldByOneNode } = declared;
    const notes = hardenInPlace(template, this.#hardenContext(declared));
    this.#facts = { faults, heldByOneNode, notes };
    return template;
  }

  /** Its pods as they are declared, but for patches. @internal */
  get podSpec(): DeclaredPod['template']['spec'] {
    return this.template.spec;
  }

  /** What there is to know of its pod, from its last template where there was one. */
  #known(): PodFacts {
    if (this.#facts === undefined) void this.template;
    return this.#facts as PodFacts;
  }

  /** The pod of its props; one that holds nothing, with the fault, where a prop cannot be converted. */
  #declarePod(): DeclaredPod {
    try {
      return this.#declarePodFrom(this.#props);
    } catch (error) {
      const declared = this.#declarePodFrom({ image: missingImage, resources: { cpu: '1m', memory: '1Mi' } });
      return { ...declared, faults: [...declared.faults, unusableProps(error)] };
    }
  }

  #declarePodFrom(props: ContainerProps & PodProps): DeclaredPod {
    return declarePod(
      {
        name: this.#containerName(),
        namespace: this.namespace,
        main: props,
        pod: this.#inMesh(props),
        labels: { 'app.kubernetes.io/name': this.name, ...this.selector, ...this.#props.cloudIdentity?.podLabels },
        restartPolicy: this.#kind.restartPolicy,
        apiAccess: this.#apiRules.length > 0,
        claims: this.#kind.claims,
        secrets: this.#secrets,
      },
      this.#platform,
    );
  }

  /** The pod with what puts it into the service mesh of its namespace. */
  #inMesh(pod: PodProps): PodProps {
    const marks = meshOf(this)?.podMarks;
    if (marks === undefined) return pod;
    const { podLabels, podAnnotations } = pod;
    return {
      ...pod,
      podLabels: { ...marks.labels, ...podLabels },
      podAnnotations: { ...marks.annotations, ...podAnnotations },
    };
  }

  /** What its containers read as files; undefined where they read nothing. */
  #readSecrets(): WorkloadSecrets | undefined {
    const { containers = [], sidecars = [], initContainers = [], secrets } = this.#props;
    const readers = [...containers, ...sidecars, ...initContainers].filter(({ secrets: own }) => own !== undefined);
    if (secrets === undefined && readers.length === 0) return undefined;
    return WorkloadSecrets.of(this.#secretReader(), [
      { container: this.#containerName(), secrets },
      ...readers.map(({ name, secrets: own }) => ({ container: name, secrets: own })),
    ]);
  }

  #secretReader(): SecretReader {
    return {
      name: this.name,
      kind: this.kind,
      apiVersion: this.apiVersion,
      namespace: this.namespace,
      serviceAccountName: this.serviceAccountName,
      serviceName: this.serviceName,
      cloudLogin: this.cloudLogin,
      batch: this.#kind.role === 'batch',
      windows: this.#props.os === 'windows',
      platform: this.#platform,
      ids: {
        ...declaredIds(this.#props, this.#platform),
        supplementalGroups: this.#props.supplementalGroups,
      },
      ports: this.ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => port),
      terminationGraceSeconds: this.#props.terminationGraceSeconds,
      initContainers: [...(this.#props.sidecars ?? []), ...(this.#props.initContainers ?? [])].map(({ name }) => name),
      running: [
        this.#containerName(),
        ...[...(this.#props.containers ?? []), ...(this.#props.sidecars ?? [])].map(({ name }) => name),
      ],
      manifest: (...args) => this.manifest(...args),
    };
  }

  #hardenContext({ facts }: DeclaredPod): HardenContext {
    return {
      target: this.#platform.target,
      profile: this.#platform.profileName,
      role: this.#kind.role,
      facts: {
        ...facts,
        serviceAccountName: this.serviceAccountName,
        ...(this.#kind.disruptable && { selector: this.selector }),
      },
    };
  }

  /** Says that something it is rendered from has changed. @internal */
  protected changed(): void {
    this.#facts = undefined;
    this.#platform.touch();
  }

  /** Cut to what a container name may be: a name that is too long is refused where it stands. */
  #containerName(): string {
    return (this.#props.containerName ?? this.name).slice(0, 63);
  }

  /** Its own objects, but for the Service. Returns the workload among them. */
  #objects({ annotations, cloudIdentity }: WorkloadProps, kind: WorkloadKind): ManifestObject {
    const body = () => ({ spec: kind.spec(this.template) });
    const resource = this.manifest('Resource', kind.apiVersion, kind.kind, body, { annotations });
    this.manifest('ServiceAccount', 'v1', 'ServiceAccount', () => ({ automountServiceAccountToken: false }), {
      name: this.serviceAccountName,
      annotations: cloudIdentity?.serviceAccountAnnotations,
    });
    this.manifest('NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', () => ({
      spec: this.#network.policySpec(),
    }));
    if (kind.disruptable) {
      this.manifest('PodDisruptionBudget', 'policy/v1', 'PodDisruptionBudget', () => ({
        spec: disruptionBudgetSpec(this.selector),
      }));
    }
    return resource;
  }

  #serve(props: ServiceProps | false): void {
    const { serviceName: name } = this;
    if (props === false || name === undefined) return;
    const body = () => ({ spec: serviceSpec(props, this.selector, this.ports, this.#kind.headlessService ?? false) });
    this.manifest('Service', 'v1', 'Service', body, { name, annotations: props.annotations });
  }

  /** Whoever has a cloud identity is let through to its credentials, and whoever is given an address to that. */
  #connect({ cloudIdentity, initContainers = [], sidecars = [], containers = [] }: WorkloadProps): void {
    cloudIdentity?.openFor(this.#network, this.#platform.target);
    this.#connectToAddressesIn(this.#props);
    for (const others of [initContainers, sidecars, containers])
      others.forEach((container) => {
        this.#connectToAddressesIn(container);
      });
  }

  #connectToAddressesIn({ env }: ContainerProps): void {
    for (const { workload, options } of Env.addressesIn(env)) {
      this.connectTo(workload, options);
      if (workload.#props.service !== false) continue;
      this.#network.fault({
        rule: 'connection-port',
        property: 'env',
        value: workload.node.path,
        message: `${workload.node.path} has no Service, so that it has no address`,
        remedy: 'leave service: false out there, or write the address by hand and call connectTo',
      });
    }
  }
}
