import type { PodRule } from '../../rule';
import { type AnySecurityContext, describe, eachSecurityContext, violation } from '../support';

/** The fields that put a process into a group, with the values they hold. */
function groupsOf({ runAsGroup, fsGroup, supplementalGroups }: AnySecurityContext) {
  return [
    ['runAsGroup', runAsGroup === 0],
    ['fsGroup', fsGroup === 0],
    ['supplementalGroups', supplementalGroups?.includes(0) === true],
  ] as const;
}

export const runAsGroup = {
  id: 'run-as-group',
  subject: 'pod',
  title: 'No container is in group 0',
  severity: 'warning',
  why:
    'Group 0 owns what images leave to root: files of group root that it may write are open to the process, ' +
    'and on a volume that the node shares they are open to whoever else is in that group.',
  fix: 'Set runAsGroup, fsGroup and supplementalGroups to groups other than 0.',
  check: eachSecurityContext((securityContext, place) => {
    const [field] = groupsOf(securityContext).find(([, root]) => root) ?? [];
    if (field === undefined) return undefined;
    return violation(place, ['securityContext', field], {
      value: securityContext[field],
      message: `${describe(place)} is in group 0 (${field}), which owns what is root's`,
      remedy: `set ${field} to a group above 0, for example to 65532`,
    });
  }),
} as const satisfies PodRule;
