import type { RequestSet } from './reach';
import type { AuditResources } from './rule';

/** Resources whose bodies hold secrets, and what of them does. */
export interface SensitiveResources extends AuditResources {
  readonly resources: readonly string[];
  /** For messages: `Secrets`, `tokens of ServiceAccounts`. */
  readonly what: string;
}

/** What is never logged with its bodies. @see https://kubernetes.io/docs/concepts/security/secrets-good-practices/ */
export const sensitiveResources: readonly SensitiveResources[] = [
  { group: '', resources: ['secrets'], what: 'Secrets' },
  { group: '', resources: ['configmaps'], what: 'ConfigMaps' },
  { group: '', resources: ['serviceaccounts/token'], what: 'tokens of ServiceAccounts' },
  { group: 'authentication.k8s.io', resources: ['tokenreviews'], what: 'the tokens of TokenReviews' },
];

/**
 * Kinds of others that hold secrets, or may, in their spec. A policy that names them, or their whole group, keeps them at Metadata; so does
 * one that names every group, since nobody knows what custom resources a cluster will have.
 */
export const sensitiveCustomResources: readonly SensitiveResources[] = [
  ...[
    ['oauth.openshift.io', 'oauthaccesstokens', 'tokens of OpenShift'],
    ['oauth.openshift.io', 'oauthauthorizetokens', 'tokens of OpenShift'],
    ['oauth.openshift.io', 'oauthclients', 'secrets of OAuth clients'],
    ['user.openshift.io', 'identities', 'identities of OpenShift'],
    ['route.openshift.io', 'routes', 'the TLS keys of Routes'],
    ['build.openshift.io', 'buildconfigs', 'the variables and webhook secrets of BuildConfigs'],
    ['argoproj.io', 'applications', "the Helm values in Argo CD's Applications"],
    ['argoproj.io', 'applicationsets', "the Helm values in Argo CD's ApplicationSets"],
    ['helm.toolkit.fluxcd.io', 'helmreleases', "the values of Flux' HelmReleases"],
    ['helm.cattle.io', 'helmcharts', 'the values of HelmCharts'],
    ['helm.cattle.io', 'helmchartconfigs', 'the values of HelmChartConfigs'],
    ['bootstrap.cluster.x-k8s.io', '*', 'the files and join tokens of machines'],
    ['controlplane.cluster.x-k8s.io', '*', 'the files of control planes'],
    ['generators.external-secrets.io', '*', 'what External Secrets generates'],
    ['external-secrets.io', 'pushsecrets', 'what External Secrets pushes'],
  ].map(([group = '', resource = '', what = '']) => ({ group, resources: [resource], what })),
];

/** The group that stands for every custom resource that nobody named. */
export const unknownGroup = 'some-custom-group.example';

/** A resource and one below it, which may be `*`; what has one already, or is `*` itself, stays as it is. */
export function withSubresource(resource: string, sub: string): readonly string[] {
  return resource === '*' || resource.includes('/') ? [resource] : [resource, `${resource}/${sub}`];
}

/** The requests whose bodies hold secrets. */
export const sensitiveSets: readonly { readonly what: string; readonly set: RequestSet }[] = [
  ...[...sensitiveResources, ...sensitiveCustomResources].flatMap(({ group, resources, what }) =>
    resources
      .flatMap((resource) => withSubresource(resource, 'status'))
      .map((pattern) => ({ what, set: { kind: 'resource' as const, group, pattern } })),
  ),
  { what: 'custom resources, which may hold secrets in their spec', set: { kind: 'resource', group: unknownGroup } },
];
