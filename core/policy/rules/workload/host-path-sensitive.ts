import { volumes } from '../../clause';
import { podRule } from '../../define';
import { and, matches, not, or, text } from '../../expression/operators';
import { nodePaths, partOfNodePath, wholeNodePath } from '../../node-access';
import { isRuntimeSocket } from '../pod-conditions';

/** Where tools of clouds and clusters keep credentials, in any home. */
const credentials = nodePaths(String.raw`/(?:\.aws|\.azure|\.config/gcloud|\.docker|\.kube|\.ssh)(?:/|$)`);

/** Apart from `host-path-volumes`, so that an exception for one directory does not let in the whole node. */
export const hostPathSensitive = podRule({
  id: 'host-path-sensitive',
  title: 'No volume is what the node is made of',
  severity: 'error',
  why:
    'With /, /etc, /proc, /var/lib/kubelet or the credentials of a cloud in a container, an attacker reads the keys of the kubelet and the tokens of ' +
    'every pod of the node, or changes what the node runs at its next start. Reading is enough.',
  fix: 'Mount the one directory that is needed, read-only, and none of those that hold the credentials, the programs or the state of the node.',
  clauses: [
    volumes.violation({
      when: (volume) =>
        and(
          or(
            matches(volume.hostPath.path, wholeNodePath),
            matches(volume.hostPath.path, partOfNodePath),
            matches(volume.hostPath.path, credentials),
          ),
          not(isRuntimeSocket(volume)),
        ),
      at: ({ hostPath }) => hostPath.path,
      message: (volume) =>
        text`${volume} is ${volume.hostPath.path}, which holds credentials, programs or the state of the node`,
      remedy: 'mount the one directory below that is needed, read-only, or none',
    }),
  ],
});
