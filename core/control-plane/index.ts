export { clusterInfoPath, healthPaths } from './authentication';
export { type ControlPlane, controlPlane, controlPlaneFaults } from './control-plane';
export * from './distributions';
export { ControlPlaneError, type ControlPlaneFault } from './fault';
export type { NeededFile, NodeFile, NodeMount } from './file';
export { type ControlPlaneComponent, controlPlaneComponents, type Flag, flagText } from './flag';
export { absentByCis } from './flags';
export { type KeyRotation, keyRotation, type RotationStep } from './rotation';
export type {
  AdmissionSettings,
  AuditLogFile,
  AuditMode,
  AuditSettings,
  AuditWebhook,
  AuthenticationSettings,
  ControlPlaneException,
  ControlPlaneSettings,
  EncryptionKeys,
  EncryptionSettings,
  EventLimit,
  JwtAuthenticator,
  KmsPlugin,
  PkiFile,
  PkiPaths,
  PodSecurityDefaults,
  PodSecurityStandard,
} from './settings';
export { type AuditLoad, type AuditSizing, auditSizing, loadFaults, settingsForLoad } from './sizing';
