import { distributionNames } from '../../core/cluster/distribution';
import { enforcementModes, engineNames, policyGroupings } from '../../core/policy/compile/policies';
import { frameworkIds } from '../../core/policy/frameworks';
import { severities } from '../../core/policy/report';
import type { OptionTable } from '../options';

/** The options of `bulwark policy`. */
export const policyOptions = {
  engine: {
    type: 'string',
    short: 'e',
    value: '<name>',
    what: 'what evaluates the policies; vap is the API server itself',
    allowed: engineNames,
  },
  mode: {
    type: 'string',
    short: 'm',
    value: '<mode>',
    what: 'what happens to an object that breaks a rule; audit unless set',
    allowed: enforcementModes,
  },
  'deny-from': {
    type: 'string',
    value: '<severity>',
    what: 'the least severity that is denied in mode deny, error unless set; what is milder is warned of',
    allowed: severities,
  },
  group: {
    type: 'string',
    value: '<by>',
    what: 'a policy a rule, or one for the rules about the same objects',
    allowed: policyGroupings,
  },
  'exempt-namespace': {
    type: 'string',
    multiple: true,
    value: '<name>',
    what: "a namespace that is left alone, instead of kube-system, kube-public and kube-node-lease; '' for none; may be repeated",
  },
  rule: { type: 'string', multiple: true, value: '<id>', what: 'only this rule; may be repeated' },
  framework: {
    type: 'string',
    multiple: true,
    value: '<id>',
    what: 'only the rules of a framework; may be repeated',
    allowed: frameworkIds,
  },
  registry: {
    type: 'string',
    multiple: true,
    value: '<prefix>',
    what: 'images may come from here, and from nowhere else; may be repeated',
  },
  params: {
    type: 'boolean',
    what: 'keeps the registries where administrators change them without new policies; not with kyverno',
  },
  'admin-namespace': {
    type: 'string',
    value: '<name>',
    what: "where parameters and Kyverno's exceptions are kept: kube-system, or kyverno",
  },
  mutate: {
    type: 'boolean',
    what: 'instead of refusing: has the API server set safe defaults on new pods; Kubernetes 1.36, engine vap',
  },
  'kubernetes-version': { type: 'string', value: '<version>', what: 'the version of the target: 1.34' },
  distribution: { type: 'string', value: '<name>', what: 'the distribution of the target', allowed: distributionNames },
  config: {
    type: 'string',
    short: 'c',
    value: '<file>',
    what: 'settings and exceptions; otherwise bulwark.yaml, if it is here',
  },
  output: {
    type: 'string',
    short: 'o',
    value: '<folder>',
    what: 'writes a file an object to a folder instead of standard output',
  },
  quiet: { type: 'boolean', short: 'q', what: 'no summary; warnings all the same' },
} as const satisfies OptionTable;
