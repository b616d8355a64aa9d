import { SecretTemplate } from '../../../core/secrets/template';
import { anything, list, number, required, type Shapes, text, value } from '../../app/shape';
import { onChangeShape, optionTaker, type TakenOptions } from '../option-shapes';
import type { AwsLocation, ParameterOptions, SecretsManagerOptions } from './aws-secret-mount';
import type { AzureObjectOptions, AzureSecretOptions, AzureVersion } from './azure-secret-mount';
import type { CloudMountOptions } from './cloud-secret-mount';
import type { GcpSecretOptions } from './gcp-secret-mount';

/** What alternatives can say, in one. */
type Every<T> = T extends unknown ? keyof T : never;
type Flat<T> = { readonly [K in Every<T>]?: unknown };

const mountShapes: Shapes<CloudMountOptions> = {
  file: required(text, "'/etc/payments/db.json'", '/run/nowhere/secret'),
  // The mount says which there are, and which modes.
  delivery: anything,
  mode: anything,
  onChange: onChangeShape,
};

const fileShapes = {
  ...mountShapes,
  fields: list(text),
  field: text,
  template: value('a SecretTemplate, such as SecretTemplate.text(…)', (given) => given instanceof SecretTemplate),
};

const awsShapes: Shapes<AwsLocation> = { region: text, kmsKey: text };
const azureShapes: Shapes<AzureVersion> = { version: text };

/** Alternatives are read as one: the types tell them apart, and the mount says what does not go together. */
function taker<T>(shapes: Shapes<Flat<T>>): (given: unknown) => TakenOptions<T> {
  return optionTaker<Flat<T>>(shapes) as (given: unknown) => TakenOptions<T>;
}

export const secretsManagerOptions = taker<SecretsManagerOptions>({
  ...fileShapes,
  ...awsShapes,
  version: text,
  stage: text,
});
export const parameterOptions = taker<ParameterOptions>({ ...fileShapes, ...awsShapes, version: number });
export const gcpOptions = taker<GcpSecretOptions>({ ...fileShapes, project: text, location: text, version: number });
export const azureSecretOptions = taker<AzureSecretOptions>({ ...fileShapes, ...azureShapes });
export const azureObjectOptions = taker<AzureObjectOptions>({ ...mountShapes, ...azureShapes });
