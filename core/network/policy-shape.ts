import type { Schema } from '../config/schema';
import { schemaFaults } from '../config/schema-faults';
import { apiGroup } from '../manifest/identity';
import type { Json, KubernetesObject } from '../manifest/object';
import { formatPath, type Path } from '../manifest/path';
import { isAbsent, isMapping } from '../manifest/plain';

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

const peers = listOf({
  podSelector: selector,
  namespaceSelector: selector,
  ipBlock: { type: 'object', properties: { cidr: text, except: texts } },
});
const ports = listOf({
  protocol: text,
  port: { type: ['integer', 'string'] },
  endPort: { type: 'integer' },
});

const namespacePolicy: Schema = {
  type: 'object',
  properties: {
    podSelector: selector,
    policyTypes: texts,
    ingress: listOf({ from: peers, ports }),
    egress: listOf({ to: peers, ports }),
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
  ['networking.k8s.io/NetworkPolicy', namespacePolicy],
  ['policy.networking.k8s.io/AdminNetworkPolicy', adminPolicy(['Allow', 'Deny', 'Pass'], 'ports', { priority })],
  ['policy.networking.k8s.io/BaselineAdminNetworkPolicy', adminPolicy(['Allow', 'Deny'], 'ports', {})],
  [
    'policy.networking.k8s.io/ClusterNetworkPolicy',
    adminPolicy(['Accept', 'Deny', 'Pass'], 'protocols', { priority, tier: oneOf('Admin', 'Baseline') }),
  ],
]);

/**
 * What of a policy has another type than its field, such as a mapping in place of a list: the API server cannot read such an object. Of the policies
 * of administrators also what their definitions do not know, or miss.
 */
export function shapeFaults({ apiVersion, kind, spec }: KubernetesObject): readonly ShapeFault[] {
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

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)];
    return isMapping(at) ? at[String(key)] : undefined;
  }, value);
}
