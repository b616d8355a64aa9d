import type { Path } from '../../manifest/path';
import { isAbsent, isMapping } from '../../manifest/plain';
import { isFileField, isPodField, podFields, podFileFields } from '../../manifest/pod-field';
import { Quantity } from '../../manifest/quantity';
import type { Faults } from './fault';

type Fields = Readonly<Record<string, unknown>>;

const resources = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [`limits.${name}`, `requests.${name}`]);
const hugePages = /^(?:limits|requests)\.hugepages-/;
const ofCpu = ['1m', '1'];
const ofBytes = [
  '1',
  ...['k', 'M', 'G', 'T', 'P', 'E'].flatMap((unit) => [`1${unit}`, unit === 'k' ? '1Ki' : `1${unit}i`]),
];

/**
 * What the API server refuses of a field of the pod, or of a resource of a container, that a variable or a file holds.
 * @param holder it, as messages begin with
 */
export function heldFaults(faults: Faults, of: Fields, at: Path, kind: 'variable' | 'file', holder: string): void {
  const { fieldRef, resourceFieldRef } = of;
  if (isMapping(fieldRef)) fieldFault(faults, fieldRef.fieldPath, [...at, 'fieldRef', 'fieldPath'], kind, holder);
  if (isMapping(resourceFieldRef)) resourceFaults(faults, resourceFieldRef, [...at, 'resourceFieldRef'], kind, holder);
}

function fieldFault(faults: Faults, field: unknown, path: Path, kind: 'variable' | 'file', holder: string): void {
  const [isField, names] = kind === 'variable' ? [isPodField, podFields] : [isFileField, podFileFields];
  if (isAbsent(field) || isField(field)) return;
  const message = `${holder} cannot hold ${JSON.stringify(field)} of the pod`;
  const remedy = `name ${names.join(', ')}, metadata.labels['…'] or metadata.annotations['…']`;
  faults.push({ path, value: field, message, remedy });
}

function resourceFaults(
  faults: Faults,
  { containerName, resource, divisor }: Fields,
  at: Path,
  kind: 'variable' | 'file',
  holder: string,
): void {
  if (kind === 'file' && (isAbsent(containerName) || containerName === '')) {
    const remedy = 'name the container in containerName';
    faults.push({ path: [...at, 'containerName'], message: `${holder} is of no container's resource`, remedy });
  }
  if (isAbsent(resource)) return;
  const name = String(resource);
  if (!resources.includes(name) && !hugePages.test(name)) {
    const message = `${holder} cannot hold ${JSON.stringify(resource)} of a container`;
    faults.push({ path: [...at, 'resource'], value: resource, message, remedy: `name one of ${resources.join(', ')}` });
    return;
  }
  const unit = Quantity.tryParse(divisor);
  const units = name.endsWith('.cpu') ? ofCpu : ofBytes;
  if (unit === undefined || unit.equals(Quantity.zero) || units.some((each) => unit.equals(Quantity.parse(each))))
    return;
  const message = `${holder} cannot hold ${name} in units of ${JSON.stringify(divisor)}`;
  faults.push({ path: [...at, 'divisor'], value: divisor, message, remedy: `divide by one of ${units.join(', ')}` });
}
