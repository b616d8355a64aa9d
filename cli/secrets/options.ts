import { inputOptions } from '../input/options';
import type { OptionTable } from '../options';

/** The options of `bulwark secrets`. */
export const secretsOptions = {
  by: { type: 'string', value: '<what>', what: 'a list a workload, or a secret', allowed: ['workload', 'secret'] },
  format: {
    type: 'string',
    short: 'f',
    value: '<form>',
    what: 'the form of the list',
    allowed: ['text', 'json'],
  },
  ...inputOptions,
  quiet: { type: 'boolean', short: 'q', what: 'no progress' },
} as const satisfies OptionTable;
