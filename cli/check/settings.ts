import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { today } from '../../constructs/app/today';
import type { Distribution } from '../../core/cluster/distribution';
import { ClusterTarget } from '../../core/cluster/target';
import { newestVersion } from '../../core/cluster/version';
import { type Config, emptyConfig } from '../../core/config/config';
import type { FrameworkId } from '../../core/policy/frameworks';
import type { EvaluateOptions } from '../../core/policy/judge';
import { spellingFault } from '../../core/registry/host';
import { type CheckReport, describeInputError, describeInputErrors } from '../../core/report/check-report';
import { UsageError } from '../command';
import { readText } from '../input/read-text';
import type { CheckArguments } from './options';

/** The settings file that is read where none is named. */
export const CONFIG_FILE = 'bulwark.yaml';

/** What a check does: the command line over the settings file. */
export interface Settings {
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  readonly evaluation: EvaluateOptions;
  readonly failOn: CheckReport['failOn'];
}

/** @throws UsageError with everything that is wrong with the settings file or the target. */
export function settingsOf({ values, paths }: CheckArguments): Settings {
  const { config, folder } = configOf(values.config);
  const target = targetOf(values, config);
  const chosen = paths.length > 0 ? paths : (config.paths ?? []).map((path) => join(folder, path));
  if (chosen.length === 0)
    throw new UsageError(
      'name files, folders or patterns to check, or - for standard input; or set paths in bulwark.yaml',
    );
  return {
    paths: chosen,
    exclude: [...(config.exclude ?? []), ...(values.exclude ?? [])],
    evaluation: {
      target,
      registries: registriesOf(values, config),
      frameworks: (values.framework as readonly FrameworkId[] | undefined) ?? config.frameworks,
      podTemplateKinds: config.podTemplateKinds,
      exceptions: config.exceptions,
      ignoresAnnotations: values['ignore-annotations'] ?? config.ignoreAnnotations,
      today: today(),
    },
    failOn: (values['fail-on'] as CheckReport['failOn'] | undefined) ?? config.failOn ?? 'error',
  };
}

/**
 * The registries that the command line names, over the settings.
 * @throws UsageError for names that no image has
 */
export function registriesOf(
  { registry }: { readonly registry?: readonly string[] },
  { registries }: Config,
): readonly string[] | undefined {
  const wrong = (registry ?? []).flatMap((each) => {
    const fault = spellingFault(each);
    return fault === undefined ? [] : [`--registry ${each}: ${fault.message}; ${fault.remedy}`];
  });
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  return registry ?? registries;
}

/**
 * The target that the command line names, over the settings.
 * @throws UsageError for one that there is not
 */
export function targetOf(
  values: { readonly 'kubernetes-version'?: string; readonly distribution?: string },
  { target: declared }: Config,
): ClusterTarget {
  const version = values['kubernetes-version'] ?? declared.kubernetesVersion ?? newestVersion;
  const target = ClusterTarget.of(version, {
    distribution: (values.distribution as Distribution | undefined) ?? declared.distribution,
    ...(declared.cni && { cni: declared.cni }),
    ...(declared.nodes && { nodes: declared.nodes }),
  });
  if (target.faults.length > 0)
    throw new UsageError(target.faults.map(({ message, remedy }) => `${message}: ${remedy}`).join('\n'));
  return target;
}

/**
 * The settings file that is named, or the one that is here.
 * @throws UsageError with everything that is wrong with it
 */
export function configOf(named: string | undefined): { readonly config: Config; readonly folder: string } {
  if (named === undefined && !existsSync(CONFIG_FILE)) return { config: emptyConfig, folder: '.' };
  const path = named ?? CONFIG_FILE;
  const read = readText(path);
  if ('reason' in read) throw new UsageError(describeInputError({ file: path, reason: read.reason }));
  // Loaded only where there is something to read: it takes the whole parser.
  const { readConfig } = require('../../core/config/read-config') as typeof import('../../core/config/read-config');
  const result = readConfig(read.text, path);
  if ('faults' in result) throw new UsageError(describeInputErrors(result.faults));
  return { config: result.config, folder: dirname(path) };
}
