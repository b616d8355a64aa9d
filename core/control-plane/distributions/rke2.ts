import { auditLogOf } from '../audit-log';
import type { ControlPlane } from '../control-plane';
import type { Flag } from '../flag';
import { folderOf } from '../paths';
import { anonymousStep, rancherArgs, rancherFlagFate, writtenForRancher } from './rancher-parts';
import { type Fate, type Part, requireTarget, sortParts, type WrittenControlPlane } from './written';

/** What RKE2 has settings of its own for: its defaults would stand beside the flags otherwise. */
const ownSettings: Readonly<Record<string, string>> = {
  'audit-policy-file': 'audit-policy-file',
  'admission-control-config-file': 'pod-security-admission-config-file',
};

/**
 * For RKE2: a file of /etc/rancher/rke2/config.yaml.d, and the files and folders for its servers. `audit-policy-file` replaces the policy
 * that RKE2 writes with `profile: cis`, which logs nothing (level None).
 * @throws ControlPlaneError for a target of another distribution
 * @see https://docs.rke2.io/security/hardening_guide
 */
export function writeRke2(controlPlane: ControlPlane): WrittenControlPlane {
  requireTarget(controlPlane.target, 'RKE2', ['rke2']);
  const sorted = sortParts(controlPlane, (part) => rke2Fate(part, controlPlane));
  const { flags, mounts } = sorted;
  return writtenForRancher(controlPlane, sorted, {
    product: 'rke2',
    settings: {
      ...Object.fromEntries(flags.filter(hasOwnSetting).map(({ name, value }) => [ownSettings[name], value])),
      ...rancherArgs(flags.filter((flag) => !hasOwnSetting(flag))),
      'kube-apiserver-extra-mount': [
        ...mounts.map(({ path, readOnly }) => `${path}:${path}:${readOnly ? 'ro' : 'rw'}`),
        ...unseen(controlPlane).map((path) => `${path}:${path}:ro`),
      ],
    },
    steps: [
      'Make the folders and put the files onto every server, the same everywhere, before RKE2 starts.',
      ...anonymousStep(controlPlane, anonymousSince),
      'Do not use rke2 secrets-encrypt: it rotates the keys of a file that is no longer read.',
      'systemctl restart rke2-server, one server after the other.',
    ],
  });
}

/** Its release notes do not name it: it was tried by its makers in June 2025, on builds newer than 1.33.1. */
const anonymousSince = { title: 'RKE2', releases: '1.32.6, 1.33.2', source: 'rancher/rke2#8137' };

/** Folders of what is needed that no mount has: kubeadm would mount that of its certificates, RKE2 does not. */
function unseen({ needs, mounts }: ControlPlane): readonly string[] {
  const folders = [...new Set(needs.map(({ path }) => folderOf(path)))];
  return folders.filter((folder) => !mounts.some(({ path }) => folder === path || folder.startsWith(`${path}/`)));
}

function hasOwnSetting({ component, name }: Flag): boolean {
  return component === 'kube-apiserver' && Object.hasOwn(ownSettings, name);
}

function rke2Fate(part: Part, { settings }: ControlPlane): Fate {
  if (part.kind === 'flag') return rancherFlagFate(part.flag, 'RKE2');
  if (part.kind === 'file') return 'written';
  // A second mount at the same path would make the static pod invalid.
  const log = auditLogOf(settings.audit ?? {});
  const isLog = log !== undefined && part.mount.path === folderOf(log.path);
  return isLog ? { by: 'RKE2, which mounts the folder of --audit-log-path itself' } : 'written';
}
