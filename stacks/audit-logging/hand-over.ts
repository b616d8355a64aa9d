import type { ClusterTarget } from '../../core/cluster';
import {
  type ControlPlane,
  ControlPlaneError,
  type ControlPlaneSettings,
  controlPlane,
  type EncryptionKeys,
  type NodeFile,
} from '../../core/control-plane';
import { asArgument } from './settings';
import { type ToolId, tools, type Written } from './tools';

/** What the arguments come to, without the material of keys. */
export interface AuditLoggingConfig {
  readonly target: ClusterTarget;
  readonly tool: ToolId;
  readonly controlPlane: ControlPlaneSettings;
  /** What the tool is told besides. */
  readonly group: Readonly<Record<string, string>>;
}

/** Keys of no use, each of its own: whatever holds no keys is the same with any. */
export function placeholders(names: readonly string[]): EncryptionKeys {
  return Object.fromEntries(names.map((key, i) => [key, Buffer.alloc(32, i + 1).toString('base64')]));
}

/**
 * The control plane of the settings.
 * @param keys of those that the settings do not name none is looked at
 * @throws ControlPlaneError by the names of the arguments
 */
export function planeOf({ controlPlane: settings, target }: AuditLoggingConfig, keys: EncryptionKeys): ControlPlane {
  const { secretbox = [] } = settings.encryption;
  const own = Object.fromEntries(Object.entries(keys).filter(([name]) => secretbox.includes(name)));
  return byArguments(() => controlPlane(settings, target, own));
}

/** A control plane whose file of encryption is another one. */
export function encryptedBy(plane: ControlPlane, file: NodeFile): ControlPlane {
  return { ...plane, files: plane.files.map((each) => (each.path === file.path ? file : each)) };
}

/**
 * In the form of the tool.
 * @throws ControlPlaneError by the names of the arguments
 */
export function writtenFor({ tool, group }: AuditLoggingConfig, plane: ControlPlane): Written {
  return byArguments(() => tools[tool].write(plane, group));
}

/** @throws ControlPlaneError by the names of the arguments */
export function byArguments<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    throw new ControlPlaneError(error.faults.map(asArgument));
  }
}
