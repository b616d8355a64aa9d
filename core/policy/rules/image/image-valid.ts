import type { PodRule } from '../../rule';
import { describe, eachImage, violation } from '../support';

export const imageValid = {
  id: 'image-valid',
  subject: 'pod',
  title: 'Every image reference can be read',
  severity: 'error',
  waivable: false,
  why:
    'What no rule can read no rule can judge: a reference that the runtime takes apart differently than a person does ' +
    'hides where the image comes from. A pod without an image never starts.',
  fix: 'Write registry/repository@sha256:<64 hexadecimal digits>, with a tag before the @ if you like.',
  check: eachImage(({ place, property, text, read }) => {
    if (!('reason' in read)) return undefined;
    const remedy = 'write registry/repository:tag@sha256:<digest>';
    return text === ''
      ? violation(place, [property], { message: `${describe(place)} has no image`, remedy })
      : violation(place, [property], {
          value: text,
          message: `${describe(place)} has the image ${JSON.stringify(text)}, which is no image reference: ${read.reason}`,
          remedy,
        });
  }),
} as const satisfies PodRule;
