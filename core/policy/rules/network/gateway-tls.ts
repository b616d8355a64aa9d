import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, is, isOneOf, not, text, upperCase } from '../../expression/operators';
import { type Gateway, gatewayKinds } from './support';

/** Protocols of Istio without TLS, on which it can send the client on to HTTPS. */
const plain = ['HTTP', 'HTTP2', 'GRPC', 'HTTP_PROXY'];

export const gatewayTls = objectRule({
  id: 'gateway-tls',
  kinds: gatewayKinds,
  title: 'No listener of a Gateway serves plain HTTP',
  severity: 'warning',
  why:
    'Whoever is on the way reads passwords and session cookies that are sent over plain HTTP, and changes the answers. In the Gateway API ' +
    'a listener does not show whether its routes only send the client on to HTTPS: such a one needs an exception.',
  fix: 'Use protocol HTTPS with a certificate; keep plain HTTP for a redirect alone (in Istio tls.httpsRedirect: true).',
  clauses: [
    objects<Gateway>()
      .each(({ spec }) => spec.listeners)
      .violation({
        when: ({ protocol }) => is(protocol, 'HTTP'),
        at: ({ protocol }) => protocol,
        message: ({ name }) => text`listener "${name}" serves plain HTTP`,
        remedy: 'use HTTPS with a certificate, or grant an exception where it only redirects',
      }),
    objects<Gateway>()
      .each(({ spec }) => spec.servers)
      .violation({
        when: ({ port, tls }) => and(isOneOf(upperCase(port.protocol), plain), not(is(tls.httpsRedirect, true))),
        at: ({ port }) => port.protocol,
        message: ({ port }) => text`port ${port.number} serves plain ${port.protocol}`,
        remedy: 'use HTTPS with a certificate, or set tls.httpsRedirect',
      }),
  ],
});
