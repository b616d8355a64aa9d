import { isDnsSubdomain } from '../../core/manifest/names';
import { cidrFault, serviceCidrFault } from '../../core/network/cidr';
import type { RegistryFault } from '../../core/registry/fault';
import { harborParts } from '../../core/registry/harbor/parts';
import { cidrFaults } from '../cidrs';
import type { RegistryHarborArgs } from './args';
import type { PlainArgs } from './config';

/** The parts that have an image of their own argument. */
const otherParts: readonly string[] = harborParts.filter((part) => part !== 'registry');

/** Where another product is asked for. */
export function idleHarborFaults({ harbor }: PlainArgs): readonly RegistryFault[] {
  if (harbor === undefined) return [];
  const message = 'it is about Harbor, and another product is asked for';
  return [{ key: 'harbor', message, remedy: 'leave it out, or use the product harbor' }];
}

/** Everything that is wrong with a Harbor. */
export function harborFaults(args: PlainArgs): readonly RegistryFault[] {
  const { harbor } = args;
  if (harbor === undefined) {
    const message = 'it is missing, and Harbor has a database, a scanner and more images than one';
    return [...storedFaults(args), { key: 'harbor', message, remedy: 'give harbor.images, database and scanner' }];
  }
  return [
    ...storedFaults(args),
    ...imageFaults(harbor, args.registries),
    ...databaseFaults(harbor),
    ...scannerFaults(harbor),
  ];
}

/** What Harbor keeps in its database, where this stack writes nothing, and what it has no way to. */
function storedFaults({ teams = [], immutableTags = [], upstreams = [], authentication, bucket, alerts }: PlainArgs) {
  const faults: RegistryFault[] = [];
  for (const [key, value] of Object.entries({ teams, immutableTags, upstreams }))
    if (value.length > 0) {
      const message = 'Harbor has it in its database, and this stack writes nothing there';
      faults.push({ key, message, remedy: "leave it out, and say it by Harbor's API as the manual shows, or use zot" });
    }
  if (authentication.users !== undefined) {
    const message = 'Harbor makes the passwords of machines itself, as robot accounts';
    faults.push({
      key: 'authentication.users',
      message,
      remedy: 'leave it out, and make robot accounts in its projects',
    });
  }
  if (bucket?.kind === 'azure') {
    const message = "Harbor's chart takes a key to a storage account and no identity";
    faults.push({ key: 'bucket.kind', message, remedy: 'leave bucket out, or use the product distribution or zot' });
  }
  if (alerts === true) {
    const message = 'there are no alerts on Harbor: its metrics are others';
    faults.push({ key: 'alerts', message, remedy: 'leave it out, and take those of the Harbor project' });
  }
  return faults;
}

function imageFaults({ images }: RegistryHarborArgs, registries: readonly string[]): readonly RegistryFault[] {
  const faults: RegistryFault[] = [];
  for (const part of otherParts)
    if (images[part] === undefined) {
      const remedy = 'give its image, with its registry and digest';
      faults.push({ key: `harbor.images.${part}`, message: 'it is missing', remedy });
    }
  for (const [part, image] of Object.entries(images)) {
    const key = `harbor.images.${part}`;
    if (!otherParts.includes(part)) {
      const message = part === 'registry' ? 'it is images.registry' : 'Harbor has no such part';
      faults.push({ key, message, remedy: `the parts are ${otherParts.join(', ')}` });
    } else if (!/^[^\s@]+@sha256:[0-9a-f]{64}$/.test(image)) {
      const message = 'it has no digest, and what it names may change';
      faults.push({ key, message, remedy: "write it as '<registry>/<repository>@sha256:<digest>'" });
    } else if (!registries.some((registry) => image.startsWith(`${registry.replace(/\/$/, '')}/`))) {
      const message = 'it comes from none of registries';
      faults.push({ key, message, remedy: 'take it from one of them, or name its registry there' });
    }
  }
  return faults;
}

function databaseFaults({ database, chart }: RegistryHarborArgs): readonly RegistryFault[] {
  const { host, port = 5432, cidrs, user, authoritySecret } = database;
  const faults: RegistryFault[] = [...addressFaults('harbor.database.cidrs', cidrs, serviceCidrFault)];
  if (!isDnsSubdomain(host)) {
    const message = 'it is no name of a host, which its certificate is checked by';
    faults.push({ key: 'harbor.database.host', message, remedy: 'write it as postgres.acme.example' });
  }
  if (!Number.isSafeInteger(port) || port < 1 || port > 65_535)
    faults.push({ key: 'harbor.database.port', message: `${port} is no port`, remedy: 'leave it out: 5432' });
  if (user === '' || user === 'postgres') {
    const message = 'it is nobody, or the superuser of PostgreSQL, who may read every other database there';
    faults.push({ key: 'harbor.database.user', message, remedy: 'give a user who owns the one database' });
  }
  if (authoritySecret !== undefined && !isDnsSubdomain(authoritySecret)) {
    const remedy = 'write it as kubectl get shows it';
    faults.push({ key: 'harbor.database.authoritySecret', message: 'it is no name of a Secret', remedy });
  }
  if (chart !== undefined && /^[a-z+]+:\/\//.test(chart) && !chart.startsWith('oci://')) {
    const message = 'it is no address that the chart is taken from';
    faults.push({ key: 'harbor.chart', message, remedy: "give a folder, or 'oci://<registry>/<repository>'" });
  }
  return faults;
}

function scannerFaults({ scanner }: RegistryHarborArgs): readonly RegistryFault[] {
  const faults: RegistryFault[] = [...addressFaults('harbor.scanner.cidrs', scanner.cidrs, cidrFault)];
  for (const key of ['databases', 'javaDatabases'] as const)
    if (scanner[key].length === 0) {
      const message = 'nothing would be found without a database';
      faults.push({ key: `harbor.scanner.${key}`, message, remedy: 'name a repository that has it' });
    }
  return faults;
}

/** @param judge public registries have no addresses of their own: what is fetched from there may come from anywhere */
function addressFaults(key: string, cidrs: readonly string[], judge: typeof cidrFault): readonly RegistryFault[] {
  if (cidrs.length === 0) return [{ key, message: 'nobody knows where it is', remedy: 'give its addresses' }];
  return cidrFaults(key, cidrs, judge);
}
