import { objects } from '../../clause';
import { objectRule } from '../../define';
import { choose, entryOf, is, lacks, matches, not, ofTarget, text } from '../../expression/operators';

const prefix = 'pod-security.kubernetes.io';

/** Each mode, with what it does where it is not `restricted`. */
const modes = [
  { mode: 'enforce', lax: 'pods that break it are let in' },
  { mode: 'audit', lax: 'the audit log does not show who breaks it' },
  { mode: 'warn', lax: 'nobody is told on applying' },
] as const;

const version = ofTarget((target) => target.podSecurityVersion);

export const namespacePodSecurity = objectRule({
  id: 'namespace-pod-security',
  kinds: ['/Namespace'],
  title: 'Every namespace enforces the restricted standard, of a fixed version',
  severity: 'error',
  why:
    'Without the enforce label every pod is let in: whoever may create a pod in the namespace (a stolen pipeline token is enough) starts a privileged one ' +
    'and owns the node. With latest, an upgrade of the cluster changes the rules under running workloads.',
  fix: `Label the namespace ${prefix}/enforce, /audit and /warn: restricted, and their -version: v1.<minor>.`,
  clauses: modes.flatMap(({ mode, lax }) => [
    objects().violation({
      when: ({ metadata }) => not(is(entryOf(metadata.labels, `${prefix}/${mode}`), 'restricted')),
      at: ({ metadata }) => entryOf(metadata.labels, `${prefix}/${mode}`),
      message: ({ metadata: { labels } }) => {
        const level = entryOf(labels, `${prefix}/${mode}`);
        const says = choose(lacks(level), `does not ${mode} a Pod Security Standard`, text`sets ${mode} to ${level}`);
        return text`the namespace ${says}: ${lax}`;
      },
      remedy: `label it ${prefix}/${mode}: restricted`,
      fix: { set: 'restricted' },
    }),
    objects().violation({
      when: ({ metadata }) => not(is(entryOf(metadata.labels, `${prefix}/${mode}-version`), version)),
      at: ({ metadata }) => entryOf(metadata.labels, `${prefix}/${mode}-version`),
      message: ({ metadata: { labels } }) => {
        const pin = entryOf(labels, `${prefix}/${mode}-version`);
        const what = choose(lacks(pin), '', text` (${pin})`);
        return choose(
          matches(pin, /^v1\.\d{1,3}$/),
          text`to ${mode}, the namespace takes the standard as it was in ${pin}, not that of the target, ${version}`,
          text`the namespace pins no version of the standard to ${mode}${what}: an upgrade of the cluster changes it`,
        );
      },
      remedy: () =>
        text`label it ${`${prefix}/${mode}-version`}: ${version}, or name the cluster's own version as the target (check takes --kubernetes-version)`,
    }),
  ]),
});
