import { today } from '../../../constructs/app/today';
import { isKeyName } from '../../../core/control-plane/encryption';
import { auditLoggingConfig } from '../../audit-logging/config';
import type { PlainArgs } from '../../audit-logging/plain-args';
import { keyNamesIn } from '../../audit-logging/rotation';
import { runbookFaults } from '../../runbooks';
import type { Settings } from '../settings';
import { byKeys } from './told';

const stack = { id: 'audit-logging', under: 'auditLogging' } as const;

export function auditLoggingFaults(settings: Settings, project: string): readonly string[] {
  const { kubernetesVersion, distribution, auditLogging, encryptionKeys = {}, withheld = [] } = settings;
  const args: PlainArgs = {
    ...auditLogging,
    kubernetesVersion,
    ...(distribution !== undefined && { distribution }),
  };
  const ofArgs = auditLoggingConfig(args, today()).faults.map(({ property: key, ...rest }) => ({ key, ...rest }));
  const faults = byKeys(stack, [...ofArgs, ...runbookFaults(auditLogging?.runbooks)], settings);
  if (withheld.includes('encryptionKeys')) return faults;
  const names = keyNamesIn(auditLogging ?? {});
  const missing = names.filter((each) => isKeyName(each) && encryptionKeys[each] === undefined);
  const idle = Object.keys(encryptionKeys).filter((each) => !names.includes(each));
  return [
    ...faults,
    ...missing.map(
      (name) =>
        `encryptionKeys: there is no material for the key ${name}; pulumi config set --secret --path '${project}:encryptionKeys["${name}"]' "$(head -c 32 /dev/urandom | base64)"`,
    ),
    ...idle.map((name) =>
      isKeyName(name)
        ? `encryptionKeys: auditLogging.encryption.keyNames does not name ${JSON.stringify(name)}; name it there, or take it away`
        : 'encryptionKeys: something in it is called by what is no name of a key, and may be the material; write <name>: <material>',
    ),
  ];
}
