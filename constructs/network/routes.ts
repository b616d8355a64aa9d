import type { Construct } from 'constructs';
import { toDnsLabel } from '../../core/manifest';
import { pathFault } from '../../core/network/gateway/route';
import type { Temporary } from '../../core/network/temporary';
import type { DeclarationFault } from '../app/declaration';
import { platformOf } from '../app/platform-of';
import { findPort } from '../workload/port';
import type { SecureWorkload } from '../workload/workload';
import { type ConnectOptions, endFaults } from './connect-options';
import { endAnnotations } from './ending-policies';
import type { ExternalWorkload } from './external-workload';
import type { WorkloadNetwork } from './workload-network';

/** What of the requests for a host a workload gets. */
export interface RoutedRequests extends ConnectOptions {
  readonly hostname: string;
  readonly path?: string;
  readonly grpc?: boolean;
}

/** What a workload is routed by. */
export interface AttachedRoute {
  readonly workload: string;
  readonly namespace: string | undefined;
  readonly hostname: string;
  readonly path: string;
  readonly grpc: boolean;
  /** The last day on which it is there. @default - there is none */
  readonly until?: string | undefined;
}

/** Where routed requests go. */
export interface Backend {
  readonly service: string;
  readonly port: number;
}

/** What is routed at one place where requests come in: each host and path once. */
export class Routes {
  readonly #known: AttachedRoute[] = [];

  /** @param at where requests come in */
  constructor(private readonly at: Construct) {}

  get all(): readonly AttachedRoute[] {
    return this.#known;
  }

  /** Attaches a route; says which other one takes the same requests. */
  attach(route: AttachedRoute): DeclarationFault | undefined {
    const other = this.#known.find((known) => known.hostname === route.hostname && collide(known, route));
    platformOf(this.at).touch();
    if (other === undefined) {
      this.#known.push(route);
      return undefined;
    }
    const both = other.grpc === route.grpc ? `${route.hostname}${route.path}` : `HTTP and gRPC of ${route.hostname}`;
    return {
      rule: 'prop-valid',
      property: 'exposeTo',
      value: `${route.hostname}${route.path}`,
      message: `${other.workload} has ${both} at ${this.at.node.path} already: which of the two answers depends on their age`,
      remedy: 'give it a path or a host of its own',
    };
  }
}

/** Routes requests to a workload, and lets the pods in that they come from; undefined, with a fault, where that cannot be. */
export function routeTo(
  workload: SecureWorkload,
  network: WorkloadNetwork,
  { hostname, path = '/', grpc = false, port: wanted, temporary }: RoutedRequests,
  pods: ExternalWorkload,
  attach: (route: AttachedRoute) => DeclarationFault | undefined,
): Backend | undefined {
  const { namespace, serviceName: service } = workload;
  const port = findPort(workload.ports, wanted);
  network.exposeTo(pods, { ...(wanted !== undefined && { port: wanted }), ...(temporary && { temporary }) });
  if (port === undefined || service === undefined) return undefined;
  const until = temporary?.expires;
  const taken = attach({ workload: workload.node.path, namespace, hostname, path, grpc, until });
  if (taken) network.fault(taken);
  return taken ? undefined : { service, port: port.servicePort };
}

/** What is wrong with the end of a route. */
export function routeEndFaults(
  workload: SecureWorkload,
  temporary: Temporary | undefined,
): readonly DeclarationFault[] {
  return endFaults('exposeTo', temporary, platformOf(workload).today);
}

/**
 * What an object by which a workload is routed is called, and that it ends, where it does. No other is called so there: `/a/b` and `/a-b` come to
 * the same name, as does a host at two Gateways.
 *
 * @param suffix what tells it from others of the host: its path
 */
export function routeMetadata(
  workload: SecureWorkload,
  kind: string,
  { hostname, temporary }: RoutedRequests,
  suffix: string,
): { readonly name: string; readonly annotations?: Readonly<Record<string, string>> } {
  const wanted = `${workload.name}-${hostname.replace('*', 'any')}${suffix}`;
  const name = toDnsLabel(temporary ? `${wanted}-until-${temporary.expires}` : wanted);
  return {
    name: platformOf(workload).freeName(kind, workload.namespace, name),
    ...(temporary && { annotations: endAnnotations([temporary]) }),
  };
}

/** What is wrong with an option by which a workload is routed. */
export function optionFault(option: string, value: unknown, message: string, remedy: string): DeclarationFault {
  return { rule: 'prop-valid', property: `exposeTo.${option}`, value, message, remedy };
}

/** What is wrong with a path that is routed. */
export function pathFaults(path: string): readonly DeclarationFault[] {
  const wrong = pathFault(path);
  return wrong === undefined
    ? []
    : [optionFault('path', path, `${JSON.stringify(path)} ${wrong}`, "write it as in '/api'")];
}

/** What is wrong with a workload that nothing can be routed to. @param what would lead there: `a route` */
export function serviceFaults(workload: SecureWorkload, what: string, hostname: string): readonly DeclarationFault[] {
  if (workload.serviceName !== undefined) return [];
  const message = `${workload.node.path} has no Service that ${what} could lead to`;
  return [optionFault('hostname', hostname, message, 'declare a port, and leave service: false out there')];
}

/** A host has either routes of gRPC or those of HTTP, and each path once; a slash at its end makes it no other path. */
function collide(a: AttachedRoute, b: AttachedRoute): boolean {
  const [one, other] = [a, b].map(({ path }) => path.replace(/\/$/, ''));
  return a.grpc !== b.grpc || a.grpc || one === other;
}
