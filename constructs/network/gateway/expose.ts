import { hostnameFault } from '../../../core/network/gateway/hostname';
import { gatewayApi, redirectSpec, routeSpec } from '../../../core/network/gateway/route';
import { lastsAsLong } from '../../../core/network/temporary';
import type { DeclarationFault } from '../../app/declaration';
import { ManifestObject } from '../../app/manifest-object';
import { foreignFaults } from '../../app/same-app';
import { anything, flag, record, required, type Shapes, takeArgument, text } from '../../app/shape';
import type { SecureWorkload } from '../../workload/workload';
import { type ConnectOptions, temporaryShape } from '../connect-options';
import { optionFault, pathFaults, routeEndFaults, routeMetadata, routeTo, serviceFaults } from '../routes';
import type { WorkloadNetwork } from '../workload-network';
import type { RouteParent } from './route-parent';

/** What of a Gateway's requests a workload gets. */
export interface RouteOptions extends ConnectOptions {
  /** The host that clients call. A listener of the Gateway is for it. */
  readonly hostname: string;
  /** The beginning of the paths, by whole parts: `/api` is not `/apis`. Not of gRPC. @default '/' */
  readonly path?: string;
  /** Whether clients speak gRPC. Declare `appProtocol: 'kubernetes.io/h2c'` for a port without TLS. @default false */
  readonly grpc?: boolean;
}

const shapes: Shapes<RouteOptions> = {
  hostname: required(text, "'shop.example.org'", ''),
  path: text,
  grpc: flag,
  port: anything,
  temporary: temporaryShape,
};

const routeShape = record(shapes);

/**
 * Routes a host of a Gateway to a workload: the route, at the listener of HTTPS alone; a redirect where plain HTTP is served; and the opening for the
 * Gateway's pods, as for any other workload.
 */
export function exposeByRoute(
  workload: SecureWorkload,
  network: WorkloadNetwork,
  gateway: RouteParent,
  given: unknown,
): void {
  const { argument: options, faults } = takeArgument<RouteOptions>(routeShape, given, 'exposeTo');
  const found = [...faults, ...(options && faults.length === 0 ? optionFaults(workload, gateway, options) : [])];
  for (const fault of found) network.fault(fault);
  if (options === undefined || found.length > 0 || gateway.pods === undefined) return;
  const { hostname, path = '/', grpc = false, temporary } = options;
  const { namespace } = workload;
  const listener = gateway.listenerFor(hostname);
  if (listener === undefined) return;
  const isRedirected = gateway
    .routesOf(listener)
    .filter((known) => known.workload === workload.node.path && known.hostname === hostname)
    .some(({ until }) => lastsAsLong(until, temporary?.expires));
  const backend = routeTo(workload, network, options, gateway.pods, (route) => gateway.attach(route));
  if (backend === undefined) return;
  const object = (kind: string, suffix: string, spec: () => object): void => {
    const { name, annotations } = routeMetadata(workload, kind, options, suffix);
    const labels = { 'app.kubernetes.io/name': workload.name };
    new ManifestObject(workload, `${kind}-${name}`, {
      apiVersion: gatewayApi,
      kind,
      metadata: { name, labels, ...(annotations && { annotations }) },
      body: () => ({ spec: spec() }),
    });
  };
  const parent = { gateway: gateway.gatewayName, namespace: gateway.namespace, listener };
  object(grpc ? 'GRPCRoute' : 'HTTPRoute', path, () =>
    routeSpec({ parent, namespace, hostname, path, grpc, ...backend }),
  );
  const { redirectListener, httpsPort } = gateway;
  if (redirectListener === undefined || isRedirected) return;
  object('HTTPRoute', '-redirect', () =>
    redirectSpec({ ...parent, listener: redirectListener }, namespace, [hostname], httpsPort),
  );
}

function optionFaults(
  workload: SecureWorkload,
  gateway: RouteParent,
  { hostname, path = '/', grpc = false, temporary }: RouteOptions,
): readonly DeclarationFault[] {
  return [
    ...foreignFaults(workload, 'exposeTo', gateway),
    ...routeEndFaults(workload, temporary),
    ...hostFaults(gateway, hostname),
    ...pathFaults(path),
    ...(grpc && path !== '/'
      ? [optionFault('path', path, 'a GRPCRoute knows no paths', 'leave it out: gRPC has services and methods')]
      : []),
    ...serviceFaults(workload, 'a route', hostname),
  ];
}

function hostFaults(gateway: RouteParent, hostname: string): readonly DeclarationFault[] {
  const wrong = hostnameFault(hostname);
  if (wrong) return [optionFault('hostname', hostname, wrong.message, wrong.remedy)];
  if (gateway.listenerFor(hostname) === undefined) {
    const known = [...gateway.listeners.keys()].join(', ');
    const message = `${gateway.node.path} has no listener of HTTPS for ${hostname}`;
    return [optionFault('hostname', hostname, message, known === '' ? 'declare one there' : `it has ${known}`)];
  }
  if (gateway.isShownFor(hostname)) return [];
  const message = `the certificate that ${gateway.node.path} shows is not for ${hostname}: clients would refuse it`;
  const remedy = 'declare the host there, with a certificate for it: a star stands for one part';
  return [optionFault('hostname', hostname, message, remedy)];
}
