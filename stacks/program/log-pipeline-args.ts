import { folderOf } from '../../core/control-plane/paths';
import type { PlainArgs } from '../log-pipeline/config';
import { chosenStacks, type Settings } from './settings';

/** The arguments of log-pipeline: it reads the audit log where audit-logging has it written. */
export function logPipelineArgs(settings: Settings): (PlainArgs & { readonly runbooks?: string }) | undefined {
  const { kubernetesVersion, distribution, owner, logPipeline } = settings;
  if (logPipeline === undefined) return undefined;
  const folder = auditFolderOf(settings);
  return {
    ...logPipeline,
    kubernetesVersion,
    owner,
    ...(distribution !== undefined && { distribution }),
    sources: { ...(folder !== undefined && { auditFolder: folder }), ...logPipeline.sources },
  };
}

/** Undefined where the stack's own default is right. */
function auditFolderOf(settings: Settings): string | undefined {
  const { log, webhook } = settings.auditLogging ?? {};
  if (!chosenStacks(settings).includes('audit-logging')) return undefined;
  if (log === undefined) return webhook === undefined ? undefined : '';
  return log.path === undefined ? undefined : folderOf(log.path);
}
