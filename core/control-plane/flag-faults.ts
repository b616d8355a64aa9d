import { fault } from './checks';
import type { ControlPlaneFault } from './fault';
import { type ControlPlaneComponent, controlPlaneComponents, type Flag } from './flag';
import type { ControlPlaneSettings } from './settings';

/** A flag that nobody is to give, why, and what to do instead. */
interface Refused {
  readonly names: RegExp;
  /** @default - every program's */
  readonly component?: ControlPlaneComponent;
  readonly message: string;
  readonly remedy: string;
}

const refused: readonly Refused[] = [
  {
    names: /^token-auth-file$/,
    message: 'it takes tokens from a file, which stay good until the API server is restarted (CIS 1.12 1.2.2)',
    remedy: 'use ServiceAccounts, certificates, or authentication.jwt',
  },
  {
    names: /^anonymous-auth$/,
    message: 'anonymous requests are limited by authentication.anonymous, and the API server does not start with both',
    remedy: 'set authentication.anonymous',
  },
  {
    names: /^oidc-/,
    message: 'the API server does not start with it beside an AuthenticationConfiguration',
    remedy: 'use authentication.jwt',
  },
  {
    names: /^disable-admission-plugins$/,
    message: 'it takes away what Kubernetes relies on (CIS 1.12 1.2.12, 1.2.13)',
    remedy: 'leave it out; what is switched on besides stands in admission.plugins',
  },
  {
    names: /^authorization-(config|webhook-.*|policy-file)$/,
    component: 'kube-apiserver',
    message: 'requests are authorized by Node and RBAC alone (CIS 1.12 1.2.6 to 1.2.8)',
    remedy: 'leave it out',
  },
  {
    names: /^(authorization-always-allow-paths|cors-allowed-origins|enable-logs-handler)$/,
    message: 'it lets somebody read whom neither RBAC nor the page that they came from would let',
    remedy: 'leave it out, and give who reads a role',
  },
  { names: /^audit-/, message: 'audit logging is made of the settings', remedy: 'set audit' },
  {
    names: /^(insecure-.*|kubelet-https|basic-auth-file)$/,
    message: 'it lets somebody in without TLS or with a password in a file',
    remedy: 'leave it out',
  },
  {
    names: /^debug-socket-path$/,
    message: 'whoever may open the socket sees what the program does, and nobody is asked who they are',
    remedy: 'leave it out',
  },
  { names: /^contention-profiling$/, message: 'profiling shows what the program does', remedy: 'leave it out' },
];

/** The gates that the settings rely on. */
const neededGates =
  /(^|,)\s*(AllBeta|StructuredAuthenticationConfiguration|AnonymousAuthConfigurableEndpoints|KMSv2|RotateKubeletServerCertificate)=false\b/;

const reliedOn = 'the settings rely on a feature that it switches off';

/** The setting that makes a flag, for messages; the others are not to be changed. */
const madeBy: Readonly<Record<string, string>> = {
  'admission-control-config-file': 'admission',
  'authentication-config': 'authentication',
  'enable-admission-plugins': 'admission.plugins',
  'encryption-provider-config': 'encryption',
  'request-timeout': 'requestTimeoutSeconds',
  'terminated-pod-gc-threshold': 'terminatedPodThreshold',
};

/** Everything that is wrong with the flags given besides. `made` are those of the other settings. */
export function flagFaults(
  given: NonNullable<ControlPlaneSettings['flags']>,
  made: readonly Flag[],
): readonly ControlPlaneFault[] {
  return Object.entries(given).flatMap(([component, flags]) => {
    const known = controlPlaneComponents.find((name) => name === component);
    if (known === undefined) {
      const message = `${JSON.stringify(component)} is no program of a control plane`;
      return [fault(`flags.${component}`, undefined, message, `use one of ${controlPlaneComponents.join(', ')}`)];
    }
    return Object.entries(flags).flatMap(([name, value]) => oneFlagFaults(known, name, value, made));
  });
}

function oneFlagFaults(
  component: ControlPlaneComponent,
  name: string,
  value: string,
  made: readonly Flag[],
): readonly ControlPlaneFault[] {
  const property = `flags.${component}.${name}`;
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    const message = `${JSON.stringify(name)} is no name of a flag`;
    return [fault(property, undefined, message, `write it without dashes in front: '${name.replace(/^-+/, '')}'`)];
  }
  if (typeof value !== 'string' || /[\n\r\0]/.test(value)) {
    return [fault(property, undefined, 'its value is no text on one line', 'give one')];
  }
  const wrong = refused.find((of) => (of.component ?? component) === component && of.names.test(name));
  if (wrong !== undefined) return [fault(property, undefined, `--${name}: ${wrong.message}`, wrong.remedy)];
  const twin = made.find((flag) => flag.component === component && flag.name === name);
  if (twin !== undefined) {
    const setting = twin.setBy === 'distribution' ? 'pki' : madeBy[name];
    const message = `--${name} is set already, to ${JSON.stringify(twin.value)}`;
    const remedy = setting === undefined ? 'leave it out' : `set ${setting} instead`;
    return [fault(property, value, message, remedy)];
  }
  if (name !== 'feature-gates' || !neededGates.test(value)) return [];
  return [fault(property, value, reliedOn, 'leave the gate as it is')];
}
