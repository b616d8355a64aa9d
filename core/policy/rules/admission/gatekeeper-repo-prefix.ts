import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, contains, endsWith, not, open, text } from '../../expression/operators';

interface AllowedRepos {
  readonly spec?: { readonly parameters?: { readonly repos?: readonly string[] } };
}

export const gatekeeperRepoPrefix = objectRule({
  id: 'gatekeeper-repo-prefix',
  kinds: ['constraints.gatekeeper.sh/K8sAllowedRepos'],
  title: 'Every allowed repository of Gatekeeper ends where a name ends',
  severity: 'error',
  why:
    'K8sAllowedRepos compares beginnings: registry.acme lets in registry.acme.evil.example, and acme/app lets in acme/app-by-anyone. ' +
    'Who registers the longer name runs in the cluster.',
  fix: 'End each prefix with a slash, or write the whole image with its digest; K8sAllowedReposv2 compares whole names.',
  clauses: [
    objects<AllowedRepos>()
      .each(({ spec }) => open(spec.parameters).repos)
      .violation({
        when: (repo) => and(not(endsWith(repo, '/')), not(contains(repo, '@'))),
        at: (repo) => repo,
        message: (repo) => text`the prefix ${repo} also lets in every name that begins so and goes on`,
        remedy: (repo) => text`write ${repo}/`,
      }),
  ],
});
