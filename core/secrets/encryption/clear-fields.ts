import { formatPath, type Path } from '../../manifest/path';
import { isMapping } from '../../manifest/plain';
import { isRandomSecret } from '../leaks/scan';

/** What a node may hold: fields with what they may hold in turn, each item of a list, keys of the user's own, or a value. */
export type Allowed =
  | { readonly fields: Readonly<Record<string, Allowed>> }
  | { readonly items: Allowed }
  | { readonly keys: Allowed }
  /** What its text must look like. @default - it is any */
  | {
      readonly value: RegExp;
      /** Whether it is called so by somebody, so that a random text is none. @default false */
      readonly isName?: boolean;
    }
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

const flag: Allowed = { value: /^(?:true|false)$/ };
const number: Allowed = { value: /^\d{1,19}$/ };
const time: Allowed = { value: /^\d{4}-\d{2}-\d{2}[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?$/ };
const uid: Allowed = { value: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ };

const metadata: Allowed = {
  fields: {
    ...fieldsOf('name namespace generateName'),
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: number,
    generation: number,
    resourceVersion: number,
    uid,
    selfLink: { value: /^\/apis?\/[a-z0-9./-]+$/ },
    labels: texts,
    annotations: texts,
    finalizers: { items: { value: /^(?:(?:[a-z0-9-]+\.)+[a-z]+(?:\/[A-Za-z0-9._-]+)?|foregroundDeletion|orphan)$/ } },
    ownerReferences: {
      items: {
        fields: {
          apiVersion: { value: /^(?:[a-z0-9.-]+\/)?v\d+(?:(?:alpha|beta)\d+)?$/ },
          kind: { value: /^[A-Z][A-Za-z0-9]*$/ },
          name: { value: /^[a-z0-9][a-z0-9.-]*$/ },
          uid,
          controller: flag,
          blockOwnerDeletion: flag,
        },
      },
    },
  },
};

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

/** A name that somebody gave, which a form tells little of: what is random in it is none. */
const givenName: Allowed = { value: /^[A-Za-z0-9][\w.@+-]{0,127}$/, isName: true };
const host = String.raw`https?:\/\/(?:[A-Za-z0-9][\w.-]*|\[[0-9a-fA-F:.]+\])`;
const sshComment = String.raw`(?: [\w.@+-]{1,64})?`;

/**
 * What each service is told of where its key is: addresses and names of forms that are theirs.
 * @see https://github.com/getsops/sops/blob/main/stores/stores.go
 */
const keyServices: Readonly<Record<string, Allowed>> = {
  age: {
    items: {
      fields: {
        ...keyOf('age'),
        recipient: {
          value: new RegExp(`^(?:age1[a-z0-9]{20,}|ssh-(?:rsa|ed25519) [A-Za-z0-9+/]{40,}={0,2}${sshComment})$`),
        },
      },
    },
  },
  kms: {
    items: {
      fields: {
        ...keyOf('base64'),
        arn: { value: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[A-Za-z0-9:/_-]+$/ },
        role: { value: /^(?:arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+)?$/ },
        aws_profile: { ...givenName, value: /^(?:[A-Za-z0-9][\w.@+-]{0,127})?$/ },
        context: texts,
      },
    },
  },
  gcp_kms: {
    items: {
      fields: {
        ...keyOf('base64'),
        resource_id: {
          value:
            /^projects\/[a-z0-9.:-]+\/locations\/[a-z0-9-]+\/keyRings\/[\w-]+\/cryptoKeys\/[\w-]+(?:\/cryptoKeyVersions\/\d+)?$/,
        },
      },
    },
  },
  azure_kv: {
    items: {
      fields: {
        ...keyOf('base64'),
        vault_url: { value: /^https:\/\/[A-Za-z0-9-]{3,24}\.(?:vault|managedhsm)\.[a-z.]+\/?$/ },
        name: { ...givenName, value: /^[A-Za-z0-9-]{1,127}$/ },
        version: { value: /^[0-9a-f]*$/ },
      },
    },
  },
  hc_vault: {
    items: {
      fields: {
        ...keyOf('vault'),
        vault_address: { value: new RegExp(`^${host}(?::\\d{1,5})?\\/?$`) },
        engine_path: { ...givenName, value: /^[A-Za-z0-9][\w.-]*(?:\/[\w.-]+)*\/?$/ },
        key_name: givenName,
      },
    },
  },
  hckms: { items: { fields: { ...keyOf('base64'), key_id: { value: /^[a-z0-9-]+:[0-9A-Za-z-]{16,64}$/ } } } },
  pgp: { items: { fields: { ...keyOf('pgp'), fp: { value: /^[0-9A-Fa-f ]{8,59}$/ } } } },
};

const givenSuffix: Allowed = { value: /^[\w.-]{0,64}$/, isName: true };

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
        ...fieldsOf('encrypted_regex unencrypted_regex encrypted_comment_regex unencrypted_comment_regex'),
        encrypted_suffix: givenSuffix,
        unencrypted_suffix: givenSuffix,
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
        observedGeneration: number,
        conditions: {
          items: {
            fields: { ...fieldsOf('type status reason message'), lastUpdateTime: time, lastTransitionTime: time },
          },
        },
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
      const isRandom = may.isName === true && isRandomSecret('password', String(node));
      if (typeof node === 'object' || isRandom || !may.value.test(String(node))) refused.push(formatPath(path));
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
