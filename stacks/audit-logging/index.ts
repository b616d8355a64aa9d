import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  isSecret,
  type Output,
  output,
  secret,
  unknown,
} from '@pulumi/pulumi';
import { today } from '../../constructs/app/today';
import { ControlPlaneError, type EncryptionKeys } from '../../core/control-plane';
import { fault } from '../../core/control-plane/checks';
import { AppResources, checkFirst } from '../bridge/app-resources';
import { LateValues } from '../bridge/late-values';
import { onceMade } from '../bridge/once-made';
import { isOpaqueWithin } from '../bridge/texts';
import { withheldSecret } from '../render/withheld';
import type { AuditLoggingArgs } from './args';
import { auditLoggingConfig, targetOf } from './config';
import type { AuditLoggingConfig } from './hand-over';
import { handedOver, handedSecrets } from './handed';
import { auditLoggingApp, namespaceOf } from './objects';
import type {
  AuditLoadSizing,
  CloudValues,
  ControlPlaneFile,
  ControlPlaneFlag,
  ControlPlaneFolder,
  ControlPlaneGap,
  ControlPlaneMount,
  ControlPlaneNeed,
  ControlPlaneSubstitute,
  ControlPlaneToolFile,
  KeyRotationStep,
} from './outputs';
import type { PlainArgs } from './plain-args';
import { shapeFaultsApart } from './shape';

export type * from './args';
export type * from './outputs';

/**
 * The audit log of a cluster: what the nodes of its control plane need for it in the form of the tool that makes them, or the values for a cloud's
 * own resources; and in the cluster the alerts on what is lost and a dashboard.
 *
 * Nothing is registered where an argument is wrong that is known by then. What is known only later is refused when it is: the outputs fail.
 *
 * @throws ControlPlaneError with everything that is wrong with the arguments, at once
 */
export class AuditLogging extends ComponentResource {
  /** The namespace of alerts and dashboard. */
  readonly namespace: Output<string>;
  /** The flags of the control plane's programs. Empty where the control plane is the cloud's. */
  readonly flags: Output<ControlPlaneFlag[]>;
  /** What has to be on every node of the control plane. */
  readonly files: Output<ControlPlaneFile[]>;
  /** The same for files that hold keys: a secret. */
  readonly secretFiles: Output<ControlPlaneFile[]>;
  /** For the tool that makes the control plane. */
  readonly toolFiles: Output<ControlPlaneToolFile[]>;
  /** The same for files that hold keys: a secret. */
  readonly secretToolFiles: Output<ControlPlaneToolFile[]>;
  /** The paths and names of what is in `secretFiles` and `secretToolFiles`. */
  readonly secretFileNames: Output<string[]>;
  /** What has to be on the nodes before the control plane starts, and nobody else makes. */
  readonly folders: Output<ControlPlaneFolder[]>;
  /** What kube-apiserver has to see as a static pod, for a control plane by hand: other tools have it in their files. */
  readonly mounts: Output<ControlPlaneMount[]>;
  /** What somebody else has to put onto the nodes. */
  readonly needs: Output<ControlPlaneNeed[]>;
  /** What to do with all of it, in order. */
  readonly steps: Output<string[]>;
  /** What to pass to a cloud's own resources. */
  readonly values: Output<CloudValues>;
  /** What the tool or the cloud has no setting for, and what to do instead. */
  readonly notSettable: Output<ControlPlaneGap[]>;
  /** What it has in a form of its own. */
  readonly replaced: Output<ControlPlaneSubstitute[]>;
  /** The steps of a key rotation that is under way: a secret, since their files hold keys. */
  readonly rotationSteps: Output<KeyRotationStep[]>;
  /** What the stated load comes to. */
  readonly sizing: Output<AuditLoadSizing | undefined>;

  constructor(name: string, args: AuditLoggingArgs, options?: ComponentResourceOptions) {
    // Plain JavaScript may leave out what the type asks for.
    const { owner, ruleLabels, runbooks, encryptionKeys = {}, ...given } = args ?? ({} as AuditLoggingArgs);
    const day = today();
    const { target, faults: ofTarget } = targetOf(given);
    const faults = [...ofTarget, ...shapeFaultsApart(args ?? {})];
    if (faults.length > 0) throw new ControlPlaneError(faults);
    const knownArgs = known<PlainArgs>(given);
    const knownKeys = known<EncryptionKeys>(encryptionKeys);
    const config = knownArgs && configOf(knownArgs, day);
    if (knownArgs && config && knownKeys) handedSecrets(knownArgs, config, knownKeys);
    const values = new LateValues();
    const app = auditLoggingApp(args, target, values);
    checkFirst(app);
    super('kube-bulwark:index:AuditLogging', name, {}, options);
    const resources = new AppResources(name, { app, values }, { parent: this });
    const plain = output(given) as unknown as Output<PlainArgs>;
    const hidden = output(isSecret(plain));
    const handed = all([plain, hidden]).apply(([plainArgs, isHidden]) =>
      untold(isHidden, () => handedOver(plainArgs, configOf(plainArgs, day))),
    );
    const secrets = all([plain, hidden, readable(secret(encryptionKeys))]).apply(([plainArgs, isHidden, keys]) =>
      untold(isHidden, () => handedSecrets(plainArgs, configOf(plainArgs, day), keys)),
    );
    this.namespace = onceMade(resources, namespaceOf(args));
    this.flags = handed.apply(({ flags }) => flags);
    this.files = handed.apply(({ files }) => files);
    this.secretFiles = secrets.apply(({ files }) => files);
    this.toolFiles = handed.apply(({ toolFiles }) => toolFiles);
    this.secretToolFiles = secrets.apply(({ toolFiles }) => toolFiles);
    this.secretFileNames = handed.apply(({ secretFileNames }) => secretFileNames);
    this.folders = handed.apply(({ folders }) => folders);
    this.mounts = handed.apply(({ mounts }) => mounts);
    this.needs = handed.apply(({ needs }) => needs);
    this.steps = handed.apply(({ steps }) => steps);
    this.values = handed.apply((of) => of.values);
    this.notSettable = handed.apply(({ notSettable }) => notSettable);
    this.replaced = handed.apply(({ replaced }) => replaced);
    this.rotationSteps = secrets.apply(({ rotationSteps }) => rotationSteps);
    this.sizing = handed.apply(({ sizing }) => sizing);
    this.registerOutputs(outputsOf(this));
  }
}

/** Everything that a stack puts out, by name. */
export function outputsOf(stack: AuditLogging): Readonly<Record<AuditLoggingOutput, Output<unknown>>> {
  return Object.fromEntries(outputNames.map((name) => [name, stack[name]])) as Record<
    AuditLoggingOutput,
    Output<unknown>
  >;
}

/** The names of all outputs. */
export const outputNames = [
  'namespace',
  'flags',
  'files',
  'secretFiles',
  'toolFiles',
  'secretToolFiles',
  'secretFileNames',
  'folders',
  'mounts',
  'needs',
  'steps',
  'values',
  'notSettable',
  'replaced',
  'rotationSteps',
  'sizing',
] as const satisfies readonly (keyof AuditLogging)[];

export type AuditLoggingOutput = (typeof outputNames)[number];

/** @throws ControlPlaneError with everything that is wrong with the arguments */
function configOf(args: PlainArgs, day: string): AuditLoggingConfig {
  const { config, faults } = auditLoggingConfig(args, day);
  if (faults.length > 0) throw new ControlPlaneError(faults);
  return config;
}

/**
 * What is thrown over arguments of which some are secret, without what they say.
 * @throws what `make` throws, and of a ControlPlaneError the places alone
 */
function untold<T>(isHidden: boolean, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!isHidden || !(error instanceof ControlPlaneError)) throw error;
    const message = 'it is wrong, and not repeated, since some of the arguments are secret';
    const remedy = 'give what is no secret as plain text to hear what is wrong with it';
    throw new ControlPlaneError(error.faults.map(({ property }) => fault(property, undefined, message, remedy)));
  }
}

/** Keys of a program that is rendered without them are known to nobody, and not wrong. */
function readable(keys: Output<EncryptionKeys>): Output<EncryptionKeys> {
  const unread = output(unknown as unknown as Record<string, string>);
  return keys.apply((read) => (Object.values(read).includes(withheldSecret) ? unread : output({ ...read })));
}

/** What can be judged at once, and not only when others have made it. */
function known<T>(given: unknown): T | undefined {
  return isOpaqueWithin(given) ? undefined : (given as T);
}
