import type { OperatorKind } from '../vault/operator';
import { at, listAt, placeKey, textAt, textsAt, trimSlashes } from './lookup';
import { named, vaultSecret } from './naming';
import type { ProviderClass } from './provider-class';
import type { NamedSecret } from './reading';

/** The VaultAuths among the manifests, by namespace and name. */
export type VaultAuths = ReadonlyMap<string, unknown>;

/** The path of Vault's API that each kind of Vault Secrets Operator reads to fill a Secret. */
const operatorPaths: Readonly<Record<OperatorKind, (spec: unknown) => string | undefined>> = {
  VaultStaticSecret: (spec) => kvPath(spec),
  VaultDynamicSecret: (spec) => joined(textAt(spec, 'mount'), textAt(spec, 'path')),
  VaultPKISecret: (spec) => {
    const issuer = textAt(spec, 'issuerRef');
    const role = textAt(spec, 'role');
    return joined(textAt(spec, 'mount'), ...(issuer === undefined ? [] : ['issuer', issuer]), 'issue', role);
  },
};

/** Whether the operator fills a Secret by objects of the kind. */
export function isOperatorKind(kind: string): kind is OperatorKind {
  return Object.hasOwn(operatorPaths, kind);
}

/** What an object of the operator reads from Vault; nothing where it does not say. */
export function operatorSecretsOf(
  kind: OperatorKind,
  object: unknown,
  namespace: string | undefined,
  auths: VaultAuths,
): readonly NamedSecret[] {
  const spec = at(object, 'spec');
  const path = operatorPaths[kind](spec);
  const auth = authOf(textAt(spec, 'vaultAuthRef'), namespace, auths);
  if (path === undefined) return [];
  const inVault = textAt(spec, 'namespace') ?? textAt(auth, 'spec', 'namespace');
  return keysOf(spec).map((parts) => vaultSecret(path, { ...parts, role: roleOf(auth) }, inVault));
}

/** Which field of the secret becomes which key of the Secret; one of neither for what keeps its name, or is not plain to see. */
function keysOf(spec: unknown): readonly { readonly key?: string; readonly gives?: string }[] {
  const transformation = at(spec, 'destination', 'transformation');
  const templates = Object.entries(Object(at(transformation, 'templates')));
  const keys = templates.flatMap(([gives, template]) => {
    const found = [...(textAt(template, 'text') ?? '').matchAll(templateField)];
    const fields = [...new Set(found.map(([, quoted, plain = '']) => quoted ?? plain))];
    return fields.length === 0 ? [{ gives }] : fields.map((key) => ({ key, gives }));
  });
  const isAll = textsAt(transformation, 'excludes').includes('.*');
  return keys.length > 0 && isAll ? keys : [...keys, {}];
}

/** A field as a template of the operator reads it. */
const templateField = /\b(?:index|get)\s+\.Secrets\s+"([^"\\]+)"|\.Secrets\.(\w+)/g;

/** What an app of HCP Vault Secrets holds: all of it is one Secret. */
export function hcpSecretsOf(object: unknown): readonly NamedSecret[] {
  const name = textAt(object, 'spec', 'appName');
  return name === undefined ? [] : [named({ store: 'hcp-vault-secrets', name })];
}

/** What CSISecrets bring into a volume of the operator's own CSI driver: files by their place in the lists. */
export function csiSecretsOf(object: unknown, namespace: string | undefined, auths: VaultAuths): ProviderClass {
  const spec = at(object, 'spec');
  const reference = at(spec, 'vaultAuthRef');
  const name = textAt(reference, 'name');
  const auth = name === undefined ? undefined : auths.get(placeKey(textAt(reference, 'namespace') ?? namespace, name));
  const parts = { role: roleOf(auth) };
  const inVault = textAt(spec, 'namespace') ?? textAt(auth, 'spec', 'namespace');
  const fixed = listAt(spec, 'secrets', 'vaultStaticSecrets').flatMap((entry) => kvPath(entry) ?? []);
  const ids = listAt(spec, 'secrets', 'vaultAppRoleSecretIDs').flatMap((entry) => {
    const role = textAt(entry, 'role');
    return role === undefined ? [] : [`${textAt(entry, 'mount') ?? 'approle'}/role/${role}/secret-id`];
  });
  return { secrets: [...fixed, ...ids].map((path) => vaultSecret(path, parts, inVault)), synced: [] };
}

function authOf(reference: string | undefined, namespace: string | undefined, auths: VaultAuths): unknown {
  const [first, second] = (reference ?? 'default').split('/', 2);
  return second === undefined ? auths.get(placeKey(namespace, first ?? '')) : auths.get(placeKey(first, second));
}

/** The role of whichever method the VaultAuth logs in by. */
function roleOf(auth: unknown): string | undefined {
  const spec = at(auth, 'spec');
  const method = textAt(spec, 'method') ?? 'kubernetes';
  return textAt(spec, method, 'role') ?? textAt(spec, method, 'roleId');
}

function kvPath(entry: unknown): string | undefined {
  const isFirst = textAt(entry, 'type') === 'kv-v1';
  const [mount, path] = [textAt(entry, 'mount'), textAt(entry, 'path')];
  return isFirst ? joined(mount, path) : joined(mount, 'data', path);
}

/** The parts as one path; undefined where one of them is missing. */
function joined(...parts: readonly (string | undefined)[]): string | undefined {
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.map((part = '') => trimSlashes(part)).join('/');
}
