import type { CommandEntry } from '../command';

/** Every command of `bulwark`, by the name it is called with, in the order of `bulwark --help`. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  check: {
    summary: 'judges manifests: files, folders, or what helm and kustomize print',
    load: () => (require('./check') as typeof import('./check')).check,
  },
  rules: {
    summary: 'the rules, and what of a framework they answer',
    load: () => (require('./rules') as typeof import('./rules')).rules,
  },
  explain: {
    summary: 'why a rule is there, and how to keep it',
    load: () => (require('./explain') as typeof import('./explain')).explain,
  },
  secrets: {
    summary: 'who reads which secrets, by workload or by secret',
    load: () => (require('./secrets') as typeof import('./secrets')).secrets,
  },
  network: {
    summary: 'who reaches whom on which port, why, and what a change opens',
    load: () => (require('./network') as typeof import('./network')).network,
  },
  rbac: {
    summary: 'who may do what, who comes to more, and what a change grants',
    load: () => (require('./rbac') as typeof import('./rbac')).rbac,
  },
  images: {
    summary: 'locks the digests of the images that an app names by tags',
    load: () => (require('./images') as typeof import('./images')).images,
  },
  policy: {
    summary: 'the same rules as admission policies, for the cluster to enforce',
    load: () => (require('./policy') as typeof import('./policy')).policy,
  },
  stacks: {
    summary: 'what a Pulumi program deploys, as YAML, without the Pulumi CLI and without a cluster',
    load: () => (require('./stacks') as typeof import('./stacks')).stacks,
  },
  init: {
    summary: 'writes a bulwark.yaml to start from',
    load: () => (require('./init') as typeof import('./init')).init,
  },
  targets: {
    summary: 'the Kubernetes versions, distributions and gated features that a ClusterTarget knows',
    load: () => (require('./targets') as typeof import('./targets')).targets,
  },
  completion: {
    summary: 'a script that completes command lines in bash, zsh or fish',
    load: () => (require('./completion') as typeof import('./completion')).completionOf(COMMANDS),
  },
};
