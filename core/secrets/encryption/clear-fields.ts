import { formatPath, type Path } from '../../manifest/path';
import { isMapping } from '../../manifest/plain';

/** What a node may hold: fields with what they may hold in turn, each item of a list, keys of the user's own, or a value. */
export type Allowed =
  | { readonly fields: Readonly<Record<string, Allowed>> }
  | { readonly items: Allowed }
  | { readonly keys: Allowed }
  /** What its text must look like. @default - it is any */
  | { readonly value: RegExp }
  /** Others judge what is in it. */
  | 'anything';

/** A text that everybody reads. */
export interface ClearText {
  readonly path: Path;
  readonly text: string;
}

/** What of an object stands in the clear, and the fields that may not. */
export interface Clear {
  readonly texts: readonly ClearText[];
  readonly refused: readonly string[];
}

const any: Allowed = { value: /^/ };
const texts: Allowed = { keys: any };

/** A record of fields that hold a text each. */
function fieldsOf(names: string): Readonly<Record<string, Allowed>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, any]));
}

const metadata: Allowed = {
  fields: {
    ...fieldsOf('name namespace generateName creationTimestamp deletionTimestamp deletionGracePeriodSeconds'),
    ...fieldsOf('generation resourceVersion uid selfLink'),
    labels: texts,
    annotations: texts,
    finalizers: { items: any },
    ownerReferences: { items: { fields: fieldsOf('apiVersion kind name uid controller blockOwnerDeletion') } },
  },
};

const common = 'created_at enc';
/** @see https://github.com/getsops/sops/blob/main/stores/stores.go */
const keyServices: Readonly<Record<string, Allowed>> = {
  age: { items: { fields: { ...fieldsOf(common), recipient: { value: /^(?:age1|ssh-)/ } } } },
  kms: { items: { fields: { ...fieldsOf(`${common} arn role aws_profile`), context: texts } } },
  gcp_kms: { items: { fields: fieldsOf(`${common} resource_id`) } },
  azure_kv: { items: { fields: fieldsOf(`${common} vault_url name version`) } },
  hc_vault: { items: { fields: fieldsOf(`${common} vault_address engine_path key_name`) } },
  hckms: { items: { fields: fieldsOf(`${common} key_id`) } },
  pgp: { items: { fields: fieldsOf(`${common} fp`) } },
};

/** What of a Secret SOPS leaves as it is, beside its values. */
export const clearOfSops: Allowed = {
  fields: {
    ...fieldsOf('apiVersion kind type immutable'),
    metadata,
    data: 'anything',
    stringData: 'anything',
    sops: {
      fields: {
        ...fieldsOf('lastmodified mac version mac_only_encrypted shamir_threshold'),
        ...fieldsOf('encrypted_regex encrypted_suffix unencrypted_regex unencrypted_suffix'),
        ...fieldsOf('encrypted_comment_regex unencrypted_comment_regex'),
        ...keyServices,
        key_groups: { items: { fields: keyServices } },
      },
    },
  },
};

/** What of a SealedSecret is not sealed. @see https://github.com/bitnami-labs/sealed-secrets/blob/main/pkg/apis/sealedsecrets/v1alpha1/types.go */
export const clearOfSealedSecret: Allowed = {
  fields: {
    ...fieldsOf('apiVersion kind'),
    metadata,
    // Refused with a remedy of their own.
    data: 'anything',
    stringData: 'anything',
    spec: {
      fields: {
        encryptedData: 'anything',
        template: { fields: { ...fieldsOf('type immutable'), metadata, data: 'anything' } },
      },
    },
    status: {
      fields: {
        ...fieldsOf('observedGeneration'),
        conditions: { items: { fields: fieldsOf('type status lastUpdateTime lastTransitionTime reason message') } },
      },
    },
  },
};

/** Reads an object by what it may hold. */
export function clearTextsOf(object: object, allowed: Allowed): Clear {
  const found: ClearText[] = [];
  const refused: string[] = [];
  const read = (node: unknown, may: Allowed, path: Path): void => {
    if (may === 'anything' || node === null || node === undefined) return;
    if ('value' in may) {
      if (typeof node === 'object' || !may.value.test(String(node))) refused.push(formatPath(path));
      else if (typeof node === 'string') found.push({ path, text: node });
    } else if ('items' in may) {
      if (!Array.isArray(node)) refused.push(formatPath(path));
      else for (const [i, item] of node.entries()) read(item, may.items, [...path, i]);
    } else if (!isMapping(node)) refused.push(formatPath(path));
    else
      for (const [key, value] of Object.entries(node)) {
        const below = 'keys' in may ? may.keys : Object.hasOwn(may.fields, key) ? may.fields[key] : undefined;
        if (below === undefined) refused.push(formatPath([...path, key]));
        else read(value, below, [...path, key]);
      }
  };
  read(object, allowed, []);
  return { texts: found, refused };
}
