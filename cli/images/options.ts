import { LOCK_FILE } from '../../core/images/lock';
import type { OptionTable, OptionValues } from '../options';

/** The options of `bulwark images`. */
export const imagesOptions = {
  check: { type: 'boolean', what: 'writes nothing, and fails where a tag has moved, or an image is not locked' },
  update: { type: 'boolean', short: 'u', what: 'renews the entries of the images that are named, or all' },
  app: { type: 'string', value: '<command>', what: 'what synthesizes the app; otherwise app of cdk8s.yaml' },
  from: { type: 'string', multiple: true, value: '<path>', what: 'manifests whose images are locked, too; repeatable' },
  lock: { type: 'string', value: '<file>', what: `the lock; otherwise ${LOCK_FILE}` },
  platform: {
    type: 'string',
    multiple: true,
    value: '<os/arch>',
    what: 'what each image has to run on: linux/arm64; repeatable',
  },
  ca: {
    type: 'string',
    multiple: true,
    value: '<file>',
    what: 'a certificate of an authority to trust, as PEM; repeatable',
  },
  to: { type: 'string', value: '<registry>', what: 'where copies belong; otherwise the privateRegistry of the app' },
  'dry-run': { type: 'boolean', what: 'copies nothing, and says what it would' },
  format: { type: 'string', short: 'f', value: '<form>', what: 'the form of the result', allowed: ['text', 'json'] },
  quiet: { type: 'boolean', short: 'q', what: 'no progress' },
} as const satisfies OptionTable;

export type ImagesValues = OptionValues<typeof imagesOptions>;
