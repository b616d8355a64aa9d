import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, has, is, isEmpty, isOneOf, text } from '../../expression/operators';
import { type Gateway, gatewayKinds } from './support';

export const gatewayRoutes = objectRule({
  id: 'gateway-routes',
  kinds: gatewayKinds,
  title: 'A Gateway takes routes of named namespaces only',
  severity: 'warning',
  why:
    'Where every namespace may attach a route, whoever may write in one of them takes over a path or a host name of another team, with its ' +
    'certificate, or puts a workload on the internet that nobody meant to be there.',
  fix: 'Allow routes from Same, or from a Selector that names the namespaces; in Istio write the namespace before the host: shop/shop.example.org.',
  clauses: [
    objects<Gateway>()
      .each(({ spec }) => spec.listeners)
      .violation({
        when: ({ allowedRoutes }) => is(allowedRoutes.namespaces.from, 'All'),
        at: ({ allowedRoutes }) => allowedRoutes.namespaces.from,
        message: ({ name }) => text`listener "${name}" takes routes of every namespace`,
        remedy: 'allow Same, or a Selector that names the namespaces',
      }),
    objects<Gateway>()
      .each(({ spec }) => spec.listeners)
      .violation({
        when: ({ allowedRoutes: { namespaces } }) =>
          and(
            is(namespaces.from, 'Selector'),
            has(namespaces.selector),
            isEmpty(namespaces.selector.matchLabels),
            isEmpty(namespaces.selector.matchExpressions),
          ),
        at: ({ allowedRoutes }) => allowedRoutes.namespaces.selector,
        message: ({ name }) => text`listener "${name}" takes routes of every namespace: its selector asks for nothing`,
        remedy: 'name a label that only those namespaces carry: kubernetes.io/metadata.name',
      }),
    objects<Gateway>().violation({
      when: ({ spec }) => is(spec.allowedListeners.namespaces.from, 'All'),
      at: ({ spec }) => spec.allowedListeners.namespaces.from,
      message: 'the Gateway takes listeners of every namespace, with their ports and certificates',
      remedy: 'allow Same, or a Selector that names the namespaces',
    }),
    objects<Gateway>()
      .each(({ spec }) => spec.servers)
      .each(({ hosts }) => hosts)
      .violation({
        when: (host) => isOneOf(host, ['*', '*/*']),
        at: (host) => host,
        message: (host) => text`the host ${host} takes every name from virtual services of every namespace`,
        remedy: 'name the namespace and the host: shop/shop.example.org',
      }),
  ],
});
