import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, entryOf, is, isOneOf, or, text } from '../../expression/operators';
import type { Value } from '../../expression/symbol';
import type { Ingress, Service } from './support';

interface HttpRoute {
  readonly spec?: { readonly rules?: readonly { readonly backendRefs?: readonly { readonly name?: string }[] }[] };
}

/**
 * Services by the names that their own charts give them, of tools that ask for no login as they are installed, or whose login
 * is the whole cluster.
 */
const known = [
  ...['kubernetes-dashboard', 'kubernetes-dashboard-kong-proxy', 'kubernetes-dashboard-web'],
  ...['argo-server', 'argo-workflows-server', 'centraldashboard', 'ml-pipeline-ui', 'nifi', 'jenkins'],
  ...['prometheus', 'prometheus-server', 'prometheus-operated', 'prometheus-k8s'],
  ...['alertmanager', 'alertmanager-main', 'alertmanager-operated'],
  ...['hubble-ui', 'longhorn-frontend', 'jaeger-query', 'weave-scope-app'],
];

const isAdminInterface = (name: Value<string>) => isOneOf(name, known);

const remedy = 'reach it by kubectl port-forward, or put a proxy that asks for a login in front';
const routed = (name: Value<string>) =>
  text`${name} is an interface to administer the cluster, and is routed from outside`;

export const adminInterface = objectRule({
  id: 'admin-interface',
  kinds: ['/Service', 'networking.k8s.io/Ingress', 'gateway.networking.k8s.io/HTTPRoute'],
  title: 'No administration interface is open to the outside',
  severity: 'warning',
  why:
    'Attackers scan for dashboards, workflow servers and metrics: they run workloads as the tool does, or read what runs where. Which tool ' +
    'a Service is, its name tells: one of another name goes unseen.',
  fix: 'Leave it inside of the cluster and use kubectl port-forward, or put a proxy that asks for a login in front.',
  clauses: [
    objects<Service>().violation({
      when: ({ spec, metadata }) =>
        and(isOneOf(spec.type, ['NodePort', 'LoadBalancer']), isAdminInterface(metadata.name)),
      at: ({ spec }) => spec.type,
      message: ({ metadata }) =>
        text`${metadata.name} is an interface to administer the cluster, and is open to the outside`,
      remedy: 'use type ClusterIP and kubectl port-forward, or put a proxy that asks for a login in front',
    }),
    objects<Service>().violation({
      when: ({ spec, metadata }) =>
        or(
          is(metadata.name, 'tiller-deploy'),
          and(is(entryOf(spec.selector, 'app'), 'helm'), is(entryOf(spec.selector, 'name'), 'tiller')),
        ),
      at: ({ metadata }) => metadata.name,
      message: 'the Service opens Tiller, which does as cluster-admin what any pod asks of it, without a login',
      remedy: 'remove it with Tiller: Helm 3 needs no server',
      severity: 'error',
    }),
    objects<Ingress>().violation({
      when: ({ spec }) => isAdminInterface(spec.defaultBackend.service.name),
      at: ({ spec }) => spec.defaultBackend.service.name,
      message: ({ spec }) => routed(spec.defaultBackend.service.name),
      remedy,
    }),
    objects<Ingress>()
      .each(({ spec }) => spec.rules)
      .each(({ http }) => http.paths)
      .violation({
        when: ({ backend }) => isAdminInterface(backend.service.name),
        at: ({ backend }) => backend.service.name,
        message: ({ backend }) => routed(backend.service.name),
        remedy,
      }),
    objects<HttpRoute>()
      .each(({ spec }) => spec.rules)
      .each(({ backendRefs }) => backendRefs)
      .violation({
        when: ({ name }) => isAdminInterface(name),
        at: ({ name }) => name,
        message: ({ name }) => routed(name),
        remedy,
      }),
  ],
});
