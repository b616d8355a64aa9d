import { Construct } from 'constructs';
import type { ClusterTarget } from '../../core/cluster';
import {
  type Guardrails,
  guardrailFaults,
  guardrailPolicies,
  type MetadataGuardrail,
  type SystemGuardrail,
  type TenantGuardrail,
} from '../../core/network/guardrails';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import { platformOf } from '../app/platform-of';
import { clusterScopeOf, either, list, record, required, type Shapes, takeProps, text } from '../app/shape';

/** What nobody can open again, whatever policies of namespaces say. */
export interface ClusterGuardrailsProps {
  /**
   * Keeps pods from the addresses by which a cloud hands out the credentials of its nodes.
   * @default - nobody reaches them; on GKE, where pods get their own identity from there, it is left out
   */
  readonly metadata?: MetadataGuardrail | false;
  /** Keeps namespaces of the system closed but for DNS. @default - kube-system is closed */
  readonly system?: SystemGuardrail | false;
  /** Keeps tenants apart. @default - there are none */
  readonly tenants?: TenantGuardrail;
}

const off = (given: unknown): boolean => given === false;

const metadataShapes: Shapes<MetadataGuardrail> = { exceptNamespaces: list(text) };
const systemShapes: Shapes<SystemGuardrail> = { namespaces: list(text), from: list(text) };
const tenantShapes: Shapes<TenantGuardrail> = {
  label: required(text, "'acme.example/tenant'"),
  names: required(list(text), "['payments', 'shop']"),
};

const shapes: Shapes<ClusterGuardrailsProps> = {
  metadata: either('false', off, record(metadataShapes)),
  system: either('false', off, record(systemShapes)),
  tenants: record(tenantShapes),
};

/**
 * What holds in each namespace, whoever owns it, as policies of the cluster's administrators (ClusterNetworkPolicy, tier Admin): no pod reaches the metadata
 * service of the cloud, kube-system is reached for DNS alone, tenants are separate. Policies of namespaces come after them, and open nothing of it.
 * They belong to an app of the cluster's administrators.
 *
 * Pods on the network of their node are not subject to them, as to no policy.
 *
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 */
export class ClusterGuardrails extends Construct {
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: ClusterGuardrailsProps = {}) {
    super(clusterScopeOf(scope, id, 'ClusterGuardrails'), id);
    markDeclaring(this);
    const { props, faults: misshapen } = takeProps<ClusterGuardrailsProps>(shapes, given ?? {});
    const { target } = platformOf(this);
    const guardrails = guardrailsOf(props, target);
    const faults = guardrailFaults(guardrails);
    this.#faults = [
      ...misshapen,
      ...faults.map((fault): DeclarationFault => ({ rule: 'prop-valid', ...fault })),
      ...targetFaults(props, guardrails, target),
    ];
    if (misshapen.length > 0 || faults.length > 0) return;
    for (const { apiVersion, kind, metadata = {}, ...body } of guardrailPolicies(guardrails, target)) {
      const { name = '' } = metadata;
      new ManifestObject(this, name, { apiVersion, kind, metadata: { name }, namespaced: false, body: () => body });
    }
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }
}

const onGoogleCloud = ({ distribution }: ClusterTarget): boolean =>
  distribution === 'gke' || distribution === 'gke-autopilot';

function guardrailsOf({ metadata, system, tenants }: ClusterGuardrailsProps, target: ClusterTarget): Guardrails {
  const closesMetadata = metadata === undefined ? !onGoogleCloud(target) : metadata !== false;
  return {
    ...(closesMetadata && { metadata: metadata || {} }),
    ...(system !== false && { system: system ?? {} }),
    ...(tenants !== undefined && { tenants }),
  };
}

function targetFaults(
  { metadata }: ClusterGuardrailsProps,
  guardrails: Guardrails,
  target: ClusterTarget,
): readonly DeclarationFault[] {
  const faults: DeclarationFault[] = [];
  if (Object.keys(guardrails).length === 0) {
    const message = 'there is no guardrail left';
    const remedy = 'leave the construct out, or name tenants';
    faults.push({ rule: 'prop-valid', property: 'tenants', message, remedy });
  }
  if (metadata && onGoogleCloud(target)) {
    const message =
      'pods of GKE get who they are from the metadata service, and its own server there hides what is of the node';
    const remedy = 'leave metadata out, and have Workload Identity Federation on in every node pool';
    faults.push({ rule: 'prop-valid', property: 'metadata', value: metadata, message, remedy });
  }
  const { cni, clusterPolicies } = target;
  if (clusterPolicies === undefined) {
    const isUnknown = cni === 'unknown';
    faults.push({
      rule: 'network-policy-enforced',
      severity: isUnknown ? 'warning' : 'error',
      property: 'target.cni',
      value: cni,
      message: isUnknown
        ? 'nobody knows whether the network plugin of the target enforces ClusterNetworkPolicy; one that does not leaves everything open'
        : `the network plugin of the target (${cni}) does not enforce ClusterNetworkPolicy: everything stays open, whatever the policies say`,
      remedy:
        "run one that does, and declare it: cni: 'calico' from 3.32, or 'cilium' from 1.20 where it is switched on",
    });
  }
  return faults;
}
