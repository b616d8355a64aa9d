/** Who a mesh lets in, by its objects alone: a second, naive reading of what Istio's and Linkerd's references say. */
import type { KubernetesObject } from '../../core/manifest';

/** A connection as the proxy of the server sees it. */
export interface Call {
  /** Who the client is; undefined for one outside of the mesh. */
  readonly client?: { readonly namespace: string; readonly serviceAccount: string };
  readonly server: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  readonly port: number;
  /** Of a request by HTTP. @default '/' */
  readonly path?: string;
}

type Fields = Readonly<Record<string, never>>;

const specOf = (object: KubernetesObject) => (object.spec ?? {}) as Fields;

function selects(selector: { matchLabels?: Record<string, string> } | undefined, labels: Call['server']['labels']) {
  return Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}

function of(objects: readonly KubernetesObject[], group: string, kind: string, namespace: string) {
  return objects.filter(
    (object) =>
      object.kind === kind && object.apiVersion?.startsWith(`${group}/`) && object.metadata?.namespace === namespace,
  );
}

const matches = (pattern: string, text: string) =>
  pattern === '*' ||
  pattern === text ||
  (pattern.endsWith('*') && text.startsWith(pattern.slice(0, -1))) ||
  (pattern.startsWith('*') && text.endsWith(pattern.slice(1)));

/** Istio, in both ways: which mode of mutual TLS holds on the port, and whether a policy allows it. */
export function istioAllows(objects: readonly KubernetesObject[], { client, server, port }: Call): boolean {
  const ofWorkload = (kind: string) =>
    of(objects, 'security.istio.io', kind, server.namespace).filter((object) =>
      selects(specOf(object).selector, server.labels),
    );
  const modes = ofWorkload('PeerAuthentication').map(specOf) as unknown as {
    selector?: object;
    mtls?: { mode: string };
    portLevelMtls?: Record<string, { mode: string }>;
  }[];
  const own = modes.find(({ selector }) => selector !== undefined);
  const general = modes.find(({ selector }) => selector === undefined);
  const mode = own?.portLevelMtls?.[port]?.mode ?? own?.mtls?.mode ?? general?.mtls?.mode ?? 'PERMISSIVE';
  if (mode === 'STRICT' && client === undefined) return false;
  const principal =
    mode === 'DISABLE' || client === undefined
      ? undefined
      : `cluster.local/ns/${client.namespace}/sa/${client.serviceAccount}`;
  const policies = ofWorkload('AuthorizationPolicy').map(specOf) as unknown as {
    rules?: {
      from?: { source: { principals: string[] } }[];
      to?: { operation: { ports: string[] } }[];
    }[];
  }[];
  if (policies.length === 0) return true;
  return policies.some(({ rules = [] }) =>
    rules.some(
      ({ from, to }) =>
        (from === undefined ||
          from.some(({ source }) =>
            source.principals.some((each) => principal !== undefined && matches(each, principal)),
          )) &&
        (to === undefined || to.some(({ operation }) => operation.ports.includes(String(port)))),
    ),
  );
}

/** Linkerd: the Server of the port, its route for the path, and the policies of both; without a Server, what the namespace says. */
export function linkerdAllows(objects: readonly KubernetesObject[], call: Call): boolean {
  const { client, server, port, path = '/' } = call;
  const all = (kind: string, group = 'policy.linkerd.io') => of(objects, group, kind, server.namespace);
  const found = all('Server').filter(
    (object) => Number(specOf(object).port) === port && selects(specOf(object).podSelector, server.labels),
  );
  if (found.length > 1) throw new Error(`${found.length} Servers select one port`);
  const [target] = found;
  if (target === undefined) {
    const namespace = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata?.name === server.namespace);
    return namespace?.metadata?.annotations?.['config.linkerd.io/default-inbound-policy'] !== 'deny';
  }
  const routes = all('HTTPRoute', 'gateway.networking.k8s.io').filter((object) =>
    (specOf(object).parentRefs as unknown as { name: string }[]).some(({ name }) => name === target.metadata?.name),
  );
  const pathsOf = (object: KubernetesObject) =>
    (specOf(object).rules as unknown as { matches: { path: { type: string; value: string } }[] }[]).flatMap((rule) =>
      rule.matches.map((match) => match.path),
    );
  const route =
    routes.find((object) => pathsOf(object).some(({ type, value }) => type === 'Exact' && value === path)) ??
    routes.find((object) => pathsOf(object).some(({ type, value }) => type === 'PathPrefix' && path.startsWith(value)));
  if (routes.length > 0 && route === undefined) return false;
  const targets = [target, ...(route ? [route] : [])];
  const identity =
    client && `${client.serviceAccount}.${client.namespace}.serviceaccount.identity.linkerd.cluster.local`;
  const authenticated = ({ kind, name }: { kind: string; name: string }) => {
    const authentication = all(kind).find(({ metadata }) => metadata?.name === name);
    if (authentication === undefined) return false;
    const { identities, networks } = specOf(authentication) as unknown as {
      identities?: string[];
      networks?: object[];
    };
    return identities
      ? identities.some((each) => identity !== undefined && matches(each, identity))
      : !!networks?.length;
  };
  return all('AuthorizationPolicy').some((object) => {
    const { targetRef, requiredAuthenticationRefs } = specOf(object) as unknown as {
      targetRef: { kind: string; name: string };
      requiredAuthenticationRefs: { kind: string; name: string }[];
    };
    const isMeant = targets.some(({ kind, metadata }) => kind === targetRef.kind && metadata?.name === targetRef.name);
    return isMeant && requiredAuthenticationRefs.every(authenticated);
  });
}

export const allows = { istio: istioAllows, 'istio-ambient': istioAllows, linkerd: linkerdAllows } as const;
