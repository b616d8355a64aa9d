import type { Mesh, MeshClient, MeshName, MeshWorkload } from '../../core/network/mesh';
import { portProbesOf } from '../../core/network/mesh';
import type { Opening } from '../../core/network/policy-spec';
import { NamespaceScope } from '../namespace/namespace-scope';
import type { SecureWorkload } from '../workload/workload';
import { meshOf } from './mesh-membership';
import { labelOf, networkOf } from './network-of';
import type { DeclaredOpening } from './workload-network';

/** Who is at the other end of a connection. */
type End = NonNullable<DeclaredOpening['end']>;

/** Whether it is a construct, and not a peer of cdk8s-plus that is known by its path alone. */
export function isOurs(end: End): end is Exclude<End, { readonly path: string }> {
  return !('path' in end);
}

/** What reports call it. */
export function nameOf(end: End): string {
  if (!isOurs(end)) return end.path;
  return NamespaceScope.is(end) ? `${end.namespaceName}/*` : labelOf(end);
}

/** Whether it is in a mesh of that kind. */
export function isMeshed(end: End | undefined, name: MeshName): boolean {
  return end !== undefined && isOurs(end) && meshOf(end)?.name === name;
}

/** Who it is to a mesh; undefined where it is not in it, or nobody knows its ServiceAccount. */
export function clientOf(end: End | undefined, name: MeshName): MeshClient | undefined {
  if (end === undefined || !isOurs(end)) return undefined;
  const mesh = meshOf(end);
  if (mesh === undefined || mesh.name !== name) return undefined;
  const { trustDomain } = mesh.settings;
  if (NamespaceScope.is(end)) return { trustDomain, namespace: end.namespaceName };
  const { namespace, serviceAccountName } = end;
  return namespace === undefined || serviceAccountName === undefined
    ? undefined
    : { trustDomain, namespace, serviceAccount: serviceAccountName };
}

/** Whether meshes carry it: they know TCP alone. */
export function isTcp({ ports }: Opening): boolean {
  return ports.every(({ protocol }) => (protocol ?? 'TCP') === 'TCP');
}

/** An opening as the packets of the mesh need it: between two of its pods they all go to one port. */
export function tunnelled(opening: DeclaredOpening, { tunnelPort }: Mesh, name: MeshName): DeclaredOpening {
  if (tunnelPort === undefined || !isTcp(opening) || !isMeshed(opening.end, name)) return opening;
  return { ...opening, ports: [{ protocol: 'TCP', port: tunnelPort }] };
}

/**
 * What the mesh is told of a workload.
 * @param expires the day until which those are let in that it names. @default - those that are let in for good
 */
export function meshWorkloadOf(
  workload: SecureWorkload,
  name: MeshName,
  plaintext: ReadonlySet<number>,
  expires?: string,
): MeshWorkload {
  const probes = portProbesOf(workload.podSpec);
  const { ingress } = networkOf(workload);
  const listening = new Map(
    workload.ports.filter(({ protocol }) => protocol === 'TCP').map((port) => [port.port, port] as const),
  );
  return {
    name: workload.name,
    namespace: workload.namespace ?? '',
    selector: { ...workload.selector },
    inClosedNamespace: NamespaceScope.find(workload)?.isOwned === true,
    ports: [...listening.values()]
      .sort((a, b) => a.port - b.port)
      .map(({ port, appProtocol }) => ({
        port,
        ...(appProtocol !== undefined && { appProtocol }),
        plaintext: plaintext.has(port),
        clients: ingress
          .filter(({ temporary }) => temporary?.expires === expires)
          .filter((opening) => isTcp(opening) && opening.ports.some((open) => open.port === port))
          .flatMap(({ end }) => clientOf(end, name) ?? []),
        probes: probes.flatMap(({ port: asked, kind, path }) =>
          asked === port && (kind === 'http' || kind === 'grpc') ? [{ kind, ...(path !== undefined && { path }) }] : [],
        ),
      })),
  };
}
