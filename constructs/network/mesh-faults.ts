import { containersOf, type PodTemplate } from '../../core/manifest';
import {
  type Caller,
  evasionsIn,
  type Marks,
  type Mesh,
  type MeshName,
  missingMarks,
  portProbesOf,
  sharedIdentities,
} from '../../core/network/mesh';
import type { DeclarationFault } from '../app/declaration';
import { NamespaceScope } from '../namespace/namespace-scope';
import type { SecureWorkload } from '../workload/workload';
import { clientOf, isMeshed, isOurs, isTcp, nameOf } from './mesh-peers';
import { isWorkload, labelOf, networkOf } from './network-of';
import type { DeclaredOpening } from './workload-network';

/** A workload and the mesh that it is in. */
export interface Member {
  readonly workload: SecureWorkload;
  /** Its pods, as they are written; undefined where they cannot be. */
  readonly template: PodTemplate | undefined;
  readonly name: MeshName;
  readonly mesh: Mesh;
  /** What puts its pods into the mesh. */
  readonly marks: Marks;
  /** The ports that let in who has no identity. */
  readonly plaintext: ReadonlySet<number>;
  /** All workloads of the mesh. */
  readonly members: readonly SecureWorkload[];
}

/** What a workload has, or is connected to, that the mesh cannot carry or cannot tell apart. */
export function meshFaults(member: Member): readonly DeclarationFault[] {
  const { ingress, egress } = networkOf(member.workload);
  return [
    ...podFaults(member),
    ...ingress.flatMap((opening) => ingressFaults(opening, member)),
    ...egress.flatMap((opening) => egressFaults(opening, member)),
    ...[...member.plaintext].map((port) => plaintextFault('allowPlaintext', port, 'nobody is asked who they are')),
    ...sharingFaults(member),
  ];
}

function fault(property: string, message: string, remedy: string, value?: unknown): DeclarationFault {
  return { rule: 'mesh-identity', property, ...(value !== undefined && { value }), message, remedy };
}

function plaintextFault(property: string, value: unknown, what: string): DeclarationFault {
  const message = `${what}, and nothing is encrypted by the mesh`;
  const remedy =
    'put both sides into the mesh and speak TCP, or say why not, and until when, by an exception for mesh-plaintext';
  return { rule: 'mesh-plaintext', property, value, message, remedy };
}

/** What keeps its pods, or some of their traffic, out of the mesh. */
function podFaults({ workload, template, mesh, marks }: Member): readonly DeclarationFault[] {
  const { title, proxyUser, proxyGroup, ownContainers, needsService, letsTlsProbesIn } = mesh;
  const out = 'run it in a namespace that is not in the mesh';
  const faults: DeclarationFault[] = [];
  if (workload.runsOnWindows) faults.push(fault('os', `${title} has no proxy for Windows`, out, 'windows'));
  if (needsService && networkOf(workload).ingress.length > 0 && !workload.node.tryFindChild('Service')) {
    const message = 'it has no Service: the proxies of its clients do not know it, and would speak to it without TLS';
    faults.push(fault('service', message, 'leave service: false out', false));
  }
  if (template === undefined) return faults;
  const { spec, metadata } = template;
  for (const { property, value } of evasionsIn(mesh, metadata))
    faults.push(
      fault(`pod ${property}`, `it takes traffic of the pods out of the mesh`, `take it away, or ${out}`, value),
    );
  for (const property of missingMarks(mesh, marks, metadata))
    faults.push(fault(`pod ${property}`, 'it puts the pods into the mesh, and is not there', 'leave it as it is'));
  if (spec.hostNetwork === true)
    faults.push(
      fault('hostNetwork', 'pods on the network of their node cannot be in a mesh', `take it away, or ${out}`, true),
    );
  const containers = containersOf(spec).map(({ container }) => container);
  const users = [spec.securityContext, ...containers.map(({ securityContext }) => securityContext)];
  if (proxyUser !== undefined && users.some((context) => context?.runAsUser === proxyUser)) {
    const message = `${proxyUser} is the user of the proxy: what it sends goes around the proxy`;
    faults.push(fault('user', message, 'run it as another user', proxyUser));
  } else if (proxyGroup !== undefined && users.some((context) => context?.runAsGroup === proxyGroup)) {
    const message = `${proxyGroup} is the group of the proxy: what it sends goes around the proxy`;
    faults.push(fault('group', message, 'run it as another group', proxyGroup));
  }
  for (const { name } of containers)
    if (ownContainers.includes(name)) {
      const message = `${title} would take the container ${name} for its own, and the pods for some that have their proxy`;
      faults.push(fault('container', message, 'call the container something else', name));
    }
  if (!letsTlsProbesIn && portProbesOf(spec).some(({ kind }) => kind === 'https')) {
    const message = `${title} refuses the HTTPS of the kubelet, which has no identity`;
    faults.push(fault('probes', message, 'ask by HTTP, gRPC, TCP or a command', 'HTTPS'));
  }
  return faults;
}

function ingressFaults(opening: DeclaredOpening, { workload, name, plaintext }: Member): readonly DeclarationFault[] {
  const { end, ports } = opening;
  if (end === undefined) return [];
  const [{ port, protocol = 'TCP' }] = ports;
  const from = nameOf(end);
  if (!isTcp(opening))
    return [plaintextFault('exposeTo', `${port}/${protocol}`, `the mesh carries no ${protocol} from ${from}`)];
  if (plaintext.has(Number(port)) || clientOf(end, name) !== undefined) return [];
  if (isMeshed(end, name)) {
    const message = `nobody knows the ServiceAccount of ${from}, which is who it is to the mesh`;
    return [fault('exposeTo', message, "give the ExternalWorkload its serviceAccountName: '…'", from)];
  }
  const plain = `open the one port to those without an identity: allowPlaintext(${workload.node.id}, { port: ${port} })`;
  if (opening.peers.every(({ ipBlock }) => ipBlock !== undefined)) {
    const message = `${from} has addresses and no identity, so that ${labelOf(workload)} does not let it in on ${port}`;
    return [fault('exposeTo', message, plain, from)];
  }
  const namespace = isOurs(end) && !NamespaceScope.is(end) ? end.namespace : isOurs(end) ? end.namespaceName : from;
  const message = `${from} is not in the mesh, so that ${labelOf(workload)} does not let it in on ${port}`;
  const remedy = `put namespace ${namespace} into the mesh (MutualTls there, or meshed where it is of others), or ${plain}`;
  return [fault('exposeTo', message, remedy, from)];
}

/** What it sends to who is not in the mesh is as it was before. */
function egressFaults(opening: DeclaredOpening, { name }: Member): readonly DeclarationFault[] {
  const { end, peers } = opening;
  if (end === undefined || isMeshed(end, name) || peers.every(({ ipBlock }) => ipBlock !== undefined)) return [];
  const to = nameOf(end);
  if (!isOurs(end)) {
    const message = `nobody knows who ${to} is to the mesh, which lets nobody in there`;
    return [
      fault(
        'connectTo',
        message,
        'make it a SecureWorkload, or name it by an ExternalWorkload with its serviceAccountName',
        to,
      ),
    ];
  }
  return [{ ...plaintextFault('connectTo', to, `${to} is not in the mesh`), severity: 'warning' }];
}

/** Workloads of one ServiceAccount that may reach different things. */
function sharingFaults({ workload, members, name }: Member): readonly DeclarationFault[] {
  const account = workload.serviceAccountName;
  const same = members.filter(
    (other) => other.namespace === workload.namespace && other.serviceAccountName === account,
  );
  const callers = [...same.map((other) => callerOf(other, name)), ...externalsLike(workload, members)];
  const shared = sharedIdentities(callers).filter(({ caller }) => caller.name === labelOf(workload));
  return shared.map(({ other, gained }) => {
    const message = `${other.name} has the same ServiceAccount, so that the mesh lets this one reach ${gained.join(', ')}, too`;
    return fault(
      'serviceAccountName',
      message,
      'give each a ServiceAccount of its own: leave serviceAccountName out',
      account,
    );
  });
}

function callerOf(workload: SecureWorkload, name: MeshName): Caller {
  const places = networkOf(workload).egress.flatMap(({ end, ports }) =>
    end !== undefined && isMeshed(end, name) ? [`${nameOf(end)} ${ports[0].port}`] : [],
  );
  return { name: labelOf(workload), identity: workload.serviceAccountName, reaches: new Set(places) };
}

/** Workloads of others, of the same ServiceAccount, as far as they are let in. */
function externalsLike(workload: SecureWorkload, members: readonly SecureWorkload[]): readonly Caller[] {
  const reaches = new Map<string, Set<string>>();
  for (const server of members)
    for (const { end, ports } of networkOf(server).ingress) {
      if (end === undefined || !isOurs(end) || NamespaceScope.is(end) || isWorkload(end)) continue;
      if (end.namespace !== workload.namespace || end.serviceAccountName !== workload.serviceAccountName) continue;
      const places = reaches.get(labelOf(end)) ?? new Set();
      reaches.set(labelOf(end), places.add(`${labelOf(server)} ${ports[0].port}`));
    }
  return [...reaches].map(([name, places]) => ({ name, identity: workload.serviceAccountName, reaches: places }));
}
