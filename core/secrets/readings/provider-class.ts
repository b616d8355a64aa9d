import { isMapping } from '../../manifest/plain';
import { readValue } from '../../manifest/yaml/read-value';
import { at, listAt, textAt, textsAt } from './lookup';
import { named, unknownSecret, vaultSecret } from './naming';
import type { NamedSecret } from './reading';

/** What a provider of the Secrets Store CSI driver makes of the parameters of a SecretProviderClass. */
type Provider = (parameters: unknown) => readonly NamedSecret[];

/** The open provider's, and that of Google's own add-on. */
function googleSecrets(parameters: unknown): readonly NamedSecret[] {
  return itemsOf(textAt(parameters, 'secrets')).flatMap((item) => {
    const resource = textAt(item, 'resourceName');
    if (resource === undefined) return [];
    const gives = textAt(item, 'path') ?? textAt(item, 'fileName');
    const key = textAt(item, 'extractJSONKey') ?? textAt(item, 'extractYAMLKey');
    return [named({ store: 'gcp-secret-manager', name: resource.replace(/\/versions\/[^/]*$/, '') }, { key, gives })];
  });
}

/** Vault's provider, and OpenBao's, which took it over. */
function vaultSecrets(parameters: unknown): readonly NamedSecret[] {
  const role = textAt(parameters, 'roleName');
  const namespace = textAt(parameters, 'vaultNamespace') ?? textAt(parameters, 'openbaoNamespace');
  return itemsOf(textAt(parameters, 'objects')).flatMap((item) => {
    const path = textAt(item, 'secretPath');
    if (path === undefined) return [];
    return [vaultSecret(path, { key: textAt(item, 'secretKey'), gives: textAt(item, 'objectName'), role }, namespace)];
  });
}

/** The field that a path of JMESPath names, without the quotes that it may have. */
function jmesField(path: string | undefined): string | undefined {
  return path === undefined ? undefined : (/^"([^"\\]+)"$/.exec(path)?.[1] ?? path);
}

/** The providers whose parameters are known. */
const providers = {
  vault: vaultSecrets,
  openbao: vaultSecrets,
  aws: (parameters) =>
    itemsOf(textAt(parameters, 'objects')).flatMap((item) => {
      const name = textAt(item, 'objectName');
      if (name === undefined) return [];
      const isParameter = /^ssm/i.test(textAt(item, 'objectType') ?? '') || /^arn:[^:]*:ssm:/.test(name);
      const secret = { store: isParameter ? 'aws-parameter-store' : 'aws-secrets-manager', name };
      const whole = named(secret, { gives: textAt(item, 'objectAlias') ?? name.replaceAll('/', '_') });
      const fields = listAt(item, 'jmesPath').map((field) =>
        named(secret, { key: jmesField(textAt(field, 'path')), gives: textAt(field, 'objectAlias') }),
      );
      return [whole, ...fields];
    }),
  gcp: googleSecrets,
  gke: googleSecrets,
  azure: (parameters) => {
    const vault = textAt(parameters, 'keyvaultName') ?? textAt(parameters, 'keyVaultName');
    return itemsOf(textAt(parameters, 'objects')).flatMap((item) => {
      const name = textAt(item, 'objectName');
      if (name === undefined) return [];
      const type = textAt(item, 'objectType') ?? 'secret';
      const parts = [vault, type === 'secret' ? undefined : type, name].filter((part) => part !== undefined);
      const gives = textAt(item, 'objectAlias') ?? name;
      return [named({ store: 'azure-key-vault', name: parts.join('/') }, { gives })];
    });
  },
} as const satisfies Readonly<Record<string, Provider>>;

/** Where providers that nobody here knows keep names, as far as they do so plainly. */
const plainLists = ['objects', 'secrets'] as const;
const plainNames = ['secretPath', 'resourceName', 'objectName', 'secretName', 'path', 'name'] as const;

function plainProvider(store: string, parameters: unknown): readonly NamedSecret[] {
  return plainLists.flatMap((list) =>
    itemsOf(textAt(parameters, list)).flatMap((item) => {
      const name = plainNames.map((field) => textAt(item, field)).find((text) => text !== undefined);
      if (name === undefined) return [];
      return [named({ store, name }, { gives: textAt(item, 'objectAlias') ?? textAt(item, 'objectName') })];
    }),
  );
}

/** A Secret that the driver makes of what a class brings. */
export interface SyncedSecret {
  readonly name: string;
  /** Key of the Secret, and the file that it is made of. */
  readonly keys: readonly { readonly key: string; readonly file: string }[];
}

/** What a SecretProviderClass brings. */
export interface ProviderClass {
  /** Never empty. */
  readonly secrets: readonly NamedSecret[];
  readonly synced: readonly SyncedSecret[];
}

/** @param object - a SecretProviderClass */
export function providerClassOf(object: unknown): ProviderClass {
  const provider = textAt(object, 'spec', 'provider') ?? 'unknown';
  const parameters = at(object, 'spec', 'parameters');
  const secrets = Object.hasOwn(providers, provider)
    ? providers[provider as keyof typeof providers](parameters)
    : plainProvider(provider, parameters);
  return {
    secrets:
      secrets.length > 0 ? secrets : [unknownSecret(provider, 'the parameters of the provider name no secret plainly')],
    synced: listAt(object, 'spec', 'secretObjects').flatMap((made) => {
      const name = textAt(made, 'secretName');
      if (name === undefined) return [];
      const keys = listAt(made, 'data').flatMap((entry) => {
        const [key, file] = [textAt(entry, 'key'), textAt(entry, 'objectName')];
        return key === undefined || file === undefined ? [] : [{ key, file }];
      });
      return [{ name, keys }];
    }),
  };
}

/** The items of a list that a parameter holds as YAML: mappings, or texts of YAML below `array`. Nothing where it is something else. */
function itemsOf(yaml: string | undefined): readonly unknown[] {
  const value = yamlOf(yaml);
  const items = Array.isArray(value) ? value : textsAt(value, 'array').map(yamlOf);
  return items.filter(isMapping);
}

function yamlOf(yaml: string | undefined): unknown {
  return yaml === undefined ? undefined : readValue(yaml, 'parameters').value;
}
