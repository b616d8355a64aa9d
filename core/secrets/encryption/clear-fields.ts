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

const flag: Allowed = { value: /^(?:true|false)$/ };
const time: Allowed = { value: /^\d{4}-\d{2}-\d{2}[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?$/ };
/** Kubernetes' own are Opaque, or named below a domain, as all others are. */
const secretType: Allowed = { value: /^(?:Opaque|(?:[a-z0-9-]+\.)+[a-z]+\/[A-Za-z0-9._-]+)$/ };
/** The key of the file, as each service encrypts it. */
const encryptedKeys = {
  age: /^-----BEGIN AGE ENCRYPTED FILE-----\s[A-Za-z0-9+/=\s]+-----END AGE ENCRYPTED FILE-----\s*$/,
  pgp: /^-----BEGIN PGP MESSAGE-----\s[\w+/=:.,()\s-]+-----END PGP MESSAGE-----\s*$/,
  vault: /^vault:v\d+:[A-Za-z0-9+/=]{40,}$/,
  base64: /^[A-Za-z0-9+/_-]{80,}={0,2}$/,
} as const;

/** The fields of a key that are there whoever keeps it. */
function keyOf(encryption: keyof typeof encryptedKeys): Readonly<Record<string, Allowed>> {
  return { created_at: time, enc: { value: encryptedKeys[encryption] } };
}

/** @see https://github.com/getsops/sops/blob/main/stores/stores.go */
const keyServices: Readonly<Record<string, Allowed>> = {
  age: { items: { fields: { ...keyOf('age'), recipient: { value: /^(?:age1|ssh-)/ } } } },
  kms: { items: { fields: { ...keyOf('base64'), ...fieldsOf('arn role aws_profile'), context: texts } } },
  gcp_kms: { items: { fields: { ...keyOf('base64'), ...fieldsOf('resource_id') } } },
  azure_kv: {
    items: { fields: { ...keyOf('base64'), ...fieldsOf('vault_url name'), version: { value: /^[0-9a-f]*$/ } } },
  },
  hc_vault: { items: { fields: { ...keyOf('vault'), ...fieldsOf('vault_address engine_path key_name') } } },
  hckms: { items: { fields: { ...keyOf('base64'), ...fieldsOf('key_id') } } },
  pgp: { items: { fields: { ...keyOf('pgp'), ...fieldsOf('fp') } } },
};

/** What of a Secret SOPS leaves as it is, beside its values. */
export const clearOfSops: Allowed = {
  fields: {
    ...fieldsOf('apiVersion kind'),
    type: secretType,
    immutable: flag,
    metadata,
    data: 'anything',
    stringData: 'anything',
    sops: {
      fields: {
        mac: any,
        lastmodified: time,
        version: { value: /^\d+(?:\.\d+){1,2}(?:-[a-z]+\.?\d{0,2})?$/ },
        mac_only_encrypted: flag,
        shamir_threshold: { value: /^\d{1,3}$/ },
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
        template: { fields: { type: secretType, immutable: flag, metadata, data: 'anything' } },
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
