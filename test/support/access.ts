/** Questions about who may do what, and the answers of those whom one has: by hand, by the authorizer, by a real API server. */
import * as fc from 'fast-check';
import { apiKinds } from '../../core/cluster/api-kinds';
import type { KubernetesObject } from '../../core/manifest';
import { type AccessRequest, type Asker, Authorizer, pluralOf } from '../../core/rbac';
import { disagreements } from '../core/rbac/reviews';
import { type Client, eventually } from './control-plane';

/** Subresources that rights may be about, or must not be about. */
const below: Readonly<Record<string, readonly string[]>> = {
  pods: [
    ...['attach', 'binding', 'ephemeralcontainers', 'eviction', 'exec', 'log', 'portforward', 'proxy', 'resize'],
    'status',
  ],
  services: ['proxy', 'status'],
  nodes: ['proxy', 'metrics', 'stats', 'log', 'configz', 'status'],
  serviceaccounts: ['token'],
  deployments: ['scale', 'status'],
  daemonsets: ['status'],
  statefulsets: ['scale', 'status'],
  replicasets: ['scale', 'status'],
  replicationcontrollers: ['scale', 'status'],
  jobs: ['status'],
  cronjobs: ['status'],
  namespaces: ['finalize', 'status'],
  resourcequotas: ['status'],
  horizontalpodautoscalers: ['status'],
  ingresses: ['status'],
  poddisruptionbudgets: ['status'],
  certificatesigningrequests: ['approval', 'status'],
};

/** What is asked of everybody who is authenticated, and answered alike. */
const aboutOneself: ReadonlySet<string> = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/** Every resource of Kubernetes' own, with the subresources that matter, as `group/resource`. */
export const everyResource: readonly { readonly group: string; readonly resource: string }[] = Object.entries(apiKinds)
  .filter(([group]) => !aboutOneself.has(group))
  .flatMap(([group, kinds]) =>
    Object.keys(kinds).flatMap((kind) => {
      const resource = pluralOf(kind);
      return [resource, ...(below[resource] ?? []).map((name) => `${resource}/${name}`)].map((each) => ({
        group,
        resource: each,
      }));
    }),
  );

export const everyVerb: readonly string[] = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
  ...['bind', 'escalate', 'impersonate', 'use', 'approve', 'sign', '*'],
];

/** Roles and bindings among objects. */
export function accessAmong(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter(({ apiVersion }) => apiVersion.startsWith('rbac.authorization.k8s.io/'));
}

/** One question, and how the table that is written by hand answers it. */
export type Answer = readonly [Asker, AccessRequest, boolean];

/**
 * Every question that can be put about the places and names.
 * @param expected what is allowed, as `verb group/resource namespace name`; the core group, no namespace and no name are empty
 */
export function answersFor(
  asker: Asker,
  { namespaces, names }: { readonly namespaces: readonly string[]; readonly names: readonly string[] },
  isAllowed: (verb: string, resource: string, namespace: string, name: string) => boolean,
): readonly Answer[] {
  return ['', ...namespaces].flatMap((namespace) =>
    ['', ...names].flatMap((name) =>
      everyResource.flatMap(({ group, resource }) =>
        everyVerb.map((verb): Answer => {
          const request = { verb, group, resource, ...(namespace && { namespace }), ...(name && { name }) };
          return [asker, request, isAllowed(verb, group === '' ? resource : `${resource}.${group}`, namespace, name)];
        }),
      ),
    ),
  );
}

/** The answers that the authorizer of `bulwark rbac` gives otherwise. */
export function wrongInAuthorizer(objects: readonly KubernetesObject[], answers: readonly Answer[]): readonly Answer[] {
  const authorizer = new Authorizer(objects);
  return answers.filter(([asker, request, own]) => (authorizer.decide(asker, request) !== undefined) !== own);
}

/** Those that a real API server gives otherwise: of all that are allowed, and of some thousands that are not. */
export async function wrongInCluster(client: Client, answers: readonly Answer[], denied = 3_000) {
  const refused = answers.filter(([, , own]) => !own);
  const [some = []] = fc.sample(fc.shuffledSubarray([...refused], { minLength: denied, maxLength: denied }), {
    numRuns: 1,
    seed: 9,
  });
  const asked = [...answers.filter(([, , own]) => own), ...some];
  let left: readonly Answer[] = asked;
  // What is written becomes known to the authorizer in its own time.
  await eventually(
    'the API server to answer alike',
    async () => {
      left = await disagreements(client, left);
      return left.length === 0 ? true : undefined;
    },
    // Asking all of them once takes its time.
    80_000,
  ).catch(() => undefined);
  return { asked: asked.length, allowed: asked.length - some.length, wrong: left };
}
