import { canRead, type SecretFileOwner } from '../../core/secrets/file-access';
import { type DeliveryFault, type PlacedSecret, placedFault, type SecretReader } from './delivery';
import type { SecretMount } from './secret-mount';

/** Stands for an id that admission assigns: whichever it is, it is not root's. */
const assigned = 1;

/**
 * A file that its workload cannot read, as the delivery makes it. Where admission assigns the ids, as on OpenShift, the pod has a user that
 * is not root, its group is root's, and an fsGroup.
 * @param file `user` undefined where it is the workload's own, `group` where it is that of its volumes
 */
export function accessFaults(
  reader: SecretReader,
  placed: PlacedSecret<SecretMount>,
  file: Pick<SecretFileOwner, 'mode'> & Partial<SecretFileOwner>,
  remedy: string,
): readonly DeliveryFault[] {
  if (reader.windows) return [];
  const { user, group, fsGroup, supplementalGroups = [] } = reader.patchedIds ?? reader.ids;
  const volumeGroup = fsGroup === false ? 0 : (fsGroup ?? assigned);
  const groups = [group ?? 0, ...(fsGroup === false ? [] : [volumeGroup]), ...supplementalGroups];
  const owner = { user: file.user ?? reader.ids.user ?? assigned, group: file.group ?? volumeGroup, mode: file.mode };
  if (canRead(owner, { user: user ?? assigned, groups })) return [];
  const who = user === undefined ? 'the user that the cluster assigns' : `user ${user}`;
  const message = `${who} cannot read it: it belongs to ${owner.user}:${owner.group} with the mode 0o${file.mode.toString(8)}`;
  return [placedFault({ property: 'mode', value: file.mode, message, remedy }, placed)];
}
