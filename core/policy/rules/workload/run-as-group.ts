import { inSecurityContexts, pods } from '../../clause';
import { podRule } from '../../define';
import { includes, is, text } from '../../expression/operators';

export const runAsGroup = podRule({
  id: 'run-as-group',
  title: 'No container is in group 0',
  severity: 'warning',
  why:
    'Group 0 owns what images leave to root: files of group root that it may write are open to the process, ' +
    'and on a volume that the node shares they are open to whoever else is in that group.',
  fix: 'Set runAsGroup, fsGroup and supplementalGroups to groups other than 0.',
  clauses: [
    pods.violation({
      when: ({ spec }) => includes(spec.securityContext.supplementalGroups, 0),
      at: ({ spec }) => spec.securityContext.supplementalGroups,
      message: "the pod is in group 0 (supplementalGroups), which owns what is root's",
      remedy: 'set supplementalGroups to groups above 0, for example to 65532',
    }),
    pods.violation({
      when: ({ spec }) => is(spec.securityContext.fsGroup, 0),
      at: ({ spec }) => spec.securityContext.fsGroup,
      message: "the pod is in group 0 (fsGroup), which owns what is root's",
      remedy: 'set fsGroup to a group above 0, for example to 65532',
    }),
    ...inSecurityContexts({
      when: ({ runAsGroup }) => is(runAsGroup, 0),
      at: ({ runAsGroup }) => runAsGroup,
      message: (_context, owner) => text`${owner} is in group 0 (runAsGroup), which owns what is root's`,
      remedy: 'set runAsGroup to a group above 0, for example to 65532',
    }),
  ],
});
