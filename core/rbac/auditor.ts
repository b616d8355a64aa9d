import { apiKinds } from '../cluster/api-kinds';
import { isIn, type KubernetesVersion } from '../cluster/version';
import { isDnsSubdomain } from '../manifest/names';
import type { PolicyRule } from './policy-rule';
import { pluralOf } from './resources';

/** Resources of others: those of a CustomResourceDefinition. */
export interface CustomResources {
  /** The API group: `cilium.io`. */
  readonly group: string;
  /** In the plural: `ciliumnetworkpolicies`. */
  readonly resources: readonly [string, ...string[]];
}

/** What there is nothing to read of: questions that are asked by `create`, and the credential that an auditor does without. */
const unread = /^(Secret|Binding|Eviction|TokenRequest|.*Review)$/;

/** What is there to be read by name and in lists, and followed. */
const read = ['get', 'list', 'watch'] as const;

/**
 * The rules that read every object of a cluster but Secrets: RBAC can take nothing away, so that they name each resource that Kubernetes has in that version,
 * those of APIs that have to be switched on, too. No subresource, which would be logs, proxies and sessions.
 * @param version of the cluster: a newer one has resources that these rules do not name
 */
export function auditorRules(
  version: KubernetesVersion,
  {
    logs = false,
    customResources = [],
  }: { readonly logs?: boolean; readonly customResources?: readonly CustomResources[] } = {},
): readonly PolicyRule[] {
  const own = Object.entries(apiKinds).flatMap(([group, kinds]): readonly PolicyRule[] => {
    const resources = Object.entries(kinds).flatMap(([kind, { versions }]) => {
      const isThere = Object.values(versions).some((lifetime) => isIn(lifetime, version));
      return isThere && !unread.test(kind) ? [pluralOf(kind)] : [];
    });
    return resources.length === 0 ? [] : [{ apiGroups: [group], resources: resources.sort(), verbs: read }];
  });
  return [
    ...own,
    ...(logs ? [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }] : []),
    ...customResources.map(({ group, resources }) => ({ apiGroups: [group], resources, verbs: read })),
  ];
}

/** What is wrong with resources that an auditor is to read, by their place in the list. */
export function customResourceFaults(custom: readonly CustomResources[]): readonly {
  readonly property: string;
  readonly value: unknown;
  readonly message: string;
  readonly remedy: string;
}[] {
  return custom.flatMap(({ group, resources }, index) => {
    const at = `customResources[${index}]`;
    const isOwn = Object.hasOwn(apiKinds, group);
    const wrongGroup = isOwn || !isDnsSubdomain(group) || !group.includes('.');
    const ofGroup = {
      property: `${at}.group`,
      value: group,
      message: isOwn ? 'it is a group of Kubernetes, whose resources are read but for Secrets' : 'it is no API group',
      remedy: isOwn ? 'leave it out' : "write it as the CustomResourceDefinition has it: 'cilium.io'",
    };
    const ofResources = resources.flatMap((resource, i) =>
      /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(resource)
        ? []
        : [
            {
              property: `${at}.resources[${i}]`,
              value: resource,
              message: resource.includes('*')
                ? 'a star is every resource that the group will ever have, and their subresources'
                : 'it is no resource, which is in the plural and without a subresource',
              remedy: "name each: ['ciliumnetworkpolicies']",
            },
          ],
    );
    const ofNone = {
      property: `${at}.resources`,
      value: resources,
      message: 'it names no resource',
      remedy: "name each: ['ciliumnetworkpolicies'], or leave the group out",
    };
    const isEmpty = (resources as readonly string[]).length === 0;
    return [...(wrongGroup ? [ofGroup] : []), ...ofResources, ...(isEmpty ? [ofNone] : [])];
  });
}
