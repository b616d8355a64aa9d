import type { Path } from '../../manifest/path';
import { isAbsent, isMapping } from '../../manifest/plain';
import type { Volume } from '../../manifest/pod';
import { eachEntry, type Faults, setAmong } from './fault';
import { heldFaults } from './held-faults';

type Fields = Readonly<Record<string, unknown>>;

/** Volumes and parts of projected ones that are files, each of a key or of a field. */
const kinds = ['configMap', 'secret', 'downwardAPI'] as const;
/** What a part of a projected volume may be. */
const sources = [...kinds, 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'] as const;
/** What a file of the downward API holds. */
const fields = ['fieldRef', 'resourceFieldRef'] as const;

/** The files that a volume puts together: where each is, and who may read it. */
export function fileFaults(faults: Faults, volume: Volume, at: Path): void {
  for (const kind of setAmong(volume, kinds)) filesOf(faults, kind, volume[kind], [...at, kind]);
  const { projected } = volume;
  if (isAbsent(projected)) return;
  modeFaults(faults, projected, 'defaultMode', [...at, 'projected']);
  eachEntry(projected.sources, (source, i) => {
    const path = [...at, 'projected', 'sources', i];
    const given = setAmong(source, sources);
    if (given.length > 1) {
      const message = `volume ${volume.name}: one part of it has ${given.length} sources: ${given.join(', ')}`;
      faults.push({ path, value: given, message, remedy: 'write an entry of sources for each' });
    }
    for (const kind of setAmong(source, kinds)) filesOf(faults, kind, source[kind], [...path, kind]);
  });
}

function filesOf(faults: Faults, kind: (typeof kinds)[number], source: unknown, at: Path): void {
  if (!isMapping(source)) return;
  modeFaults(faults, source, 'defaultMode', at);
  eachEntry(source.items as readonly Fields[] | undefined, (item, i) => {
    const path = [...at, 'items', i];
    const wrong = pathFault(item.path);
    if (wrong) {
      const message = `${JSON.stringify(item.path ?? '')} ${wrong}, and a file of a volume is below it`;
      const remedy = "write the path of the file below the mount, such as 'tls/ca.crt'";
      faults.push({ path: [...path, 'path'], value: item.path, message, remedy });
    }
    if (kind !== 'downwardAPI' && (isAbsent(item.key) || item.key === '')) {
      const remedy = 'name the key that becomes the file';
      faults.push({ path: [...path, 'key'], value: item.key, message: 'the file is of no key', remedy });
    }
    const held = kind === 'downwardAPI' ? setAmong(item, fields) : [];
    if (kind === 'downwardAPI' && held.length !== 1) {
      const message =
        held.length === 0 ? 'the file holds nothing of the pod' : `the file holds two things: ${held.join(', ')}`;
      faults.push({ path, value: held, message, remedy: `give it one of ${fields.join(', ')}` });
    }
    if (kind === 'downwardAPI') heldFaults(faults, item, path);
    modeFaults(faults, item, 'mode', path);
  });
}

/** As the API server has it (ValidateLocalNonReservedPath): `..data` is what the kubelet keeps the files in. */
function pathFault(path: unknown): string | undefined {
  if (isAbsent(path) || path === '') return 'is no path';
  const text = String(path);
  if (text.startsWith('/')) return 'is an absolute path';
  if (text.split('/').includes('..')) return 'leads out of the volume';
  return text.startsWith('..') ? 'begins with two dots' : undefined;
}

function modeFaults(faults: Faults, of: object, field: 'mode' | 'defaultMode', at: Path): void {
  const mode: unknown = (of as Fields)[field];
  if (isAbsent(mode) || (Number.isInteger(mode) && Number(mode) >= 0 && Number(mode) <= 0o777)) return;
  const message = `${JSON.stringify(mode)} is no mode of a file`;
  const remedy = 'write one from 0 to 0777: in JSON, which has no octal numbers, 511 is the greatest, and 0440 is 288';
  faults.push({ path: [...at, field], value: mode, message, remedy });
}
