import { ClusterTarget } from '../../../../core/cluster';
import { checkValidity } from '../../../../core/policy';

const target = ClusterTarget.of('1.36');

function found(container: object): readonly (string | undefined)[] {
  const spec = { containers: [{ name: 'app', image: 'registry.example/app:1', ...container }] };
  return checkValidity({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec }, target)
    .filter(({ rule }) => rule === 'probe-port')
    .map(({ property }) => property?.replace('spec.containers[0].', ''));
}

const dns = { name: 'dns', containerPort: 53, protocol: 'UDP' };
const tcp = (port: unknown) => ({ livenessProbe: { tcpSocket: { port } } });

describe('a port that the kubelet can never ask', () => {
  it.each<[string, object, string]>([
    [
      'a name of no port',
      { ports: [{ name: 'web', containerPort: 80 }], ...tcp('http') },
      'livenessProbe.tcpSocket.port',
    ],
    ['a name where nothing is declared', tcp('http'), 'livenessProbe.tcpSocket.port'],
    ['a name by HTTP', { readinessProbe: { httpGet: { port: 'http' } } }, 'readinessProbe.httpGet.port'],
    ['a number above all', tcp(70_000), 'livenessProbe.tcpSocket.port'],
    ['a number below all', tcp(0), 'livenessProbe.tcpSocket.port'],
    ['a name elsewhere', { readinessProbe: { httpGet: { port: 'http', host: 'a' } } }, 'readinessProbe.httpGet.port'],
  ])('%s', (_, container, property) => expect(found(container)).toEqual([property]));

  it.each<[string, object]>([
    ['a number that is not declared', { ports: [dns], ...tcp(8080) }],
    ['a number where nothing is declared', tcp(8080)],
    ['the last number', tcp(65_535)],
    ['a name', { ports: [dns, { name: 'web', containerPort: 80 }], ...tcp('web') }],
    ['a protocol that is null', { ports: [{ containerPort: 80, protocol: null }], ...tcp(80) }],
    ['a port that is declared for UDP, which may answer TCP, too', { ports: [dns], ...tcp('dns') }],
    ['the number of one', { ports: [dns], ...tcp(53) }],
    ['a command', { ports: [dns], livenessProbe: { exec: { command: ['true'] } } }],
    ['a part of a container', { image: undefined, ...tcp('http') }],
    ['no port at all', { livenessProbe: { tcpSocket: {} } }],
  ])('is not %s', (_, container) => expect(found(container)).toEqual([]));
});
