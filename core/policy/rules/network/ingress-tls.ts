import { objects } from '../../clause';
import { objectRule } from '../../define';
import {
  and,
  every,
  find,
  is,
  isEmpty,
  isFilled,
  isOneOf,
  keysOf,
  not,
  or,
  some,
  text,
} from '../../expression/operators';
import { type Ingress, ingressKinds } from './support';

/** Annotations that give a certificate to a load balancer of the cloud, or turn TLS on, without a word in spec.tls. */
const certificates = [
  'alb.ingress.kubernetes.io/certificate-arn',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'networking.gke.io/managed-certificates',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
  'traefik.ingress.kubernetes.io/router.tls',
];

export const ingressTls = objectRule({
  id: 'ingress-tls',
  kinds: ingressKinds,
  title: 'Every host of an Ingress is served over TLS',
  severity: 'warning',
  why:
    'Whoever is on the way reads passwords and session cookies of a host that is served over plain HTTP, and changes what it answers. ' +
    'It is a warning, since a proxy in front of the cluster may end TLS, which the Ingress does not show.',
  fix: 'List the host in spec.tls, with the Secret of its certificate, or give the certificate by the annotation of the load balancer.',
  clauses: [
    objects<Ingress>().violation({
      when: ({ spec, metadata }) =>
        and(isEmpty(spec.tls), not(some(keysOf(metadata.annotations), (key) => isOneOf(key, certificates)))),
      at: ({ spec }) => spec.tls,
      message: 'the Ingress has no TLS: what it serves can be read and changed on the way',
      remedy: 'list its hosts in spec.tls, with the Secret of their certificate',
    }),
    objects<Ingress>()
      .each(({ spec }) => spec.rules)
      .violation({
        when: ({ host }, { spec }) =>
          and(
            isFilled(host),
            isFilled(spec.tls),
            // An entry without hosts is for all of them.
            every(spec.tls, ({ hosts }) =>
              and(
                isFilled(hosts),
                not(some(hosts, (known) => or(is(known, host), is(known, text`*${find(host, /\.[^\n]+$/)}`)))),
              ),
            ),
          ),
        at: ({ host }) => host,
        message: ({ host }) =>
          text`${host} is in no entry of spec.tls: it is served without a certificate of its own, or without TLS`,
        remedy: 'add it to the hosts of an entry of spec.tls',
      }),
  ],
});
