import { bareDigest, digestAtEnd, imageReference } from '../../../images/reference';
import { podRule } from '../../define';
import { and, choose, contains, isEmpty, matches, not, or, text } from '../../expression/operators';
import type { Test, Value } from '../../expression/symbol';
import { images, namesRegistry } from './support';

/** More than 255 characters after the registry, with the `library/` that runtimes put before a single name of Docker Hub. */
function isTooLong(image: Value<string>): Test {
  return or(
    matches(image, /^(?:localhost|[^/@.:]*[.:][^/@]*)\/[^:@]{256}/),
    and(not(namesRegistry(image)), matches(image, /^[^:@]{256}/)),
    matches(image, /^(?:(?:index\.)?docker\.io\/)?[^/:@]{248,}(?:[:@]|$)/),
  );
}

export const imageValid = podRule({
  id: 'image-valid',
  title: 'Every image reference can be read',
  severity: 'error',
  waivable: false,
  why:
    'What no rule can read no rule can judge: a reference that the runtime takes apart differently than a person does ' +
    'hides where the image comes from. A pod without an image never starts.',
  fix: 'Write registry/repository@sha256:<64 hexadecimal digits>, with a tag before the @ if you like.',
  clauses: images({
    when: (image) =>
      or(isEmpty(image), not(matches(image, imageReference)), matches(image, bareDigest), isTooLong(image)),
    message: (image, owner) =>
      choose(
        isEmpty(image),
        text`${owner} has no image`,
        text`${owner} has the image "${image}", which is no image reference: ${choose(
          matches(image, bareDigest),
          'a digest alone names no repository',
          choose(
            isTooLong(image),
            'the repository has more than 255 characters',
            choose(
              matches(image, /\/[^:@]*[A-Z]|^[^/.:@]*[A-Z][^/.:@]*(?:[/:@]|$)/),
              'the repository in it must be lower case',
              choose(
                not(or(not(contains(image, '@')), matches(image, digestAtEnd))),
                'after the @ stands sha256: and 64, or sha512: and 128, lower-case hexadecimal digits',
                'the repository is lower-case letters and digits with single separators (one of . _ __ or dashes), ' +
                  'a tag at most 128 letters, digits, _, . and -',
              ),
            ),
          ),
        )}`,
      ),
    remedy: 'write registry/repository:tag@sha256:<digest>',
  }),
});
