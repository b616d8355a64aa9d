import { isDnsSubdomain } from '../../../core/manifest';
import type { SecretFault } from '../../../core/secrets/fault';
import type { OnChange } from '../../../core/secrets/on-change';
import { anything, flag } from '../../app/shape';
import type { SecretDelivery, SecretReader } from '../delivery';
import { filePathFaults, modeFaults } from '../file-faults';
import { onChangeShape, optionTaker } from '../option-shapes';
import { SecretMount } from '../secret-mount';
import { kubernetes } from './delivery';

/** A Secret that somebody else makes: an {@link EncryptedSecret}, an ApiObject, a Secret of cdk8s-plus. */
export interface SecretReference {
  readonly name: string;
  /** Only a Secret can be mounted so. @default 'Secret' */
  readonly kind?: string;
  /** A pod reads those of its own alone. @default - that of the workload */
  readonly namespace?: string | undefined;
  /** The same, where an object has it. @default - none */
  readonly metadata?: { readonly namespace?: string | undefined };
  /** The keys that it is known to have, so that another one is refused. @default - not known */
  readonly keys?: readonly string[];
  /** What changes whenever its values do, and is applied with them. @default - not known, so that nothing can be restarted for it */
  readonly revision?: string | undefined;
}

/** A Secret that is not for every reader. @internal */
export interface GuardedSecret extends SecretReference {
  /** What is wrong with who reads it. */
  readonly readerFaults?: (reader: SecretReader) => readonly SecretFault[];
}

/** A key of a Secret as a file. */
export interface SecretFileOptions {
  readonly key: string;
  /** The file it becomes, as an absolute path. */
  readonly file: string;
  /** The permissions of the file. It belongs to root, and to the workload's fsGroup; a file that the workload could not read is refused. @default 0o440 */
  readonly mode?: number;
  /** Start although the Secret, or the key, does not exist. @default false */
  readonly optional?: boolean;
  /**
   * What happens once it has changed. `RestartOnChange.of()` for an {@link EncryptedSecret} of SOPS, whose change is applied together with the
   * workload; nobody watches another Secret.
   * @default - the file is new, and nobody is told
   */
  readonly onChange?: OnChange;
}

/** The mount itself says which keys, files and modes there are. */
const takeOptions = optionTaker<SecretFileOptions>({
  key: anything,
  file: anything,
  mode: anything,
  optional: flag,
  onChange: onChangeShape,
});

/**
 * A key of a plain Kubernetes Secret as a file, for what no store keeps. Who makes the Secret is somebody else: an operator, a person, or an
 * {@link EncryptedSecret}; no value is here.
 */
export class SecretFile extends SecretMount {
  /**
   * @param secret the name of a Secret in the workload's namespace, or whoever has made it
   * @example SecretFile.fromSecret('db', { key: 'password', file: '/etc/db/password' })
   */
  static fromSecret(secret: string | SecretReference, options: SecretFileOptions): SecretFile {
    const { options: taken, faults } = takeOptions(options ?? {});
    return new SecretFile(typeof secret === 'string' ? { name: secret } : (secret ?? { name: '' }), taken, faults);
  }

  private constructor(
    /** @internal */
    readonly secret: GuardedSecret,
    /** @internal */
    readonly options: SecretFileOptions,
    private readonly misshapen: readonly SecretFault[],
  ) {
    super();
  }

  get files(): readonly string[] {
    return typeof this.options.file === 'string' ? [this.options.file] : [];
  }

  get origin(): string {
    return `kubernetes ${this.secret.name} ${this.options.key}`;
  }

  /** @internal */
  deliveryOn(): SecretDelivery {
    return kubernetes;
  }

  /** @internal */
  faultsOn(): readonly SecretFault[] {
    const { name, kind } = this.secret;
    const { file, mode } = this.options;
    return [
      ...this.misshapen,
      ...(typeof name === 'string' && isDnsSubdomain(name) ? [] : [nameFault(name)]),
      ...(kind === undefined || kind === 'Secret' ? [] : [kindFault(kind)]),
      ...valueFaults(this.secret),
      ...this.#keyFaults(),
      ...filePathFaults(file),
      ...modeFaults(mode),
    ];
  }

  #keyFaults(): readonly SecretFault[] {
    const { key } = this.options;
    const { keys, name } = this.secret;
    const fault = (message: string, remedy: string) => [{ property: 'key', value: key, message, remedy }];
    if (typeof key !== 'string' || !/^(?!\.\.)[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.')
      return fault(
        `${JSON.stringify(key)} is no key of a Secret`,
        "name one of its keys, such as 'password': letters, digits, dots, dashes and underscores",
      );
    if (keys === undefined || keys.includes(key)) return [];
    const known = keys.length === 0 ? 'it has none' : `name one of ${keys.join(', ')}`;
    return fault(`the Secret ${name} has no key ${key}`, known);
  }
}

function nameFault(name: unknown): SecretFault {
  const message = `${JSON.stringify(name)} is no name of a Secret`;
  return { property: 'secret', value: name, message, remedy: "name one in the workload's namespace, such as 'db'" };
}

/** Of a Secret in the program, whose values nobody would ever see: no Secret is made of it. */
function valueFaults(secret: object): readonly SecretFault[] {
  if (Object.getPrototypeOf(secret) !== Object.prototype) return [];
  return ['data', 'stringData']
    .filter((field) => Object.hasOwn(secret, field))
    .map((field) => ({
      property: `secret.${field}`,
      message:
        'values stand in the program, and no Secret is made of them: fromSecret mounts one that somebody else makes',
      remedy:
        'take them out, and change them, since they were written down; make the Secret by EncryptedSecret, or outside of the program',
    }));
}

function kindFault(kind: string): SecretFault {
  const remedy = 'give a Secret; mount a ConfigMap with Mount.configMap';
  return { property: 'secret', value: kind, message: `a ${kind} is no Secret`, remedy };
}
