/** The clouds whose secrets can be mounted. */
export const clouds = ['aws', 'gcp', 'azure'] as const;

export type Cloud = (typeof clouds)[number];

/** How a cloud is called in messages. */
export const cloudTitles: Readonly<Record<Cloud, string>> = { aws: 'AWS', gcp: 'Google Cloud', azure: 'Azure' };

/** The ways a secret of a cloud comes into a pod: the Secrets Store CSI driver, or External Secrets Operator. */
export const cloudDeliveryIds = ['csi', 'operator'] as const;

export type CloudDeliveryId = (typeof cloudDeliveryIds)[number];

/** Where the secrets of an app are, as far as its mounts do not say it themselves, and how they come into pods. Nothing of it is a secret. */
export interface CloudSecrets {
  /** How secrets come into pods where a mount does not say. @default 'csi' */
  readonly delivery?: CloudDeliveryId;
  /**
   * How long a changed secret may take until External Secrets Operator reads it again, in hours, minutes and seconds: `15m`. The CSI driver
   * has an interval of its own, for all its volumes.
   * @default '1h', which is the operator's own
   */
  readonly refresh?: string;
  /** @default - AWS's secrets are named by ARN, or by name and region */
  readonly aws?: AwsPlace;
  /** @default - Google Cloud's secrets are named with their project */
  readonly gcp?: GcpPlace;
  /** @default - Azure's tenant is the identity's, and vaults are named by their resource ID where roles are made */
  readonly azure?: AzurePlace;
}

/** Where secrets of AWS are that are named without it. */
export interface AwsPlace {
  /** `eu-central-1`. @default - that of the mount, or of its ARN */
  readonly region?: string;
  /** The account, 12 digits. @default - that of the identity's role, or of the ARN */
  readonly account?: string;
}

/** Where secrets of Google Cloud are that are named without it. */
export interface GcpPlace {
  /** The ID of the project. @default - that of the mount */
  readonly project?: string;
  /**
   * Whether the driver is Google's own, the Secret Manager add-on of GKE, in place of the open one with Google's provider.
   * @default - true on GKE Autopilot, which admits no other
   */
  readonly addOn?: boolean;
}

/** Where key vaults are that are named without it. */
export interface AzurePlace {
  /** The Entra tenant of the vaults. @default - that of the identity */
  readonly tenantId?: string;
  /** The subscription of the vaults, for their roles. @default - that of a vault's resource ID */
  readonly subscriptionId?: string;
  /** Their resource group, for their roles. @default - that of a vault's resource ID */
  readonly resourceGroup?: string;
  /** @default 'public' */
  readonly environment?: AzureEnvironment;
}

/** A cloud of Microsoft's, with addresses of its own. */
export type AzureEnvironment = 'public' | 'us-government';

export const defaultCloudDelivery: CloudDeliveryId = 'csi';
export const defaultCloudRefresh = '1h';
