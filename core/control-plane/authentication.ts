import type { ClusterTarget } from '../cluster/target';
import { writeYaml } from '../manifest/yaml/write';
import { fault } from './checks';
import type { ControlPlaneFault } from './fault';
import type { NodeFile } from './file';
import { authenticationPath } from './paths';
import type { AuthenticationSettings, JwtAuthenticator } from './settings';

/** What says whether the API server lives; Kubernetes' own role system:public-info-viewer lets anybody read it. */
export const healthPaths: readonly string[] = ['/livez', '/readyz', '/healthz'];

/** What `kubeadm join` with a token reads before it knows the cluster's CA. */
export const clusterInfoPath = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

/** The paths that need no credentials; undefined where that is left to RBAC, empty for none. */
export function anonymousPaths(settings: AuthenticationSettings, target: ClusterTarget): readonly string[] | undefined {
  const { anonymous = 'health' } = settings;
  if (anonymous === 'rbac') return undefined;
  if (anonymous === 'off') return [];
  return discoveryOf(settings, target) === 'token' ? [...healthPaths, clusterInfoPath] : healthPaths;
}

function discoveryOf({ discovery }: AuthenticationSettings, { distribution }: ClusterTarget): 'token' | 'file' {
  return discovery ?? (distribution === 'kubeadm' || distribution === 'kind' ? 'token' : 'file');
}

/** What is set of authentication: a file, or a flag, and never both of anonymous requests. */
export interface Authentication {
  /** For `--authentication-config`. */
  readonly file?: NodeFile;
  /** Whether `--anonymous-auth=false` is given. */
  readonly noAnonymous: boolean;
}

/** The settings have no faults on this target. */
export function authenticationOf(
  folder: string,
  settings: AuthenticationSettings,
  target: ClusterTarget,
): Authentication {
  const paths = anonymousPaths(settings, target);
  const noAnonymous = paths?.length === 0;
  const jwt = settings.jwt ?? [];
  if (jwt.length === 0 && (paths === undefined || noAnonymous)) return { noAnonymous };
  const version = target.supports('authenticationConfigurationV1').supported ? 'v1' : 'v1beta1';
  const content = writeYaml({
    apiVersion: `apiserver.config.k8s.io/${version}`,
    kind: 'AuthenticationConfiguration',
    jwt: jwt.map(jwtBody),
    ...(paths !== undefined &&
      !noAnonymous && { anonymous: { enabled: true, conditions: paths.map((path) => ({ path })) } }),
  });
  const path = authenticationPath(folder);
  return { file: { path, content, mode: 0o600, owner: 'root:root', holdsSecrets: false }, noAnonymous };
}

function jwtBody(authenticator: JwtAuthenticator): object {
  const { issuer, audiences, certificateAuthority, usernameClaim = 'sub', usernamePrefix, groupsClaim } = authenticator;
  return {
    issuer: {
      url: issuer,
      audiences,
      ...(audiences.length > 1 && { audienceMatchPolicy: 'MatchAny' }),
      certificateAuthority,
    },
    claimMappings: {
      username: { claim: usernameClaim, prefix: usernamePrefix },
      ...(groupsClaim !== undefined && { groups: { claim: groupsClaim, prefix: authenticator.groupsPrefix } }),
    },
  };
}

/** Everything that is wrong with the settings on this target. */
export function authenticationFaults(
  settings: AuthenticationSettings,
  target: ClusterTarget,
): readonly ControlPlaneFault[] {
  return [...anonymousFaults(settings, target), ...jwtFaults(settings.jwt ?? [], target)];
}

const modes = ['health', 'off', 'rbac'] as const;
const discoveries = ['token', 'file'] as const;

function anonymousFaults(settings: AuthenticationSettings, target: ClusterTarget): readonly ControlPlaneFault[] {
  const { anonymous = 'health', discovery } = settings;
  const property = 'authentication.anonymous';
  const faults: ControlPlaneFault[] = [];
  if (discovery !== undefined && !discoveries.includes(discovery)) {
    const message = `${JSON.stringify(discovery)} is no way to find a cluster`;
    faults.push(fault('authentication.discovery', discovery, message, `use one of ${discoveries.join(', ')}`));
  }
  if (!modes.includes(anonymous)) {
    const message = `${JSON.stringify(anonymous)} is nothing that anonymous requests can be limited to`;
    return [...faults, fault(property, anonymous, message, `use one of ${modes.join(', ')}`)];
  }
  const limits = target.supports('anonymousEndpoints');
  if (anonymous === 'health' && !limits.supported) {
    const remedy =
      "upgrade, or choose 'off' (and give probes and load balancers credentials), or 'rbac' (what system:unauthenticated may do) with an exception";
    faults.push(fault(property, settings.anonymous, limits.reason, remedy));
  }
  if (anonymous === 'off' && discovery === 'token') {
    const message = 'nodes that join by a token read kube-public/cluster-info without credentials, and nobody may';
    faults.push(fault('authentication.discovery', discovery, message, "use 'file', or anonymous: 'health'"));
  }
  return faults;
}

/** Anonymous requests that RBAC alone limits: an exception may excuse them where the version cannot do better. */
export function openAnonymousFaults(
  { anonymous }: AuthenticationSettings,
  target: ClusterTarget,
): { readonly faults: readonly ControlPlaneFault[]; readonly excusable: readonly ControlPlaneFault[] } {
  if (anonymous !== 'rbac') return { faults: [], excusable: [] };
  const property = 'authentication.anonymous';
  const wherever = 'RBAC lets them in wherever somebody binds system:unauthenticated';
  if (target.supports('anonymousEndpoints').supported) {
    const message = `Kubernetes ${target.version} can limit anonymous requests to health, and ${wherever}`;
    return { faults: [fault(property, anonymous, message, "use 'health', or leave it out")], excusable: [] };
  }
  const message = `requests without credentials are limited by nothing else, and ${wherever}`;
  const remedy = "upgrade and use 'health', or 'off' with probes that have credentials, or give an exception";
  return { faults: [], excusable: [fault(property, anonymous, message, remedy)] };
}

function jwtFaults(authenticators: readonly JwtAuthenticator[], target: ClusterTarget): readonly ControlPlaneFault[] {
  if (authenticators.length === 0) return [];
  const support = target.supports('structuredAuthentication');
  const faults: ControlPlaneFault[] = [];
  if (!support.supported) {
    faults.push(fault('authentication.jwt', undefined, support.reason, 'upgrade, or set the flags --oidc-*'));
  }
  authenticators.forEach(({ issuer, audiences, usernamePrefix, groupsClaim, groupsPrefix }, i) => {
    const at = `authentication.jwt[${i}]`;
    if (!/^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(issuer)) {
      const message = `${JSON.stringify(issuer)} is no issuer`;
      faults.push(fault(`${at}.issuer`, issuer, message, "write it as the tokens have it: 'https://…'"));
    }
    if (authenticators.findIndex((other) => other.issuer === issuer) < i) {
      faults.push(fault(`${at}.issuer`, issuer, 'another entry has the same issuer', 'make one of both'));
    }
    if (audiences.length === 0) {
      const message = 'tokens that the issuer made for anybody else would be taken';
      faults.push(fault(`${at}.audiences`, audiences, message, 'name the audience of the cluster'));
    }
    for (const [key, prefix, wanted] of [
      ['usernamePrefix', usernamePrefix, true],
      ['groupsPrefix', groupsPrefix, groupsClaim !== undefined],
    ] as const) {
      if (!wanted || (prefix !== undefined && prefix !== '' && !prefix.startsWith('system:'))) continue;
      const message = "without a prefix of its own the issuer could name the system's users and groups";
      faults.push(fault(`${at}.${key}`, prefix, message, "give one, such as 'oidc:'"));
    }
  });
  return faults;
}
