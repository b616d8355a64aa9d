import { formatOption } from '../answer/answer';
import { inputOptions } from '../input/options';
import type { OptionTable } from '../options';

/** The options of `bulwark rbac`. */
export const rbacOptions = {
  'who-can': {
    type: 'string',
    value: '<verb> <resource>',
    what: 'who may do it: get secrets, create pods/exec, patch deployments.apps/scale, get /metrics',
  },
  subject: {
    type: 'string',
    value: '<subject>',
    what: 'only this one: ServiceAccount shop/job, User jane, Group devs; with --who-can, the answer is explained',
  },
  in: { type: 'string', value: '<namespace>', what: 'only what is allowed in this namespace' },
  name: { type: 'string', value: '<name>', what: 'with --who-can, only for the object of this name' },
  escalations: { type: 'boolean', what: 'who comes to more rights than they were given, step by step' },
  diff: { type: 'boolean', what: 'takes two paths, old and new, and shows who gains and loses which rights' },
  standing: { type: 'boolean', what: "what Kubernetes' own bindings grant, too" },
  format: formatOption,
  namespace: {
    type: 'string',
    short: 'n',
    value: '<name>',
    what: 'the namespace of objects that name none; default unless set',
  },
  ...inputOptions,
  quiet: { type: 'boolean', short: 'q', what: 'no progress, and no notes' },
} as const satisfies OptionTable;
