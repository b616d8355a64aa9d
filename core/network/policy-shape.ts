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

const adminPods: Schema = { type: 'object', properties: { namespaceSelector: selector, podSelector: selector } };
const adminPeers = listOf({
  namespaces: selector,
  pods: adminPods,
  nodes: selector,
  networks: texts,
  domainNames: texts,
});
const adminRules = listOf({ from: adminPeers, to: adminPeers, ports: listOf({}), protocols: listOf({}) });
const adminPolicy: Schema = {
  type: 'object',
  properties: {
    subject: { type: 'object', properties: { namespaces: selector, pods: adminPods } },
    ingress: adminRules,
    egress: adminRules,
  },
};

/** By group and kind. */
const schemas: ReadonlyMap<string, Schema> = new Map([
  ['networking.k8s.io/NetworkPolicy', namespacePolicy],
  ['policy.networking.k8s.io/AdminNetworkPolicy', adminPolicy],
  ['policy.networking.k8s.io/BaselineAdminNetworkPolicy', adminPolicy],
  ['policy.networking.k8s.io/ClusterNetworkPolicy', adminPolicy],
]);

/** What of a policy has another type than its field, such as a mapping in place of a list: the API server cannot read such an object. */
export function shapeFaults({ apiVersion, kind, spec }: KubernetesObject): readonly ShapeFault[] {
  const schema = schemas.get(`${apiGroup(apiVersion)}/${kind}`);
  if (schema === undefined || isAbsent(spec)) return [];
  return schemaFaults(spec as Json, schema, ['spec'])
    .map(({ path, reason }) => ({
      path,
      value: valueAt(spec, path.slice(1)),
      message: reason.slice(formatPath(path).length + 1),
      remedy: `see \`kubectl explain ${kind.toLowerCase()}.spec\``,
    }))
    .filter(({ value }) => !isAbsent(value));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)];
    return isMapping(at) ? at[String(key)] : undefined;
  }, value);
}
