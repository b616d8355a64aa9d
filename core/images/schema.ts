import type { Schema } from '../config/schema';

/** The format that is written. */
export const lockfileVersion = 1;

/** An `images.lock.json`. */
export const lockSchema: Schema = {
  type: 'object',
  description: 'The digests of the images that an app names by their tags. Written by `bulwark images lock`.',
  required: ['lockfileVersion', 'images'],
  properties: {
    lockfileVersion: { type: 'integer', description: 'The format of the file: 1.' },
    images: {
      type: 'object',
      description: 'By the reference as a manifest would have it.',
      additionalProperties: {
        type: 'object',
        required: ['digest', 'platforms', 'seal'],
        properties: {
          digest: {
            type: 'string',
            pattern: '^sha256:[0-9a-f]{64}$',
            description: 'Of the index where the image has several platforms, else of its manifest.',
          },
          platforms: {
            type: 'array',
            items: { type: 'string' },
            description: 'What it runs on: linux/amd64, linux/arm64/v8.',
          },
          seal: { type: 'string', description: 'Ties the entry together: an edit by hand is noticed.' },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};
