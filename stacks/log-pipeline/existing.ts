import type { LogsFault } from '../../core/logs/fault';
import { isPort } from '../../core/manifest/ports';
import { cidrContains, parseAddressAsCidr, parseCidr, serviceCidrFault } from '../../core/network/cidr';
import type { ExistingStoreArgs } from './args';

/** `https://<host>[:<port>][/<path>]`: nothing that a Collector would take for a variable or a file, and no credentials. */
const form =
  /^https:\/\/(?<host>[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:(?<port>\d+))?(?<path>\/[\w.~%+/-]*)?$/;

const longest = 2_000;

interface Endpoint {
  readonly host: string;
  readonly port?: number;
  readonly path: string;
}

function parse(endpoint: string): Endpoint | undefined {
  const { host, port, path = '' } = (endpoint.length > longest ? undefined : form.exec(endpoint)?.groups) ?? {};
  if (host === undefined) return undefined;
  return { host, path, ...(port !== undefined && { port: Number(port) }) };
}

/** The port that gateways connect to. */
export function existingPort({ endpoint, port }: ExistingStoreArgs): number {
  return port ?? parse(endpoint)?.port ?? 443;
}

/** Everything that is wrong with a store that is there already. What stands in its address may be a password, and is never shown. */
export function existingFaults(existing: ExistingStoreArgs): readonly LogsFault[] {
  const faults: LogsFault[] = [];
  const add = (key: keyof ExistingStoreArgs, message: string, remedy: string): void => {
    faults.push({ key: `existing.${key}`, message, remedy });
  };
  const endpoint = parse(existing.endpoint);
  if (endpoint === undefined)
    add(
      'endpoint',
      existing.endpoint.startsWith('https://')
        ? 'it is no address of a store, or has credentials, a query or a variable in it'
        : 'the logs would go over a connection that is not encrypted, or nowhere',
      "write it as 'https://<host>/<path>', without credentials",
    );
  else if (/\/v1\/logs\/?$/.test(endpoint.path))
    add('endpoint', 'gateways add /v1/logs, which is there already', 'leave out what follows the path before it');
  for (const [key, port] of [['endpoint', endpoint?.port] as const, ['port', existing.port] as const])
    if (port !== undefined && !isPort(port))
      add(key, `${port} is no port`, 'give one from 1 to 65535, or leave it out: it is 443 then');
  if (endpoint?.port !== undefined && existing.port !== undefined && endpoint.port !== existing.port)
    add(
      'port',
      `the endpoint has the port ${endpoint.port}, and gateways may reach ${existing.port} alone`,
      'leave it out',
    );
  const wrong = serviceCidrFault(existing.cidr);
  if (wrong !== undefined) add('cidr', existing.cidr.includes('@') ? 'it is no CIDR' : wrong.message, wrong.remedy);
  const [block, address] = [parseCidr(existing.cidr), parseAddressAsCidr(endpoint?.host.replace(/[[\]]/g, '') ?? '')];
  if (block !== undefined && address !== undefined && !cidrContains(block, address))
    add('cidr', `the endpoint is at ${address.text}, which is not in ${existing.cidr}`, `give ${address.text}`);
  return faults;
}
