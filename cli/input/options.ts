import { checkOptions } from '../check/options';
import type { OptionTable } from '../options';

/** What commands take that read manifests and judge nothing by settings. */
export const inputOptions = {
  exclude: checkOptions.exclude,
  config: {
    type: 'string',
    short: 'c',
    value: '<file>',
    what: 'settings: paths, exclude and podTemplateKinds; otherwise bulwark.yaml, if it is here',
  },
} as const satisfies OptionTable;
