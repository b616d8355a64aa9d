import type { ContainerRole } from '../../manifest/pod-template';
import type { ContainerInPod } from '../rule';

const labels: Readonly<Record<ContainerRole, string>> = {
  init: 'init container',
  sidecar: 'sidecar container',
  container: 'container',
  ephemeral: 'ephemeral container',
};

/** The container as a message names it: `init container "setup"`. */
export function describe({ role, container: { name } }: ContainerInPod): string {
  return `${labels[role]} "${name}"`;
}
