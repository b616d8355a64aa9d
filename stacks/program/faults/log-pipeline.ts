import { today } from '../../../constructs/app/today';
import { logPipelineConfig } from '../../log-pipeline/config';
import { runbookFaults } from '../../runbooks';
import { logPipelineArgs } from '../log-pipeline-args';
import type { Settings } from '../settings';
import { byKeys, untold } from './told';

const stack = { id: 'log-pipeline', under: 'logPipeline' } as const;

export function logPipelineFaults(settings: Settings): readonly string[] {
  const args = logPipelineArgs(settings);
  if (args === undefined) return [untold(stack.id, stack.under)];
  return byKeys(stack, [...logPipelineConfig(args, today()).faults, ...runbookFaults(args.runbooks)], settings);
}
