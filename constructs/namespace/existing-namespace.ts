import type { Construct } from 'constructs';
import { takeProps } from '../app/shape';
import { NamespaceScope, type NamespaceScopeProps } from './namespace-scope';
import { namespaceShapes } from './namespace-shape';

export type ExistingNamespaceProps = NamespaceScopeProps;

/**
 * A namespace that another repository owns. Nothing is emitted for the namespace itself; workloads that are created in it bring
 * their own policies, and ExternalWorkloads in it stand for what its owner runs there.
 */
export class ExistingNamespace extends NamespaceScope {
  /** Not ours to know. */
  readonly maxMemory = undefined;

  constructor(scope: Construct, id: string, props: ExistingNamespaceProps = {}) {
    super(scope, id, takeProps<ExistingNamespaceProps>(namespaceShapes, props ?? {}), 'ExistingNamespace');
  }
}
