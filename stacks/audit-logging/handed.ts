import {
  auditSizing,
  ControlPlaneError,
  type EncryptionKeys,
  flagText,
  type NodeFile,
  type NodeFolder,
} from '../../core/control-plane';
import { fault } from '../../core/control-plane/checks';
import { modeText } from '../../core/control-plane/distributions/written';
import { keyProperty } from '../../core/control-plane/encryption';
import { defaultFolder, encryptionPath } from '../../core/control-plane/paths';
import { clonePlain } from '../../core/manifest/plain';
import { type AuditLoggingConfig, encryptedBy, placeholders, planeOf, writtenFor } from './hand-over';
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
import { fileNow, keyNamesIn, rotationSteps } from './rotation';
import { argumentOf, inArguments } from './settings';
import { tools, type Written } from './tools';

/** What is handed out and holds no keys. */
export interface Handed {
  readonly flags: ControlPlaneFlag[];
  readonly files: ControlPlaneFile[];
  readonly toolFiles: ControlPlaneToolFile[];
  /** Paths and names of what holds keys. */
  readonly secretFileNames: string[];
  readonly folders: ControlPlaneFolder[];
  readonly mounts: ControlPlaneMount[];
  readonly needs: ControlPlaneNeed[];
  readonly steps: string[];
  readonly values: CloudValues;
  readonly notSettable: ControlPlaneGap[];
  readonly replaced: ControlPlaneSubstitute[];
  readonly sizing?: AuditLoadSizing;
}

/** What is handed out and holds keys. */
export interface HandedSecrets {
  readonly files: ControlPlaneFile[];
  readonly toolFiles: ControlPlaneToolFile[];
  readonly rotationSteps: KeyRotationStep[];
}

/** Everything that holds no keys. */
export function handedOver(args: PlainArgs, config: AuditLoggingConfig): Handed {
  const plane = planeOf(config, placeholders(config.controlPlane.encryption.secretbox ?? []));
  const written = writtenNow(args, config, placeholders(keyNamesIn(args)));
  const { folders, mounts, needs, steps, values, notSettable, replaced } = written;
  return clonePlain({
    // A cloud's programs take none.
    flags:
      Object.keys(values).length > 0 ? [] : plane.flags.map((of) => ({ component: of.component, flag: flagText(of) })),
    files: filesOf(written.files, false),
    toolFiles: toolFilesOf(written, false),
    secretFileNames: [
      ...filesOf(written.files, true).map(({ path }) => path),
      ...toolFilesOf(written, true).map(({ name }) => name),
    ],
    folders: folders.map(folderOf),
    mounts: mounts.map(({ path, readOnly, type }) => ({ path, readOnly, type })),
    needs,
    steps,
    values,
    notSettable: notSettable.map(({ what, why, instead }) => ({
      what,
      why: inArguments(why),
      instead: inArguments(instead),
    })),
    replaced,
    ...(args.load !== undefined && { sizing: auditSizing(args.load, config.controlPlane.audit) }),
  });
}

/**
 * Everything that holds keys.
 * @throws ControlPlaneError where their material is not what the settings take, without any of it
 */
export function handedSecrets(args: PlainArgs, config: AuditLoggingConfig, keys: EncryptionKeys): HandedSecrets {
  refuseUnused(args, keys);
  const written = writtenNow(args, config, keys);
  const { apply } = tools[config.tool];
  const path = encryptionPath(config.controlPlane.folder ?? defaultFolder);
  const steps = rotationSteps(args, keys).map(({ id, title, why, file, commands }): KeyRotationStep => {
    const own = file && writtenFor(config, encryptedBy(planeOf(config, keys), file));
    return {
      id,
      title,
      why,
      files: own === undefined ? [] : own.files.filter((each) => each.path === path).map(fileOf),
      toolFiles: own === undefined ? [] : toolFilesOf(own, true),
      commands: [...(file === undefined || apply === undefined ? commands : apply(config.group, file.path))],
    };
  });
  return { files: filesOf(written.files, true), toolFiles: toolFilesOf(written, true), rotationSteps: steps };
}

/** A key that nothing uses may be one that somebody takes for used. */
function refuseUnused(args: PlainArgs, keys: EncryptionKeys): void {
  const names = keyNamesIn(args);
  const unused = Object.keys(keys).filter((name) => !names.includes(name));
  if (unused.length === 0) return;
  throw new ControlPlaneError(
    unused.map((name) =>
      fault(
        argumentOf(keyProperty(name)),
        undefined,
        'no provider uses this key',
        'leave it out, or name it in encryption.keyNames',
      ),
    ),
  );
}

/** What the nodes are to have now, in the midst of a rotation or not. */
function writtenNow(args: PlainArgs, config: AuditLoggingConfig, keys: EncryptionKeys): Written {
  const plane = planeOf(config, keys);
  const file = fileNow(args, keys);
  return writtenFor(config, file === undefined ? plane : encryptedBy(plane, file));
}

function filesOf(files: readonly NodeFile[], holdingSecrets: boolean): ControlPlaneFile[] {
  return files.filter(({ holdsSecrets }) => holdsSecrets === holdingSecrets).map(fileOf);
}

function toolFilesOf({ config }: Written, holdingSecrets: boolean): ControlPlaneToolFile[] {
  return config
    .filter(({ holdsSecrets }) => holdsSecrets === holdingSecrets)
    .map(({ name, content }) => ({ name, content }));
}

function fileOf({ path, content, mode, owner }: NodeFile): ControlPlaneFile {
  return { path, content, mode: modeText(mode), owner };
}

function folderOf({ path, mode, owner }: NodeFolder): ControlPlaneFolder {
  return { path, mode: modeText(mode), owner };
}
