import { ApiObject, type Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import { peakDemand, type QuotaResource } from '../../core/hardening';
import { isLabelValue, type KubernetesObject, type Patch, Quantity } from '../../core/manifest';
import { isAbsent, isMapping } from '../../core/manifest/plain';
import type { DeclarationFault } from '../app/declaration';
import { ManifestObject, patchObject } from '../app/manifest-object';
import { platformOf } from '../app/platform-of';
import { tryRenderedObject } from '../app/rendering';
import { takeProps } from '../app/shape';
import { byteQuantity, cpuQuantity } from '../kplus';
import { meshOf } from '../network/mesh-membership';
import { patchFormFaults } from '../workload/container-patch';
import type { ByteQuantity, CpuQuantity } from '../workload/resources';
import { NamespaceScope, type NamespaceScopeProps } from './namespace-scope';
import { lockedNamespaceShapes } from './namespace-shape';
import { groupsByPersona, type PersonaGroups, personaRules } from './personas';

/** The most that the namespace may take. */
export interface NamespaceQuota {
  /** @default - what is declared in it takes at most, rollouts included */
  readonly pods?: number;
  /** The sum of CPU requests. @default - what is declared in it takes at most */
  readonly cpu?: CpuQuantity | Cpu;
  /** The sum of memory requests, which are the limits too. @default - what is declared in it takes at most */
  readonly memory?: ByteQuantity | Size;
  /** The sum of local disk. @default - what is declared in it takes at most */
  readonly ephemeralStorage?: ByteQuantity | Size;
  /** The sum of persistent volumes. @default - what is declared in it takes at most */
  readonly storage?: ByteQuantity | Size;
  /** Services of type LoadBalancer. @default 0 */
  readonly loadBalancers?: number;
  /** Node ports. @default 0 */
  readonly nodePorts?: number;
  /** How many pods each DaemonSet in it may have: as many as the cluster may have nodes. @default 100 */
  readonly daemonSetPods?: number;
}

/** What a container may ask for in a namespace that says nothing of it. */
export const defaultMaxMemory = '4Gi';

/** Bounds on each container, and what one that names nothing gets. */
export interface NamespaceLimits {
  /** The most memory that a container may ask for. @default '4Gi' */
  readonly maxMemory?: ByteQuantity | Size;
  /** The CPU request of a container that names none. @default '50m' */
  readonly defaultCpu?: CpuQuantity | Cpu;
  /** The memory request and limit of a container that names none. @default '128Mi', or `maxMemory` where that is less */
  readonly defaultMemory?: ByteQuantity | Size;
}

export interface LockedNamespaceProps extends NamespaceScopeProps {
  /** Who answers for it: a team's name, as a label value. */
  readonly owner: string;
  /** How to reach them: a channel or an address. @default - none */
  readonly contact?: string;
  /** The Pod Security Standard it enforces. Anything but `restricted` needs an exception. @default 'restricted' */
  readonly podSecurity?: 'restricted' | 'baseline' | 'privileged';
  /** @default - room for what is declared in it, rollouts included; no node ports, no load balancers */
  readonly quota?: NamespaceQuota;
  /** @default - see there */
  readonly limits?: NamespaceLimits;
  /** Which groups may do what in it. @default - nobody is given anything */
  readonly access?: PersonaGroups;
}

/**
 * A namespace that is closed until something is opened: it enforces the Pod Security Standard `restricted` at the target's version, denies all
 * traffic both ways, bounds what it may take, and its default ServiceAccount has no token.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @see CIS Kubernetes Benchmark 1.12: 5.1.5, 5.1.6, 5.2.1, 5.3.2, 5.6.1
 */
export class LockedNamespace extends NamespaceScope {
  /** Whether it is one. (cdk8s makes `instanceof` true for every Chart.) */
  static override is(construct: IConstruct): construct is LockedNamespace {
    return construct instanceof Object && #props in construct;
  }

  /** @internal */
  readonly isOwned = true;
  readonly maxMemory: string;
  /** The Pod Security Standard it enforces. */
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
  readonly #props: LockedNamespaceProps;
  readonly #defaultMemory: string | undefined;
  readonly #quota: ManifestObject;
  readonly #limits: ManifestObject;
  readonly #misshapenPatches: DeclarationFault[] = [];

  constructor(scope: Construct, id: string, given: LockedNamespaceProps) {
    const taken = takeProps<LockedNamespaceProps>(lockedNamespaceShapes, given);
    super(scope, id, taken, 'LockedNamespace');
    const { props } = taken;
    this.#props = props;
    this.maxMemory = textOf(props.limits?.maxMemory, byteQuantity) ?? defaultMaxMemory;
    this.#defaultMemory = textOf(props.limits?.defaultMemory, byteQuantity);
    this.podSecurity = props.podSecurity ?? 'restricted';

    this.#namespace();
    this.#object('default-deny', 'networking.k8s.io/v1', 'NetworkPolicy', () => ({
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    }));
    this.#quota = this.#object('quota', 'v1', 'ResourceQuota', () => ({ spec: { hard: this.#hardQuota() } }));
    this.#limits = this.#object('limits', 'v1', 'LimitRange', () => ({ spec: { limits: [this.#containerLimits()] } }));
    this.#object('default', 'v1', 'ServiceAccount', () => ({ automountServiceAccountToken: false }));
    this.#access(props.access ?? {});
    meshOf(this)?.joinNamespace(this);
  }

  /**
   * Merges a raw patch into one of the namespace's own objects. Checked like anything else: a weakening needs an exception.
   * @param name which one, where it has several of the kind
   */
  patch(
    kind: 'Namespace' | 'NetworkPolicy' | 'ResourceQuota' | 'LimitRange' | 'ServiceAccount' | 'Role' | 'RoleBinding',
    patch: Patch<KubernetesObject>,
    name?: string,
  ): void {
    const faults = patchFormFaults(kind, patch);
    if (faults.length === 0) patchObject(this, kind, patch, name);
    else {
      this.#misshapenPatches.push(...faults);
      platformOf(this).touch();
    }
  }

  /** @internal */
  override declarationFaults(): readonly DeclarationFault[] {
    return [
      ...super.declarationFaults(),
      ...this.#misshapenPatches,
      ...this.#missingFaults(),
      ...this.#countFaults(),
      ...this.#limitFaults(),
      ...this.#quotaFaults(),
      ...this.#patchFaults(),
    ];
  }

  #object(name: string, apiVersion: string, kind: string, body: () => Record<string, unknown>): ManifestObject {
    return new ManifestObject(this, `${kind}-${name}`, { apiVersion, kind, metadata: { name }, body });
  }

  #namespace(): void {
    const { owner, contact } = this.#props;
    const version = platformOf(this).target.podSecurityVersion;
    const level = this.podSecurity;
    const labels: Record<string, string> = { owner };
    if (contact !== undefined && isLabelValue(contact)) labels.contact = contact;
    for (const mode of ['enforce', 'audit', 'warn']) {
      labels[`pod-security.kubernetes.io/${mode}`] = mode === 'enforce' ? level : 'restricted';
      labels[`pod-security.kubernetes.io/${mode}-version`] = version;
    }
    new ManifestObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: this.namespaceName, labels, ...(contact !== undefined && { annotations: { contact } }) },
      namespaced: false,
      body: () => ({}),
    });
  }

  #access(groups: PersonaGroups): void {
    for (const [persona, names] of groupsByPersona(groups)) {
      this.#object(persona, 'rbac.authorization.k8s.io/v1', 'Role', () => ({ rules: personaRules[persona] }));
      this.#object(persona, 'rbac.authorization.k8s.io/v1', 'RoleBinding', () => ({
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: persona },
        subjects: names.map((name) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name })),
      }));
    }
  }

  #containerLimits() {
    const memory = this.#defaultMemory ?? smaller('128Mi', this.maxMemory);
    const storage = platformOf(this).profile.ephemeralStorage;
    return {
      type: 'Container',
      default: { memory, 'ephemeral-storage': storage },
      defaultRequest: {
        cpu: textOf(this.#props.limits?.defaultCpu, cpuQuantity) ?? '50m',
        memory,
        'ephemeral-storage': storage,
      },
      max: { memory: this.maxMemory },
    };
  }

  #peakDemand() {
    const { podTemplateKinds: kinds, profile } = platformOf(this);
    // What takes nothing is left out, the quota itself among it: it is made from the others.
    const takes = (object: ApiObject) => demandingKinds.has(object.kind) || kinds.pathOf(object) !== undefined;
    const objects = this.node.findAll().filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
    const counted = objects.filter(takes).flatMap((object) => tryRenderedObject(object) ?? []);
    return peakDemand(counted, this.#props.quota?.daemonSetPods ?? 100, kinds, profile.ephemeralStorage);
  }

  /** The quota that its owner set, under the names that a ResourceQuota has for it. */
  #givenQuota(): Partial<Record<QuotaResource, string>> {
    const { pods, cpu, memory, ephemeralStorage, storage } = this.#props.quota ?? {};
    const memoryText = textOf(memory, byteQuantity);
    const diskText = textOf(ephemeralStorage, byteQuantity);
    const given: Partial<Record<QuotaResource, string | undefined>> = {
      pods: pods?.toString(),
      'requests.cpu': textOf(cpu, cpuQuantity),
      'requests.memory': memoryText,
      'limits.memory': memoryText,
      'requests.ephemeral-storage': diskText,
      'limits.ephemeral-storage': diskText,
      'requests.storage': textOf(storage, byteQuantity),
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  }

  #hardQuota(): Record<string, string> {
    const demand = this.#peakDemand();
    const derived = Object.fromEntries(Object.entries(demand).map(([name, quantity]) => [name, quantity.toString()]));
    return {
      ...derived,
      ...this.#givenQuota(),
      'services.loadbalancers': String(this.#props.quota?.loadBalancers ?? 0),
      'services.nodeports': String(this.#props.quota?.nodePorts ?? 0),
    };
  }

  /** A LimitRange whose default is above its maximum is refused, and one that is no quantity as well. */
  #limitFaults(): DeclarationFault[] {
    const most = Quantity.tryParse(this.maxMemory);
    const given = this.#defaultMemory;
    const usual = given === undefined ? undefined : Quantity.tryParse(given);
    const fault = (property: string, value: string, message: string, remedy: string): DeclarationFault[] => [
      { rule: 'namespace-limit', property, value, message, remedy },
    ];
    const noQuantity = 'write it as 128Mi or 4Gi';
    if (!most) return fault('limits.maxMemory', this.maxMemory, `${this.maxMemory} is no quantity`, noQuantity);
    if (given === undefined) return [];
    if (!usual) return fault('limits.defaultMemory', given, `${given} is no quantity`, noQuantity);
    if (usual.compare(most) <= 0) return [];
    const message = `what a container gets by default, ${given}, is more than the ${this.maxMemory} that it may have`;
    return fault('limits.defaultMemory', given, message, `set it to ${this.maxMemory} or less, or raise maxMemory`);
  }

  /** What makes the namespace locked and is no longer there. */
  #missingFaults(): DeclarationFault[] {
    const { namespaceName } = this;
    const isGone = (id: string) => this.node.tryFindChild(id) === undefined;
    const fault = (rule: DeclarationFault['rule'], property: string, message: string): DeclarationFault => {
      return { rule, severity: 'error', property, message, remedy: 'leave it in, or use an ExistingNamespace' };
    };
    const faults: DeclarationFault[] = [];
    if (isGone('Namespace'))
      faults.push(
        fault('namespace-network-isolation', 'Namespace', `the Namespace ${namespaceName} was taken out of the tree`),
      );
    const policy = this.node.tryFindChild('NetworkPolicy-default-deny');
    const rendered = policy && ManifestObject.is(policy) ? tryRenderedObject(policy) : undefined;
    const types = (rendered?.spec as { readonly policyTypes?: unknown } | undefined)?.policyTypes;
    if (!Array.isArray(types) || !types.includes('Ingress') || !types.includes('Egress')) {
      const message = `the default deny of ${namespaceName} no longer denies both directions`;
      faults.push(fault('namespace-network-isolation', 'NetworkPolicy', message));
    }
    for (const [id, kind] of [
      ['ResourceQuota-quota', 'ResourceQuota'],
      ['LimitRange-limits', 'LimitRange'],
    ] as const) {
      if (isGone(id)) faults.push(fault('namespace-bounds', kind, `the ${kind} of ${namespaceName} was taken out`));
    }
    return faults;
  }

  /** Numbers of the quota that count nothing. */
  #countFaults(): DeclarationFault[] {
    const { pods, loadBalancers, nodePorts, daemonSetPods } = this.#props.quota ?? {};
    return Object.entries({ pods, loadBalancers, nodePorts, daemonSetPods }).flatMap(([name, value]) =>
      value === undefined || (Number.isSafeInteger(value) && value >= 0)
        ? []
        : [
            {
              rule: 'namespace-quota' as const,
              property: `quota.${name}`,
              value,
              message: `${String(value)} is no number of things`,
              remedy: 'give a whole number from 0, or leave it out',
            },
          ],
    );
  }

  /** Bounds that a patch has raised or taken away. */
  #patchFaults(): DeclarationFault[] {
    const quota = this.#quota.isPatched ? boundsOf(this.#quota, ({ hard }) => hard) : undefined;
    const limits = this.#limits.isPatched
      ? boundsOf(this.#limits, ({ limits: [first] = [] }) => (first?.type === 'Container' ? first.max : undefined))
      : undefined;
    const raised = (kind: string, declared: Bounds, patched: Bounds) =>
      Object.entries(declared).flatMap(([name, most]): readonly DeclarationFault[] => {
        const now = Quantity.tryParse(patched[name]);
        if (now && now.compare(Quantity.parse(most)) <= 0) return [];
        return [
          {
            rule: 'namespace-bounds',
            property: `patch of ${kind} (${name})`,
            value: patched[name],
            message: `the patch ${patched[name] === undefined ? 'takes away' : 'raises'} the bound of ${most}`,
            remedy: 'set it through the props quota and limits, which are checked, or say why by an exception',
          },
        ];
      });
    return [
      ...(quota ? raised('ResourceQuota', this.#hardQuota(), quota) : []),
      ...(limits ? raised('LimitRange', { memory: this.maxMemory }, limits) : []),
      ...this.#scopeFaults(),
    ];
  }

  /** A quota with scopes bounds the pods of those scopes alone. */
  #scopeFaults(): DeclarationFault[] {
    const spec: unknown = this.#quota.isPatched ? tryRenderedObject(this.#quota)?.spec : undefined;
    if (!isMapping(spec)) return [];
    return ['scopes', 'scopeSelector']
      .filter((name) => !isAbsent(spec[name]))
      .map((name) => ({
        rule: 'namespace-bounds',
        property: `patch of ResourceQuota (${name})`,
        value: spec[name],
        message: 'the patch leaves the bounds to some pods of the namespace: no other pod counts',
        remedy: `leave ${name} out, or make another ResourceQuota for those pods`,
      }));
  }

  #quotaFaults(): DeclarationFault[] {
    const given = Object.entries(this.#givenQuota());
    if (given.length === 0) return [];
    const demand = this.#peakDemand();
    return given.flatMap(([name, value]) => {
      const needed = demand[name as QuotaResource];
      const allowed = Quantity.tryParse(value);
      if (allowed !== undefined && needed.compare(allowed) <= 0) return [];
      return [
        {
          rule: 'namespace-quota' as const,
          property: `quota (${name})`,
          value,
          message: `what is declared in ${this.namespaceName} takes ${name} ${needed} at its largest (rollouts included), the quota allows ${value}`,
          remedy: `set it to ${needed} or more, or leave it out: it is then worked out`,
        },
      ];
    });
  }
}

/** A quantity of cdk8s as a text; anything else as it is, for the faults to judge. */
function textOf<Q>(given: Q | undefined, read: (quantity: Q) => string): string | undefined {
  return typeof given === 'object' && given !== null ? read(given) : (given as string | undefined);
}

/** The smaller quantity; the first where the other is none. */
function smaller(text: string, other: string): string {
  const most = Quantity.tryParse(other);
  return most !== undefined && most.compare(Quantity.parse(text)) < 0 ? other : text;
}

/** Kinds that take of a quota without a pod template, or say how many pods there are. */
const demandingKinds = new Set(['PersistentVolumeClaim', 'HorizontalPodAutoscaler']);

type Bounds = Readonly<Record<string, string>>;

interface BoundingSpec {
  readonly hard?: Bounds;
  readonly limits?: readonly { readonly type?: string; readonly max?: Bounds }[];
}

/** The bounds of an object as it will be written; none where it cannot be, which inspection reports. */
function boundsOf(object: ManifestObject, read: (spec: BoundingSpec) => Bounds | undefined): Bounds {
  const rendered = tryRenderedObject(object);
  return read((rendered?.spec ?? {}) as BoundingSpec) ?? {};
}
