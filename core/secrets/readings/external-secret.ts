import { at, listAt, placeKey, placeName, textAt, trimSlashes } from './lookup';
import { anySecret, kubernetesSecret, manySecrets, named, unknownSecret, vaultSecret } from './naming';
import type { NamedSecret } from './reading';

/** The stores of the External Secrets Operator, by kind, namespace and name. */
export type SecretStores = ReadonlyMap<string, unknown>;

/** A part of a secret, as an ExternalSecret asks for it. */
interface RemoteRef {
  readonly name: string;
  readonly key: string | undefined;
  readonly gives: string | undefined;
}

/** A provider of a store: how it is called here, and what it makes of a key. */
interface Provider {
  readonly store: (settings: unknown) => string;
  readonly name?: (settings: unknown, key: string) => string;
}

/** The providers of a SecretStore that name secrets in their own way; every other one is called as in the store, and names them by key. */
const providers: Readonly<Record<string, Provider>> = {
  aws: {
    store: (settings) =>
      textAt(settings, 'service') === 'ParameterStore' ? 'aws-parameter-store' : 'aws-secrets-manager',
  },
  gcpsm: {
    store: () => 'gcp-secret-manager',
    name: (settings, key) => {
      const project = textAt(settings, 'projectID');
      if (project === undefined || key.startsWith('projects/')) return key;
      const location = textAt(settings, 'location');
      return `projects/${project}${location === undefined ? '' : `/locations/${location}`}/secrets/${key}`;
    },
  },
  azurekv: {
    store: () => 'azure-key-vault',
    name: (settings, key) => {
      const vault = /^https?:\/\/([^./]+)/.exec(textAt(settings, 'vaultUrl') ?? '')?.[1];
      const name = key.replace(/^secret\//, '');
      return vault === undefined ? name : `${vault}/${name}`;
    },
  },
  kubernetes: {
    store: () => 'kubernetes',
    name: (settings, key) => kubernetesSecret(textAt(settings, 'remoteNamespace') ?? 'default', key).name,
  },
};

/** The path of Vault's API that a key stands for: with the mount of the store, and with `data/` in version 2. */
function vaultPathOf(settings: unknown, key: string): string {
  const path = textAt(settings, 'path');
  const mount = path === undefined ? undefined : trimSlashes(path);
  const below = mount !== undefined && key.startsWith(`${mount}/`) ? key.slice(mount.length + 1) : key;
  const isVersionOne = textAt(settings, 'version') === 'v1';
  if (mount === undefined) return key;
  return isVersionOne || below.startsWith('data/') ? `${mount}/${below}` : `${mount}/data/${below}`;
}

/** A store that is named, and what is known of it. */
class Store {
  readonly #provider: string | undefined;
  readonly #settings: unknown;
  readonly #shown: string;

  constructor(namespace: string | undefined, reference: unknown, stores: SecretStores) {
    const kind = textAt(reference, 'kind') ?? 'SecretStore';
    const name = textAt(reference, 'name') ?? 'default';
    const ofStore = kind === 'SecretStore' ? namespace : undefined;
    this.#shown = `${kind} ${placeName(ofStore, name)}`;
    const provider = at(stores.get(storeKey(kind, ofStore, name)), 'spec', 'provider');
    this.#provider = Object.keys(Object(provider))[0];
    this.#settings = this.#provider === undefined ? undefined : at(provider, this.#provider);
  }

  /** What the store is called; the object that would say so, where it is not here. */
  get id(): string {
    if (this.#provider === undefined) return this.#shown;
    return this.#known?.store(this.#settings) ?? this.#provider;
  }

  get role(): string | undefined {
    const auth = at(this.#settings, 'auth');
    return textAt(auth, 'kubernetes', 'role') ?? textAt(auth, 'jwt', 'role') ?? textAt(this.#settings, 'role');
  }

  secret({ name, key, gives }: RemoteRef): NamedSecret {
    const parts = { key, gives, role: this.role };
    if (this.#provider === 'vault')
      return vaultSecret(vaultPathOf(this.#settings, name), parts, textAt(this.#settings, 'namespace'));
    const shown = this.#known?.name?.(this.#settings, name) ?? name;
    const flag = shown.includes('*') ? { flag: { kind: 'wildcard', message: manySecrets } as const } : {};
    return named({ store: this.id, name: shown }, { ...parts, ...flag });
  }

  get #known(): Provider | undefined {
    const provider = this.#provider ?? '';
    return Object.hasOwn(providers, provider) ? providers[provider] : undefined;
  }
}

/** By which a store is found. A store of the whole cluster has no namespace, whatever its metadata say. */
export function storeKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${placeKey(kind === 'SecretStore' ? namespace : undefined, name)}`;
}

/**
 * What an ExternalSecret asks its stores for.
 * @param spec - the one of the ExternalSecret, or that in a ClusterExternalSecret
 */
export function remoteSecretsOf(
  spec: unknown,
  namespace: string | undefined,
  stores: SecretStores,
): readonly NamedSecret[] {
  const storeOf = (entry: unknown): Store =>
    new Store(namespace, at(entry, 'sourceRef', 'storeRef') ?? at(spec, 'secretStoreRef'), stores);
  const isPlain = !hasTemplate(spec);
  const data = listAt(spec, 'data').flatMap((entry) => {
    const name = textAt(entry, 'remoteRef', 'key');
    if (name === undefined) return [];
    const gives = isPlain ? textAt(entry, 'secretKey') : undefined;
    return [storeOf(entry).secret({ name, key: textAt(entry, 'remoteRef', 'property'), gives })];
  });
  const dataFrom = listAt(spec, 'dataFrom').flatMap((entry) => {
    const name = textAt(entry, 'extract', 'key');
    const store = storeOf(entry);
    if (name !== undefined)
      return [store.secret({ name, key: textAt(entry, 'extract', 'property'), gives: undefined })];
    if (at(entry, 'find') !== undefined)
      return [anySecret(store.id, 'it takes every secret that matches: name each of them', { role: store.role })];
    const generator = textAt(entry, 'sourceRef', 'generatorRef', 'name');
    if (generator === undefined) return [];
    const kind = textAt(entry, 'sourceRef', 'generatorRef', 'kind') ?? 'generator';
    return [named({ store: 'generator', name: `${kind} ${generator}` })];
  });
  const all = [...data, ...dataFrom];
  return all.length > 0 ? all : [unknownSecret(storeOf(undefined).id, 'it names no secret plainly')];
}

/** Whether a template makes keys of its own. */
export function hasTemplate(spec: unknown): boolean {
  return at(spec, 'target', 'template', 'data') !== undefined || templatesFrom(spec).length > 0;
}

function templatesFrom(spec: unknown): readonly unknown[] {
  return listAt(spec, 'target', 'template', 'templateFrom');
}
