import { groupBy } from '../../group-by';
import { writeYaml } from '../../manifest/yaml/write';
import type { AwsSource } from './aws';
import { azureEnvironments } from './azure';
import { gcpResource } from './gcp';
import type { AwsLogin, AzureLogin, CloudLogin } from './login';
import type { Cloud } from './settings';
import type { CloudSource, SourceOf } from './source';

/** A file of a volume of the Secrets Store CSI driver. */
export interface ClassFile<S extends CloudSource = CloudSource> {
  /** In the volume's folder. */
  readonly name: string;
  readonly source: S;
  /** The field of the secret that it holds. @default - the secret as it is */
  readonly field?: string;
  readonly mode: number;
}

/** What a SecretProviderClass says. */
export interface ProviderClassSpec {
  readonly provider: string;
  readonly parameters: Readonly<Record<string, string>>;
}

type ClassOf<C extends Cloud> = (
  files: readonly ClassFile<SourceOf<C>>[],
  login: CloudLogin,
  addOn: boolean,
) => ProviderClassSpec;

const classes: { readonly [C in Cloud]: ClassOf<C> } = {
  aws: (files, login) => {
    const { way, ipv6 } = login as AwsLogin;
    const byPod = way === 'pod-identity';
    return {
      provider: 'aws',
      parameters: {
        region: files[0]?.source.region ?? '',
        usePodIdentity: String(byPod),
        ...(byPod && ipv6 === true && { preferredAddressType: 'ipv6' }),
        objects: writeYaml(awsObjects(files)),
      },
    };
  },
  gcp: (files, _, addOn) => ({
    provider: addOn ? 'gke' : 'gcp',
    parameters: {
      ...(!addOn && { auth: 'pod-adc' }),
      secrets: writeYaml(
        files.map(({ name, source, field, mode }) => ({
          resourceName: `${gcpResource(source)}/versions/${source.version ?? 'latest'}`,
          path: name,
          ...(field !== undefined && { extractJSONKey: field }),
          mode,
        })),
      ),
    },
  }),
  azure: (files, login) => {
    const { clientId, tenantId } = login as AzureLogin;
    const source = files[0]?.source;
    return {
      provider: 'azure',
      parameters: {
        usePodIdentity: 'false',
        useVMManagedIdentity: 'false',
        clientID: clientId,
        tenantID: source?.tenantId ?? tenantId ?? '',
        keyvaultName: source?.vault ?? '',
        cloudName: azureEnvironments[source?.environment ?? 'public'].csi,
        objects: writeYaml({ array: files.map((file) => writeYaml(azureObject(file))) }),
      },
    };
  },
};

/** What a class says that brings these files, of one cloud and of one place in it. @see placeOf */
export function providerClassSpec(files: readonly ClassFile[], login: CloudLogin, addOn: boolean): ProviderClassSpec {
  return (classes[login.cloud] as ClassOf<Cloud>)(files as never, login, addOn);
}

const places: { readonly [C in Cloud]: (source: SourceOf<C>) => string } = {
  aws: ({ region }) => `the region ${region}`,
  gcp: () => 'Secret Manager',
  azure: ({ vault }) => `the key vault ${vault}`,
};

/** Where a class asks: in one place. */
export function placeOf(source: CloudSource): string {
  return (places[source.cloud] as (source: CloudSource) => string)(source);
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Root's alone: AWS's provider writes a secret as a whole wherever it writes a field of it. */
const forRoot = 0o400;

/** One object a secret, and its fields below it: the provider takes no file twice, and no parameter twice. */
function awsObjects(files: readonly ClassFile<AwsSource>[]): readonly object[] {
  const taken = new Set(files.map(({ name }) => name));
  return [...groupBy(files, ({ source }) => JSON.stringify(source)).values()].flatMap((ofSource) => {
    const fields = ofSource.filter(({ field }) => field !== undefined);
    const [first, ...others] = ofSource.filter(({ field }) => field === undefined);
    const source = (ofSource[0] as ClassFile<AwsSource>).source;
    const jmesPath = fields.map(({ name, field = '', mode }) => ({
      path: jmesName(field),
      objectAlias: name,
      filePermission: octal(mode),
    }));
    const main = {
      ...awsObject(source, first?.name ?? hiddenName(taken), first?.mode ?? forRoot),
      ...(jmesPath.length > 0 && { jmesPath }),
    };
    return [main, ...others.map(({ name, mode }) => awsObject(source, name, mode))];
  });
}

/** A name for what nobody asked for. */
function hiddenName(taken: Set<string>): string {
  let i = 1;
  while (taken.has(`.secret-${i}`)) i++;
  taken.add(`.secret-${i}`);
  return `.secret-${i}`;
}

function awsObject({ service, name, version, stage }: AwsSource, alias: string, mode: number) {
  return {
    objectName: name,
    objectType: service === 'secrets-manager' ? 'secretsmanager' : 'ssmparameter',
    objectAlias: alias,
    ...(version !== undefined && { objectVersion: version }),
    ...(stage !== undefined && { objectVersionLabel: stage }),
    filePermission: octal(mode),
  };
}

/** A name in JMESPath: quoted where it is more than letters, digits and underscores. @see https://jmespath.org/specification.html#identifiers */
function jmesName(field: string): string {
  return /^[A-Za-z_]\w*$/.test(field) ? field : JSON.stringify(field);
}

const azureTypes = { secret: 'secret', key: 'key', certificate: 'cert' } as const;

function azureObject({ name, source, mode }: ClassFile<SourceOf<'azure'>>) {
  return {
    objectName: source.name,
    objectType: azureTypes[source.object],
    objectAlias: name,
    ...(source.version !== undefined && { objectVersion: source.version }),
    filePermission: octal(mode),
  };
}
