import { calicoNamesSpec } from '../../core/network/calico';
import { ciliumNamesSpec } from '../../core/network/cilium';
import type { NetworkPolicyPort } from '../../core/network/peer';
import type { Temporary } from '../../core/network/temporary';
import type { DeclarationFault } from '../app/declaration';
import type { Platform } from '../app/platform';
import type { SecureWorkload } from '../workload/workload';
import type { EndingPolicies } from './ending-policies';

/** By their API, the policies of names that are written; the suffix tells them from the workload's own, where kinds are called alike. */
const writers = {
  'cilium.io/v2': { id: 'CiliumNetworkPolicy', suffix: '', spec: ciliumNamesSpec },
  'projectcalico.org/v3': { id: 'CalicoNetworkPolicy', suffix: '-names', spec: calicoNamesSpec },
} as const;

/** The policies by which one workload reaches names. */
export class NamePolicies {
  /** The ports of each name, by the day on which that ends. */
  readonly #names = new Map<string | undefined, Map<string, readonly NetworkPolicyPort[]>>();

  constructor(
    private readonly workload: SecureWorkload,
    private readonly platform: Platform,
  ) {}

  /** @returns why the cluster cannot have it; undefined where it can */
  add(
    fqdn: string,
    ports: readonly NetworkPolicyPort[],
    temporary: Temporary | undefined,
    ending: () => EndingPolicies,
  ): DeclarationFault | undefined {
    const { fqdnPolicies: api, cni, dns } = this.platform.target;
    const writer = api && isWritten(api.apiVersion) ? writers[api.apiVersion] : undefined;
    if (api === undefined || writer === undefined) {
      const has = api ? `${api.kind}, which is not written here` : 'no policy that does';
      return {
        rule: 'fqdn-policy',
        property: 'egressTo',
        value: fqdn,
        message: `a NetworkPolicy knows no names, and the CNI of the target (${cni}) has ${has}`,
        remedy:
          "declare cni: 'cilium' or 'calico-enterprise' in the ClusterTarget if that is what runs, or open addresses: egressTo({ cidr, ports })",
      };
    }
    const names = this.#names.get(temporary?.expires) ?? new Map<string, readonly NetworkPolicyPort[]>();
    this.#names.set(temporary?.expires, names.set(fqdn, [...(names.get(fqdn) ?? []), ...ports]));
    const { apiVersion, kind } = api;
    const { id } = writer;
    const name = `${this.workload.name}${writer.suffix}`;
    const spec = () => writer.spec({ matchLabels: { ...this.workload.selector } }, names, dns);
    if (temporary) ending().add(temporary, { id, kind, apiVersion, name }, spec);
    else if (!this.workload.node.tryFindChild(id))
      this.workload.manifest(id, apiVersion, kind, () => ({ spec: spec() }), { name });
    return undefined;
  }
}

function isWritten(apiVersion: string): apiVersion is keyof typeof writers {
  return Object.hasOwn(writers, apiVersion);
}
