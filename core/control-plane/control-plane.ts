import { AuditPolicy } from '../audit/policy';
import type { ClusterTarget } from '../cluster/target';
import { admissionFaults, admissionFile, weakAdmissionFaults } from './admission';
import { auditLogOf, auditSettingsFaults, shortLogFaults, webhookFile, webhookNeeds } from './audit-log';
import { authenticationFaults, authenticationOf, openAnonymousFaults } from './authentication';
import { fault, nodePathFaults, numberFaults } from './checks';
import {
  encryptedResources,
  encryptionFaults,
  encryptionFile,
  keyFaults,
  keyNamesOf,
  kmsSocketFolder,
  kmsSocketPath,
  providersOf,
} from './encryption';
import { withoutExcused } from './exceptions';
import { ControlPlaneError, type ControlPlaneFault } from './fault';
import type { NeededFile, NodeFile, NodeMount } from './file';
import type { Flag } from './flag';
import { flagFaults } from './flag-faults';
import { flagsOf } from './flags';
import { auditPolicyPath, defaultFolder, defaultPkiFolder, encryptionPath, folderOf, pkiPath } from './paths';
import type { ControlPlaneSettings, EncryptionKeys, PkiFile } from './settings';

/** What a control plane needs to be what its settings say: for a distribution's own files, or for static pods. */
export interface ControlPlane {
  readonly settings: ControlPlaneSettings;
  readonly target: ClusterTarget;
  /** In the order of the programs, and by name. One a name and program. */
  readonly flags: readonly Flag[];
  /** By path. */
  readonly files: readonly NodeFile[];
  /** For kube-apiserver, where it is a static pod. By path. */
  readonly mounts: readonly NodeMount[];
  /** What has to be on the nodes besides. By path. */
  readonly needs: readonly NeededFile[];
}

/**
 * The flags and files of a control plane. What any program lacks is a fault: nothing is made of settings that have one.
 *
 *     const { flags, files } = controlPlane({ encryption: { secretbox: ['2027-01'] } }, ClusterTarget.of('1.36'), { '2027-01': key });
 *
 * @param keys the material of the keys that `settings.encryption.secretbox` names; it stands in the file that holds secrets, and nowhere else
 * @throws ControlPlaneError with everything that is wrong, at once
 */
export function controlPlane(
  settings: ControlPlaneSettings,
  target: ClusterTarget,
  keys: EncryptionKeys = {},
): ControlPlane {
  const declared = controlPlaneFaults(settings, target);
  const names = settings.encryption === undefined ? [] : keyNamesOf(providersOf(settings.encryption));
  const faults = [...declared, ...keyFaults(names, keys)];
  if (faults.length > 0) throw new ControlPlaneError(faults);
  const { folder = defaultFolder, authentication = {} } = settings;
  return {
    settings,
    target,
    flags: flagsOf(settings, authenticationOf(folder, authentication, target), folder),
    files: filesOf(settings, target, keys),
    mounts: mountsOf(settings),
    needs: needsOf(settings),
  };
}

/** Everything that is wrong with the settings on this target, without the material of keys: before anything is created. */
export function controlPlaneFaults(
  settings: ControlPlaneSettings,
  target: ClusterTarget,
): readonly ControlPlaneFault[] {
  const { encryption, audit = {}, admission = {}, authentication = {}, pki, flags = {} } = settings;
  const { folder = defaultFolder, terminatedPodThreshold, requestTimeoutSeconds } = settings;
  const made = flagsOf({ ...settings, flags: {} }, authenticationOf(folder, authentication, target), folder);
  const open = openAnonymousFaults(authentication, target);
  const faults = [
    ...target.faults.map((of) => ({ ...of, property: `target.${of.property}` })),
    // Plain JavaScript may leave out what the type asks for.
    ...encryptionFaults(encryption ?? {}),
    ...auditSettingsFaults(audit),
    ...admissionFaults(admission),
    ...authenticationFaults(authentication, target),
    ...open.faults,
    ...nodePathFaults('', { folder }),
    ...nodePathFaults('pki.', { folder: pki?.folder }),
    ...nodePathFaults(
      'pki.files.',
      Object.fromEntries(Object.keys(pki?.files ?? {}).map((file) => [file, pkiPath(pki ?? {}, file as PkiFile)])),
    ),
    ...numberFaults('', { terminatedPodThreshold, requestTimeoutSeconds }),
    ...folderFaults(settings),
    ...flagFaults(flags, made),
  ];
  return withoutExcused(
    faults,
    [...shortLogFaults(audit), ...open.excusable, ...weakAdmissionFaults(admission), ...laxLimitFaults(settings)],
    settings.exceptions ?? [],
    settings.today,
  );
}

/** Above these a limit limits nothing: what the CIS benchmark has as an example of 1.2.20, and Kubernetes' own default for 1.3.1. */
const most = { requestTimeoutSeconds: [300, '1.2.20'], terminatedPodThreshold: [12_500, '1.3.1'] } as const;

/** Limits so wide that they are none: an exception may excuse them. */
function laxLimitFaults(settings: ControlPlaneSettings): readonly ControlPlaneFault[] {
  return Object.entries(most).flatMap(([key, [maximum, id]]) => {
    const value = settings[key as keyof typeof most];
    if (value === undefined || !(value > maximum)) return [];
    const message = `${value} is more than ${maximum}, and CIS 1.12 ${id} asks for a limit`;
    return [fault(key, value, message, `give at most ${maximum}, or an exception`)];
  });
}

/** kube-apiserver writes into the folder of its log, and must not be able to write what it is configured by. */
function folderFaults({ folder = defaultFolder, audit = {}, pki = {} }: ControlPlaneSettings) {
  const log = auditLogOf(audit);
  if (log === undefined) return [];
  const own = folderOf(log.path);
  const inside = [folder, pki.folder ?? defaultPkiFolder].filter((of) => isWithin(of, own) || isWithin(own, of));
  if (inside.length === 0) return [];
  const message = `its folder is mounted for kube-apiserver to write to, and ${inside.join(' and ')} would be, too`;
  return [fault('audit.log.path', log.path, message, 'give the log a folder of its own')];
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || folder === '/' || path.startsWith(`${folder}/`);
}

function filesOf(settings: ControlPlaneSettings, target: ClusterTarget, keys: EncryptionKeys): readonly NodeFile[] {
  const { encryption, audit = {}, admission = {}, authentication = {}, folder = defaultFolder } = settings;
  const policy = audit.policy ?? AuditPolicy.recommended();
  const authenticationFile = authenticationOf(folder, authentication, target).file;
  return byPath([
    { path: auditPolicyPath(folder), content: policy.toYaml(), mode: 0o600, owner: 'root:root', holdsSecrets: false },
    ...(audit.webhook === undefined ? [] : [webhookFile(folder, audit.webhook)]),
    encryptionFile(
      encryptionPath(folder),
      [{ resources: encryptedResources(encryption), providers: providersOf(encryption) }],
      keys,
    ),
    admissionFile(folder, admission, target),
    ...(authenticationFile === undefined ? [] : [authenticationFile]),
  ]);
}

function mountsOf({ encryption, audit = {}, folder = defaultFolder, pki = {} }: ControlPlaneSettings) {
  const log = auditLogOf(audit);
  const webhookFolders = (audit.webhook === undefined ? [] : webhookNeeds(audit.webhook)).map(({ path }) =>
    folderOf(path),
  );
  // kubeadm and those that build on it mount the folder of the PKI.
  const mounted = [folder, pki.folder ?? defaultPkiFolder];
  const others = [...new Set(webhookFolders)].filter((path) => !mounted.some((other) => isWithin(path, other)));
  const mounts: readonly NodeMount[] = [
    { name: 'bulwark-config', path: folder, readOnly: true, type: 'Directory' },
    ...(log === undefined
      ? []
      : [{ name: 'bulwark-audit-log', path: folderOf(log.path), readOnly: false, type: 'DirectoryOrCreate' as const }]),
    ...(encryption.kms === undefined
      ? []
      : [
          {
            name: 'bulwark-kms',
            path: kmsSocketFolder(encryption.kms),
            readOnly: true,
            type: 'DirectoryOrCreate' as const,
          },
        ]),
    ...others.map((path, i) => ({ name: `bulwark-audit-tls-${i}`, path, readOnly: true, type: 'Directory' as const })),
  ];
  return byPath(mounts);
}

function needsOf({ encryption, audit = {} }: ControlPlaneSettings): readonly NeededFile[] {
  return byPath([
    ...(encryption.kms === undefined
      ? []
      : [{ path: kmsSocketPath(encryption.kms), what: `the socket of the KMS plugin ${encryption.kms.name}` }]),
    ...(audit.webhook === undefined ? [] : webhookNeeds(audit.webhook)),
  ]);
}

function byPath<T extends { readonly path: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => (a.path < b.path ? -1 : 1));
}
