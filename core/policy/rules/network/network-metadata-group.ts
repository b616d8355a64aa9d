import { ClusterTarget } from '../../../cluster/target';
import { formatIdentity, identityOf } from '../../../manifest/identity';
import type { KubernetesObject } from '../../../manifest/object';
import { formatPath, type Path, valueAt } from '../../../manifest/path';
import { type AddressGroup, addressGroupOf, groupReferencesIn } from '../../../network/address-groups';
import { type Cidr, cidrsOverlap, parseCidr } from '../../../network/cidr';
import { metadataEndpoints } from '../../../network/metadata-addresses';
import type { SetRule } from '../../rule';
import { networkMetadata } from './network-metadata';

/** Of what one object shows the rule is network-metadata, which says what is a metadata service, and what is an identity of the pod's own. */
const context = { target: ClusterTarget.of('1.36'), registries: [] };

export const networkMetadataGroup = {
  id: 'network-metadata-group',
  subject: 'set',
  title: 'No group of addresses brings the metadata service of a cloud into a network policy',
  severity: 'error',
  why:
    "A policy that names a group of addresses opens all of them: with the metadata address among them an attacker in a pod takes the node's credentials, and the " +
    'policy itself shows nothing of it. It is asked where the group is among the objects.',
  fix: 'Take the metadata addresses out of the group, or open another one; a workload that needs a cloud identity opens the exact address and port of its endpoint.',
  *check({ objects }) {
    const groups = objects.flatMap(({ object }) => suspect(object));
    if (groups.length === 0) return;
    for (const { object: policy, construct } of objects)
      for (const { path, takes, withBlock } of groupReferencesIn(policy))
        for (const { object: group, cidrs } of groups.filter(takes)) {
          const found = cidrs.flatMap((cidr) => brought(policy, path, withBlock(cidr)));
          const [first] = found;
          if (first === undefined) continue;
          const more = found.length > 1 ? `, and ${found.length - 1} more` : '';
          yield {
            construct,
            object: formatIdentity(identityOf(policy)),
            property: formatPath(path),
            value: valueAt(policy, path),
            message: `by ${formatIdentity(identityOf(group))} ${first}${more}`,
            remedy: 'take it out of the group, or open another one',
          };
        }
  },
} as const satisfies SetRule;

/** The group that an object is, with those of its blocks alone that hold a metadata address. */
function suspect(object: KubernetesObject): readonly AddressGroup[] {
  const group = addressGroupOf(object);
  const cidrs = group?.cidrs.filter((text) => {
    const cidr = parseCidr(text);
    return (
      cidr !== undefined && metadataEndpoints.some(({ blocks }) => blocks.some((own: Cidr) => cidrsOverlap(own, cidr)))
    );
  });
  return group === undefined || cidrs === undefined || cidrs.length === 0 ? [] : [{ ...group, cidrs }];
}

/** What network-metadata says of the policy with that in the place of the entry. */
function brought(policy: KubernetesObject, path: Path, entry: object): readonly string[] {
  const changed = replaced(policy, path, entry) as KubernetesObject;
  const place = formatPath(path);
  return [...networkMetadata.check(changed, context)]
    .filter((violation) => formatPath(violation.path).startsWith(place))
    .map(({ message }) => message);
}

function replaced(node: unknown, [key, ...rest]: Path, entry: object): unknown {
  if (key === undefined) return entry;
  const below = replaced((node as Readonly<Record<string | number, unknown>>)[key], rest, entry);
  return Array.isArray(node) ? node.with(key as number, below) : { ...(node as object), [key]: below };
}
