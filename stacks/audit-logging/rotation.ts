import {
  ControlPlaneError,
  type ControlPlaneFault,
  type EncryptionKeys,
  keyRotation,
  type NodeFile,
  type RotationStep,
} from '../../core/control-plane';
import { fault } from '../../core/control-plane/checks';
import { type AuditLoggingConfig, placeholders } from './hand-over';
import type { PlainArgs } from './plain-args';
import { asArgument, encryptionOf } from './settings';
import { tools } from './tools';

/** The names of all keys that the material of is needed: those of a rotation besides. */
export function keyNamesIn({ encryption, rotation }: Pick<PlainArgs, 'encryption' | 'rotation'>): readonly string[] {
  return [...new Set([...(encryption?.keyNames ?? []), ...(rotation?.from?.keyNames ?? [])])];
}

/**
 * The steps of a rotation that is under way; none without one.
 * @throws ControlPlaneError by the names of the arguments
 */
export function rotationSteps(args: PlainArgs, keys: EncryptionKeys): readonly RotationStep[] {
  const { rotation, encryption } = args;
  if (rotation === undefined) return [];
  const from = rotation.from === undefined ? undefined : encryptionOf(rotation.from);
  try {
    return keyRotation({ from, to: encryptionOf(encryption), keys });
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    throw new ControlPlaneError(error.faults.map(named));
  }
}

function named(of: ControlPlaneFault): ControlPlaneFault {
  const inner = asArgument({ ...of, property: of.property.replace(/^(from|to)\./, '') });
  const property = of.property.startsWith('from.')
    ? inner.property.replace(/^encryption/, 'rotation.from')
    : inner.property;
  return { ...inner, property };
}

/** The file of encryption that the nodes are to have now; undefined where it is that of the settings. */
export function fileNow(args: PlainArgs, keys: EncryptionKeys): NodeFile | undefined {
  const steps = rotationSteps(args, keys);
  const at = steps.findIndex(({ id }) => id === args.rotation?.step);
  return steps
    .slice(0, at + 1)
    .flatMap(({ file }) => (file === undefined ? [] : [file]))
    .at(-1);
}

/** What is wrong with a rotation, material aside, and with what it is to. */
export function rotationFaults(args: PlainArgs, { tool }: AuditLoggingConfig): readonly ControlPlaneFault[] {
  const { rotation } = args;
  if (rotation === undefined || tools[tool].encryptsItself) return [];
  try {
    const ids = rotationSteps(args, placeholders(keyNamesIn(args))).map(({ id }) => id);
    if (ids.some((id) => id === rotation.step)) return [];
    const message = `this rotation has no step ${JSON.stringify(rotation.step)}`;
    return [fault('rotation.step', rotation.step, message, `its steps are ${ids.join(', ')}`)];
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    return error.faults;
  }
}
