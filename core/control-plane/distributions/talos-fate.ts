import type { ControlPlane } from '../control-plane';
import type { Flag } from '../flag';
import {
  admissionPath,
  auditPolicyPath,
  auditWebhookPath,
  authenticationPath,
  defaultFolder,
  encryptionPath,
  folderOf,
} from '../paths';
import type { TalosForm } from './talos-forms';
import type { Fate, Part } from './written';

/** The CA of the cluster where kube-apiserver sees it on Talos. */
export const talosKubeletCa = '/system/secrets/kubernetes/kube-apiserver/ca.crt';

/** Where Talos lets kube-apiserver write its log. */
const auditLog = '/var/log/audit/kube/kube-apiserver.log';

const byTalos: Fate = { by: 'Talos, which sets it itself' };
const byConfiguration: Fate = { by: 'the configuration itself, of which Talos makes the file' };

const noFiles: Fate = {
  why: 'kube-apiserver runs as a user without rights, in a file system that cannot be written, and reads what Talos gives it alone',
  instead: `read ${auditLog} on the nodes with the collector, and send it on from there`,
};
const noAuthentication: Fate = {
  why: 'up to 1.13 Talos passes --anonymous-auth=false and takes no AuthenticationConfiguration',
  instead:
    "use form: 'documents' with Talos 1.14; until then nothing is answered without credentials, and users come by client certificates",
};
const noEncryption: Readonly<Record<TalosForm, Fate>> = {
  cluster: {
    why: 'up to 1.13 Talos takes one key, for Secrets alone, and writes the rest itself',
    instead:
      "keep cluster.secretboxEncryptionSecret, which talosctl gen config makes, or use form: 'documents' with Talos 1.14",
  },
  documents: {
    why: 'kube-apiserver sees no socket of a KMS plugin: KubeAPIServerConfig has no volumes',
    instead: 'use encryption.secretbox, whose keys stand in the machine configuration',
  },
};
const elsewhere: Fate = {
  why: `${folderOf(auditLog)} is the only folder that kube-apiserver can write to`,
  instead: `read ${auditLog}, which Talos rotates by the flags`,
};

/** Names and beginnings of names that Talos takes for no argument of kube-apiserver. */
const denied = [
  'authorization-',
  'authentication-',
  'oidc-',
  'etcd-',
  'requestheader-client-ca-file',
  'proxy-client-',
  'service-account-signing-key-file',
];
const notAnArgument: Fate = {
  why: 'Talos sets it itself and takes no argument of this name',
  instead: 'use the document of Talos that it belongs to, or leave it to Talos',
};

/** What Talos makes of a part. */
export function talosFate(part: Part, controlPlane: ControlPlane, form: TalosForm): Fate {
  const { folder = defaultFolder, encryption } = controlPlane.settings;
  const encrypted = form === 'documents' && encryption.kms === undefined ? byConfiguration : noEncryption[form];
  const authenticated = form === 'documents' ? byConfiguration : noAuthentication;
  if (part.kind === 'mount') {
    if (part.mount.path === folder) return byTalos;
    if (part.mount.path === folderOf(auditLog)) return byTalos;
    return part.mount.readOnly ? (part.mount.name === 'bulwark-kms' ? noEncryption.documents : noFiles) : elsewhere;
  }
  if (part.kind === 'file') {
    const fates: Readonly<Record<string, Fate>> = {
      [auditPolicyPath(folder)]: byConfiguration,
      [admissionPath(folder)]: byConfiguration,
      [authenticationPath(folder)]: authenticated,
      [encryptionPath(folder)]: encrypted,
      [auditWebhookPath(folder)]: noFiles,
    };
    return fates[part.file.path] ?? noFiles;
  }
  return flagFate(part.flag, form, { encrypted, authenticated });
}

function flagFate(
  flag: Flag,
  form: TalosForm,
  { encrypted, authenticated }: Readonly<Record<'encrypted' | 'authenticated', Fate>>,
): Fate {
  const { component, name, value, setBy } = flag;
  if (setBy === 'distribution') return byTalos;
  if (name === 'tls-min-version') return { by: 'Talos, which takes TLS 1.3 alone' };
  if (component !== 'kube-apiserver') return 'written';
  const fates: Readonly<Record<string, Fate>> = {
    'audit-policy-file': byConfiguration,
    'admission-control-config-file': byConfiguration,
    'encryption-provider-config': encrypted,
    'authentication-config': authenticated,
    'anonymous-auth': form === 'documents' ? { by: 'KubeAuthenticationConfig' } : byTalos,
    'authorization-mode': byTalos,
    'audit-log-path': value === auditLog ? byTalos : elsewhere,
    'kubelet-certificate-authority': { by: `the same argument with ${talosKubeletCa}` },
  };
  if (name.startsWith('audit-webhook-')) return noFiles;
  return fates[name] ?? (denied.some((start) => name.startsWith(start)) ? notAnArgument : 'written');
}
