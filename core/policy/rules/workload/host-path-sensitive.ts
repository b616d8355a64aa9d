import { volumes } from '../../clause';
import { podRule } from '../../define';
import { and, matches, not, or, text } from '../../expression/operators';
import { isRuntimeSocket } from '../pod-conditions';

/** A slash as the kernel reads it: any number of them, with `.` between them, which leads nowhere. */
const slash = String.raw`/+(?:\./+)*`;

/** A pattern of paths, of which a slash stands for every way to write one. Of `..` nothing is asked: no API server takes it. */
const paths = (pattern: string): RegExp => new RegExp(pattern.replaceAll('/', slash));

/** Directories that hold the node as a whole. A part of them, such as /etc/localtime, may be harmless. */
const whole = paths(
  String.raw`^/(?:(?:bin|dev|etc|home|lib|lib64|opt|proc|run|sbin|sys|usr|var|var/lib|var/run|var/log/pods)(?:/\.?)?|\.?)$`,
);

const ofEtc = String.raw`azure|cni|containerd|crio|cron[^\n]*|docker|g?shadow|init\.d|kubernetes|ld\.so\.preload|pam\.d|passwd|rancher|ssh|sudoers(?:\.d)?|systemd`;
const ofRun = String.raw`containerd|crio|dbus|docker|dockershim\.sock|k3s|podman|secrets|systemd/private`;
const ofState = 'cni|containerd|containers|docker|etcd|k0s|kubelet|rancher';

/** What holds the credentials, the programs or the state of the node, and everything below. */
const within = paths(
  `^/(?:boot|root|dev/(?:k?mem|port)|etc/(?:${ofEtc})|(?:usr/)?lib/systemd|opt/cni|proc/(?:1|sys)|(?:var/)?run/(?:${ofRun})|var/lib/(?:${ofState})|var/spool/cron)(?:/|$)`,
);

/** Where tools of clouds and clusters keep credentials, in any home. */
const credentials = paths(String.raw`/(?:\.aws|\.azure|\.config/gcloud|\.docker|\.kube|\.ssh)(?:/|$)`);

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
            matches(volume.hostPath.path, whole),
            matches(volume.hostPath.path, within),
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
