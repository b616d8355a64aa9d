import type { IConstruct } from 'constructs';
import { NamespaceScope } from '../namespace/namespace-scope';
import type { MutualTls } from './mutual-tls';

const declared = new WeakMap<IConstruct, MutualTls>();

/** Puts a namespace into a mesh, or all that are made below a construct. */
export function putIntoMesh(scope: IConstruct, mesh: MutualTls): void {
  declared.set(scope, mesh);
}

/** The mesh of the namespace that a construct is in, or is. Namespaces of others are in one only where they are named. */
export function meshOf(construct: IConstruct): MutualTls | undefined {
  const namespace = NamespaceScope.find(construct);
  if (namespace === undefined) return undefined;
  const own = declared.get(namespace);
  if (own !== undefined || !namespace.isOwned) return own;
  for (let scope = namespace.node.scope; scope !== undefined; scope = scope.node.scope) {
    const above = declared.get(scope);
    if (above !== undefined) return above;
  }
  return undefined;
}
