import type { Schema } from '../../core/config/schema';
import type { ControlPlaneFault } from '../../core/control-plane';
import { fault } from '../../core/control-plane/checks';
import { isMapping } from '../../core/manifest/plain';
import { nearest } from '../../core/nearest';
import { configKeys } from '../program/config-keys';

/** Arguments that the configuration of the program has beside those of the stack. */
const beside: readonly string[] = ['kubernetesVersion', 'distribution', 'owner', 'encryptionKeys'];

/** What plain JavaScript and YAML may write and no type allows: keys that nobody would look at, and what is no list or no mapping. */
export function shapeFaults(args: object): readonly ControlPlaneFault[] {
  const schema: Schema = configKeys.auditLogging;
  return mappingFaults(args, schema, '', [...Object.keys(schema.properties ?? {}), ...beside]);
}

function faultsOf(value: unknown, schema: Schema, at: string): readonly ControlPlaneFault[] {
  if (value === undefined) return [];
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [fault(at, undefined, 'it is no list', 'write it as one: […]')];
    return value.flatMap((item: unknown, i) => faultsOf(item, schema.items ?? {}, `${at}[${i}]`));
  }
  if (schema.type === 'boolean' && typeof value !== 'boolean')
    return [fault(at, value, `${JSON.stringify(value)} is neither true nor false`, 'write true or false')];
  if (schema.type !== 'object') return [];
  if (!isMapping(value)) return [fault(at, undefined, 'it is no mapping', 'write it as one: { … }')];
  return schema.properties === undefined ? [] : mappingFaults(value, schema, at, Object.keys(schema.properties));
}

function mappingFaults(
  value: object,
  { properties = {} }: Schema,
  at: string,
  known: readonly string[],
): readonly ControlPlaneFault[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const place = at === '' ? key : `${at}.${key}`;
    if (known.includes(key)) return faultsOf(member, properties[key] ?? {}, place);
    const near = nearest(key, known);
    const remedy = near === undefined ? `use one of ${known.join(', ')}` : `write ${near}`;
    return [
      fault(place, undefined, `there is no argument ${JSON.stringify(key)}, and nobody would look at it`, remedy),
    ];
  });
}
