import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { at, listAt, textAt } from './readings/lookup';
import { providerClassOf } from './readings/provider-class';

/** A Secret of the cluster that an object is, or has somebody make. */
export interface FilledSecret {
  readonly name: string;
  /** Where the object names it. */
  readonly path: Path;
  /** What it is filled with, where two that fill it with the same do no harm. @default - nobody else may fill it */
  readonly content?: string;
  /** Whether what is in it comes from Vault. @default false */
  readonly isOfVault?: boolean;
}

type Filler = (object: KubernetesObject) => readonly FilledSecret[];

const ownName = ['metadata', 'name'] as const;

const filled = (object: KubernetesObject, path: readonly string[], rest: Partial<FilledSecret> = {}) => {
  const name = textAt(object, ...path);
  return name === undefined ? [] : [{ name, path, ...rest }];
};

const managed = ['sealedsecrets.bitnami.com/managed', 'sealedsecrets.bitnami.com/patch'];

const ofOperator: Filler = (object) =>
  at(object, 'spec', 'destination', 'create') === true
    ? filled(object, ['spec', 'destination', 'name'], { isOfVault: true })
    : [];

const fillers: Readonly<Record<string, Filler>> = {
  // A Secret that says so is there for the controller to take over.
  '/Secret': (object) =>
    managed.some((name) => textAt(object, 'metadata', 'annotations', name) === 'true') ? [] : filled(object, ownName),
  'bitnami.com/SealedSecret': (object) => filled(object, ownName),
  'cert-manager.io/Certificate': (object) => filled(object, ['spec', 'secretName']),
  'secrets.hashicorp.com/VaultStaticSecret': ofOperator,
  'secrets.hashicorp.com/VaultDynamicSecret': ofOperator,
  'secrets.hashicorp.com/VaultPKISecret': ofOperator,
  'external-secrets.io/ExternalSecret': (object) => {
    const policy = textAt(object, 'spec', 'target', 'creationPolicy');
    if (policy === 'Merge' || policy === 'None') return [];
    const own = filled(object, ['spec', 'target', 'name']);
    return own.length > 0 ? own : filled(object, ownName);
  },
  'secrets-store.csi.x-k8s.io/SecretProviderClass': (object) => {
    const { secrets } = providerClassOf(object);
    const isOfVault = ['vault', 'openbao'].includes(textAt(object, 'spec', 'provider') ?? '');
    return listAt(object, 'spec', 'secretObjects').flatMap((made, i) => {
      const name = textAt(made, 'secretName');
      if (name === undefined) return [];
      const content = listAt(made, 'data').map((entry) => {
        const from = secrets.find(({ gives }) => gives === textAt(entry, 'objectName'));
        return [textAt(entry, 'key'), from?.secret, from?.key];
      });
      return [
        { name, path: ['spec', 'secretObjects', i, 'secretName'], content: JSON.stringify(content.sort()), isOfVault },
      ];
    });
  },
};

const none: readonly FilledSecret[] = [];

/** The Secrets that an object is, or has somebody make, in its namespace. */
export function secretsFilledBy(object: KubernetesObject): readonly FilledSecret[] {
  return fillers[`${apiGroup(object.apiVersion)}/${object.kind}`]?.(object) ?? none;
}
