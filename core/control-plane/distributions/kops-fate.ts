import { auditLogOf, webhookNeeds } from '../audit-log';
import { anonymousPaths } from '../authentication';
import type { ControlPlane } from '../control-plane';
import { kmsSocketPath } from '../encryption';
import type { Flag } from '../flag';
import { auditWebhookPath, authenticationPath, defaultFolder, encryptionPath, folderOf } from '../paths';
import { kopsFields } from './kops-fields';
import type { Fate, Part } from './written';

/** The CA of the cluster where kOps mounts it for kube-apiserver. */
export const kopsKubeletCa = '/srv/kubernetes/ca.crt';

/** The folder that kOps mounts for kube-apiserver besides those of its audit policy and log. */
const ownFolder = '/srv/kubernetes/kube-apiserver';

const byKops: Fate = { by: 'kOps, which makes these files itself and passes their paths' };
const bySecret: Fate = { by: 'the secret encryptionconfig of kOps, which writes and passes the file' };

const noMount: Fate = {
  why: `kOps mounts the folders of the audit policy, of the audit log and ${ownFolder} for kube-apiserver, and has no field for others`,
  instead: `lay it below ${ownFolder}: the endpoint of the KMS plugin, the certificates of the audit webhook`,
};
const noAnonymous: Fate = {
  why: 'kOps always passes --anonymous-auth=false, and kube-apiserver does not start with a file that says something of anonymous requests beside it',
  instead: "set authentication.anonymous to 'off': kOps has a proxy with a certificate for its health checks",
};
const noField: Fate = {
  why: 'kOps has a field for each flag that it passes, and none for this one',
  instead: 'leave it at the default of Kubernetes, and write down the recommendation that is not met',
};

/** Flags without a field that are what Kubernetes does anyway. */
const defaults: Readonly<Record<string, string>> = { 'audit-log-mode': 'blocking', 'service-account-lookup': 'true' };

/** What kOps makes of a part. */
export function kopsFate(part: Part, controlPlane: ControlPlane): Fate {
  if (part.kind === 'mount') return mountFate(part.mount.path, controlPlane);
  if (part.kind === 'flag') return flagFate(part.flag, controlPlane);
  const { folder = defaultFolder } = controlPlane.settings;
  if (part.file.path === encryptionPath(folder)) return encryptionFate(controlPlane);
  if (part.file.path === authenticationPath(folder)) return authenticationFate(controlPlane);
  return part.file.path === auditWebhookPath(folder) ? webhookFate(controlPlane) : 'written';
}

function mountFate(path: string, { settings }: ControlPlane): Fate {
  const { folder = defaultFolder, audit = {} } = settings;
  const log = auditLogOf(audit);
  if (path === folder) return { by: 'kOps, which mounts the folder of the audit policy' };
  if (log !== undefined && path === folderOf(log.path)) return { by: 'kOps, which mounts the folder of the audit log' };
  return path === ownFolder || path.startsWith(`${ownFolder}/`) ? { by: `kOps, which mounts ${ownFolder}` } : noMount;
}

/** kube-apiserver does not start without what its configuration names: all of it has to be where it looks. */
function ifSeen(paths: readonly string[], controlPlane: ControlPlane, fate: Fate): Fate {
  return paths.every((path) => mountFate(folderOf(path), controlPlane) !== noMount) ? fate : noMount;
}

function encryptionFate(controlPlane: ControlPlane): Fate {
  const { kms } = controlPlane.settings.encryption;
  return ifSeen(kms === undefined ? [] : [kmsSocketPath(kms)], controlPlane, bySecret);
}

function webhookFate(controlPlane: ControlPlane): Fate {
  const { webhook } = controlPlane.settings.audit ?? {};
  const needs = webhook === undefined ? [] : webhookNeeds(webhook);
  return ifSeen(
    needs.map(({ path }) => path),
    controlPlane,
    'written',
  );
}

function authenticationFate({ settings, target }: ControlPlane): Fate {
  const paths = anonymousPaths(settings.authentication ?? {}, target) ?? [];
  return paths.length > 0 ? noAnonymous : 'written';
}

function flagFate({ component, name, value, setBy }: Flag, controlPlane: ControlPlane): Fate {
  if (setBy === 'distribution') return byKops;
  if (component === 'kube-apiserver') {
    if (name === 'encryption-provider-config') return encryptionFate(controlPlane);
    if (name === 'authentication-config') return authenticationFate(controlPlane);
    if (name === 'kubelet-certificate-authority') return { by: `the same field with ${kopsKubeletCa}` };
    if (defaults[name] === value) return { by: 'kube-apiserver, whose default it is' };
  }
  if (!Object.hasOwn(kopsFields[component], name)) return noField;
  return name.startsWith('audit-webhook-') ? webhookFate(controlPlane) : 'written';
}
