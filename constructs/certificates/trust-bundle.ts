import { Construct } from 'constructs';
import { isDnsSubdomain, isLabelKey, isLabelValue } from '../../core/manifest';
import { namespaceNameLabel } from '../../core/network/peer';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import { platformOf } from '../app/platform-of';
import { clusterScopeOf, map, required, type Shape, type Shapes, show, takeProps, text, value } from '../app/shape';
import { NamespaceScope } from '../namespace/namespace-scope';
import { Mount } from '../workload/mount';
import { PrivateAuthority } from './private-authority';

/** A Secret with the certificate of an authority that is there already. */
export interface AuthoritySecret {
  readonly namespace: string;
  readonly secretName: string;
}

/** Whom clients trust, and where. */
export interface TrustBundleProps {
  /** The authority whose certificate it is. Its Secret is in trust-manager's namespace. */
  readonly authority: PrivateAuthority | AuthoritySecret;
  /** The namespaces that get it: those given, or all that carry the labels. */
  readonly namespaces: readonly NamespaceScope[] | Readonly<Record<string, string>>;
  /** Where trust-manager reads Secrets: its `--trust-namespace`. @default 'cert-manager' */
  readonly trustNamespace?: string;
}

const isAuthority = (given: unknown): boolean => {
  const { namespace, secretName } = (given ?? {}) as Partial<AuthoritySecret>;
  return given instanceof PrivateAuthority || (typeof namespace === 'string' && typeof secretName === 'string');
};

const scopesOrLabels: Shape = {
  what: 'a list of namespaces, or labels',
  take: (given, path, report) => {
    if (!Array.isArray(given)) return map(text).take(given, path, report);
    if (given.every((each) => typeof each === 'object' && each !== null && NamespaceScope.is(each))) return given;
    report(path, undefined, `${show(given)} holds what is no namespace`, 'give the constructs: [shop, payments]');
    return undefined;
  },
};

const shapes: Shapes<TrustBundleProps> = {
  authority: required(value('an authority, or { namespace, secretName }', isAuthority), 'authority', {
    namespace: 'cert-manager',
    secretName: 'missing',
  }),
  namespaces: required(scopesOrLabels, '[shop]', { missing: 'true' }),
  trustNamespace: text,
};

/** The key of the ConfigMap, and the file that clients read. */
const file = 'ca.crt';

/**
 * The certificate of an authority in a ConfigMap of chosen namespaces, kept up to date by trust-manager, for clients to trust it. Its key is in none of them:
 * what is read of the Secret is `ca.crt` alone.
 *
 * @see https://cert-manager.io/docs/trust/trust-manager/
 * @example
 * const trust = new TrustBundle(certManager, 'internal', { authority, namespaces: [shop] });
 * new SecureDeployment(shop, 'web', { …, mounts: { '/etc/trust': trust.mountIn(shop) } });
 */
export class TrustBundle extends Construct {
  /** The name of the Bundle, and of the ConfigMap in each namespace. */
  readonly configMapName: string;
  readonly #namespaces: TrustBundleProps['namespaces'];
  readonly #faults: DeclarationFault[];

  constructor(scope: Construct, id: string, given: TrustBundleProps) {
    super(clusterScopeOf(scope, id, 'TrustBundle'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<TrustBundleProps>(shapes, given, this);
    this.configMapName = id;
    this.#namespaces = props.namespaces;
    const { secretName } = props.authority;
    const namespaceSelector = selectorOf(props.namespaces);
    this.#faults = [...faults, ...(faults.length > 0 ? [] : faultsOf(props))];
    new ManifestObject(this, 'Bundle', {
      apiVersion: 'trust.cert-manager.io/v1alpha1',
      kind: 'Bundle',
      metadata: { name: id },
      namespaced: false,
      body: () => ({
        spec: {
          sources: [{ secret: { name: secretName, key: file } }],
          target: { configMap: { key: file }, namespaceSelector },
        },
      }),
    });
  }

  /**
   * The file `ca.crt` with whom to trust, read-only, for the `mounts` of a workload in that namespace. The kubelet brings a new one into it.
   * @param namespace one of those that get it: a pod in another would wait for the ConfigMap
   */
  mountIn(namespace: NamespaceScope): Mount {
    if (!this.#covers(namespace)) {
      const name = namespace?.namespaceName;
      this.#faults.push({
        rule: 'prop-valid',
        property: 'mountIn',
        ...(name !== undefined && { value: name }),
        message: `${name ?? show(namespace)} is none of the namespaces that get it: a pod there would wait for the ConfigMap ${this.configMapName}`,
        remedy: 'add it to the namespaces of the TrustBundle, or label it as they are',
      });
      platformOf(this).touch();
    }
    return Mount.configMap(this.configMapName, { items: { [file]: file } });
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  #covers(namespace: NamespaceScope): boolean {
    if (typeof namespace !== 'object' || namespace === null || !NamespaceScope.is(namespace)) return false;
    // Which labels a namespace has in the cluster is not known here.
    return !Array.isArray(this.#namespaces) || this.#namespaces.includes(namespace);
  }
}

function selectorOf(namespaces: TrustBundleProps['namespaces']): object {
  if (!Array.isArray(namespaces)) return { matchLabels: { ...namespaces } };
  const values = namespaces.map(({ namespaceName }: NamespaceScope) => namespaceName).sort();
  return { matchExpressions: [{ key: namespaceNameLabel, operator: 'In', values: [...new Set(values)] }] };
}

function faultsOf({
  authority,
  namespaces,
  trustNamespace = 'cert-manager',
}: TrustBundleProps): readonly DeclarationFault[] {
  const faults: DeclarationFault[] = [];
  const fault = (property: string, wrong: unknown, message: string, remedy: string) =>
    faults.push({ rule: 'prop-valid', property, value: wrong, message, remedy });
  if (authority.namespace !== trustNamespace)
    fault(
      'authority',
      `${authority.namespace}/${authority.secretName}`,
      `trust-manager reads Secrets of its trust namespace alone, ${trustNamespace}, and this one is in ${authority.namespace}`,
      `have the authority in ${trustNamespace}; or say which namespace trust-manager is started with: trustNamespace`,
    );
  if (!isDnsSubdomain(authority.secretName))
    fault('authority.secretName', authority.secretName, 'it is no name of a Secret', "name it: 'internal-authority'");
  const labels = Array.isArray(namespaces) ? undefined : Object.entries(namespaces);
  if ((labels ?? (namespaces as readonly NamespaceScope[])).length === 0)
    fault('namespaces', namespaces, 'every namespace would get it', 'give those whose workloads trust the authority');
  for (const [key, label] of labels ?? [])
    if (!isLabelKey(key) || !isLabelValue(label))
      fault(
        `namespaces['${key}']`,
        label,
        'no namespace can carry this label',
        "write it as in { trusts: 'internal' }",
      );
  return faults;
}
