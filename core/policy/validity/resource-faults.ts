import type { Path } from '../../manifest/path';
import { mappingOf } from '../../manifest/plain';
import type { ResourceRequirements } from '../../manifest/pod';
import { Quantity } from '../../manifest/quantity';
import type { Faults } from './fault';

const standard: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const hugePages = 'hugepages-';
const fields = ['limits', 'requests'] as const;

/** The amounts of one container: resources that there are, none below nothing, and requests that their limits allow. */
export function resourceFaults(faults: Faults, container: string, resources: ResourceRequirements, at: Path): void {
  const amounts = { limits: mappingOf(resources.limits), requests: mappingOf(resources.requests) };
  const { limits, requests } = amounts;
  const refuse = (field: (typeof fields)[number], resource: string, message: string, remedy: string): void => {
    const value = amounts[field][resource];
    faults.push({ path: [...at, field, resource], value, message: `container ${container}: ${message}`, remedy });
  };
  for (const field of fields) {
    for (const resource in amounts[field]) {
      const wrong = wrongWith(resource, amounts[field][resource]);
      if (wrong !== undefined) refuse(field, resource, ...wrong);
    }
  }
  for (const resource in requests) {
    const [asked, most] = [requests[resource], limits[resource]];
    if (most === undefined || asked === most) continue;
    const order = orderOf(asked, most);
    if (order > 0)
      refuse(
        'requests',
        resource,
        `it asks for ${asked} of ${resource}, and its limit is ${most}`,
        'raise the limit, or ask for less',
      );
    else if (order < 0 && (resource.startsWith(hugePages) || isDevice(resource)))
      refuse(
        'requests',
        resource,
        `nobody else gets ${resource} that it has: it asks for ${asked}, and its limit is ${most}`,
        'give request and limit the same amount, or the limit alone',
      );
  }
}

type Wrong = readonly [message: string, remedy: string];

function wrongWith(resource: string, given: unknown): Wrong | undefined {
  // What directs a patch is none, and nobody's.
  const isDomestic = standard.has(resource) || resource.startsWith('$');
  if (!isDomestic && !resource.startsWith(hugePages) && !resource.includes('/'))
    return [
      `there is no resource ${resource}`,
      `name cpu, memory, ephemeral-storage, hugepages-<size>, or a device by its domain: 'example.com/${resource}'`,
    ];
  // What is no amount at all the schema tells of.
  if (String(given).startsWith('-') && orderOf(given, 0) < 0)
    return [`${given} of ${resource} is less than nothing`, 'write an amount from 0'];
  if (isDomestic || !isDevice(resource)) return undefined;
  const amount = Quantity.tryParse(given);
  return amount === undefined || Number.isInteger(amount.toNumber())
    ? undefined
    : [`${resource} is given in whole ones, not ${given}`, 'write a whole number'];
}

/** Devices are handed out one by one, each to one pod. Of the domain of Kubernetes nothing is certain here. */
function isDevice(resource: string): boolean {
  return resource.includes('/') && !resource.includes('kubernetes.io/');
}

/** Which is more, as `compare` says it; 0 where one of them is no amount. */
function orderOf(one: unknown, other: unknown): number {
  const [first, second] = [Quantity.tryParse(one), Quantity.tryParse(other)];
  return first === undefined || second === undefined ? 0 : first.compare(second);
}
