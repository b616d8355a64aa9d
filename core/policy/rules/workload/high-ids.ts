import { inSecurityContexts, type PodSymbol } from '../../clause';
import { podRule } from '../../define';
import { and, is, isAbove, isBelow, not, text } from '../../expression/operators';
import type { Test, Value } from '../../expression/symbol';

/** Numbers up to this one belong to people and services of the node. 0 is for `run-as-user` and `run-as-group`. */
const lastOfNode = 10_000;

const isOfNode = (id: Value<number>): Test => and(isAbove(id, 0), isBelow(id, lastOfNode + 1));

/** In a user namespace of its own, the numbers of a pod are none of its node. */
const sharesUsers = ({ spec }: PodSymbol): Test => not(is(spec.hostUsers, false));

const remedy = 'set runAsUser and runAsGroup above 10000, for example to 65532';

/** Advice only: an image may be made for one user, and the risk is there after a breakout only. */
export const highIds = podRule({
  id: 'high-ids',
  title: 'Users and groups are above those of the node',
  severity: 'info',
  why:
    'After a breakout, and on a volume of the node, user 1000 is whoever has that number there: an attacker reads and signals what is theirs. ' +
    'A number above 10000 belongs to nobody.',
  fix: 'Set runAsUser and runAsGroup above 10000, for example to 65532, where the image can run as any user.',
  clauses: [
    ...inSecurityContexts({
      when: ({ runAsUser }, _owner, pod) => and(isOfNode(runAsUser), sharesUsers(pod)),
      at: ({ runAsUser }) => runAsUser,
      message: ({ runAsUser }, owner) => text`${owner} runs as user ${runAsUser}, who may be somebody on the node`,
      remedy,
    }),
    ...inSecurityContexts({
      when: ({ runAsUser, runAsGroup }, _owner, pod) =>
        and(isOfNode(runAsGroup), not(isOfNode(runAsUser)), sharesUsers(pod)),
      at: ({ runAsGroup }) => runAsGroup,
      message: ({ runAsGroup }, owner) => text`${owner} runs as group ${runAsGroup}, which may exist on the node`,
      remedy,
    }),
  ],
});
