import { newestVersion } from '../cluster/version';
import type { Schema } from '../config/schema';
import { schemaFaults } from '../config/schema-faults';
import { apiGroup } from '../manifest/identity';
import type { Json, KubernetesObject } from '../manifest/object';
import { formatPath, type Path, valueAt } from '../manifest/path';
import { isAbsent } from '../manifest/plain';
import { schemaFaults as kindFaults } from '../schema';
import { isNetworkPolicy } from './policy-spec';

/** Something in a policy that is not of the type that its field has. */
export interface ShapeFault {
  readonly path: Path;
  readonly value: unknown;
  readonly message: string;
  readonly remedy: string;
}

const text: Schema = { type: 'string' };
const texts: Schema = { type: 'array', items: text };
const listOf = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'array',
  items: { type: 'object', properties },
});

const selector: Schema = {
  type: 'object',
  properties: {
    matchLabels: { type: 'object', additionalProperties: text },
    matchExpressions: listOf({ key: text, operator: text, values: texts }),
  },
};

/** Their definitions know no other fields: a selector that is misspelt would be for everybody. */
const closed = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const oneOf = (...words: readonly string[]): Schema => ({ type: 'string', enum: words });
const adminSelector = closed(selector.properties ?? {});
const adminPods = closed({ namespaceSelector: adminSelector, podSelector: adminSelector });
const subject = closed({ namespaces: adminSelector, pods: adminPods });
const adminPeers: Schema = {
  type: 'array',
  items: closed({
    namespaces: adminSelector,
    pods: adminPods,
    nodes: adminSelector,
    networks: texts,
    domainNames: texts,
  }),
};

function adminPolicy(
  actions: readonly string[],
  portsKey: 'ports' | 'protocols',
  own: Readonly<Record<string, Schema>>,
): Schema {
  const rules = (peers: 'from' | 'to'): Schema => ({
    type: 'array',
    items: closed({ name: text, action: oneOf(...actions), [peers]: adminPeers, [portsKey]: listOf({}) }, [
      'action',
      peers,
    ]),
  });
  return closed({ ...own, subject, ingress: rules('from'), egress: rules('to') }, [...Object.keys(own), 'subject']);
}

const priority: Schema = { type: 'integer' };

/** By group and kind. */
const schemas: ReadonlyMap<string, Schema> = new Map([
  ['policy.networking.k8s.io/AdminNetworkPolicy', adminPolicy(['Allow', 'Deny', 'Pass'], 'ports', { priority })],
  ['policy.networking.k8s.io/BaselineAdminNetworkPolicy', adminPolicy(['Allow', 'Deny'], 'ports', {})],
  [
    'policy.networking.k8s.io/ClusterNetworkPolicy',
    adminPolicy(['Accept', 'Deny', 'Pass'], 'protocols', { priority, tier: oneOf('Admin', 'Baseline') }),
  ],
]);

/**
 * What of a policy the API server cannot read, such as a mapping in place of a list. Of the policies of administrators, which are custom kinds, also what their
 * definitions do not know, or miss. Of a NetworkPolicy, the rule schema-valid tells of the fields that there are not.
 */
export function shapeFaults(object: KubernetesObject): readonly ShapeFault[] {
  const { apiVersion, kind, spec } = object;
  if (isNetworkPolicy(object))
    return kindFaults(object, newestVersion).flatMap(({ cause, path, value, message, remedy }) =>
      cause === 'type' && path[0] === 'spec' ? [{ path, value, message, remedy }] : [],
    );
  const schema = schemas.get(`${apiGroup(apiVersion)}/${kind}`);
  if (schema === undefined || isAbsent(spec)) return [];
  return schemaFaults(spec as Json, schema, ['spec'])
    .map(({ path, reason }) => ({
      path,
      value: valueAt(spec, path.slice(1)),
      message: withoutPath(reason, formatPath(path)),
      remedy: `see \`kubectl explain ${kind.toLowerCase()}.spec\``,
    }))
    .filter(({ value }) => !isAbsent(value));
}

function withoutPath(reason: string, path: string): string {
  return reason.startsWith(`${path} `) ? reason.slice(path.length + 1) : reason;
}
