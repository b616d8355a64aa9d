import { formatPath, parsePath } from '../manifest/path';
import { ownPathFault, PodTemplateKinds } from '../manifest/pod-template';
import { readValue } from '../manifest/yaml/read-value';
import type { ExceptionSelector, SelectedException } from '../policy/exceptions/selector';
import { spellingFault } from '../registry/host';
import type { InputError } from '../report/check-report';
import { type Config, emptyConfig } from './config';
import { configSchema } from './schema';
import { schemaFaults } from './schema-faults';

/** The file as its schema has it. */
interface ConfigFile extends Omit<Partial<Config>, 'podTemplateKinds' | 'exceptions'> {
  readonly podTemplateKinds?: readonly { readonly group: string; readonly kind: string; readonly path: string }[];
  readonly exceptions?: readonly (ExceptionSelector & Omit<SelectedException, 'selector'>)[];
}

/** A configuration, or everything that is wrong with it. */
export type ConfigResult = { readonly config: Config } | { readonly faults: readonly InputError[] };

/**
 * Reads a `bulwark.yaml`.
 * @param source the file's name, for messages
 */
export function readConfig(text: string, source: string): ConfigResult {
  const { value, faults, positionOf } = readValue(text, source);
  if (faults.length > 0) return { faults };
  if (value === null) return { config: emptyConfig };
  const wrong = schemaFaults(value, configSchema);
  if (wrong.length > 0)
    return { faults: wrong.map(({ path, reason }) => ({ file: source, ...positionOf(path), reason })) };
  const { podTemplateKinds = [], exceptions = [], target = {}, ...rest } = value as unknown as ConfigFile;
  for (const [index, registry] of (rest.registries ?? []).entries()) {
    const misspelt = spellingFault(registry);
    if (misspelt === undefined) continue;
    const path = ['registries', index];
    const reason = `${formatPath(path)} = ${JSON.stringify(registry)}: ${misspelt.message}; ${misspelt.remedy}`;
    return { faults: [{ file: source, ...positionOf(path), reason }] };
  }
  let kinds = PodTemplateKinds.builtIn;
  for (const [index, { group, kind, path: text }] of podTemplateKinds.entries()) {
    const at = ['podTemplateKinds', index, 'path'];
    const wrongPath = (reason: string): ConfigResult => ({
      faults: [{ file: source, ...positionOf(at), reason: `${formatPath(at)} = ${JSON.stringify(text)}${reason}` }],
    });
    const path = parsePath(text);
    if (path === undefined) return wrongPath(' is no path such as spec.template');
    const foreign = ownPathFault({ group, kind, path });
    if (foreign !== undefined) return wrongPath(`: ${foreign}`);
    kinds = kinds.with({ group, kind, path });
  }
  const selected = exceptions.map(
    ({ rule, reason, expires, ticket, ...selector }, index): SelectedException => ({
      rule,
      reason,
      expires,
      ...(ticket !== undefined && { ticket }),
      selector,
      property: `exceptions[${index}]`,
      location: { file: source, ...positionOf(['exceptions', index]) },
    }),
  );
  return { config: { ...rest, target, podTemplateKinds: kinds, exceptions: selected } };
}
