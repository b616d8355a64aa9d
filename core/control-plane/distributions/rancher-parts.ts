import { writeYaml } from '../../manifest/yaml/write';
import { auditLogOf } from '../audit-log';
import { anonymousPaths } from '../authentication';
import type { ControlPlane } from '../control-plane';
import { type ControlPlaneComponent, controlPlaneComponents, type Flag } from '../flag';
import { folderOf } from '../paths';
import { type Fate, flagsFor, type NodeFolder, type Sorted, type WrittenControlPlane } from './written';

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

/** A control plane of k3s or RKE2: a file among those of its settings, and what the servers need besides. */
export function writtenForRancher(
  controlPlane: ControlPlane,
  { account, files }: Pick<Sorted, 'account' | 'files'>,
  {
    product,
    settings,
    steps,
  }: {
    readonly product: 'k3s' | 'rke2';
    readonly settings: Readonly<Record<string, unknown>>;
    readonly steps: readonly string[];
  },
): WrittenControlPlane {
  const path = `/etc/rancher/${product}/config.yaml.d/50-bulwark.yaml`;
  const content = writeYaml(settings);
  return {
    ...account,
    config: [],
    files: [...files, { path, content, mode: 0o600, owner: 'root:root', holdsSecrets: false }],
    folders: logFolder(controlPlane),
    needs: controlPlane.needs,
    steps,
  };
}

/** The folder of the log, which neither of them makes before kube-apiserver starts. */
function logFolder({ settings }: ControlPlane): readonly NodeFolder[] {
  const log = auditLogOf(settings.audit ?? {});
  return log === undefined ? [] : [{ path: folderOf(log.path), mode: 0o700, owner: 'root:root' }];
}

/** What is known of a release that leaves out --anonymous-auth where there is a file. */
export interface AnonymousSince {
  readonly title: string;
  readonly releases: string;
  readonly source: string;
}

/** Both pass --anonymous-auth=false, beside which the file is refused; newer releases leave it out with the file. */
export function anonymousStep(
  { settings, target }: ControlPlane,
  { title, releases, source }: AnonymousSince,
): readonly string[] {
  const paths = anonymousPaths(settings.authentication ?? {}, target) ?? [];
  if (paths.length === 0) return [];
  return [
    `Use ${title} ${releases}, or newer (${source}): older ones pass --anonymous-auth beside the file, and kube-apiserver stops.`,
  ];
}
