import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, entryOf, is, isOneOf, keysOf, matches, not, or, startsWith, text } from '../../expression/operators';
import { type Ingress, ingressKinds, nginx } from './support';

/** Annotations that take a protection away where they say no: TLS, the login that the platform asks for, filters, logs. */
const protections = [
  'ssl-redirect',
  'enable-global-auth',
  'enable-modsecurity',
  'enable-owasp-core-rules',
  'enable-access-log',
  'session-cookie-secure',
].map((name) => `${nginx}${name}`);

/** What the controller reads as no: Go's ParseBool. */
const no = ['false', 'False', 'FALSE', 'f', 'F', '0'];

export const ingressAnnotations = objectRule({
  id: 'ingress-annotations',
  kinds: ingressKinds,
  title: 'No annotation of an Ingress breaks out of its value, or takes a protection away',
  severity: 'error',
  why:
    'The controller ingress-nginx writes the values of annotations into its configuration. One that ends the line there runs code in it, which ' +
    'reads every Secret of the cluster (CVE-2021-25746, CVE-2023-5044, CVE-2025-1097, CVE-2025-1098, CVE-2025-24514).',
  fix: 'Write plain values; leave out what turns TLS, authentication, filters or logs off.',
  clauses: [
    objects<Ingress>()
      .each(({ metadata }) => keysOf(metadata.annotations))
      .violation({
        when: (key, { metadata }) =>
          and(
            startsWith(key, nginx),
            not(matches(key, /-snippet$/)),
            or(
              matches(entryOf(metadata.annotations, key), /[\n\r;{}]/),
              matches(entryOf(metadata.annotations, key), /_by_lua|load_module|lua_package|serviceaccount/),
            ),
          ),
        at: (key, { metadata }) => entryOf(metadata.annotations, key),
        message: (key) => text`the value of ${key} holds configuration of NGINX, or what ends a line of it`,
        remedy: 'write a plain value',
      }),
    objects<Ingress>()
      .each(({ metadata }) => keysOf(metadata.annotations))
      .violation({
        when: (key, { metadata }) =>
          or(
            and(isOneOf(key, protections), isOneOf(entryOf(metadata.annotations, key), no)),
            and(is(key, `${nginx}auth-tls-verify-client`), is(entryOf(metadata.annotations, key), 'off')),
          ),
        at: (key, { metadata }) => entryOf(metadata.annotations, key),
        message: (key, { metadata }) =>
          text`${key}: ${entryOf(metadata.annotations, key)} turns off TLS, a login, a filter or a log that others have`,
        remedy: 'leave it out',
        severity: 'warning',
        fix: 'remove',
      }),
  ],
});
