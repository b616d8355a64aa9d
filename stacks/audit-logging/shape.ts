import type { Schema } from '../../core/config/schema';
import type { ControlPlaneFault } from '../../core/control-plane';
import { fault } from '../../core/control-plane/checks';
import { isMapping } from '../../core/manifest/plain';
import { nearest } from '../../core/nearest';
import { isOpaque } from '../bridge/texts';
import { configKeys } from '../program/config-keys';
import { runbookFaults } from '../runbooks';
import type { AuditLoggingArgs } from './args';

/** Arguments that the configuration of the program has beside those of the stack. */
const beside: readonly string[] = ['kubernetesVersion', 'distribution', 'owner', 'encryptionKeys'];

/** What plain JavaScript and YAML may write and no type allows: keys that nobody would look at, and what is no list or no mapping. */
export function shapeFaults(args: object): readonly ControlPlaneFault[] {
  const schema: Schema = configKeys.auditLogging;
  return mappingFaults(args, schema, '', [...Object.keys(schema.properties ?? {}), ...beside]);
}

/** The arguments that go ways of their own, and may each be an output by itself. */
type Apart = Partial<Pick<AuditLoggingArgs, 'owner' | 'ruleLabels' | 'runbooks' | 'encryptionKeys'>>;

/** The same for what is in objects of the cluster, and for keys; outputs are judged when they are known. */
export function shapeFaultsApart({
  owner,
  ruleLabels = {},
  runbooks,
  encryptionKeys = {},
}: Apart): ControlPlaneFault[] {
  return [
    ...(owner ? textFaults(owner, 'owner') : [fault('owner', undefined, noOwner, "name a team: 'team-platform'")]),
    ...(isMapping(ruleLabels)
      ? Object.entries(ruleLabels).flatMap(([key, value]) => textFaults(value, `ruleLabels[${JSON.stringify(key)}]`))
      : [noMapping('ruleLabels')]),
    ...runbookFaults(runbooks).map(({ key: property, ...rest }) => ({ property, ...rest })),
    ...(isMapping(encryptionKeys) || isOpaque(encryptionKeys) ? [] : [noMapping('encryptionKeys')]),
  ];
}

const noOwner = 'nobody answers for it, and it is a label of the namespace';

function textFaults(value: unknown, at: string): ControlPlaneFault[] {
  if (typeof value === 'string' || isOpaque(value)) return [];
  // It may be a secret that was put there.
  return [fault(at, undefined, 'it is no text', "write it as one: '…'")];
}

function noMapping(at: string): ControlPlaneFault {
  return fault(at, undefined, 'it is no mapping', 'write it as one: { … }');
}

function faultsOf(value: unknown, schema: Schema, at: string): readonly ControlPlaneFault[] {
  if (value === undefined) return [];
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [fault(at, undefined, 'it is no list', 'write it as one: […]')];
    return value.flatMap((item: unknown, i) => faultsOf(item, schema.items ?? {}, `${at}[${i}]`));
  }
  if (schema.type === 'string' && (typeof value !== 'string' || value.length < (schema.minLength ?? 0)))
    return value === '' ? [fault(at, value, 'it is empty', 'give a text, or leave it out')] : textFaults(value, at);
  if (schema.type === 'boolean' && typeof value !== 'boolean')
    return [fault(at, value, `${JSON.stringify(value)} is neither true nor false`, 'write true or false')];
  if (schema.type !== 'object') return [];
  if (!isMapping(value)) return [noMapping(at)];
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
