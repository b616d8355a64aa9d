/** Configurations of the program, and what is said of them. */
import { ConfigError, readSettings } from '../../../stacks/program/read-settings';

export const key = Buffer.alloc(32, 7).toString('base64');

/** A configuration without faults, and what changes in it: undefined takes a key away. What begins with `!` is secret. */
export function read(changes: Readonly<Record<string, unknown>> = {}) {
  const good = {
    kubernetesVersion: '1.34',
    distribution: 'kubeadm',
    owner: 'team-platform',
    context: 'prod',
    auditLogging: { encryption: { keyNames: ['2026-11'] } },
    '!encryptionKeys': { '2026-11': key },
  };
  const entries = Object.entries({ ...good, ...changes })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string, boolean] => {
      const plain = name.replace('!', '');
      const whole = plain.includes(':') ? plain : `kube-bulwark:${plain}`;
      return [whole, typeof value === 'string' ? value : JSON.stringify(value), name.startsWith('!')];
    });
  const values = Object.fromEntries(entries.map(([name, value]) => [name, value]));
  const secretKeys = entries.filter(([, , isSecret]) => isSecret).map(([name]) => name);
  return readSettings({ values, secretKeys }, 'kube-bulwark');
}

export function faultsOf(changes: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    read(changes);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}
