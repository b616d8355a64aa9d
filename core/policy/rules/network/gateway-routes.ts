import type { LabelSelector, LabelSelectorRequirement } from '../../../manifest/pod-common';
import { namespaceNameLabel } from '../../../network/peer';
import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, every, has, is, isEmpty, isOneOf, not, or, text } from '../../expression/operators';
import type { Sym, Test } from '../../expression/symbol';
import { type FromNamespaces, type Gateway, gatewayKinds } from './support';

const byLabel = `name a label that only those namespaces carry: ${namespaceNameLabel}`;

/** True for a selector of namespaces that every one meets: what `selectsEveryNamespace` says, as the cluster can ask it. */
function isMetByAll({ matchLabels, matchExpressions }: Sym<LabelSelector>): Test {
  const isMet = ({ key, operator }: Sym<LabelSelectorRequirement>): Test =>
    or(
      and(is(key, namespaceNameLabel), is(operator, 'Exists')),
      and(not(is(key, namespaceNameLabel)), is(operator, 'DoesNotExist')),
    );
  return and(isEmpty(matchLabels), every(matchExpressions, isMet));
}

/** True where a selector lets in every namespace. */
function selectsAll({ namespaces }: Sym<FromNamespaces>): Test {
  return and(is(namespaces.from, 'Selector'), has(namespaces.selector), isMetByAll(namespaces.selector));
}

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
        when: ({ allowedRoutes }) => selectsAll(allowedRoutes),
        at: ({ allowedRoutes }) => allowedRoutes.namespaces.selector,
        message: ({ name }) => text`listener "${name}" takes routes of every namespace: each meets its selector`,
        remedy: byLabel,
      }),
    objects<Gateway>().violation({
      when: ({ spec }) => is(spec.allowedListeners.namespaces.from, 'All'),
      at: ({ spec }) => spec.allowedListeners.namespaces.from,
      message: 'the Gateway takes listeners of every namespace, with their ports and certificates',
      remedy: 'allow Same, or a Selector that names the namespaces',
    }),
    objects<Gateway>().violation({
      when: ({ spec }) => selectsAll(spec.allowedListeners),
      at: ({ spec }) => spec.allowedListeners.namespaces.selector,
      message:
        'the Gateway takes listeners of every namespace, with their ports and certificates: each meets its selector',
      remedy: byLabel,
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
