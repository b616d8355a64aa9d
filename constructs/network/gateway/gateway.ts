import type { Construct } from 'constructs';
import { isDnsSubdomain, toDnsLabel } from '../../../core/manifest';
import { certificateCovers, hostnameFault, nearestListener } from '../../../core/network/gateway/hostname';
import { gatewayImplementations, type KnownGatewayImplementation } from '../../../core/network/gateway/implementations';
import { gatewayApi, redirectSpec } from '../../../core/network/gateway/route';
import { namespaceNameLabel } from '../../../core/network/peer';
import { type DeclarationFault, markDeclaring } from '../../app/declaration';
import { ManifestObject } from '../../app/manifest-object';
import { either, flag, list, map, record, required, type Shapes, takeProps, text, value } from '../../app/shape';
import { TlsCertificate } from '../../certificates/tls-certificate';
import { NamespaceScope } from '../../namespace/namespace-scope';
import { type ExternalWorkload, podsShape } from '../external-workload';
import { RouteParent } from './route-parent';

/** An implementation, for its least version of TLS; or what makes another one take TLS 1.2 and later alone. */
export type GatewayImplementation =
  | KnownGatewayImplementation
  | {
      /** Options of its listeners, which each implementation names by itself: `{ 'acme.example/tls-versions': '1.2 1.3' }`. */
      readonly tlsOptions: Readonly<Record<string, string>>;
    };

/** A Gateway of one's own. */
export interface GatewayProps {
  /** The GatewayClass. */
  readonly className: string;
  /** Who implements the class. The API has no field for versions of TLS, so that each implementation says them in its own way. */
  readonly implementation: GatewayImplementation;
  /** The pods of the implementation, which connections come from. */
  readonly pods: ExternalWorkload;
  /** The hosts, each with the certificate that is shown for it. */
  readonly hosts: Readonly<Record<string, TlsCertificate>>;
  /**
   * Serves plain HTTP on port 80 to send every client on to HTTPS, and for nothing else: no other namespace can attach a route there. The rule gateway-tls
   * warns of it.
   * @default false
   */
  readonly redirectHttp?: boolean;
  /** Namespaces of other repositories whose routes are taken, at every host. @default - those of the workloads that are exposed to it, each at its host */
  readonly routesFrom?: readonly NamespaceScope[];
}

const isScope = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && NamespaceScope.is(given as never);

const shapes: Shapes<GatewayProps> = {
  className: required(text, "'envoy'", 'missing'),
  implementation: required(
    either(
      'the name of an implementation',
      (given) => typeof given === 'string' && Object.hasOwn(gatewayImplementations, given),
      record({ tlsOptions: required(map(text), "{ 'acme.example/tls-versions': '1.2 1.3' }") }),
    ),
    "'envoy-gateway'",
    'envoy-gateway',
  ),
  pods: podsShape,
  hosts: required(
    map(value('a TlsCertificate', (given) => given instanceof TlsCertificate)),
    "{ 'shop.example.org': certificate }",
    {},
  ),
  redirectHttp: flag,
  routesFrom: list(value('a namespace', isScope)),
};

const httpListener = 'http';

/**
 * A Gateway of the Gateway API that ends TLS: a listener of HTTPS for each host, with a certificate that covers it, which takes routes of the namespaces
 * alone whose workloads are exposed at that host.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/tls/
 * @example
 * const certificate = new TlsCertificate(edge, 'shop-tls', { issuer: Issuer.cluster('public'), dnsNames: ['shop.example.org'] });
 * const gateway = new Gateway(edge, 'public', {
 *   className: 'envoy', implementation: 'envoy-gateway', pods: envoy, hosts: { 'shop.example.org': certificate },
 * });
 * web.exposeTo(gateway, { hostname: 'shop.example.org' });
 */
export class Gateway extends RouteParent {
  readonly pods: ExternalWorkload | undefined;
  readonly gatewayName: string;
  readonly httpsPort = 443;
  /** It redirects for all hosts by itself. */
  readonly redirectListener = undefined;
  readonly #props: GatewayProps;
  readonly #listeners: ReadonlyMap<string, string>;
  readonly #faults: readonly DeclarationFault[];

  /** @throws Error where it is in no namespace of its own */
  constructor(scope: Construct, id: string, given: GatewayProps) {
    super(scope, id, 'Gateway');
    markDeclaring(this);
    const { props, faults } = takeProps<GatewayProps>(shapes, given, this);
    this.#props = props ?? { hosts: {} };
    this.pods = this.#props.pods;
    this.gatewayName = id;
    const hostnames = Object.keys(this.#props.hosts ?? {});
    this.#listeners = listenerNames(hostnames);
    this.#faults = [...faults, ...(props === undefined ? [] : this.#declared())];
    if (this.#faults.length > 0) return;
    this.#object('Gateway', id, () => ({
      gatewayClassName: props.className,
      listeners: [
        ...(props.redirectHttp === true ? [plainListener] : []),
        ...hostnames.map((host) => this.#listener(host)),
      ],
    }));
    for (const certificate of new Set(Object.values(props.hosts))) certificate.readBy(this);
    if (props.redirectHttp !== true) return;
    const parent = { gateway: id, namespace: this.namespace, listener: httpListener };
    this.#object('HTTPRoute', `${id}-redirect`, () => redirectSpec(parent, this.namespace, hostnames, this.httpsPort));
  }

  /** @internal */
  get listeners(): ReadonlyMap<string, string> {
    return this.#listeners;
  }

  /** A star of its listener takes hosts that one of its certificate is not for. @internal */
  override isShownFor(hostname: string): boolean {
    const { hosts } = this.#props;
    const listener = nearestListener(Object.keys(hosts), hostname);
    return listener === undefined || certificateCovers(hosts[listener]?.dnsNames ?? [], hostname);
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  #object(kind: string, name: string, spec: () => object): void {
    new ManifestObject(this, kind, {
      apiVersion: gatewayApi,
      kind,
      metadata: { name },
      body: () => ({ spec: spec() }),
    });
  }

  #listener(hostname: string): object {
    const { hosts, implementation } = this.#props;
    const { secretName, namespace } = hosts[hostname] as TlsCertificate;
    const options =
      typeof implementation === 'string' ? gatewayImplementations[implementation] : implementation.tlsOptions;
    const name = this.#listeners.get(hostname) ?? '';
    return {
      name,
      hostname,
      port: this.httpsPort,
      protocol: 'HTTPS',
      tls: {
        mode: 'Terminate',
        certificateRefs: [{ kind: 'Secret', name: secretName, ...(namespace !== this.namespace && { namespace }) }],
        ...(Object.keys(options).length > 0 && { options: { ...options } }),
      },
      allowedRoutes: { namespaces: this.#allowed(name) },
    };
  }

  /** Those that have a route there: nobody else takes over a host with its certificate. */
  #allowed(listener: string): object {
    const given = this.#props.routesFrom ?? [];
    const names = [
      ...this.routesOf(listener).flatMap(({ namespace }) => namespace ?? []),
      ...given.map(({ namespaceName }) => namespaceName),
    ];
    const values = [...new Set(names)].sort();
    if (values.every((name) => name === this.namespace)) return { from: 'Same' };
    return { from: 'Selector', selector: { matchExpressions: [{ key: namespaceNameLabel, operator: 'In', values }] } };
  }

  #declared(): readonly DeclarationFault[] {
    const { className, implementation, hosts } = this.#props;
    const faults: DeclarationFault[] = [];
    const fault = (property: string, wrong: unknown, message: string, remedy: string) =>
      faults.push({ rule: 'prop-valid', property, value: wrong, message, remedy });
    if (!isDnsSubdomain(className))
      fault('className', className, 'it is no name of a GatewayClass', 'give the name that the class has');
    if (typeof implementation === 'object' && Object.keys(implementation.tlsOptions).length === 0)
      fault(
        'implementation.tlsOptions',
        {},
        'nothing says which versions of TLS its listeners take',
        `name an implementation whose least is known (${Object.keys(gatewayImplementations).join(', ')}), or its option for TLS 1.2`,
      );
    const entries = Object.entries(hosts);
    if (entries.length === 0)
      fault('hosts', {}, 'it has no host', "give one, with its certificate: { 'shop.example.org': certificate }");
    for (const [hostname, { dnsNames, uses, key }] of entries) {
      const property = `hosts['${hostname}']`;
      const wrong = hostnameFault(hostname);
      if (wrong) fault(property, hostname, wrong.message, wrong.remedy);
      else if (!certificateCovers(dnsNames, hostname))
        fault(
          property,
          dnsNames,
          `its certificate is not for ${hostname}: clients would refuse it`,
          `declare dnsNames: ['${hostname}'] there`,
        );
      if (!uses.includes('server'))
        fault(property, uses, 'its certificate is no server’s', "declare uses: ['server'] there");
      if (key === 'Ed25519')
        fault(property, key, 'browsers take no certificate of Ed25519', "declare key: 'ECDSA-P256' there");
    }
    return faults;
  }
}

/** It takes routes of the Gateway's own namespace alone, where the redirect is. */
const plainListener = {
  name: httpListener,
  port: 80,
  protocol: 'HTTP',
  allowedRoutes: { kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }], namespaces: { from: 'Same' } },
};

/** A name for the listener of each host. */
function listenerNames(hostnames: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    hostnames.map((hostname) => {
      const label = toDnsLabel(`https-${hostname.replace('*', 'any')}`, 60);
      let name = label;
      for (let i = 2; taken.has(name); i++) name = `${label}-${i}`;
      taken.add(name);
      return [hostname, name];
    }),
  );
}
