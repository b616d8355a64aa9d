import type { PodSpec } from '../../manifest/pod';
import { containersOf } from '../../manifest/pod-template';
import type { MeshProbe } from './mesh';

/** A question of the kubelet that goes to a port. */
export interface PortProbe {
  readonly port: number;
  readonly kind: MeshProbe['kind'] | 'tcp' | 'https';
  /** Of one by HTTP. */
  readonly path?: string;
}

const questions = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

/** What the kubelet asks the ports of a pod; of names of ports that its container has. */
export function portProbesOf(spec: PodSpec): readonly PortProbe[] {
  return containersOf(spec).flatMap(({ container, role }) => {
    if (role === 'init' || role === 'ephemeral') return [];
    const { ports = [] } = container as { readonly ports?: readonly { name?: string; containerPort: number }[] };
    const number = (port: number | string) =>
      typeof port === 'number' ? port : ports.find(({ name }) => name === port)?.containerPort;
    return questions.flatMap((question): readonly PortProbe[] => {
      const { httpGet, grpc, tcpSocket } = container[question] ?? {};
      const asked = httpGet?.port ?? grpc?.port ?? tcpSocket?.port;
      const port = asked === undefined ? undefined : number(asked);
      if (port === undefined) return [];
      if (grpc) return [{ port, kind: 'grpc' }];
      if (!httpGet) return [{ port, kind: 'tcp' }];
      return [{ port, kind: httpGet.scheme === 'HTTPS' ? 'https' : 'http', path: httpGet.path ?? '/' }];
    });
  });
}
