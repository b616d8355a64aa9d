import { mountPathFault, normalPath } from '../../manifest/mount-path';
import { isDnsLabel, toDnsLabel } from '../../manifest/names';
import type { Path } from '../../manifest/path';
import { isAbsent, listOf } from '../../manifest/plain';
import type { Container, PodSpec, Volume } from '../../manifest/pod';
import { eachEntry, type Faults, setAmong } from './fault';
import { fileFaults } from './file-faults';

const subPaths = ['subPath', 'subPathExpr'] as const;

/** Names and sources of the volumes. */
export function volumeFaults(faults: Faults, spec: PodSpec): void {
  eachEntry(spec.volumes, (volume, i) => {
    const { name } = volume;
    if (!isDnsLabel(String(name))) {
      const message = `${JSON.stringify(name)} is no name of a volume`;
      const remedy = `name it ${toDnsLabel(String(name))}, for example: at most 63 lower-case letters, digits and dashes`;
      faults.push({ path: ['spec', 'volumes', i, 'name'], value: name, message, remedy });
    } else if (listOf(spec.volumes).findIndex((other) => other?.name === name) < i) {
      const remedy = 'give each volume of the pod a name of its own';
      const message = `two volumes are called ${name}`;
      faults.push({ path: ['spec', 'volumes', i, 'name'], value: name, message, remedy });
    }
    const types = sourcesOf(volume);
    if (types.length > 1) {
      const message = `volume ${name} has ${types.length} sources: ${types.join(', ')}`;
      const remedy = `keep one; a patch takes the other out with ${types[0]}: null`;
      faults.push({ path: ['spec', 'volumes', i], value: types, message, remedy });
    }
    fileFaults(faults, volume, ['spec', 'volumes', i]);
  });
}

function sourcesOf(volume: Volume): readonly string[] {
  const types: string[] = [];
  for (const type in volume) if (type !== 'name' && !isAbsent(volume[type as keyof Volume])) types.push(type);
  return types;
}

function findVolume({ volumes }: PodSpec, name: unknown): Volume | undefined {
  return listOf(volumes).find((volume) => volume?.name === name);
}

/**
 * The mounts and devices of one container.
 * @param claimed the volumes that a StatefulSet adds to its pods
 */
export function mountFaults(
  faults: Faults,
  container: Container,
  at: Path,
  spec: PodSpec,
  claimed: readonly string[],
): void {
  const missing = (field: string, i: number, name: string): void => {
    if (findVolume(spec, name) || claimed.includes(name)) return;
    const known = [...listOf(spec.volumes).map((volume) => volume?.name), ...claimed];
    const remedy = `add the volume, or name one that is there: ${known.join(', ') || 'there is none'}`;
    const message = `container ${container.name}: there is no volume ${name}`;
    faults.push({ path: [...at, field, i, 'name'], value: name, message, remedy });
  };
  const mounts = listOf(container.volumeMounts);
  const onWindows = (spec.os?.name ?? spec.nodeSelector?.['kubernetes.io/os']) === 'windows';
  eachEntry(mounts, (mount, i) => {
    const { name, mountPath, mountPropagation } = mount;
    missing('volumeMounts', i, name);
    const fault = placeFault(mountPath, !isAbsent(findVolume(spec, name)?.hostPath), onWindows);
    if (fault !== undefined) {
      const message = `container ${container.name}: ${JSON.stringify(mountPath)} ${fault}`;
      const path = [...at, 'volumeMounts', i, 'mountPath'];
      faults.push({
        path,
        value: mountPath,
        message,
        remedy: 'mount it at an absolute path below /, without .. and :',
      });
    }
    for (const field of setAmong(mount, subPaths)) {
      const given: unknown = mount[field];
      if (typeof given !== 'string' || !leavesItsVolume(given)) continue;
      const message = `container ${container.name}: the ${field} ${JSON.stringify(given)} leads out of the volume`;
      const path = [...at, 'volumeMounts', i, field];
      faults.push({ path, value: given, message, remedy: 'give a relative path without ..' });
    }
    if (mount.subPath && mount.subPathExpr) {
      const message = `container ${container.name}: the mount at ${mountPath} has a subPath and a subPathExpr`;
      const path = [...at, 'volumeMounts', i, 'subPathExpr'];
      faults.push({
        path,
        value: mount.subPathExpr,
        message,
        remedy: 'keep one; a patch takes the other out with null',
      });
    }
    const place = normalPath(mountPath);
    if (mounts.findIndex((other) => normalPath(other?.mountPath) === place) < i) {
      const message = `container ${container.name}: two volumes are mounted at ${mountPath}`;
      const path = [...at, 'volumeMounts', i, 'mountPath'];
      faults.push({ path, value: mountPath, message, remedy: 'mount each at a path of its own' });
    }
    if (mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true) {
      const message = `container ${container.name}: only a privileged container hands mounts to its node`;
      const remedy = 'leave mountPropagation out, or use HostToContainer';
      const path = [...at, 'volumeMounts', i, 'mountPropagation'];
      faults.push({ path, value: mountPropagation, message, remedy });
    }
  });
  if (listOf(container.volumeDevices).length > 0) deviceFaults(faults, container, at, spec, missing);
}

/** File systems of the kernel: what is mounted over them hides from programs what the runtime has put there. */
const kernelPath = /^\/(?:proc|sys|dev)(?:\/|$)/;
/** Shared memory: an emptyDir there is how a pod gets more of it. */
const sharedMemory = '/dev/shm';

/** @param ofNode whether the volume is a path of the node: node agents see its devices so, by an exception to host-path-volumes */
function placeFault(mountPath: unknown, ofNode: boolean, onWindows: boolean): string | undefined {
  const path = normalPath(mountPath);
  const ofKernel = !ofNode && path !== sharedMemory && kernelPath.test(path);
  return mountPathFault(mountPath, onWindows) ?? (ofKernel ? 'belongs to the kernel' : undefined);
}

function leavesItsVolume(subPath: string): boolean {
  return subPath.startsWith('/') || subPath.split('/').includes('..');
}

function deviceFaults(
  faults: Faults,
  container: Container,
  at: Path,
  spec: PodSpec,
  missing: (field: string, i: number, name: string) => void,
): void {
  const remedy = 'use a PersistentVolumeClaim of mode Block, and mount it nowhere';
  eachEntry(container.volumeDevices, ({ name }, i) => {
    missing('volumeDevices', i, name);
    const path = [...at, 'volumeDevices', i, 'name'];
    const volume = findVolume(spec, name);
    if (volume && isAbsent(volume.persistentVolumeClaim) && isAbsent(volume.ephemeral)) {
      faults.push({ path, value: name, message: `volume ${name} is no claim, so that it is no device`, remedy });
    }
    if (listOf(container.volumeMounts).some((mount) => mount?.name === name)) {
      faults.push({ path, value: name, message: `volume ${name} is a device and a mount at once`, remedy });
    }
  });
  if (spec.hostUsers !== false) return;
  faults.push({
    path: [...at, 'volumeDevices'],
    message: `container ${container.name}: a raw block device cannot be mapped into the user namespace of the pod`,
    remedy: 'leave hostUsers out of the pod (in a patch: null), or use a file system',
  });
}
