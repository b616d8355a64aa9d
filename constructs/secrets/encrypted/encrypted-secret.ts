import { Construct } from 'constructs';
import { isMapping } from '../../../core/manifest/plain';
import {
  type SealingScope,
  sealedKeys,
  sealedSecretFaults,
  sealingScopes,
} from '../../../core/secrets/encryption/sealed-secret';
import { sopsFaults } from '../../../core/secrets/encryption/sops';
import type { SecretFault } from '../../../core/secrets/fault';
import { BulwarkApp } from '../../app/bulwark-app';
import { type DeclarationFault, markDeclaring } from '../../app/declaration';
import { ManifestObject } from '../../app/manifest-object';
import { hashOf } from '../../app/output-ledger';
import { chartOf, required, type Shapes, scopeOf, takeProps, text } from '../../app/shape';
import { clearFaults } from './clear-faults';
import { type EncryptedFile, kindOf, readEncryptedFile } from './encrypted-file';

/** A file with an encrypted Secret. */
export interface EncryptedSecretProps {
  /** The file, from the folder that the program runs in: YAML with one Secret that SOPS has encrypted, or one SealedSecret. */
  readonly file: string;
  /** Where a SealedSecret may be unsealed; a wider one than asked for is refused. @default 'strict' */
  readonly scope?: SealingScope;
}

const shapes: Shapes<EncryptedSecretProps> = { file: required(text, "'secrets/db.enc.yaml'", ''), scope: text };

/**
 * A Secret that stands encrypted in the repository, by SOPS or as a SealedSecret, and goes to the output as it is: SOPS signs what it has
 * encrypted, so that nothing of it may be changed, and its file comes out with the same bytes. Who decrypts it is the GitOps tool or the
 * controller in the cluster. A file that is not encrypted, or not all of it, is refused, as is one for another namespace.
 *
 * @example
 * const db = new EncryptedSecret(payments, 'db', { file: 'secrets/db.enc.yaml' });
 * new SecureDeployment(payments, 'api', { …, secrets: [SecretFile.fromSecret(db, { key: 'password', file: '/etc/db/password' })] });
 */
export class EncryptedSecret extends Construct {
  /** The name of the Secret, as the file has it; the construct's id where it has none. */
  readonly name: string;
  /** Its namespace, as the file has it. */
  readonly namespace: string | undefined;
  /** The keys of the Secret. Their names are not encrypted. */
  readonly keys: readonly string[];
  /**
   * What changes whenever the Secret is encrypted anew; undefined for a SealedSecret, which its controller unseals after it was applied.
   */
  readonly revision: string | undefined;
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: EncryptedSecretProps) {
    super(scopeOf(scope, id, 'EncryptedSecret'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<EncryptedSecretProps>(shapes, given);
    const namespace = chartOf(this, 'EncryptedSecret').namespace;
    const read: EncryptedFile =
      props.file === '' ? { text: '', object: undefined, faults: [] } : readEncryptedFile(props.file);
    const { object } = read;
    const kind = object && kindOf(object);
    this.name = object?.metadata?.name ?? id;
    this.namespace = object?.metadata?.namespace ?? (object === undefined ? namespace : undefined);
    this.keys = object === undefined ? [] : keysOf(object);
    this.revision = kind === 'sops' ? hashOf(read.text) : undefined;
    const all: readonly SecretFault[] = [
      ...read.faults,
      ...(object === undefined ? [] : contentFaults(object, props.scope)),
      ...(object === undefined || kind === undefined ? [] : clearFaults(object, read.text, kind)),
      ...(object === undefined ? [] : placeFaults(object, namespace)),
      ...(kind === 'sops' && !(this.node.root instanceof BulwarkApp) ? [foreignWriter] : []),
    ];
    this.#faults = [
      ...faults,
      ...all.map(({ property, ...fault }) => ({
        ...fault,
        rule: 'encrypted-secret' as const,
        property: property === 'file' || property === 'scope' ? property : `file: ${property}`,
      })),
    ];
    // What is not encrypted gets no further: no other check, error or output sees it.
    if (object === undefined || all.length > 0) return;
    new ManifestObject(this, 'Secret', {
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: { name: this.name },
      body: () => object,
      verbatim: kind === 'sops' ? { text: read.text } : {},
    });
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }
}

function contentFaults(
  object: Readonly<Record<string, unknown>> & { readonly apiVersion: string; readonly kind: string },
  scope: SealingScope = 'strict',
): readonly SecretFault[] {
  if (!sealingScopes.includes(scope))
    return [
      {
        property: 'scope',
        value: scope,
        message: `there is no scope ${JSON.stringify(scope)}`,
        remedy: `name one of ${sealingScopes.join(', ')}`,
      },
    ];
  return kindOf(object) === 'sops' ? sopsFaults(object) : sealedSecretFaults(object, scope);
}

/** What keeps it from standing in the namespace: nothing can be added to it, its own name and namespace least of all. */
function placeFaults(
  { metadata }: { readonly metadata?: { readonly name?: string; readonly namespace?: string } },
  namespace: string | undefined,
): readonly SecretFault[] {
  const faults: SecretFault[] = [];
  if (typeof metadata?.name !== 'string' || metadata.name === '')
    faults.push({
      property: 'metadata.name',
      message: 'it has no name, and none can be added: it is signed or sealed',
      remedy: 'name it, and encrypt it again',
    });
  if (metadata?.namespace !== namespace) {
    const where = metadata?.namespace === undefined ? 'for no namespace' : `for the namespace ${metadata.namespace}`;
    faults.push({
      property: 'metadata.namespace',
      ...(metadata?.namespace !== undefined && { value: metadata.namespace }),
      message: `it is encrypted ${where}, and would be put into ${namespace === undefined ? 'none' : namespace}`,
      remedy:
        namespace === undefined
          ? 'create it in a LockedNamespace or a chart of that namespace'
          : `write namespace: ${namespace} into it, and encrypt it again; or create it where it belongs`,
    });
  }
  return faults;
}

const foreignWriter: SecretFault = {
  property: 'file',
  message: "cdk8s' own App writes all objects of a chart into one file, in which SOPS decrypts none",
  remedy: 'make the app a BulwarkApp, which gives it a file of its own; or seal the Secret with kubeseal',
};

function keysOf(object: Readonly<Record<string, unknown>> & { readonly apiVersion: string; readonly kind: string }) {
  if (kindOf(object) === 'sealed-secret') return sealedKeys(object);
  return [object.data, object.stringData].flatMap((values) => (isMapping(values) ? Object.keys(values) : []));
}
