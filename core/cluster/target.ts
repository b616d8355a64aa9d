import type { PodSpec } from '../manifest/pod';
import { remembering } from '../manifest/remembering';
import { type ApiServer, type ApiServerOptions, apiServerOf } from './api-server';
import { type ClusterPolicies, type Cni, cnis, type FqdnPolicies } from './cni';
import { type Distribution, distributions } from './distribution';
import type { ClusterDns } from './dns';
import type { FeatureId } from './features';
import type { MeshPlugin } from './mesh-plugin';
import { type Capability, type Nodes, type NodesOptions, nodeCapabilities } from './node-capabilities';
import { PodFieldCheck, type UnsupportedField, type UnsupportedFieldsOptions } from './pod-field-check';
import { featureSupport, kindSupport, type Support } from './support';
import { dnsList, type TargetFault, targetFaults, versionFaults } from './target-faults';
import { takeTargetOptions } from './target-shape';
import { isAtLeast, type KubernetesVersion, nearestKubernetesVersion } from './version';

/**
 * What is known of a cluster besides its version. What is not declared is the distribution's, as far as that is
 * certain.
 */
export interface ClusterTargetOptions {
  /** @default 'generic' */
  readonly distribution?: Distribution;
  /**
   * What the nodes can. A field that a kubelet without the capability refuses is left out until it is declared, and the
   * report says so.
   * @default - the distribution's, where it is certain
   */
  readonly nodes?: NodesOptions;
  /** Where DNS answers; several where a cluster has several. @default - the distribution's */
  readonly dns?: ClusterDns | readonly ClusterDns[];
  /** The API server's endpoints. @default - unknown addresses, and the distribution's port */
  readonly apiServer?: ApiServerOptions;
  /** The network plugin. @default - the distribution's, where it has one of its own */
  readonly cni?: Cni;
  /** The plugin by which a service mesh takes over the traffic of pods, so that none of them needs NET_ADMIN for it. @default - none */
  readonly meshPlugin?: MeshPlugin;
  /** The ranges of the pods' addresses, as CIDRs. @default - unknown */
  readonly podCidrs?: readonly string[];
  /** The ranges of the Services' addresses, as CIDRs. @default - unknown */
  readonly serviceCidrs?: readonly string[];
}

/**
 * The cluster that manifests are made for. It answers which fields, API versions and addresses there are; nothing else
 * in the toolkit compares versions.
 *
 *     const target = ClusterTarget.of('1.34', { distribution: 'eks', nodes: { userNamespaces: true } });
 *     target.supports('preStopSleep').supported;    // true
 *     target.supports('appArmorProfile').supported; // false: it is not known whether every node has AppArmor
 *
 * A wrong declaration does not throw: it is in `faults`, and synthesis reports it with everything else that is wrong.
 */
export class ClusterTarget {
  /**
   * A target of this version of Kubernetes: `1.34`, `v1.34.2`, `1.34.2-gke.100`. For a version that the toolkit does
   * not know, the nearest one is used until the fault is mended.
   */
  static of(version: KubernetesVersion | (string & {}), options: ClusterTargetOptions = {}): ClusterTarget {
    return new ClusterTarget(version, options);
  }

  readonly version: KubernetesVersion;
  readonly distribution: Distribution;
  readonly nodes: Nodes;
  /** Where DNS answers: the peers and ports of each place. */
  readonly dns: readonly ClusterDns[];
  /** The API server's endpoints. */
  readonly apiServer: ApiServer;
  /** The network plugin. */
  readonly cni: Cni;
  /** The plugin of a service mesh; undefined where none is declared. */
  readonly meshPlugin: MeshPlugin | undefined;
  /** The ranges of the pods' addresses; empty where they are unknown. */
  readonly podCidrs: readonly string[];
  /** The ranges of the Services' addresses; empty where they are unknown. */
  readonly serviceCidrs: readonly string[];
  /** What is wrong with the declaration. */
  readonly faults: readonly TargetFault[];

  readonly #support = remembering((feature) => featureSupport(feature as FeatureId, this.version, this.nodes));
  readonly #served = remembering((text) => {
    const [apiVersion = '', kind = ''] = text.split(' ');
    return kindSupport(this.version, apiVersion, kind);
  });
  #podFields: PodFieldCheck | undefined;

  private constructor(given: unknown, declared: unknown) {
    // A number is what YAML makes of 1.34.
    const version = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
    const { options, faults } = takeTargetOptions(declared);
    const { distribution = 'generic' } = options;
    const facts = distributions[distribution];
    this.version = nearestKubernetesVersion(version);
    this.distribution = distribution;
    this.nodes = nodesOf(facts.nodes, options.nodes);
    this.dns = options.dns === undefined ? facts.dns : [...dnsList(options.dns)];
    this.apiServer = apiServerOf(distribution, options.apiServer);
    this.cni = options.cni ?? facts.cni;
    this.meshPlugin = options.meshPlugin;
    this.podCidrs = [...(options.podCidrs ?? [])];
    this.serviceCidrs = [...(options.serviceCidrs ?? [])];
    this.faults = [...versionFaults(given, version), ...faults, ...targetFaults(options)];
  }

  /** The version that Pod Security labels are pinned to: `v1.34`. */
  get podSecurityVersion(): `v${KubernetesVersion}` {
    return `v${this.version}`;
  }

  /** Whether pods may fix user, group and fsGroup; false where admission assigns them, as OpenShift's does. */
  get emitsFixedIds(): boolean {
    return distributions[this.distribution].fixedIds;
  }

  /** Whether the network plugin enforces NetworkPolicy. */
  get enforcesNetworkPolicy(): Capability {
    return cnis[this.cni].enforcesNetworkPolicy;
  }

  /** The API for egress by domain name; undefined where the network plugin has none. */
  get fqdnPolicies(): FqdnPolicies | undefined {
    return cnis[this.cni].fqdn;
  }

  /** Since when the network plugin enforces ClusterNetworkPolicy; undefined where it does not, or is not declared. */
  get clusterPolicies(): ClusterPolicies | undefined {
    return cnis[this.cni].clusterPolicies;
  }

  /** Whether the cluster is of this version or a newer one: for tables of rules that Kubernetes itself versions. */
  isAtLeast(version: KubernetesVersion): boolean {
    return isAtLeast(this.version, version);
  }

  /**
   * Whether a feature can be used: its version is there, it is on by default, and the nodes are known to have what it
   * needs.
   */
  supports(feature: FeatureId): Support {
    return this.#support(feature);
  }

  /**
   * Whether the API server serves a kind: `serves('policy/v1', 'PodDisruptionBudget')`. Kinds of groups that are not
   * Kubernetes' own pass: nothing is known of them.
   */
  serves(apiVersion: string, kind: string): Support {
    return this.#served(`${apiVersion} ${kind}`);
  }

  /**
   * Why the cluster lacks a field of a pod spec, or this value of it; undefined where it has it.
   * @param path - Below the pod spec: `hostnameOverride`, `containers[].lifecycle.preStop.sleep`, or as segments.
   */
  lacksPodField(path: string | readonly (string | number)[], value?: unknown): string | undefined {
    return this.#check().lack(path, value)?.reason;
  }

  /** Every field of a pod spec that the cluster lacks, by version, by default, or by what is known of its nodes. */
  unsupportedFields(podSpec: PodSpec, options?: UnsupportedFieldsOptions): readonly UnsupportedField[] {
    return this.#check().unsupported(podSpec, options);
  }

  #check(): PodFieldCheck {
    this.#podFields ??= new PodFieldCheck(this.version, this.nodes);
    return this.#podFields;
  }
}

/** The declared nodes over the distribution's. */
function nodesOf(known: Nodes, declared: NodesOptions = {}): Nodes {
  const capabilities = nodeCapabilities.map((name) => [name, capabilityOf(declared[name]) ?? known[name]] as const);
  return { ...known, ...Object.fromEntries(capabilities), os: declared.os ?? known.os };
}

function capabilityOf(declared: Capability | boolean | undefined): Capability | undefined {
  if (typeof declared !== 'boolean') return declared;
  return declared ? 'yes' : 'no';
}
