import type { Construct } from 'constructs';
import { isDnsSubdomain } from '../../../core/manifest';
import { isPort } from '../../../core/manifest/ports';
import { hostnameFault } from '../../../core/network/gateway/hostname';
import { type DeclarationFault, markDeclaring } from '../../app/declaration';
import { map, number, required, type Shapes, takeProps, text } from '../../app/shape';
import { type ExternalWorkload, podsShape } from '../external-workload';
import { RouteParent } from './route-parent';

/** A Gateway that the platform owns. */
export interface ExistingGatewayProps {
  /** Its name. @default - the construct's id */
  readonly name?: string;
  /** The pods of the implementation, which connections come from. */
  readonly pods: ExternalWorkload;
  /** Its listeners of HTTPS, by the host that they are for: `{ '*.shop.example.org': 'https-shop' }`. */
  readonly listeners: Readonly<Record<string, string>>;
  /** Its listener of plain HTTP, for a redirect to HTTPS with each route. @default - it has none, or redirects by itself */
  readonly redirectListener?: string;
  /** The port of its HTTPS, as clients see it. @default 443 */
  readonly httpsPort?: number;
}

const shapes: Shapes<ExistingGatewayProps> = {
  name: text,
  pods: podsShape,
  listeners: required(map(text), "{ 'shop.example.org': 'https' }", {}),
  redirectListener: text,
  httpsPort: number,
};

/**
 * A Gateway of the Gateway API that another repository owns. Nothing is emitted for it: routes are attached to its listeners, and its pods are let in.
 * It has to take routes of the namespace.
 *
 * @example
 * const gateway = new ExistingGateway(edge, 'public', { pods: envoy, listeners: { '*.shop.example.org': 'https' } });
 * web.exposeTo(gateway, { hostname: 'www.shop.example.org' });
 */
export class ExistingGateway extends RouteParent {
  readonly pods: ExternalWorkload | undefined;
  readonly gatewayName: string;
  readonly httpsPort: number;
  readonly redirectListener: string | undefined;
  readonly #listeners: ReadonlyMap<string, string>;
  readonly #faults: readonly DeclarationFault[];

  /** @throws Error where it is in no namespace of its own */
  constructor(scope: Construct, id: string, given: ExistingGatewayProps) {
    super(scope, id, 'ExistingGateway');
    markDeclaring(this);
    const { props, faults } = takeProps<ExistingGatewayProps>(shapes, given, this);
    const { pods, name = id, listeners = {}, redirectListener, httpsPort = 443 } = props ?? {};
    this.pods = pods;
    this.gatewayName = name;
    this.httpsPort = httpsPort;
    this.redirectListener = redirectListener;
    this.#listeners = new Map(Object.entries(listeners));
    const fault = (property: string, wrong: unknown, message: string, remedy: string): DeclarationFault[] => [
      { rule: 'prop-valid', property, value: wrong, message, remedy },
    ];
    this.#faults = [
      ...faults,
      ...(isDnsSubdomain(name) ? [] : fault('name', name, 'it is no name of a Gateway', 'give the name that it has')),
      ...[...this.#listeners].flatMap(([hostname, listener]) => {
        const wrong = hostnameFault(hostname);
        const property = `listeners['${hostname}']`;
        if (wrong) return fault(property, hostname, wrong.message, wrong.remedy);
        if (isDnsSubdomain(listener)) return [];
        return fault(property, listener, 'it is no name of a listener', "name it as the Gateway does: 'https'");
      }),
      ...(redirectListener === undefined || isDnsSubdomain(redirectListener)
        ? []
        : fault(
            'redirectListener',
            redirectListener,
            'it is no name of a listener',
            "name it as the Gateway does: 'http'",
          )),
      ...(redirectListener !== undefined && [...this.#listeners.values()].includes(redirectListener)
        ? fault(
            'redirectListener',
            redirectListener,
            'it is the listener of HTTPS, where every request would be sent on to itself',
            "name the one of plain HTTP: 'http'",
          )
        : []),
      ...(isPort(httpsPort)
        ? []
        : fault('httpsPort', httpsPort, 'it is no port', 'give a whole number from 1 to 65535')),
      ...(this.#listeners.size > 0 || faults.length > 0
        ? []
        : fault(
            'listeners',
            {},
            'nothing can be attached to it',
            "name its listeners: { 'shop.example.org': 'https' }",
          )),
    ];
  }

  /** @internal */
  get listeners(): ReadonlyMap<string, string> {
    return this.#listeners;
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }
}
