import { admissionPlugins } from './admission';
import { auditFlags } from './audit-log';
import type { Authentication } from './authentication';
import { type ControlPlaneComponent, controlPlaneComponents, type Flag } from './flag';
import { admissionPath, encryptionPath, pkiPath } from './paths';
import type { ControlPlaneSettings, PkiFile } from './settings';

/** What CIS 1.12 1.2.29 takes for strong, of TLS 1.2; those of TLS 1.3 cannot be chosen, and are all strong. */
const cipherSuites = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
] as const;

/** What CIS 1.12 wants absent, by the recommendation: no flag is made of it, and none is taken. */
export const absentByCis: Readonly<Record<string, string>> = {
  '1.2.2': '--token-auth-file',
  '1.2.10': 'AlwaysAdmit in --enable-admission-plugins',
  '1.2.12': 'ServiceAccount in --disable-admission-plugins',
  '1.2.13': 'NamespaceLifecycle in --disable-admission-plugins',
};

/** Name, value and the recommendations of CIS 1.12. */
type Row = readonly [name: string, value: string, ...cis: string[]];

/** The rows of a distribution's own, which it sets by itself. */
type PkiRow = readonly [name: string, file: PkiFile, ...cis: string[]];

const pkiRows: Readonly<Record<ControlPlaneComponent, readonly PkiRow[]>> = {
  'kube-apiserver': [
    ['kubelet-client-certificate', 'kubeletClientCertificate', '1.2.4'],
    ['kubelet-client-key', 'kubeletClientKey', '1.2.4'],
    ['service-account-key-file', 'serviceAccountPublicKey', '1.2.22'],
    ['etcd-certfile', 'etcdCertificate', '1.2.23'],
    ['etcd-keyfile', 'etcdKey', '1.2.23'],
    ['tls-cert-file', 'servingCertificate', '1.2.24'],
    ['tls-private-key-file', 'servingKey', '1.2.24'],
    ['client-ca-file', 'clientCa', '1.2.25'],
    ['etcd-cafile', 'etcdCa', '1.2.26'],
  ],
  'kube-controller-manager': [
    ['service-account-private-key-file', 'serviceAccountPrivateKey', '1.3.4'],
    ['root-ca-file', 'rootCa', '1.3.5'],
  ],
  'kube-scheduler': [],
};

/**
 * Every flag that the settings make, of CIS Kubernetes Benchmark 1.12 1.2 to 1.4 and what goes with them, and then the flags that were given
 * besides. What it wants absent is {@link absentByCis}; 1.2.1 (--anonymous-auth) is answered by AuthenticationConfiguration, beside which the flag is refused.
 */
export function flagsOf(
  settings: ControlPlaneSettings,
  authentication: Authentication,
  folder: string,
): readonly Flag[] {
  const rows = ownRows(settings, authentication, folder);
  return controlPlaneComponents.flatMap((component) => {
    const given = Object.entries(settings.flags?.[component] ?? {});
    return [
      ...rows[component].map(([name, value, ...cis]) => flag(component, name, value, cis, 'settings')),
      ...pkiRows[component].map(([name, file, ...cis]) =>
        flag(component, name, pkiPath(settings.pki ?? {}, file), cis, 'distribution'),
      ),
      ...given.map(([name, value]) => flag(component, name, value, [], 'settings')),
    ].sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

function flag(
  component: ControlPlaneComponent,
  name: string,
  value: string,
  cis: readonly string[],
  setBy: Flag['setBy'],
): Flag {
  return { component, name, value, cis, setBy };
}

function ownRows(
  settings: ControlPlaneSettings,
  authentication: Authentication,
  folder: string,
): Readonly<Record<ControlPlaneComponent, readonly Row[]>> {
  const { audit = {}, admission = {}, pki = {}, requestTimeoutSeconds = 60, terminatedPodThreshold = 1000 } = settings;
  return {
    'kube-apiserver': [
      ...(authentication.noAnonymous ? [['anonymous-auth', 'false', '1.2.1'] as const] : []),
      ...(authentication.file === undefined
        ? []
        : [['authentication-config', authentication.file.path, '1.2.1'] as const]),
      ['enable-admission-plugins', admissionPlugins(admission).join(','), ...pluginIds(admissionPlugins(admission))],
      ['admission-control-config-file', admissionPath(folder), '1.2.9'],
      // Each kubelet's serving certificate has to be of this CA: serverTLSBootstrap, and somebody who approves the requests.
      ['kubelet-certificate-authority', pkiPath(pki, 'kubeletCa'), '1.2.5'],
      ['authorization-mode', 'Node,RBAC', '1.2.6', '1.2.7', '1.2.8'],
      ['profiling', 'false', '1.2.15'],
      ...auditFlags(folder, audit).map(([name, value, cis]): Row => [name, value, ...(cis === undefined ? [] : [cis])]),
      ['request-timeout', `${requestTimeoutSeconds}s`, '1.2.20'],
      ['service-account-lookup', 'true', '1.2.21'],
      ['encryption-provider-config', encryptionPath(folder), '1.2.27', '1.2.28'],
      ['tls-cipher-suites', cipherSuites.join(','), '1.2.29'],
      ['tls-min-version', 'VersionTLS12', '1.2.29'],
      ['service-account-extend-token-expiration', 'false', '1.2.30'],
    ],
    'kube-controller-manager': [
      ['terminated-pod-gc-threshold', String(terminatedPodThreshold), '1.3.1'],
      ['profiling', 'false', '1.3.2'],
      ['use-service-account-credentials', 'true', '1.3.3'],
      ['feature-gates', 'RotateKubeletServerCertificate=true', '1.3.6'],
      ['bind-address', '127.0.0.1', '1.3.7'],
      ['tls-cipher-suites', cipherSuites.join(',')],
      ['tls-min-version', 'VersionTLS12'],
    ],
    'kube-scheduler': [
      ['profiling', 'false', '1.4.1'],
      ['bind-address', '127.0.0.1', '1.4.2'],
      ['tls-cipher-suites', cipherSuites.join(',')],
      ['tls-min-version', 'VersionTLS12'],
    ],
  };
}

const idsByPlugin: Readonly<Record<string, string>> = {
  DenyServiceExternalIPs: '1.2.3',
  EventRateLimit: '1.2.9',
  AlwaysPullImages: '1.2.11',
  NodeRestriction: '1.2.14',
};

function pluginIds(plugins: readonly string[]): readonly string[] {
  return plugins.flatMap((name) => idsByPlugin[name] ?? []).sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)));
}
