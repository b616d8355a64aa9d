import { parseAllDocuments } from 'yaml';
import { ClusterTarget, type Distribution } from '../../../../core/cluster';
import { type ControlPlane, type ControlPlaneSettings, controlPlane } from '../../../../core/control-plane';
import type { WrittenControlPlane } from '../../../../core/control-plane/distributions';

/** Made up for tests. */
export const key = Buffer.alloc(32, 'k').toString('base64');

export const webhook = {
  url: 'https://audit.example.com/events',
  caFile: '/etc/kubernetes/audit-tls/ca.crt',
  clientCertificateFile: '/etc/kubernetes/audit-tls/client.crt',
  clientKeyFile: '/etc/kubernetes/audit-tls/client.key',
};

/** A control plane with one key, of settings besides it. */
export function planeFor(
  distribution: Distribution,
  settings: Partial<ControlPlaneSettings> = {},
  version = '1.36',
): ControlPlane {
  const encryption = settings.encryption ?? { secretbox: ['a'] };
  const target = ClusterTarget.of(version, { distribution });
  return controlPlane({ ...settings, encryption }, target, encryption.secretbox === undefined ? {} : { a: key });
}

/** The documents of a text of YAML. */
export function documentsOf(text: string): readonly Record<string, unknown>[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors !== undefined) expect(document.errors).toEqual([]);
    return document.toJS() as Record<string, unknown>;
  });
}

/** Everything that would be seen of a control plane, without what holds secrets. */
export function visible({ config, files, ...rest }: WrittenControlPlane): object {
  const shown = (content: string, holdsSecrets: boolean) => (holdsSecrets ? '(holds secrets)' : content);
  return {
    ...rest,
    config: config.map((file) => ({ ...file, content: shown(file.content, file.holdsSecrets) })),
    files: files.map((file) => ({
      ...file,
      mode: file.mode.toString(8),
      content: shown(file.content, file.holdsSecrets),
    })),
  };
}
