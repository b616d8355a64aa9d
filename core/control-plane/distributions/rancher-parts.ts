import { auditLogOf } from '../audit-log';
import { anonymousPaths } from '../authentication';
import type { ControlPlane } from '../control-plane';
import { type ControlPlaneComponent, controlPlaneComponents, type Flag } from '../flag';
import { folderOf } from '../paths';
import { type Fate, flagsFor, type NodeFolder } from './written';

/** `kube-apiserver-arg: [name=value, …]` of k3s and RKE2. Given flags win over their own. */
export function rancherArgs(flags: readonly Flag[]): Readonly<Record<string, readonly string[]>> {
  const list = (component: ControlPlaneComponent) =>
    flagsFor(flags, component).map(({ name, value }) => `${name}=${value}`);
  return Object.fromEntries(
    controlPlaneComponents.flatMap((component) => {
      const args = list(component);
      return args.length === 0 ? [] : [[`${component}-arg`, args]];
    }),
  );
}

/** k3s and RKE2 make and renew certificates of their own, in the folder of their data. */
export function rancherFlagFate({ setBy, name }: Flag, title: string): Fate {
  const own = setBy === 'distribution' || name === 'kubelet-certificate-authority';
  return own ? { by: `${title}, which makes these files itself and passes their paths` } : 'written';
}

/** The folder of the log, which neither of them makes before kube-apiserver starts. */
export function logFolder({ settings }: ControlPlane): readonly NodeFolder[] {
  const log = auditLogOf(settings.audit ?? {});
  return log === undefined ? [] : [{ path: folderOf(log.path), mode: 0o700, owner: 'root:root' }];
}

/** Both pass --anonymous-auth=false, beside which the file is refused; from the releases of May 2025 on they leave it out with the file. */
export function anonymousStep({ settings, target }: ControlPlane, title: string): readonly string[] {
  const paths = anonymousPaths(settings.authentication ?? {}, target) ?? [];
  if (paths.length === 0) return [];
  return [
    `Use ${title} of May 2025 or newer (1.32.5, 1.33.1): older ones pass --anonymous-auth beside the file, and kube-apiserver stops.`,
  ];
}
