import type { AwsPlace, AzurePlace, CloudSecrets, GcpPlace } from '../../core/secrets/cloud/settings';
import type { DeclarationFault } from './declaration';
import { flag, record, type Shape, type Shapes, takeArgument, text, value } from './shape';

/** Which one it is, the mounts judge, and that an account is a text. */
const plain = value('a text', (given) => typeof given === 'string' || typeof given === 'number');
const awsShapes: Shapes<AwsPlace> = { region: text, account: plain };
const gcpShapes: Shapes<GcpPlace> = { project: text, addOn: flag };
const azureShapes: Shapes<AzurePlace> = {
  tenantId: text,
  subscriptionId: text,
  resourceGroup: text,
  environment: plain,
};
const cloudShapes: Shapes<CloudSecrets> = {
  delivery: plain,
  refresh: plain,
  aws: record(awsShapes),
  gcp: record(gcpShapes),
  azure: record(azureShapes),
};

const cloudShape: Shape = record(cloudShapes, "an object such as { aws: { region: 'eu-central-1' } }");

/** What a key of a cloud is called where programs take one: here nobody does. */
const staticKey = /access_?key|secret|token|password|credential|private_?key|session|api_?key|client_?(?:id|secret)/i;

/** The clouds of an app, and what is wrong with them. Their values are in no fault: who writes a key here has written it down. */
export function takeCloudSecrets(given: unknown): {
  readonly argument: CloudSecrets | undefined;
  readonly faults: readonly DeclarationFault[];
} {
  if (given === undefined || given === null) return { argument: undefined, faults: [] };
  const { argument, faults } = takeArgument<CloudSecrets>(cloudShape, given, 'cloudSecrets');
  return { argument, faults: faults.map(withoutValue) };
}

function withoutValue({ rule, property, message, remedy }: DeclarationFault): DeclarationFault {
  const name = property.slice(property.lastIndexOf('.') + 1);
  if (message !== `there is no prop ${JSON.stringify(name)}`) {
    const what = `${property} is not what it must be`;
    return { rule, property, message: what, remedy };
  }
  if (!staticKey.test(name)) return { rule, property, message, remedy };
  return {
    rule,
    property,
    message: `${message}: nothing here takes a static key of a cloud`,
    remedy: 'take it away, and end the key, since it was written down; a workload logs in by its cloudIdentity',
  };
}
