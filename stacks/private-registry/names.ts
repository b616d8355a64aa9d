import { isDnsLabel } from '../../core/manifest/names';
import type { RegistryFault } from '../../core/registry/fault';
import { registryName, spellingFault } from '../../core/registry/host';
import { existingNameFaults, ownNamespaceFaults, shown } from '../names';
import type { PlainArgs } from './config';

/** Everything that is wrong with names of what is made, and of what has to be there. */
export function registryNameFaults(args: PlainArgs, namespace: string): readonly RegistryFault[] {
  const { gatewayNamespace, prometheusNamespace, issuer, volume, backup, images, host, registries } = args;
  const faults: RegistryFault[] = [];
  const namespaces = { namespace, gatewayNamespace, prometheusNamespace };
  for (const [key, name] of Object.entries(namespaces)) {
    if (name === undefined) continue;
    if (!isDnsLabel(name)) {
      const message = `${shown(name)} is no name of a namespace`;
      faults.push({ key, message, remedy: 'use at most 63 small letters, digits and dashes' });
    } else if (key === 'namespace') {
      faults.push(...ownNamespaceFaults(key, name));
    } else if (name === namespace) {
      const message = 'it is the namespace of the registry, in which nothing else is';
      faults.push({ key, message, remedy: 'give the namespace that it is in' });
    }
  }
  const classes = { 'volume.storageClass': volume?.storageClass, 'backup.storageClass': backup?.storageClass };
  faults.push(...existingNameFaults('ClusterIssuer', { issuer }), ...existingNameFaults('StorageClass', classes));
  if (isIn(host, images.registry)) {
    const message = 'the registry would be pulled from itself, and could not start while it is away';
    faults.push({ key: 'images.registry', message, remedy: 'take it from another registry' });
  }
  for (const [i, each] of registries.entries()) {
    const misspelt = spellingFault(each);
    if (isIn(host, each)) {
      const message = 'it is the registry that this stack makes, from which nothing of it can come';
      faults.push({ key: `registries[${i}]`, message, remedy: 'leave it out here; the apps of others name it' });
    } else if (misspelt !== undefined) faults.push({ key: `registries[${i}]`, ...misspelt });
  }
  return faults;
}

/** Whether an image, or a prefix of images, is of that registry, however it is written. */
function isIn(host: string, name: string): boolean {
  const [registry = ''] = name.split('/');
  return registryName(registry) === registryName(host);
}
