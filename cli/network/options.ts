import { formatOption } from '../answer/answer';
import { inputOptions } from '../input/options';
import type { OptionTable } from '../options';

/** The options of `bulwark network`. */
export const networkOptions = {
  from: {
    type: 'string',
    value: '<end>',
    what: 'who connects: <namespace>/<workload>, or an IP address outside of the cluster',
  },
  to: {
    type: 'string',
    value: '<end>',
    what: 'who is connected to; with --from, the answer is explained policy by policy',
  },
  port: { type: 'string', value: '<port>', what: 'only this port: 8080, 53/UDP, or the name of a port of --to' },
  diff: { type: 'boolean', what: 'takes two paths, old and new, and shows what the change opens and closes' },
  intended: {
    type: 'string',
    value: '<path>',
    what: 'manifests that say what may be open: what is open beyond them fails',
  },
  format: formatOption,
  namespace: {
    type: 'string',
    short: 'n',
    value: '<name>',
    what: 'the namespace of objects that name none; default unless set',
  },
  'pod-cidr': {
    type: 'string',
    multiple: true,
    value: '<block>',
    what: 'where pods have their addresses; the private IPv4 networks unless set; may be repeated',
  },
  ...inputOptions,
  quiet: { type: 'boolean', short: 'q', what: 'no progress, and nothing about what is taken for granted' },
} as const satisfies OptionTable;
