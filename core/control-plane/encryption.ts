import { writeYaml } from '../manifest/yaml/write';
import { duplicateOf, fault, isNaturalNumber, isNodePath } from './checks';
import type { ControlPlaneFault } from './fault';
import type { NodeFile } from './file';
import { folderOf } from './paths';
import type { EncryptionKeys, EncryptionSettings, KmsPlugin } from './settings';

export const defaultEncryptedResources: readonly string[] = ['secrets', 'configmaps'];
export const defaultKmsEndpoint = 'unix:///var/run/kmsplugin/socket.sock';
const defaultKmsTimeout = 3;

/** One provider of an EncryptionConfiguration, with its keys by their names. */
export type EncryptionProvider =
  | { readonly kms: KmsPlugin }
  | { readonly secretbox: readonly string[] }
  | { readonly identity: true };

/** Reads what was stored before encryption was switched on, and always stands last: a value is encrypted by the first provider. */
export const identity: EncryptionProvider = { identity: true };

/** The providers of settings that have no faults: the first one encrypts, `identity` is the last. */
export function providersOf({ kms, secretbox, writeWith = 'kms' }: EncryptionSettings): readonly EncryptionProvider[] {
  const plugin = kms === undefined ? [] : [{ kms }];
  const keys = secretbox === undefined ? [] : [{ secretbox }];
  return [...(writeWith === 'kms' ? [...plugin, ...keys] : [...keys, ...plugin]), identity];
}

/** Some resources, and what encrypts and decrypts them. */
export interface EncryptionEntry {
  readonly resources: readonly string[];
  readonly providers: readonly EncryptionProvider[];
}

/** What is encrypted. */
export function encryptedResources({ resources = defaultEncryptedResources }: EncryptionSettings): readonly string[] {
  return resources;
}

/** The names of all keys that the material of is needed. */
export function keyNamesOf(providers: readonly EncryptionProvider[]): readonly string[] {
  return providers.flatMap((provider) => ('secretbox' in provider ? provider.secretbox : []));
}

/**
 * The file for `--encryption-provider-config`: the same on every node.
 * @throws RangeError where the material of a key is missing: {@link keyFaults} has said so before. The message has its name alone.
 */
export function encryptionFile(path: string, entries: readonly EncryptionEntry[], keys: EncryptionKeys): NodeFile {
  const content = writeYaml({
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: entries.map(({ resources, providers }) => ({
      resources,
      providers: providers.map((provider) => providerBody(provider, keys)),
    })),
  });
  const holdsSecrets = entries.some(({ providers }) => keyNamesOf(providers).length > 0);
  return { path, content, mode: 0o600, owner: 'root:root', holdsSecrets };
}

function providerBody(provider: EncryptionProvider, keys: EncryptionKeys): object {
  if ('identity' in provider) return { identity: {} };
  if ('kms' in provider) {
    const { name, endpoint = defaultKmsEndpoint, timeoutSeconds = defaultKmsTimeout } = provider.kms;
    return { kms: { apiVersion: 'v2', name, endpoint, timeout: `${timeoutSeconds}s` } };
  }
  const material = provider.secretbox.map((name) => {
    const secret = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (secret === undefined) throw new RangeError(`there is no material for the key ${JSON.stringify(name)}`);
    return { name, secret };
  });
  return { secretbox: { keys: material } };
}

/** The socket that the plugin listens on. */
export function kmsSocketPath({ endpoint = defaultKmsEndpoint }: KmsPlugin): string {
  return endpoint.replace(/^unix:\/\//, '');
}

/** The socket's folder, which kube-apiserver has to see. */
export function kmsSocketFolder(plugin: KmsPlugin): string {
  return folderOf(kmsSocketPath(plugin));
}

const KEY_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const RESOURCE = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/;

/** Whether it can be the name of a key: what cannot may be its material, and is not to be repeated. */
export function isKeyName(name: unknown): name is string {
  return typeof name === 'string' && KEY_NAME.test(name);
}

/** A key as messages call it. */
export function keyProperty(name: string): string {
  return `keys[${isKeyName(name) ? JSON.stringify(name) : '…'}]`;
}

/** What is wrong with the choice, keys aside. */
export function encryptionFaults(settings: EncryptionSettings): readonly ControlPlaneFault[] {
  const { kms, secretbox, writeWith, resources } = settings;
  const faults: ControlPlaneFault[] = [];
  if (kms === undefined && secretbox === undefined) {
    const message = 'nothing encrypts: Secrets would stand in etcd as they are';
    faults.push(fault('encryption', undefined, message, "give kms: { name: '…' }, or secretbox: ['<name of a key>']"));
  }
  if (kms !== undefined) faults.push(...kmsFaults(kms));
  if (secretbox !== undefined) faults.push(...secretboxFaults(secretbox));
  if (writeWith !== undefined && writeWith !== 'kms' && writeWith !== 'secretbox') {
    const remedy = 'use kms or secretbox, or leave it out';
    faults.push(fault('encryption.writeWith', undefined, 'it is neither kms nor secretbox', remedy));
  } else if (writeWith !== undefined && settings[writeWith] === undefined) {
    const message = `nothing can encrypt with ${writeWith}, which is not given`;
    faults.push(
      fault('encryption.writeWith', writeWith, message, `add encryption.${writeWith}, or leave writeWith out`),
    );
  }
  return [...faults, ...(resources === undefined ? [] : resourceFaults(resources))];
}

function kmsFaults({ name, endpoint = defaultKmsEndpoint, timeoutSeconds = defaultKmsTimeout }: KmsPlugin) {
  const faults: ControlPlaneFault[] = [];
  if (!isKeyName(name)) {
    // It may be a key that was put where a name belongs: it is not repeated.
    const message = 'this can be no name of a KMS plugin';
    const remedy = 'use up to 63 letters, digits, - and . only; it stays for good';
    faults.push(fault('encryption.kms.name', undefined, message, remedy));
  }
  if (
    typeof endpoint !== 'string' ||
    !endpoint.startsWith('unix://') ||
    !isNodePath(endpoint.slice('unix://'.length))
  ) {
    const message = `${JSON.stringify(endpoint)} is no socket of the node`;
    faults.push(fault('encryption.kms.endpoint', endpoint, message, `write it as ${defaultKmsEndpoint}`));
  }
  if (!isNaturalNumber(timeoutSeconds)) {
    const message = `${timeoutSeconds} is no number of seconds`;
    faults.push(fault('encryption.kms.timeoutSeconds', timeoutSeconds, message, 'give a whole number from 1'));
  }
  return faults;
}

function secretboxFaults(names: readonly string[]): readonly ControlPlaneFault[] {
  const faults: ControlPlaneFault[] = [];
  if (names.length === 0) {
    faults.push(fault('encryption.secretbox', names, 'there is no key in it', "name one: ['key-2027-01']"));
  }
  names.forEach((name, i) => {
    if (isKeyName(name)) return;
    // It may be a key that was put where its name belongs: it is not repeated.
    const message = 'this is no name of a key';
    const remedy = 'use up to 63 letters, digits, - and .; the material is given apart, by the name';
    faults.push(fault(`encryption.secretbox[${i}]`, undefined, message, remedy));
  });
  const twice = names.findIndex((name, i) => isKeyName(name) && names.indexOf(name) < i);
  if (twice !== -1) {
    const at = `encryption.secretbox[${twice}]`;
    faults.push(fault(at, names[twice], `the key ${JSON.stringify(names[twice])} is named twice`, 'name each once'));
  }
  return faults;
}

function resourceFaults(resources: readonly string[]): readonly ControlPlaneFault[] {
  const faults: ControlPlaneFault[] = [];
  resources.forEach((resource, i) => {
    if (RESOURCE.test(resource) || /^\*\.(\*|[a-z][a-z0-9.-]*)?$/.test(resource)) return;
    const message = `${JSON.stringify(resource)} is no resource`;
    const remedy = "write the plural, and its group if it has one: 'secrets', 'credentials.example.com'";
    faults.push(fault(`encryption.resources[${i}]`, resource, message, remedy));
  });
  const twice = duplicateOf(resources);
  if (twice !== undefined) {
    const message = `${JSON.stringify(resources[twice])} is named twice, and the API server does not start with it`;
    faults.push(fault(`encryption.resources[${twice}]`, resources[twice], message, 'name each once'));
  }
  if (!resources.some((resource) => ['secrets', '*.', '*.*'].includes(resource))) {
    const message = 'Secrets are not in it, and would stand in etcd as they are';
    faults.push(fault('encryption.resources', resources, message, "add 'secrets'"));
  }
  return faults;
}

/** 32 zeros in base64: what a buffer holds that nobody filled. */
const NO_BYTES = `${'A'.repeat(43)}=`;

/** What is wrong with the material of the keys. No message holds any of it. */
export function keyFaults(names: readonly string[], keys: EncryptionKeys): readonly ControlPlaneFault[] {
  const faults = names.flatMap((name): readonly ControlPlaneFault[] => {
    const property = keyProperty(name);
    const material: unknown = Object.hasOwn(keys, name) ? keys[name] : undefined;
    const remedy = 'make it with: head -c 32 /dev/urandom | base64';
    if (material === undefined) return [fault(property, undefined, 'there is no material for this key', remedy)];
    if (typeof material !== 'string' || !/^[A-Za-z0-9+/]{43}=$/.test(material))
      return [fault(property, undefined, 'the material of this key is not 32 bytes in base64', remedy)];
    return material === NO_BYTES
      ? [fault(property, undefined, 'the material of this key is 32 zeros: whoever tries reads everything', remedy)]
      : [];
  });
  const twice = duplicateOf(names.map((name) => keys[name] ?? name));
  if (twice !== undefined) {
    const property = keyProperty(names[twice] ?? '');
    const message = 'another key has the same material, so that a rotation would change nothing';
    faults.push(fault(property, undefined, message, 'make new material: head -c 32 /dev/urandom | base64'));
  }
  const unused = Object.keys(keys).filter((name) => !names.includes(name));
  return [
    ...faults,
    ...unused.map((name) =>
      fault(
        keyProperty(name),
        undefined,
        'no provider uses this key',
        'leave it out, or name it in encryption.secretbox',
      ),
    ),
  ];
}
