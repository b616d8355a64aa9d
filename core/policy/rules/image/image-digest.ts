import type { PodRule } from '../../rule';
import { describe, eachReference, violation } from '../support';

export const imageDigest = {
  id: 'image-digest',
  subject: 'pod',
  title: 'Every image is pinned by digest',
  severity: 'error',
  why:
    'A tag can be moved: who can push to the repository, or sits between it and the node, changes what runs at the next restart, and nothing in the manifest shows it. ' +
    'A digest is the content itself.',
  fix: 'Add @sha256:… of the image that was tested; the tag may stay before it for people to read.',
  check: eachReference(({ tag, digest }, { place, property, text }) => {
    if (digest !== undefined) return undefined;
    const remedy = `write the digest: ${text}${tag === undefined ? ':<version>' : ''}@sha256:…, as \`docker buildx imagetools inspect ${text}\` shows it`;
    const where = `the image ${text} of ${describe(place)}`;
    const message =
      tag === undefined
        ? `${where} has neither tag nor digest: each start runs whatever was pushed last as latest`
        : tag === 'latest'
          ? `${where} has the tag latest and no digest: each start runs whatever was pushed last`
          : `${where} has the tag ${tag} and no digest: the tag can be moved to another image`;
    return violation(place, [property], { value: text, message, remedy });
  }),
} as const satisfies PodRule;
