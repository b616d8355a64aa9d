import { metadataAddresses } from '../../../network/metadata-addresses';
import { metadataNames } from '../../../network/metadata-names';
import { objects } from '../../clause';
import { objectRule } from '../../define';
import { lowerCase, matches, text } from '../../expression/operators';
import type { Service } from './support';

/** Each name as an expression: a star stands for the letters of one part. */
const escaped = (names: readonly string[]): string =>
  [...new Set(names)].map((name) => name.replaceAll('.', '\\.').replaceAll('*', '[^.\\n]*')).join('|');

const metadata = new RegExp(
  `^(?:${escaped([
    ...metadataNames.map(({ name }) => name),
    // A name has no colon, so that an address of IPv6 is none.
    ...metadataAddresses.map(({ address }) => address).filter((address) => !address.includes(':')),
  ])})\\.?$`,
);

const loopback = /^(?:(?:[^\n]*\.)?localhost|127(?:\.[0-9]+){0,3}|0|0\.0\.0\.0)\.?$/;

export const serviceExternalName = objectRule({
  id: 'service-external-name',
  kinds: ['/Service'],
  title: 'No Service is another name of a metadata service, or of whoever asks',
  severity: 'error',
  why:
    'An Ingress controller or a gateway that has such a Service behind a route fetches for strangers what only its own node or pod may have: ' +
    "the node's credentials, or its own administration.",
  fix: 'Name a host outside of the cluster that is meant to be reached through this Service.',
  clauses: [
    objects<Service>().violation({
      when: ({ spec }) => matches(lowerCase(spec.externalName), metadata),
      at: ({ spec }) => spec.externalName,
      message: ({ spec }) => text`the Service is another name of ${spec.externalName}, the metadata service of a cloud`,
      remedy: 'remove the Service, and give the pods an identity of their own',
    }),
    objects<Service>().violation({
      when: ({ spec }) => matches(lowerCase(spec.externalName), loopback),
      at: ({ spec }) => spec.externalName,
      message: ({ spec }) => text`the Service is another name of ${spec.externalName}, which is whoever asks for it`,
      remedy: 'select the pods that are meant, or name their host',
    }),
  ],
});
