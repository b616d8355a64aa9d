import { isDnsLabel, toDnsLabel } from '../../manifest/names';
import type { Path } from '../../manifest/path';
import type { Container, PodSpec, Volume } from '../../manifest/pod';
import { entriesOf, isSet, type PodFault } from './fault';

type Volumes = ReadonlyMap<string, Volume | undefined>;

/** Names and sources of the volumes. */
export function volumeFaults(spec: PodSpec): readonly PodFault[] {
  const faults: PodFault[] = [];
  const names = new Set<string>();
  for (const [i, volume] of entriesOf(spec.volumes)) {
    const { name, ...source } = volume;
    const path = ['spec', 'volumes', i] as const;
    if (!isDnsLabel(String(name))) {
      const message = `${JSON.stringify(name)} is no name of a volume`;
      const remedy = `name it ${toDnsLabel(String(name))}, for example: at most 63 lower-case letters, digits and dashes`;
      faults.push({ path: [...path, 'name'], value: name, message, remedy });
    } else if (names.has(name)) {
      const remedy = 'give each volume of the pod a name of its own';
      faults.push({ path: [...path, 'name'], value: name, message: `two volumes are called ${name}`, remedy });
    }
    names.add(name);
    const types = Object.entries(source).flatMap(([type, value]) => (isSet(value) ? [type] : []));
    if (types.length > 1) {
      const message = `volume ${name} has ${types.length} sources: ${types.join(', ')}`;
      faults.push({
        path,
        value: types,
        message,
        remedy: `keep one; a patch takes the other out with ${types[0]}: null`,
      });
    }
  }
  return faults;
}

/** The volumes that a container can mount: the pod's, and those that its StatefulSet claims. */
export function volumesOf(spec: PodSpec, claimed: readonly string[]): Volumes {
  const own = entriesOf(spec.volumes).map(([, volume]) => [volume.name, volume] as const);
  return new Map([...own, ...claimed.map((name) => [name, undefined] as const)]);
}

/** The mounts and devices of one container. */
export function mountFaults(container: Container, at: Path, volumes: Volumes, hostUsers: unknown): readonly PodFault[] {
  const faults: PodFault[] = [];
  const missing = (path: Path, name: unknown): void => {
    if (volumes.has(String(name))) return;
    const remedy = `add the volume, or name one that is there: ${[...volumes.keys()].join(', ') || 'there is none'}`;
    faults.push({ path, value: name, message: `container ${container.name}: there is no volume ${name}`, remedy });
  };
  const mounts = entriesOf(container.volumeMounts);
  const devices = entriesOf(container.volumeDevices);
  const paths = new Set<string>();
  for (const [i, { name, mountPath, mountPropagation }] of mounts) {
    const path = [...at, 'volumeMounts', i];
    missing([...path, 'name'], name);
    if (paths.has(mountPath)) {
      const message = `container ${container.name}: two volumes are mounted at ${mountPath}`;
      faults.push({
        path: [...path, 'mountPath'],
        value: mountPath,
        message,
        remedy: 'mount each at a path of its own',
      });
    }
    paths.add(mountPath);
    if (mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true) {
      const message = `container ${container.name}: only a privileged container hands mounts to its node`;
      const remedy = 'leave mountPropagation out, or use HostToContainer';
      faults.push({ path: [...path, 'mountPropagation'], value: mountPropagation, message, remedy });
    }
  }
  for (const [i, { name }] of devices) {
    const path = [...at, 'volumeDevices', i, 'name'];
    missing(path, name);
    const volume = volumes.get(name);
    const remedy = 'use a PersistentVolumeClaim of mode Block, and mount it nowhere';
    if (volume && !isSet(volume.persistentVolumeClaim) && !isSet(volume.ephemeral)) {
      faults.push({ path, value: name, message: `volume ${name} is no claim, so that it is no device`, remedy });
    }
    if (mounts.some(([, mount]) => mount.name === name)) {
      faults.push({ path, value: name, message: `volume ${name} is a device and a mount at once`, remedy });
    }
  }
  if (devices.length > 0 && hostUsers === false) {
    faults.push({
      path: [...at, 'volumeDevices'],
      message: `container ${container.name}: a raw block device cannot be mapped into the user namespace of the pod`,
      remedy: 'set hostUsers: null on the pod too, or use a file system',
    });
  }
  return faults;
}
