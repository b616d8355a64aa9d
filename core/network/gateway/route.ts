/** A Gateway, and the listener of it that a route is for. */
export interface RouteParentRef {
  readonly gateway: string;
  readonly namespace: string;
  readonly listener: string;
}

/** What is sent where. */
export interface Route {
  readonly parent: RouteParentRef;
  /** Where the route is itself. */
  readonly namespace: string | undefined;
  readonly hostname: string;
  readonly path: string;
  readonly grpc: boolean;
  readonly service: string;
  /** The Service's. */
  readonly port: number;
}

/** The group and version of routes and Gateways. */
export const gatewayApi = 'gateway.networking.k8s.io/v1';

function parentRef({ gateway, namespace, listener }: RouteParentRef, own: string | undefined) {
  return {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    ...(namespace !== own && { namespace }),
    name: gateway,
    sectionName: listener,
  };
}

/** A route to a Service. It names its listener: without, it would be one of the plain HTTP listener, too. */
export function routeSpec({ parent, namespace, hostname, path, grpc, service, port }: Route) {
  return {
    parentRefs: [parentRef(parent, namespace)],
    hostnames: [hostname],
    rules: [
      {
        ...(!grpc && { matches: [{ path: { type: 'PathPrefix', value: path } }] }),
        backendRefs: [{ kind: 'Service', name: service, port }],
      },
    ],
  };
}

/** A route of plain HTTP that sends every client on to HTTPS. @param port of HTTPS */
export function redirectSpec(
  parent: RouteParentRef,
  namespace: string | undefined,
  hostnames: readonly string[],
  port: number,
) {
  const requestRedirect = { scheme: 'https', ...(port !== 443 && { port }), statusCode: 301 };
  return {
    parentRefs: [parentRef(parent, namespace)],
    hostnames,
    rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect }] }],
  };
}

const segment = /^(?:[-A-Za-z0-9._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

/** What is wrong with the path of a route; undefined where the Gateway API takes it. */
export function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return 'does not begin with a slash';
  if (path.length > 1024) return 'is longer than 1024 characters';
  if (/%2f|%5c/i.test(path)) return 'has a slash that is written as %2f or %5c, which proxies read differently';
  // As proxies that decode it see it.
  const parts = path.replace(/%2e/gi, '.').slice(1).split('/');
  const inner = parts.at(-1) === '' ? parts.slice(0, -1) : parts;
  if (inner.includes('')) return 'has an empty part';
  if (inner.some((part) => part === '.' || part === '..')) return 'has a part . or ..';
  return inner.every((part) => segment.test(part)) ? undefined : 'has a character that no path has';
}
