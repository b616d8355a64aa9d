/** The platform's stacks as Pulumi components, and what their programs are made with. */
export {
  type AuditLogArgs,
  AuditLogging,
  type AuditLoggingArgs,
  type AuditWebhookArgs,
  type ControlPlaneFile,
  type ControlPlaneFlag,
  type EncryptionArgs,
  type SensitiveResourcesArgs,
} from './audit-logging';
export {
  AppResources,
  type AppResourcesArgs,
  LateValues,
  type StandInOptions,
  TakenApartError,
} from './bridge';
export {
  type CustomPatternArgs,
  type ExistingStoreArgs,
  type LogBucketArgs,
  type LogImagesArgs,
  type LogLoadArgs,
  LogPipeline,
  type LogPipelineArgs,
  type LogRedactionArgs,
  type LogRetentionArgs,
  type LogSourcesArgs,
  type LogVolumesArgs,
  type StreamRetentionArgs,
} from './log-pipeline';
export {
  type AcceptedRelease,
  type HardenedResource,
  type HardenTransformOptions,
  hardenTransform,
  hardenTransformation,
  type TransformedResource,
} from './transform/harden-transform';
