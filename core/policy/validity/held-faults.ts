import type { Path } from '../../manifest/path';
import { isAbsent, isMapping } from '../../manifest/plain';
import { isFileField, isPodField, podFields, podFileFields } from '../../manifest/pod-field';
import { Quantity } from '../../manifest/quantity';
import type { Faults } from './fault';

type Fields = Readonly<Record<string, unknown>>;

const resources = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [`limits.${name}`, `requests.${name}`]);
const hugePages = /^(?:limits|requests)\.hugepages-/;
const ofCpu = ['1m', '1'];
const ofBytes = ['1', '1k', '1Ki', ...['M', 'G', 'T', 'P', 'E'].flatMap((unit) => [`1${unit}`, `1${unit}i`])];

/** What holds a field of the pod, or a resource of a container. */
interface Holder {
  readonly fieldRef?: unknown;
  readonly resourceFieldRef?: unknown;
}

/**
 * What the API server refuses of a field of the pod, or of a resource of a container, that a variable or a file holds.
 * @param container whose variable it is; undefined for a file
 */
export function heldFaults(faults: Faults, holder: Holder, at: Path, container?: string): void {
  const { fieldRef, resourceFieldRef } = holder;
  if (isMapping(fieldRef)) fieldFault(faults, fieldRef.fieldPath, [...at, 'fieldRef', 'fieldPath'], container);
  if (isMapping(resourceFieldRef)) resourceFaults(faults, resourceFieldRef, [...at, 'resourceFieldRef'], container);
}

function nameOf(container: string | undefined): string {
  return container === undefined ? 'the file' : `container ${container}: a variable`;
}

function fieldFault(faults: Faults, field: unknown, path: Path, container: string | undefined): void {
  const [isField, names] = container === undefined ? [isFileField, podFileFields] : [isPodField, podFields];
  if (isAbsent(field) || isField(field)) return;
  const message = `${nameOf(container)} cannot hold ${JSON.stringify(field)} of the pod`;
  const remedy = `name ${names.join(', ')}, metadata.labels['…'] or metadata.annotations['…']`;
  faults.push({ path, value: field, message, remedy });
}

function resourceFaults(
  faults: Faults,
  { containerName, resource, divisor }: Fields,
  at: Path,
  container: string | undefined,
): void {
  if (container === undefined && (isAbsent(containerName) || containerName === '')) {
    const remedy = 'name the container in containerName';
    faults.push({ path: [...at, 'containerName'], message: "the file is of no container's resource", remedy });
  }
  if (isAbsent(resource)) return;
  const name = String(resource);
  if (!resources.includes(name) && !hugePages.test(name)) {
    const message = `${nameOf(container)} cannot hold ${JSON.stringify(resource)} of a container`;
    faults.push({ path: [...at, 'resource'], value: resource, message, remedy: `name one of ${resources.join(', ')}` });
    return;
  }
  const unit = Quantity.tryParse(divisor);
  const units = name.endsWith('.cpu') ? ofCpu : ofBytes;
  if (unit === undefined || unit.equals(Quantity.zero) || units.some((each) => unit.equals(Quantity.parse(each))))
    return;
  const message = `${nameOf(container)} cannot hold ${name} in units of ${JSON.stringify(divisor)}`;
  faults.push({ path: [...at, 'divisor'], value: divisor, message, remedy: `divide by one of ${units.join(', ')}` });
}
