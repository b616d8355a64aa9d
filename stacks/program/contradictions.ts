import { isDnsLabel } from '../../core/manifest/names';
import type { ConfigKeyName } from './config-keys';
import { auditLoggingFaults } from './faults/audit-logging';
import { logPipelineFaults } from './faults/log-pipeline';
import { privateRegistryFaults } from './faults/private-registry';
import { chosenStacks, type Settings } from './settings';
import { type StackId, stackIds } from './stack-ids';

/** What is of one stack alone: its keys, and what is wrong with what they say. */
const ofStacks: Readonly<
  Record<
    StackId,
    {
      readonly keys: readonly ConfigKeyName[];
      readonly faults: (settings: Settings, project: string) => readonly string[];
    }
  >
> = {
  'audit-logging': { keys: ['auditLogging', 'encryptionKeys'], faults: auditLoggingFaults },
  'log-pipeline': { keys: ['logPipeline'], faults: logPipelineFaults },
  'private-registry': {
    keys: ['privateRegistry', 'registryPasswords', 'registryUploadSecret'],
    faults: privateRegistryFaults,
  },
};

/** What is right by itself and wrong beside something else, without the project of each key. */
export function contradictionsIn(settings: Settings, project: string): readonly string[] {
  const { owner, stacks, withheld = [] } = settings;
  const ofOwner = isDnsLabel(owner)
    ? []
    : [`owner: ${JSON.stringify(owner)} can be no value of a label; use small letters, digits and -`];
  const none = `stacks: none is named, and nothing would be deployed; name ${stackIds.join(', ')}, or leave it out`;
  const chosen = chosenStacks(settings);
  const isGiven = (key: ConfigKeyName): boolean => settings[key] !== undefined || withheld.includes(key);
  const idle = stackIds
    .filter((id) => !chosen.includes(id))
    .flatMap((id) =>
      ofStacks[id].keys
        .filter(isGiven)
        .map((key) => `${key}: it is for ${id}, which is not among stacks; add it there, or take this away`),
    );
  return [
    ...ofOwner,
    ...(stacks?.length === 0 ? [none] : []),
    ...idle,
    ...chosen.flatMap((id) => ofStacks[id].faults(settings, project)),
  ];
}
