import { podRule } from '../../define';
import { afterLast, and, choose, contains, endsWith, isFilled, matches, not, text } from '../../expression/operators';
import { images } from './support';

export const imageDigest = podRule({
  id: 'image-digest',
  title: 'Every image is pinned by digest',
  severity: 'error',
  why:
    'A tag can be moved: who can push to the repository, or sits between it and the node, changes what runs at the next restart, and nothing in the manifest shows it. ' +
    'A digest is the content itself.',
  fix: 'Add @sha256:… of the image that was tested; the tag may stay before it for people to read.',
  clauses: images({
    when: (image) => and(isFilled(image), not(contains(image, '@'))),
    message: (image, owner) =>
      text`the image ${image} of ${owner} has ${choose(
        not(matches(image, /:[^/]*$/)),
        'neither tag nor digest: each start runs whatever was pushed last as latest',
        choose(
          endsWith(image, ':latest'),
          'the tag latest and no digest: each start runs whatever was pushed last',
          text`the tag ${afterLast(image, ':')} and no digest: the tag can be moved to another image`,
        ),
      )}`,
    remedy: (image) => {
      const tagged = text`${image}${choose(matches(image, /:[^/]*$/), '', ':<version>')}`;
      return text`write the digest: ${tagged}@sha256:…, as \`docker buildx imagetools inspect ${tagged}\` shows it; \`bulwark images lock\` does that for all images of an app`;
    },
  }),
});
