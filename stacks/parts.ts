import type { BulwarkApp } from '../constructs/app/bulwark-app';
import { ManifestObject } from '../constructs/app/manifest-object';
import { defaultMaxMemory, LockedNamespace } from '../constructs/namespace/locked-namespace';
import type { NamespaceScope } from '../constructs/namespace/namespace-scope';
import { SecretFile } from '../constructs/secrets/kubernetes/secret-file';
import type { SecretMount } from '../constructs/secrets/secret-mount';
import type { StorageProps } from '../constructs/workload/secure-stateful-set';
import { type CertificateRequest, certificateSpec } from '../core/certificates/certificate';
import { inUnits } from '../core/manifest/in-units';
import type { Json, KubernetesObject } from '../core/manifest/object';
import { Quantity } from '../core/manifest/quantity';

/**
 * The namespace of a stack, whose containers may have the memory that the largest of them takes.
 * @param largest in MiB
 */
export function stackNamespace(
  app: BulwarkApp,
  name: string,
  { owner, largest }: { readonly owner: string; readonly largest: number },
): LockedNamespace {
  const maxMemory = inUnits(largest);
  return new LockedNamespace(app, name, {
    owner,
    ...(Quantity.parse(maxMemory).compare(Quantity.parse(defaultMaxMemory)) > 0 && { limits: { maxMemory } }),
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

/** Files as a ConfigMap. */
export function configMap(scope: NamespaceScope, name: string, data: Readonly<Record<string, string>>): void {
  add(scope, `${name}-config`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: scope.namespaceName, labels: { 'app.kubernetes.io/name': name } },
    data: data as unknown as Json,
  });
}

/** A volume of each replica, in GiB. */
export function volume(path: string, name: string, gibibytes: number, storageClass: string | undefined): StorageProps {
  return { path, name, size: inUnits(gibibytes * 1_024), ...(storageClass !== undefined && { storageClass }) };
}

/** What a ClusterIssuer of cert-manager signs. */
export function certificateBy(
  issuer: string,
  metadata: { readonly name: string; readonly namespace: string },
  request: Omit<CertificateRequest, 'issuer'>,
): KubernetesObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata,
    spec: certificateSpec({ ...request, issuer: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer } }),
  };
}

/**
 * A certificate for a program, which shows it as a server and as a client.
 * @param names that it is called by outside of the cluster
 */
export function certificate(scope: NamespaceScope, name: string, issuer: string, names: readonly string[] = []): void {
  const namespace = scope.namespaceName;
  const host = `${name}.${namespace}.svc`;
  const request = {
    secretName: tlsSecretOf(name),
    // A longer one is refused (X.520): the names below count.
    ...(host.length <= 64 && { commonName: host }),
    dnsNames: [host, `${host}.cluster.local`, ...names],
  };
  add(scope, `${name}-certificate`, certificateBy(issuer, { name, namespace }, request));
}

/** The Secret that cert-manager keeps the certificate of a program in. */
export const tlsSecretOf = (name: string): string => `${name}-tls`;

/** Files of the certificate of a program, called as cert-manager calls the keys of its Secret: `…/tls.crt`. */
export function tlsMounts(name: string, files: readonly string[]): readonly SecretMount[] {
  return files.map((file) =>
    SecretFile.fromSecret(tlsSecretOf(name), { key: file.slice(file.lastIndexOf('/') + 1), file }),
  );
}
