import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, entryOf, isFilled, keysOf, matches, text } from '../../expression/operators';
import { type Ingress, ingressKinds } from './support';

export const ingressSnippet = objectRule({
  id: 'ingress-snippet',
  kinds: ingressKinds,
  title: 'No Ingress brings configuration of the proxy along',
  severity: 'error',
  why:
    'A snippet is pasted into the configuration of NGINX: who may write an Ingress in one namespace reads the token of the controller with ' +
    'it, and by that every Secret of the cluster (CVE-2021-25742). Those of ingress-nginx and of the controller of NGINX Inc. are alike.',
  fix: 'Use the annotations for what is needed, and turn snippets off in the controller (allow-snippet-annotations: false).',
  clauses: [
    objects<Ingress>()
      .each(({ metadata }) => keysOf(metadata.annotations))
      .violation({
        // An empty one pastes nothing, and is what the API server makes of null.
        when: (key, { metadata }) => and(matches(key, /[/-]snippets?$/), isFilled(entryOf(metadata.annotations, key))),
        at: (key, { metadata }) => entryOf(metadata.annotations, key),
        message: (key) => text`${key} is pasted into the configuration of the proxy that serves every namespace`,
        remedy: 'leave it out, and use the annotation or the ConfigMap of the controller for what it does',
        fix: 'remove',
      }),
  ],
});
