import type { Protocol } from '../../core/manifest/container';
import { parseAddressAsCidr } from '../../core/network/cidr';
import { PortSet } from '../../core/network/port-set';
import type { NetworkMatrix } from '../../core/network/reach';
import { UsageError } from '../command';
import { nearest } from '../nearest';

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/**
 * The ports that `--port` names: `8080`, `53/UDP`, `8000-8010`, or a name, which is that of whoever is connected to.
 * @param to who is connected to; undefined for everybody
 * @throws UsageError for what is no port, and for a name that nobody has
 */
export function askedPorts(text: string, matrix: NetworkMatrix, to: string | undefined): PortSet {
  const [name = '', protocolText = 'TCP', ...more] = text.split('/');
  const protocol = protocols.find((each) => each === protocolText.toUpperCase());
  if (protocol === undefined || more.length > 0)
    throw new UsageError(`--port takes 8080, 53/UDP, 8000-8010 or the name of a port, and not '${text}'`);
  const numbers = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(name);
  if (numbers !== null) {
    const [first, last] = [Number(numbers[1]), Number(numbers[2] ?? numbers[1])];
    if (first < 1 || last > 65_535 || last < first)
      throw new UsageError(`--port takes ports from 1 to 65535, and not '${text}'`);
    return PortSet.of([{ protocol, port: first, endPort: last }]);
  }
  if (to === undefined) throw new UsageError(`--port ${text} is the name of a port of somebody: name them with --to`);
  const end = matrix.reachability.ends.find(({ id }) => id === to);
  const declared = end?.kind === 'pods' ? end.pods.ports : [];
  const found = declared.filter(
    (port) => port.name === name && (protocolText === 'TCP' ? true : port.protocol === protocol),
  );
  if (found.length > 0) return PortSet.of(found.map(({ port, protocol: own }) => ({ port, protocol: own })));
  const names = declared.flatMap((port) =>
    port.name === undefined ? [] : [`${port.name} (${port.port}/${port.protocol})`],
  );
  throw new UsageError(`${to} has no port of the name ${name}: it has ${names.join(', ') || 'none with a name'}`);
}

/**
 * The id of the end that a word names: a workload with or without its namespace, or an address.
 * @throws UsageError where there is none, with the nearest, and where there are several
 */
export function endNamed(option: string, word: string, workloads: readonly string[]): string {
  if (workloads.includes(word)) return word;
  if (parseAddressAsCidr(word) !== undefined) return word;
  const alike = workloads.filter((id) => id.split('/')[1] === word || id.startsWith(`${word} (`));
  const [only] = alike;
  if (only !== undefined && alike.length === 1) return only;
  if (alike.length > 1) throw new UsageError(`--${option} ${word} may be ${alike.join(', ')}: name one of them`);
  const meant = nearest(word, workloads);
  const hint = meant === undefined ? 'it takes <namespace>/<workload>, or an IP address' : `did you mean ${meant}?`;
  throw new UsageError(`--${option} ${word} is no workload of these manifests; ${hint}`);
}
