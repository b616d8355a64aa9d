import { type CloudDeliveryId, cloudTitles } from '../../../../core/secrets/cloud/settings';
import type { CloudSource } from '../../../../core/secrets/cloud/source';
import type { SecretFault } from '../../../../core/secrets/fault';
import type { Platform } from '../../../app/platform';
import type { SecretReader } from '../../delivery';
import { driverObstacle, isWindows, noDelivery } from '../../limits';
import type { CloudSecretMount } from '../cloud-secret-mount';

interface Case {
  readonly mount: CloudSecretMount;
  readonly source: CloudSource;
  readonly reader: SecretReader;
}

type Limit = (given: Case) => SecretFault | undefined;

/** Whether a secret of Google Cloud comes by Google's own driver. GKE Autopilot admits no other. */
export function usesAddOn({ cloudSecrets, target }: Platform): boolean {
  return cloudSecrets?.gcp?.addOn ?? target.distribution === 'gke-autopilot';
}

/** What each delivery cannot do. */
export const deliveryLimits: Readonly<Record<CloudDeliveryId, readonly Limit[]>> = {
  csi: [
    ({ source: { cloud }, reader }) =>
      isWindows(reader) && cloud !== 'azure'
        ? noDelivery('csi', `the CSI driver's provider for ${cloudTitles[cloud]} runs on Linux only`, 'operator')
        : undefined,
    ({ source: { cloud }, reader: { platform } }) => {
      const obstacle = cloud === 'gcp' && usesAddOn(platform) ? undefined : driverObstacle(platform);
      return obstacle === undefined ? undefined : noDelivery('csi', obstacle, 'operator');
    },
    ({ mount }) =>
      mount.cloudFiles.some(({ template }) => template !== undefined)
        ? { ...noDelivery('csi', 'the CSI driver has no templates', 'operator'), property: 'template' }
        : undefined,
    ({ mount, source: { cloud }, reader: { platform } }) => {
      if (mount.cloudFiles.every(({ field }) => field === undefined)) return undefined;
      const who =
        cloud === 'azure'
          ? "Azure's provider"
          : cloud === 'gcp' && usesAddOn(platform)
            ? 'the add-on of GKE'
            : undefined;
      return who === undefined
        ? undefined
        : {
            ...noDelivery('csi', `${who} brings a secret as it is, and no field of it`, 'operator'),
            property: 'field',
          };
    },
    ({ mount: { options } }) =>
      options.onChange === undefined ? undefined : nobodyIsTold('csi tells nobody that a secret changed'),
  ],
  operator: [
    ({ source }) =>
      source.cloud === 'azure' && source.object !== 'secret'
        ? noDelivery(
            'operator',
            `External Secrets Operator brings a ${source.object} in a form that no program reads`,
            'csi',
          )
        : undefined,
    ({ mount: { options } }) =>
      options.onChange === undefined
        ? undefined
        : nobodyIsTold('External Secrets Operator writes the Secret anew, and rolls no workload'),
  ],
};

function nobodyIsTold(message: string): SecretFault {
  const remedy =
    'leave onChange out and read the file again; or pin the version and deliver by operator: another version is another Secret, and rolls the workload';
  return { property: 'onChange', message, remedy };
}
