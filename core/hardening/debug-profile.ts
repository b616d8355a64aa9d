import type { ClusterTarget } from '../cluster/target';
import type { SecurityContext } from '../manifest/pod';
import { harden } from './harden';
import type { ProfileName } from './profile';

/** The user of a debugging container where its image names none that is a number. */
export const debugUser = 65_532;

/** What a debugging container is besides its name, image and command, which kubectl takes from nowhere else. */
export interface DebugContainer {
  readonly securityContext: SecurityContext;
}

/**
 * What `kubectl debug --custom` puts into the container that it adds: what hardening gives to a container of ours and to its pod, as one container, so that it is admitted
 * into any namespace that enforces `restricted`. It has no resources, which an ephemeral container cannot have.
 * @param user one that the image can run as; a process of the target is seen by its own user alone
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_debug/
 */
export function debugContainer(
  context: { readonly target: ClusterTarget; readonly profile?: ProfileName },
  user = debugUser,
): DebugContainer {
  const bare = { spec: { containers: [{ name: 'debug', image: 'debug' }] } };
  const { spec } = harden(bare, { ...context, facts: { user, group: user } }).template;
  const { runAsNonRoot, runAsUser, runAsGroup, seccompProfile } = spec.securityContext ?? {};
  return {
    securityContext: {
      ...(runAsNonRoot !== undefined && { runAsNonRoot }),
      ...(runAsUser !== undefined && { runAsUser }),
      ...(runAsGroup !== undefined && { runAsGroup }),
      ...(seccompProfile !== undefined && { seccompProfile }),
      ...spec.containers[0]?.securityContext,
    },
  };
}
