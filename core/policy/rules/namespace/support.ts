import { apiGroup, formatIdentity, identityOf } from '../../../manifest/identity';
import type { Finding } from '../../finding';
import type { ObjectOfConstruct } from '../../object-set';

/** What a set rule says of an object: all but which rule it is. */
type Missing = Omit<Finding, 'rule' | 'severity'>;

/** The namespaces that are made here without an object of a kind of the core group in them. */
export function* namespacesWithout(
  kind: 'ResourceQuota' | 'LimitRange',
  objects: readonly ObjectOfConstruct[],
  said: { readonly message: string; readonly remedy: string },
): Generator<Missing> {
  const ofCore = objects.filter(({ object }) => apiGroup(object.apiVersion) === '');
  const having = new Set(
    ofCore.filter(({ object }) => object.kind === kind).map(({ object }) => object.metadata?.namespace),
  );
  for (const { object, construct } of ofCore) {
    const name = object.metadata?.name;
    if (object.kind !== 'Namespace' || name === undefined || having.has(name)) continue;
    yield { construct, object: formatIdentity(identityOf(object)), property: 'metadata.name', value: name, ...said };
  }
}
