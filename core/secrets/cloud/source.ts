import type { AwsSource } from './aws';
import { type AzureSource, azureName } from './azure';
import { type GcpSource, gcpResource } from './gcp';
import type { Cloud } from './settings';

/** A secret of a cloud, and all that is needed to ask for it. */
export type CloudSource = AwsSource | GcpSource | AzureSource;

/** The sources of one cloud. */
export type SourceOf<C extends Cloud> = Extract<CloudSource, { readonly cloud: C }>;

const named: { readonly [C in Cloud]: (source: SourceOf<C>) => string } = {
  aws: ({ name }) => name,
  gcp: gcpResource,
  azure: azureName,
};

/** What the secret is called there. */
export function sourceName(source: CloudSource): string {
  return (named[source.cloud] as (source: CloudSource) => string)(source);
}

/** Whether it stays what it is: one version of it. */
export function isPinned({ version }: CloudSource): boolean {
  return version !== undefined;
}
