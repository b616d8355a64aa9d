import type { KubernetesObject } from '../../../../core/manifest';
import { resourceOf } from '../../../../core/policy/compile/match';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const number: Schema = { type: 'integer' };
const flag: Schema = { type: 'boolean' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const mapping = (additionalProperties: Schema): Schema => ({ type: 'object', additionalProperties });
/** With the types of the fields that rules read, as the published definitions have them; others are taken as they are. */
const object = (properties: Readonly<Record<string, Schema>> = {}): Schema => ({
  type: 'object',
  properties,
  'x-kubernetes-preserve-unknown-fields': true,
});

const selector = object({ matchLabels: mapping(text), matchExpressions: list(object()) });
const allowed = object({ namespaces: object({ from: text, selector }) });
const listener = object({ name: text, protocol: text, hostname: text, port: number, allowedRoutes: allowed });
const listeners = object({ listeners: list(listener), allowedListeners: allowed });
const server = object({
  port: object({ name: text, number, protocol: text }),
  hosts: list(text),
  tls: object({ httpsRedirect: flag }),
});

/** Kinds of others that rules are about. */
export const customKinds = [
  {
    group: 'security.openshift.io',
    version: 'v1',
    kind: 'SecurityContextConstraints',
    scope: 'Cluster',
    spec: object(),
  },
  { group: 'constraints.gatekeeper.sh', version: 'v1beta1', kind: 'K8sAllowedRepos', scope: 'Cluster', spec: object() },
  { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'Gateway', scope: 'Namespaced', spec: listeners },
  { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'ListenerSet', scope: 'Namespaced', spec: listeners },
  {
    group: 'gateway.networking.k8s.io',
    version: 'v1',
    kind: 'HTTPRoute',
    scope: 'Namespaced',
    spec: object({ rules: list(object({ backendRefs: list(object({ name: text })) })) }),
  },
  {
    group: 'gateway.networking.x-k8s.io',
    version: 'v1alpha1',
    kind: 'XListenerSet',
    scope: 'Namespaced',
    spec: listeners,
  },
  {
    group: 'networking.istio.io',
    version: 'v1',
    kind: 'Gateway',
    scope: 'Namespaced',
    spec: object({ servers: list(server) }),
  },
].map((given) => ({ ...given, plural: resourceOf(given.kind) }));

/** The definition of one of them. */
export function customResourceDefinition(given: (typeof customKinds)[number]): KubernetesObject {
  const { group, version, kind, scope, spec, plural } = given;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups of Kubernetes' own are open to those alone who say that they may.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
    },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope,
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: object({ spec }) } }],
    },
  };
}
