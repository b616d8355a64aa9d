/** What the pack that comes with the package runs: settings from the `bulwark.yaml` that BULWARK_CONFIG names. */
import { readFileSync } from 'node:fs';
import { ClusterTarget } from '../../core/cluster/target';
import { newestVersion } from '../../core/cluster/version';
import { type Config, emptyConfig } from '../../core/config/config';
import { readConfig } from '../../core/config/read-config';
import { bulwarkPolicyPack } from './index';

function configOf(file: string | undefined): Config {
  if (file === undefined) return emptyConfig;
  const result = readConfig(readFileSync(file, 'utf8'), file);
  if ('config' in result) return result.config;
  const faults = result.faults.map(({ line, column, reason }) => `${file}:${line ?? 1}:${column ?? 1}: ${reason}`);
  throw new Error(`BULWARK_CONFIG names a file with faults\n${faults.join('\n')}`);
}

const { target: declared, registries, frameworks, exceptions, podTemplateKinds } = configOf(process.env.BULWARK_CONFIG);
const { kubernetesVersion = newestVersion, ...facts } = declared;
const target = ClusterTarget.of(kubernetesVersion, facts);
if (target.faults.length > 0)
  throw new Error(
    `BULWARK_CONFIG names a target with faults\n${target.faults.map(({ message }) => message).join('\n')}`,
  );

bulwarkPolicyPack({
  target,
  ...(registries && { registries }),
  ...(frameworks && { frameworks }),
  exceptions,
  podTemplateKinds,
});
