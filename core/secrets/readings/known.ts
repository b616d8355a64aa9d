import { apiGroup } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { hasTemplate, remoteSecretsOf, storeKey } from './external-secret';
import { at, listAt, placeKey, textAt } from './lookup';
import { kubernetesSecret, named, unknownSecret } from './naming';
import { type ProviderClass, providerClassOf } from './provider-class';
import type { NamedSecret } from './reading';
import { csiSecretsOf, hcpSecretsOf, isOperatorKind, operatorSecretsOf, type VaultAuths } from './vault-operator';

/** A Secret that something else fills from other secrets: a copy at rest. */
export interface SecretCopy {
  /** The object that has it filled. */
  readonly by: string;
  /** @default - the namespace is not known: any */
  readonly namespaces?: readonly (string | undefined)[];
  readonly name: string;
  readonly from: readonly NamedSecret[];
  /** Whether the Secret keeps what it holds besides. */
  readonly isMerged: boolean;
  /** Whether its keys are made by templates, so that they are no keys of the secrets that it is made from. @default false */
  readonly isTemplated?: boolean;
}

/** A class of the Secrets Store CSI driver, or what Vault Secrets Operator's own driver takes for one. */
export interface KnownClass extends ProviderClass {
  readonly shown: string;
}

/** What pods of the same manifests refer to. */
export interface Known {
  /** By {@link classKey}. */
  readonly classes: ReadonlyMap<string, KnownClass>;
  readonly filled: readonly SecretCopy[];
  /** The names of image pull secrets, by ServiceAccount. */
  readonly pullSecrets: ReadonlyMap<string, readonly string[]>;
  /** Secrets that are written out among the manifests. */
  readonly secrets: readonly NamedSecret[];
}

/** By which a class is found. */
export function classKey(kind: ClassKind, namespace: string | undefined, name: string): string {
  return `${kind} ${placeKey(namespace, name)}`;
}

/** A kind of class that a CSI volume may name. */
export type ClassKind = 'SecretProviderClass' | 'CSISecrets';

const classKinds = new Map<string, ClassKind>([
  ['secrets-store.csi.x-k8s.io/SecretProviderClass', 'SecretProviderClass'],
  ['secrets.hashicorp.com/CSISecrets', 'CSISecrets'],
]);

/** What the objects say of each other. */
export function knownOf(objects: readonly KubernetesObject[]): Known {
  const stores = new Map<string, unknown>();
  const auths = new Map<string, unknown>();
  const of = (object: KubernetesObject) => ({
    kind: `${apiGroup(object.apiVersion)}/${object.kind}`,
    namespace: textAt(object, 'metadata', 'namespace'),
    name: textAt(object, 'metadata', 'name') ?? '',
  });
  for (const object of objects) {
    const { kind, namespace, name } = of(object);
    if (/^external-secrets\.io\/(?:Cluster)?SecretStore$/.test(kind))
      stores.set(storeKey(object.kind, namespace, name), object);
    if (kind === 'secrets.hashicorp.com/VaultAuth') auths.set(placeKey(namespace, name), object);
  }
  const classes = new Map<string, KnownClass>();
  const filled: SecretCopy[] = [];
  const pullSecrets = new Map<string, readonly string[]>();
  const secrets: NamedSecret[] = [];
  for (const object of objects) {
    const { kind, namespace, name } = of(object);
    const ofClass = classKinds.get(kind);
    if (ofClass !== undefined) {
      const known: KnownClass = {
        ...(ofClass === 'SecretProviderClass' ? providerClassOf(object) : csiSecretsOf(object, namespace, auths)),
        shown: `${object.kind} ${name}`,
      };
      classes.set(classKey(ofClass, namespace, name), known);
      for (const { name: secretName, keys } of known.synced)
        filled.push({
          by: known.shown,
          namespaces: [namespace],
          name: secretName,
          from: keys.flatMap(({ key, file }) =>
            known.secrets.filter(({ gives }) => gives === file).map((secret) => ({ ...secret, gives: key })),
          ),
          isMerged: false,
        });
    } else if (kind === '/Secret') secrets.push(named(kubernetesSecret(namespace, name)));
    else if (kind === '/ServiceAccount')
      pullSecrets.set(
        placeKey(namespace, name),
        listAt(object, 'imagePullSecrets').flatMap((entry) => textAt(entry, 'name') ?? []),
      );
    else filled.push(...filledBy(object, kind, namespace, name, stores, auths));
  }
  return { classes, filled, pullSecrets, secrets };
}

function filledBy(
  object: KubernetesObject,
  kind: string,
  namespace: string | undefined,
  name: string,
  stores: ReadonlyMap<string, unknown>,
  auths: VaultAuths,
): readonly SecretCopy[] {
  const by = `${object.kind} ${name}`;
  if (kind === 'external-secrets.io/ExternalSecret') {
    return externalSecret(by, object.spec, name, namespace, stores).map((filled) => ({
      ...filled,
      namespaces: [namespace],
    }));
  }
  if (kind === 'external-secrets.io/ClusterExternalSecret') {
    const spec = at(object, 'spec', 'externalSecretSpec');
    const made = textAt(object, 'spec', 'externalSecretName') ?? name;
    const namespaces = listAt(object, 'spec', 'namespaces').filter((one) => typeof one === 'string');
    const isClosed = namespaces.length > 0 && at(object, 'spec', 'namespaceSelectors') === undefined;
    return externalSecret(by, spec, made, undefined, stores).map((filled) => ({
      ...filled,
      ...(isClosed && { namespaces }),
    }));
  }
  const destination = textAt(object, 'spec', 'destination', 'name');
  if (apiGroup(object.apiVersion) !== 'secrets.hashicorp.com' || destination === undefined) return [];
  const from = isOperatorKind(object.kind)
    ? operatorSecretsOf(object.kind, object, namespace, auths)
    : hcpSecretsOf(object);
  const unnamed = [unknownSecret('vault', `the ${object.kind} names no secret plainly`)];
  return [{ by, namespaces: [namespace], name: destination, from: from.length > 0 ? from : unnamed, isMerged: false }];
}

function externalSecret(
  by: string,
  spec: unknown,
  name: string,
  namespace: string | undefined,
  stores: ReadonlyMap<string, unknown>,
): readonly SecretCopy[] {
  const policy = textAt(spec, 'target', 'creationPolicy');
  if (policy === 'None') return [];
  const from = remoteSecretsOf(spec, namespace, stores);
  const made = textAt(spec, 'target', 'name') ?? name;
  return [{ by, name: made, from, isMerged: policy === 'Merge', isTemplated: hasTemplate(spec) }];
}
