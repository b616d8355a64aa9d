import { groupBy } from '../../../../core/group-by';
import { type ClassFile, placeOf, providerClassSpec } from '../../../../core/secrets/cloud/provider-class';
import type { Cloud } from '../../../../core/secrets/cloud/settings';
import { sourceName } from '../../../../core/secrets/cloud/source';
import { csiDrivers } from '../../../../core/secrets/csi-drivers';
import type { SecretDelivery } from '../../delivery';
import { type DeliveryFault, placedFault } from '../../delivery';
import { accessFaults } from '../../file-access';
import { folderOf, type SecretFolder, secretFolders } from '../../folders';
import { classModeRemedy, classVolumes, readableByAll } from '../../secret-volumes';
import type { CloudSecretMount } from '../cloud-secret-mount';
import { type CloudOrder, cloudDelivery } from './frame';
import { usesAddOn } from './limits';

const ids: Readonly<Record<Cloud, string>> = { aws: 'Aws', gcp: 'Gcp', azure: 'Azure' };

/** The Secrets Store CSI driver, with the provider of a cloud: files in a volume in memory, and no Secret in the cluster. */
export function csi(cloud: Cloud): SecretDelivery {
  return cloudDelivery(cloud, 'csi', (order) => {
    const { reader, login, placed } = order;
    const addOn = cloud === 'gcp' && usesAddOn(reader.platform);
    const folders = secretFolders(placed);
    return {
      ...classVolumes(reader, folders, {
        driver: addOn ? csiDrivers.addOn : csiDrivers.open,
        prefix: cloud,
        infix: `-${cloud}`,
        id: `${ids[cloud]}SecretProviderClass`,
        spec: (folder) => providerClassSpec(classFiles(order, folder), login, addOn),
      }),
      faults: [
        ...folders.flatMap((folder) => [...placeFaults(order, folder), ...parameterFaults(order, folder)]),
        ...placed.flatMap((each) => {
          const mode = each.mount.options.mode ?? readableByAll;
          return accessFaults(
            reader,
            each,
            { user: 0, group: 0, mode },
            `${classModeRemedy}; or deliver it by operator`,
          );
        }),
      ],
    };
  });
}

function classFiles(
  { sourceOf }: CloudOrder,
  { path: folder, mounts }: SecretFolder<CloudSecretMount>,
): readonly ClassFile[] {
  return [...new Set(mounts.map(({ mount }) => mount))].flatMap((mount) =>
    mount.cloudFiles
      .filter(({ path }) => folderOf(path) === folder)
      .map(({ path, field }) => ({
        name: path.slice(folder.length + 1),
        source: sourceOf(mount),
        mode: mount.options.mode ?? readableByAll,
        ...(field !== undefined && { field }),
      })),
  );
}

/** A class asks in one place: one region, one key vault. */
function placeFaults(
  { sourceOf }: CloudOrder,
  { path, mounts }: SecretFolder<CloudSecretMount>,
): readonly DeliveryFault[] {
  const [first, ...others] = mounts;
  if (first === undefined) return [];
  const place = placeOf(sourceOf(first.mount));
  return others.flatMap((each) => {
    const own = placeOf(sourceOf(each.mount));
    if (own === place) return [];
    const message = `${path} is filled from ${place}, and this from ${own}: a volume asks in one place`;
    const remedy = 'give each place a folder of its own, or deliver by operator';
    return [placedFault({ property: 'file', value: each.mount.options.file, message, remedy }, each)];
  });
}

/** AWS's provider tells parameters apart by their names: of one that is asked for twice, one file would be missing. */
function parameterFaults(
  { sourceOf }: CloudOrder,
  { mounts }: SecretFolder<CloudSecretMount>,
): readonly DeliveryFault[] {
  const parameters = mounts.filter(({ mount }) => {
    const source = sourceOf(mount);
    return source.cloud === 'aws' && source.service === 'parameter-store';
  });
  return [...groupBy(parameters, ({ mount }) => sourceName(sourceOf(mount)))].flatMap(([name, ofName]) => {
    const [first, ...others] = ofName;
    const whole = ofName.filter(({ mount }) => mount.cloudFiles.some(({ field }) => field === undefined));
    const one = new Set(ofName.map(({ mount }) => sourceOf(mount).version)).size === 1;
    const second = one ? (new Set(whole.map(({ mount }) => mount)).size > 1 ? whole[1] : undefined) : others[0];
    if (first === undefined || second === undefined) return [];
    const message = `AWS's provider writes the parameter ${name} into one file of a folder, and it is asked for twice`;
    const remedy = 'give the second a folder of its own';
    return [placedFault({ property: 'file', value: second.mount.options.file, message, remedy }, second)];
  });
}
