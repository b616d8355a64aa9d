import type { Protocol } from '../../manifest/container';
import type { Marks } from './mesh';

/** The proxy that a mesh puts into a pod, in what it takes of its node. */
export interface InjectedProxy {
  readonly role: 'sidecar';
  readonly container: {
    readonly name: string;
    readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  };
}

/** What pods say of themselves: from anybody's YAML. */
type Told = { readonly [of in keyof Marks]?: Readonly<Record<string, unknown>> | null };

/** How pods ask for a proxy of their own, and what of. */
const proxies = [
  {
    name: 'istio-proxy',
    of: 'labels',
    asks: ['sidecar.istio.io/inject', 'true'],
    cpu: 'sidecar.istio.io/proxyCPU',
    memory: 'sidecar.istio.io/proxyMemory',
    limit: 'sidecar.istio.io/proxyMemoryLimit',
    ports: [15020, 15021, 15090],
  },
  {
    name: 'linkerd-proxy',
    of: 'annotations',
    asks: ['linkerd.io/inject', 'enabled'],
    cpu: 'config.linkerd.io/proxy-cpu-request',
    memory: 'config.linkerd.io/proxy-memory-request',
    limit: 'config.linkerd.io/proxy-memory-limit',
    ports: [4143, 4191],
  },
] as const;

const none: readonly never[] = [];

function proxyOf(told: Told | undefined) {
  return proxies.find(({ of, asks: [key, value] }) => told?.[of]?.[key] === value);
}

/**
 * The proxies that a pod will have beside its containers, by what it says of itself: a quota counts them, too. What they take as its annotations do not
 * say is left to the mesh.
 * @param storage what a container gets of the local disk where it asks for nothing
 */
export function injectedProxies(told: Told | undefined, storage?: string): readonly InjectedProxy[] {
  const proxy = proxyOf(told);
  if (proxy === undefined) return none;
  const { name } = proxy;
  const amount = (resource: string, key: string): Readonly<Record<string, string>> => {
    const value = told?.annotations?.[key];
    return typeof value === 'string' ? { [resource]: value } : {};
  };
  const disk: Readonly<Record<string, string>> = storage === undefined ? {} : { 'ephemeral-storage': storage };
  const requests = { ...amount('cpu', proxy.cpu), ...amount('memory', proxy.memory), ...disk };
  return [
    {
      role: 'sidecar',
      container: { name, resources: { requests, limits: { ...amount('memory', proxy.limit), ...disk } } },
    },
  ];
}

/** The ports on which a mesh listens in a pod, besides those of its containers. */
export function meshPortsOf(told: Told | undefined): readonly { readonly port: number; readonly protocol: Protocol }[] {
  if (told === undefined) return none;
  const ports = told.labels?.['istio.io/dataplane-mode'] === 'ambient' ? [15008] : (proxyOf(told)?.ports ?? none);
  return ports.map((port) => ({ port, protocol: 'TCP' }));
}
