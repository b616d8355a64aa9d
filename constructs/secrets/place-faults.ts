import { normalPath } from '../../core/manifest/mount-path';
import type { SecretFault } from '../../core/secrets/fault';
import type { PlacedSecret } from './delivery';
import { folderOf } from './folders';

/**
 * What is wrong with where the secrets of a workload stand, whoever delivers them: two in one file, and a folder within another, which would
 * have to be made in a volume that nobody may write to.
 */
export function placeFaults(placed: readonly PlacedSecret[]): ReadonlyMap<PlacedSecret, readonly SecretFault[]> {
  const faults = new Map<PlacedSecret, SecretFault[]>();
  const add = (each: PlacedSecret, file: string, message: string, remedy: string) =>
    faults.set(each, [...(faults.get(each) ?? []), { property: 'file', value: file, message, remedy }]);
  for (const [, inContainer] of groupByContainer(placed)) {
    const files = new Map<string, string>();
    const folders = new Set(inContainer.flatMap(({ mount }) => mount.files.map((file) => folderOf(normalPath(file)))));
    for (const each of inContainer) {
      for (const given of each.mount.files) {
        const file = normalPath(given);
        const other = files.get(file);
        if (other === undefined) files.set(file, each.mount.origin);
        else add(each, given, `${given} is already ${other}`, 'give each secret a file of its own');
        const outer = [...folders].find((folder) => folder !== '' && folderOf(file).startsWith(`${folder}/`));
        if (outer !== undefined)
          add(
            each,
            given,
            `the folder of ${given} is within ${outer}, which holds secrets, too`,
            'put them side by side',
          );
      }
    }
  }
  return faults;
}

function groupByContainer(placed: readonly PlacedSecret[]): ReadonlyMap<string, readonly PlacedSecret[]> {
  const groups = new Map<string, PlacedSecret[]>();
  for (const each of placed) groups.set(each.container, [...(groups.get(each.container) ?? []), each]);
  return groups;
}
