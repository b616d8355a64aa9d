import { type NetworkPolicyPeer, podsPeer } from '../../core/network/peer';
import { networkPolicySpec, type Opening } from '../../core/network/policy-spec';
import type { Temporary } from '../../core/network/temporary';
import type { Platform } from '../app/platform';
import { NamespaceScope } from '../namespace/namespace-scope';
import type { SecureWorkload } from '../workload/workload';
import { endAnnotations } from './ending-policies';
import type { ExternalWorkload } from './external-workload';
import { meshOf } from './mesh-membership';

/** Whose pods are not ours: a workload of others, or whatever else runs in a namespace of theirs. */
export type Foreign = ExternalWorkload | NamespaceScope;

/** What the owner of another namespace has to open. */
interface Requirement {
  readonly foreign: Foreign;
  readonly name: string;
  readonly direction: 'ingress' | 'egress';
  readonly openings: readonly Opening[];
  readonly why: string;
  /** Those of its openings that end, which are all of them or none. */
  readonly temporary: readonly Temporary[];
}

/** The policies of other sides, which are not ours to write, for the connections of one workload. */
export class RequiredPolicies {
  readonly #known = new Map<string, Requirement>();

  constructor(
    private readonly workload: SecureWorkload,
    private readonly platform: Platform,
  ) {}

  /** @param direction as the other side sees it */
  add(
    foreign: Foreign,
    direction: 'ingress' | 'egress',
    ports: Opening['ports'],
    why: string,
    temporary: Temporary | undefined,
  ): void {
    const namespace = namespaceOf(foreign);
    const { name: ownName, namespace: ownNamespace } = this.workload;
    const own = ownNamespace === namespace || ownNamespace === undefined ? ownName : `${ownNamespace}-${ownName}`;
    const id = NamespaceScope.is(foreign) ? 'all' : foreign.node.id;
    const until = temporary === undefined ? '' : `-until-${temporary.expires}`;
    const name = `${id}-${direction === 'ingress' ? 'from' : 'to'}-${own}${until}`;
    // Whom it selects is part of the key: two ExternalWorkloads may bear one name, and one may be called "all".
    const key = JSON.stringify([namespace, name, selectorOf(foreign)]);
    const known = this.#known.get(key);
    const peer: NetworkPolicyPeer = podsPeer(this.workload.selector, ownNamespace, namespace);
    const openings = [...(known?.openings ?? []), { peers: [peer], ports } satisfies Opening];
    const requirement: Requirement = {
      foreign,
      name: known?.name ?? this.platform.freeName('required NetworkPolicy', namespace, name),
      direction,
      openings,
      why,
      temporary: [...(known?.temporary ?? []), ...(temporary ? [temporary] : [])],
    };
    this.#known.set(key, requirement);
    this.#ask(requirement);
  }

  /** Asks anew, where the mesh that the workload is in has become known. */
  askAgain(): void {
    for (const requirement of this.#known.values()) this.#ask(requirement);
  }

  #ask({ foreign, name, direction, openings, why, temporary }: Requirement): void {
    const mesh = meshOf(this.workload);
    const seen = openings.map((opening) => mesh?.tunnelled({ ...opening, end: foreign }) ?? opening);
    const spec = networkPolicySpec(selectorOf(foreign), {
      ingress: direction === 'ingress' ? seen : [],
      egress: direction === 'egress' ? seen : [],
    });
    const namespace = namespaceOf(foreign);
    this.platform.addRequiredPolicy({
      construct: this.workload.node.path,
      namespace,
      why,
      policy: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name, namespace, ...(temporary.length > 0 && { annotations: endAnnotations(temporary) }) },
        spec: { ...spec, policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'] },
      },
    });
  }
}

function namespaceOf(foreign: Foreign): string {
  return NamespaceScope.is(foreign) ? foreign.namespaceName : foreign.namespace;
}

function selectorOf(foreign: Foreign) {
  return NamespaceScope.is(foreign) ? {} : { matchLabels: { ...foreign.selector } };
}
