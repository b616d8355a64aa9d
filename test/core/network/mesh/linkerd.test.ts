import { type MeshPort, meshes } from '../../../../core/network/mesh';

const settings = { trustDomain: 'cluster.local', controlPlane: 'linkerd', proxy: { cpu: '100m', memory: '256Mi' } };

/** What is written for one port of a workload. */
function objectsOf(port: Partial<MeshPort>) {
  const selector = { app: 'web' };
  const ports = [{ port: 8080, clients: [], plaintext: false, probes: [], ...port }];
  return meshes.linkerd.workloadObjects(
    { name: 'web', namespace: 'shop', selector, inClosedNamespace: true, ports },
    settings,
  );
}

const protocolOf = (port: Partial<MeshPort>) =>
  (objectsOf(port).find(({ kind }) => kind === 'Server')?.spec as { readonly proxyProtocol?: string } | undefined)
    ?.proxyProtocol;

it.each<[string, Partial<MeshPort>, string]>([
  ['nothing is known', {}, 'unknown'],
  ['the server speaks first', { port: 3306 }, 'opaque'],
  ['the workload says so', { port: 3306, appProtocol: 'http' }, 'HTTP/1'],
  ['it says TCP', { appProtocol: 'tcp' }, 'opaque'],
  ['it says what Linkerd does not know', { appProtocol: 'acme.example/own' }, 'unknown'],
  ['the kubelet asks by gRPC', { probes: [{ kind: 'grpc' }] }, 'HTTP/2'],
  [
    'the kubelet asks by HTTP on a port that is opaque elsewhere',
    { port: 9300, probes: [{ kind: 'http', path: '/' }] },
    'unknown',
  ],
])('where %s, the protocol is', (_, port, expected) => {
  expect(protocolOf(port)).toBe(expected);
});

it('lets every probe through by a route where it lets through one of gRPC, and leaves those of HTTP alone to Linkerd', () => {
  const routesOf = (probes: MeshPort['probes']) =>
    objectsOf({ probes })
      .filter(({ kind }) => kind === 'HTTPRoute')
      .map(({ metadata, spec }) => [metadata?.name, (spec as { readonly rules?: unknown }).rules]);
  expect(routesOf([{ kind: 'http', path: '/up' }])).toEqual([]);
  const exact = (value: string) => ({ path: { type: 'Exact', value } });
  expect(routesOf([{ kind: 'grpc' }, { kind: 'http', path: 'up?all=1' }])).toEqual([
    ['web-8080', [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }]],
    ['web-8080-probe', [{ matches: [exact('/grpc.health.v1.Health/Check'), exact('/up')] }]],
  ]);
});

it('writes nothing that lets somebody in where nobody is', () => {
  expect(objectsOf({}).map(({ kind }) => kind)).toEqual(['Server']);
});
