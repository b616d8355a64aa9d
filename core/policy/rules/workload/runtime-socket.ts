import { volumes } from '../../clause';
import { podRule } from '../../define';
import { text } from '../../expression/operators';
import { isRuntimeSocket } from '../pod-conditions';

/** Apart from `host-path-volumes`, so that an exception for a directory of logs does not let the socket in as well. */
export const runtimeSocket = podRule({
  id: 'runtime-socket',
  title: 'No volume is the socket of the container runtime',
  severity: 'error',
  why:
    'Who reaches the socket of the container runtime starts a privileged container with the root of the node mounted, past the API server, ' +
    'admission and audit: the socket is the node.',
  fix: 'Remove the volume; build images with a tool that needs no runtime (BuildKit rootless, Kaniko), and collect logs and metrics through the kubelet.',
  clauses: [
    volumes.violation({
      when: isRuntimeSocket,
      at: ({ hostPath }) => hostPath.path,
      message: (volume) =>
        text`${volume} is ${volume.hostPath.path}, the socket of the container runtime: who reaches it starts privileged containers and owns the node`,
      remedy:
        'remove it; build images with a tool that needs no runtime (BuildKit rootless, Kaniko), collect logs and metrics through the kubelet',
    }),
  ],
});
