import { containers } from '../../clause';
import { podRule } from '../../define';
import { and, contains, find, isOneOf, matches, text } from '../../expression/operators';

/** @see https://www.akamai.com/blog/security-research/2024-august-kubernetes-gitsync-command-injection-defcon */
export const gitSyncCommand = podRule({
  id: 'git-sync-command',
  title: 'The program that git-sync runs is git',
  severity: 'error',
  why:
    'Whatever program git-sync is told is git, it starts. Who may set one variable or argument of the container runs a file of the repository that ' +
    'it fetches, with the credentials of the container.',
  fix: 'Leave GITSYNC_GIT and --git out; the image brings its own git.',
  clauses: [
    containers
      .each(({ env }) => env)
      .violation({
        when: ({ name }) => isOneOf(name, ['GITSYNC_GIT', 'GIT_SYNC_GIT']),
        at: ({ name }) => name,
        message: ({ name }, container) => text`${container} sets ${name}: git-sync runs what it names in place of git`,
        remedy: 'remove the variable',
      }),
    containers
      .each(({ args }) => args)
      .violation({
        when: (arg, { image }) => and(contains(image, 'git-sync'), matches(arg, /^--?git(?:=|$)/)),
        at: (arg) => arg,
        message: (arg, container) =>
          text`${container} sets ${find(arg, /^--?git/)}: git-sync runs what it names in place of git`,
        remedy: 'remove the argument',
      }),
  ],
});
