import type { Path } from '../../manifest/path';
import { isAbsent, isMapping } from '../../manifest/plain';
import type { Container, EphemeralContainer } from '../../manifest/pod';
import { Quantity } from '../../manifest/quantity';
import type { Faults } from './fault';

type Amounts = Readonly<Record<string, unknown>>;

const standard: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const hugePages = 'hugepages-';

/** The amounts of one container: resources that there are, none below nothing, and requests that their limits allow. */
export function resourceFaults(faults: Faults, { name, resources }: Container | EphemeralContainer, at: Path): void {
  if (isAbsent(resources)) return;
  const limits = amountsOf(resources.limits);
  const requests = amountsOf(resources.requests);
  const refuse = (field: 'limits' | 'requests', resource: string, message: string, remedy: string): void => {
    const value = (field === 'limits' ? limits : requests)[resource];
    faults.push({
      path: [...at, 'resources', field, resource],
      value,
      message: `container ${name}: ${message}`,
      remedy,
    });
  };
  for (const field of ['limits', 'requests'] as const) {
    const amounts = field === 'limits' ? limits : requests;
    for (const resource in amounts) {
      const amount = Quantity.tryParse(amounts[resource]);
      if (!isResource(resource)) refuse(field, resource, `there is no resource ${resource}`, remedyFor(resource));
      else if (amount === undefined) continue;
      else if (amount.compare(Quantity.zero) < 0)
        refuse(field, resource, `${amounts[resource]} of ${resource} is less than nothing`, 'write an amount from 0');
      else if (isWhole(resource) && !Number.isInteger(amount.toNumber()))
        refuse(field, resource, `${resource} is given in whole ones, not ${amounts[resource]}`, 'write a whole number');
    }
  }
  for (const resource in requests) {
    const [asked, most] = [Quantity.tryParse(requests[resource]), Quantity.tryParse(limits[resource])];
    if (asked === undefined || most === undefined) continue;
    const order = asked.compare(most);
    if (order > 0)
      refuse(
        'requests',
        resource,
        `it asks for ${requests[resource]} of ${resource}, and its limit is ${limits[resource]}`,
        'raise the limit, or ask for less',
      );
    else if (order < 0 && !isOvercommitted(resource))
      refuse(
        'requests',
        resource,
        `nobody else gets ${resource} that it has: it asks for ${requests[resource]}, and its limit is ${limits[resource]}`,
        'give request and limit the same amount, or the limit alone',
      );
  }
}

function amountsOf(given: unknown): Amounts {
  return isMapping(given) ? given : none;
}
const none: Amounts = {};

/** Of its own, or of a device plugin, whose names have a domain. */
function isResource(resource: string): boolean {
  return standard.has(resource) || resource.startsWith(hugePages) || resource.includes('/');
}

function remedyFor(resource: string): string {
  return `name cpu, memory, ephemeral-storage, hugepages-<size>, or a device by its domain: 'example.com/${resource}'`;
}

/** Devices are handed out one by one. Of the domain of Kubernetes nothing is certain here. */
function isWhole(resource: string): boolean {
  return resource.includes('/') && !/^(?:[^/]*\.)?kubernetes\.io\//.test(resource);
}

/** Whether several may be promised what only one of them uses. */
function isOvercommitted(resource: string): boolean {
  return !resource.startsWith(hugePages) && !isWhole(resource);
}
