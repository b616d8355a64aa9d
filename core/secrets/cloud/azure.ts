import type { SecretFault } from '../fault';
import type { AzureEnvironment, AzurePlace } from './settings';

/** What a key vault keeps. */
export type AzureObject = 'secret' | 'key' | 'certificate';

/** Something in a key vault of Azure, and all that is needed to ask for it. */
export interface AzureSource {
  readonly cloud: 'azure';
  /** The name of the key vault. */
  readonly vault: string;
  readonly object: AzureObject;
  readonly name: string;
  /** One version for ever. @default - the newest */
  readonly version?: string;
  readonly environment: AzureEnvironment;
  /** The vault's own, for its roles. @default - not known */
  readonly vaultId?: string;
  /** The tenant that the platform names. @default - the reader's */
  readonly tenantId?: string;
}

/** What the owner of a mount says of something in a key vault. */
export interface AzureAsked {
  /** The name of the vault, or its resource ID. */
  readonly vault: string;
  readonly object: AzureObject;
  readonly name: string;
  readonly version?: string;
}

/** What differs between Microsoft's clouds. */
interface EnvironmentFacts {
  /** What follows a vault's name in its address. */
  readonly suffix: string;
  /** As the provider of the CSI driver calls it. */
  readonly csi: string;
  /** As External Secrets Operator calls it. */
  readonly operator: string;
}

export const azureEnvironments: Readonly<Record<AzureEnvironment, EnvironmentFacts>> = {
  public: { suffix: 'vault.azure.net', csi: 'AzurePublicCloud', operator: 'PublicCloud' },
  'us-government': { suffix: 'vault.usgovcloudapi.net', csi: 'AzureUSGovernmentCloud', operator: 'USGovernmentCloud' },
};

const vaultId =
  /^\/subscriptions\/([0-9a-fA-F-]{36})\/resourceGroups\/([^/]+)\/providers\/Microsoft\.KeyVault\/vaults\/([^/]+)$/;
const vaultName = /^(?=.{3,24}$)[A-Za-z](?:[A-Za-z0-9]|-(?!-))*[A-Za-z0-9]$/;
const objectName = /^[A-Za-z0-9-]{1,127}$/;
const versionForm = /^[0-9a-f]{32}$/;
const uuid = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** Whether a text is a UUID, which Entra's IDs are. */
export function isUuid(text: unknown): boolean {
  return typeof text === 'string' && uuid.test(text);
}

/** Reads what was asked for, with what the platform says of where it is. */
export function readAzure(
  { vault, object, name, version }: AzureAsked,
  place: AzurePlace = {},
): { readonly source: AzureSource | undefined; readonly faults: readonly SecretFault[] } {
  const [, subscription, group, ofId] = vaultId.exec(String(vault)) ?? [];
  const shortName = ofId ?? vault;
  const subscriptionId = subscription ?? place.subscriptionId;
  const resourceGroup = group ?? place.resourceGroup;
  const { environment = 'public', tenantId } = place;
  const faults: SecretFault[] = [];
  const fault = (property: string, value: unknown, message: string, remedy: string) =>
    faults.push({ property, value, message, remedy });
  if (typeof shortName !== 'string' || !vaultName.test(shortName))
    fault(
      'keyVault',
      vault,
      `${JSON.stringify(vault)} is no key vault`,
      "give its name: 'acme-payments'; or its resource ID: '/subscriptions/…/vaults/acme-payments'",
    );
  if (typeof name !== 'string' || !objectName.test(name))
    fault(
      'name',
      name,
      `${JSON.stringify(name)} is no name of a ${object} in a key vault`,
      'write letters, digits and dashes; the version is apart',
    );
  if (version !== undefined && !versionForm.test(version))
    fault('version', version, `${JSON.stringify(version)} is no version of a ${object}`, 'give its 32 hex digits');
  if (!Object.hasOwn(azureEnvironments, environment))
    fault(
      'cloudSecrets.azure.environment',
      environment,
      `there is no environment ${JSON.stringify(environment)}`,
      `name one of ${Object.keys(azureEnvironments).join(', ')}`,
    );
  for (const [property, value] of Object.entries({ tenantId, subscriptionId: place.subscriptionId }))
    if (value !== undefined && !isUuid(value))
      fault(`cloudSecrets.azure.${property}`, value, `${JSON.stringify(value)} is no ID`, 'give the UUID');
  if (faults.length > 0) return { source: undefined, faults };
  const id =
    subscriptionId === undefined || resourceGroup === undefined
      ? undefined
      : `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${shortName}`;
  return {
    source: {
      cloud: 'azure',
      vault: shortName,
      object,
      name,
      environment,
      ...(version !== undefined && { version }),
      ...(id !== undefined && { vaultId: id }),
      ...(tenantId !== undefined && { tenantId }),
    },
    faults,
  };
}

const folders: Readonly<Record<AzureObject, string>> = { secret: '', key: 'key/', certificate: 'cert/' };

/** What something in a key vault is called, as the drivers' own words have it. */
export function azureName({ vault, object, name }: Pick<AzureAsked, 'vault' | 'object' | 'name'>): string {
  return `${vault}/${folders[object]}${name}`;
}
