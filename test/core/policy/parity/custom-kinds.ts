import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../../core/manifest';
import { resourceOf } from '../../../../core/policy/compile/match';
import { type GoModuleId, goModule } from '../../../support/go-module';

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

const typed = object({ type: text });
const template = object({ template: typed });
const operated = object({ destination: typed });

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
  { group: 'bitnami.com', version: 'v1alpha1', kind: 'SealedSecret', scope: 'Namespaced', spec: template },
  {
    group: 'external-secrets.io',
    version: 'v1',
    kind: 'ExternalSecret',
    scope: 'Namespaced',
    spec: object({ target: template }),
  },
  {
    group: 'external-secrets.io',
    version: 'v1',
    kind: 'ClusterExternalSecret',
    scope: 'Cluster',
    spec: object({ externalSecretSpec: object({ target: template }) }),
  },
  ...['VaultStaticSecret', 'VaultDynamicSecret', 'VaultPKISecret', 'HCPVaultSecretsApp'].map((kind) => ({
    group: 'secrets.hashicorp.com',
    version: 'v1beta1',
    kind,
    scope: 'Namespaced',
    spec: operated,
  })),
  {
    group: 'secrets-store.csi.x-k8s.io',
    version: 'v1',
    kind: 'SecretProviderClass',
    scope: 'Namespaced',
    spec: object({ secretObjects: list(typed) }),
  },
].map((given) => ({ ...given, plural: resourceOf(given.kind) }));

/** Where definitions are published: the module, and the file in it. */
const published: Readonly<Record<string, readonly [GoModuleId, string]>> = {
  'gateways.gateway.networking.k8s.io': ['gatewayApi', 'config/crd/standard/gateway.networking.k8s.io_gateways.yaml'],
  'listenersets.gateway.networking.k8s.io': [
    'gatewayApi',
    'config/crd/standard/gateway.networking.k8s.io_listenersets.yaml',
  ],
  'httproutes.gateway.networking.k8s.io': [
    'gatewayApi',
    'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
  ],
  'xlistenersets.gateway.networking.x-k8s.io': [
    'gatewayApiWithXListenerSet',
    'config/crd/experimental/gateway.networking.x-k8s.io_xlistenersets.yaml',
  ],
  'gateways.networking.istio.io': ['istioApi', 'kubernetes/customresourcedefinitions.gen.yaml'],
};

/** The definition of one of them: the published one, or where Go or its proxy is missing one of our own, of the fields that rules read. */
export function customResourceDefinition(given: (typeof customKinds)[number]): KubernetesObject {
  const { group, version, kind, scope, spec, plural } = given;
  const [module, file] = published[`${plural}.${group}`] ?? [];
  const downloaded = module && goModule(module);
  if (downloaded !== undefined && file !== undefined && 'folder' in downloaded) {
    const documents = parseAllDocuments(readFileSync(join(downloaded.folder, file), 'utf8'));
    const definition = documents
      .map((document) => document.toJS() as KubernetesObject | null)
      .find((each) => each?.metadata?.name === `${plural}.${group}`);
    if (definition) return definition;
    throw new Error(`${file} does not define ${plural}.${group}`);
  }
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
