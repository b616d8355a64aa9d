import { ManifestObject } from '../../constructs/app/manifest-object';
import type { NamespaceScope } from '../../constructs/namespace/namespace-scope';
import { SecretFile } from '../../constructs/secrets/kubernetes/secret-file';
import type { SecretMount } from '../../constructs/secrets/secret-mount';
import { certificateSpec, leafDays } from '../../core/certificates/certificate';
import type { TlsFiles } from '../../core/logs/collector/parts';
import type { Json, KubernetesObject } from '../../core/manifest/object';

/** Where each container finds its certificate. */
const folder = '/etc/log-pipeline/tls';

export const tlsFiles: TlsFiles = {
  caFile: `${folder}/ca.crt`,
  certFile: `${folder}/tls.crt`,
  keyFile: `${folder}/tls.key`,
};

/** The days of a certificate. What reads it only when it starts is started again within the time that any certificate has left. */
export const certificateDays = { ...leafDays, restartAfter: 25 } as const;

/** The Secret that cert-manager keeps its certificate in. */
export const tlsSecretOf = (name: string): string => `${name}-tls`;

/** The files of a certificate that cert-manager keeps in a Secret. */
export function tlsSecrets(name: string): readonly SecretMount[] {
  return Object.values(tlsFiles).map((file) =>
    SecretFile.fromSecret(tlsSecretOf(name), { key: file.slice(folder.length + 1), file }),
  );
}

/**
 * A certificate for a program, which shows it as a server and as a client.
 * @param names that it is called by outside of the cluster
 */
export function certificate(scope: NamespaceScope, name: string, issuer: string, names: readonly string[] = []): void {
  const host = `${name}.${scope.namespaceName}.svc`;
  add(scope, `${name}-certificate`, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace: scope.namespaceName },
    spec: certificateSpec({
      secretName: tlsSecretOf(name),
      // A longer one is refused (X.520): the names below count.
      ...(host.length <= 64 && { commonName: host }),
      dnsNames: [host, `${host}.cluster.local`, ...names],
      issuer: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer },
    }),
  });
}

/** Files as a ConfigMap. */
export function configMap(scope: NamespaceScope, name: string, data: Readonly<Record<string, string>>): void {
  add(scope, `${name}-config`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: scope.namespaceName, labels: { 'app.kubernetes.io/name': name } },
    data: data as unknown as Json,
  });
}

/** An object of any kind: of the cluster's own where it says no namespace. */
export function add(
  scope: NamespaceScope,
  id: string,
  { apiVersion, kind, metadata, ...body }: KubernetesObject,
): void {
  const { name = id, namespace, labels } = metadata ?? {};
  new ManifestObject(scope, id, {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }), ...(labels && { labels: { ...labels } }) },
    namespaced: namespace !== undefined,
    body: () => body,
  });
}

/** An amount as Kubernetes writes it back: the largest unit of which there is a whole number. */
export function inUnits(mebibytes: number): `${number}${'Mi' | 'Gi' | 'Ti'}` {
  if (mebibytes % 1_024 !== 0) return `${mebibytes}Mi`;
  return mebibytes % 1_024 ** 2 === 0 ? `${mebibytes / 1_024 ** 2}Ti` : `${mebibytes / 1_024}Gi`;
}
