import { Construct } from 'constructs';
import {
  type CertificateKey,
  type CertificateUse,
  certificateSpec,
  leafDays,
} from '../../core/certificates/certificate';
import {
  type CertificateFault,
  dnsNameFaults,
  keyFaults,
  lifetimeFaults,
  shortNameFaults,
  type Wildcards,
  wildcardFaults,
} from '../../core/certificates/faults';
import { isDnsLabel } from '../../core/manifest';
import { durationSeconds } from '../../core/secrets/duration';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import { chartOf, list, record, required, type Shapes, scopeOf, takeProps, text, value } from '../app/shape';
import { NamespaceScope } from '../namespace/namespace-scope';
import type { RouteParent } from '../network/gateway/route-parent';
import type { SecretFile } from '../secrets/kubernetes/secret-file';
import { type CertificateMountOptions, certificateFiles } from './certificate-mount';
import { Issuer } from './issuer';

/** A certificate of a service, with its key. */
export interface TlsCertificateProps {
  /** Who signs it. */
  readonly issuer: Issuer;
  /**
   * The Service of the namespace that shows it, by its name: it is called `web.shop`, `web.shop.svc` and `web.shop.svc.cluster.local`.
   * @default - none, as for a host of a Gateway
   */
  readonly service?: string;
  /**
   * Further names. A name without a dot, as pods of the same namespace call a Service, is good in every namespace: a certificate for `db` is one
   * for the `db` of others, too.
   * @default - none
   */
  readonly dnsNames?: readonly string[];
  /** Names with a star, and why no list will do. @default - none */
  readonly wildcards?: Wildcards;
  /** What it is shown as: `client` where the other side asks for a certificate. @default ['server'] */
  readonly uses?: readonly [CertificateUse, ...CertificateUse[]];
  /** The key, which is a new one at each renewal. Browsers take no Ed25519. @default 'ECDSA-P256' */
  readonly key?: CertificateKey;
  /** How long it is valid: `90d`, `36h`; from 1 hour to 100 days. @default '90d' */
  readonly duration?: string;
  /** How long before its end the next one is made. @default - a third of its duration */
  readonly renewBefore?: string;
}

const shapes: Shapes<TlsCertificateProps> = {
  issuer: required(
    value('an Issuer', (given) => given instanceof Issuer),
    "Issuer.cluster('internal')",
    Issuer.cluster('missing'),
  ),
  service: text,
  dnsNames: list(text),
  wildcards: record({ names: required(list(text), "['*.web.shop.svc']"), reason: required(text, "'…'", '') }),
  uses: list(value("'server' or 'client'", (given) => given === 'server' || given === 'client')),
  key: text,
  duration: text,
  renewBefore: text,
};

/**
 * A certificate for the names of a Service, kept in a Secret by cert-manager, with a new key at each renewal.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 * @example
 * const certificate = new TlsCertificate(shop, 'web-tls', { issuer: Issuer.cluster('internal'), service: 'web' });
 * new SecureDeployment(shop, 'web', { …, secrets: [...certificate.files({ folder: '/etc/web/tls', reload: 'watches' })] });
 */
export class TlsCertificate extends Construct {
  /** The namespace of its Secret. */
  readonly namespace: string;
  /** The Secret that cert-manager keeps it in, which is called as the construct: `tls.crt`, `tls.key` and, from a private authority, `ca.crt`. */
  readonly secretName: string;
  /** All of its names. */
  readonly dnsNames: readonly string[];
  /** The Service that shows it; undefined where it is none of this namespace. */
  readonly service: string | undefined;
  readonly uses: readonly CertificateUse[];
  readonly key: CertificateKey;
  /** How long before its end the next one is made, in seconds. */
  readonly renewedBefore: number;
  /** Its names besides those of the Service, by their prop. */
  readonly #hosts: Readonly<Record<string, readonly string[]>>;
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: TlsCertificateProps) {
    super(scopeOf(scope, id, 'TlsCertificate'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<TlsCertificateProps>(shapes, given);
    const { key = 'ECDSA-P256', dnsNames = [], uses = ['server'], duration = `${leafDays.valid}d` } = props;
    // Of a duration that is none a third says nothing: only the duration is wrong.
    const valid = durationSeconds(duration) ?? leafDays.valid * 86_400;
    const renewBefore = props.renewBefore ?? `${Math.floor(valid / 3)}s`;
    this.namespace = chartOf(this, 'TlsCertificate').namespace ?? 'default';
    this.service = props.service;
    this.secretName = id;
    this.dnsNames = [
      ...new Set([...serviceNames(this.service, this.namespace), ...dnsNames, ...(props.wildcards?.names ?? [])]),
    ];
    this.#hosts = { dnsNames, 'wildcards.names': props.wildcards?.names ?? [] };
    this.uses = uses;
    this.key = key;
    this.renewedBefore = durationSeconds(renewBefore) ?? 0;
    this.#faults = [
      ...faults,
      ...[
        ...(this.service === undefined || isDnsLabel(this.service) ? [] : [noService(this.service)]),
        ...dnsNameFaults(dnsNames, 'dnsNames', this.namespace),
        ...(props.wildcards ? wildcardFaults(props.wildcards, this.namespace) : []),
        ...lifetimeFaults({ duration, renewBefore }),
        ...keyFaults(key),
        ...(this.dnsNames.length === 0 ? [nameless] : []),
        ...(uses.length === 0 ? [useless] : []),
      ].map(ofProp),
    ];
    if (this.#faults.some(({ severity = 'error' }) => severity === 'error')) return;
    const { secretName, dnsNames: names } = this;
    new ManifestObject(this, 'Certificate', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: id },
      body: () => ({
        spec: certificateSpec({
          secretName,
          dnsNames: names,
          duration,
          renewBefore,
          key,
          uses,
          issuer: props.issuer.reference,
        }),
      }),
    });
  }

  /**
   * Its files, for the `secrets` of the container that shows it: `tls.crt`, `tls.key` and `ca.crt` in a folder, read-only, of one moment, so that
   * the certificate fits its key. No other container sees them.
   */
  files(options: CertificateMountOptions): readonly SecretFile[] {
    return certificateFiles(this, options);
  }

  /**
   * Lets a Gateway of another namespace read its Secret, and no other one. The Gateway API knows the namespace of who reads it alone: every Gateway there may.
   * Nothing is needed for one of the same namespace.
   *
   * @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/
   */
  readBy({ namespace }: RouteParent): void {
    const id = `ReferenceGrant-${namespace}`;
    if (namespace === this.namespace || this.node.tryFindChild(id)) return;
    new ManifestObject(this, id, {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: `${this.secretName}-${namespace}` },
      body: () => ({
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace }],
          to: [{ group: '', kind: 'Secret', name: this.secretName }],
        },
      }),
    });
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    const hosts = Object.entries(this.#hosts).filter(([, names]) => names.length > 0);
    if (hosts.length === 0) return this.#faults;
    const namespaces = new Set(NamespaceScope.below(this.node.root).map(({ namespaceName }) => namespaceName));
    const short = hosts.flatMap(([prop, names]) => shortNameFaults(names, prop, this.namespace, namespaces));
    return [...this.#faults, ...short.map(ofProp)];
  }
}

function ofProp(fault: CertificateFault): DeclarationFault {
  return { rule: 'prop-valid', ...fault };
}

const nameless: CertificateFault = {
  property: 'dnsNames',
  message: 'it is a certificate for nobody: there is no name in it',
  remedy: "name the Service that shows it (service: 'web'), or its hosts: dnsNames: ['shop.example.org']",
};

const useless: CertificateFault = {
  property: 'uses',
  value: [],
  message: 'it can be shown neither as a server nor as a client',
  remedy: "give ['server'], or leave it out",
};

/** What is no Service would be names of others: a star, every name of the namespace. */
function noService(service: string): CertificateFault {
  return {
    property: 'service',
    value: service,
    message: `${JSON.stringify(service)} is no name of a Service of this namespace`,
    remedy: "give its name alone: 'web'; further names are dnsNames, and those with a star wildcards",
  };
}

/** As other namespaces call a Service: the names that are good for no other. */
function serviceNames(service: string | undefined, namespace: string): readonly string[] {
  if (service === undefined) return [];
  const name = `${service}.${namespace}`;
  return [name, `${name}.svc`, `${name}.svc.cluster.local`];
}
