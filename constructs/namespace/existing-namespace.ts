import type { Construct } from 'constructs';
import { isDnsLabel } from '../../core/manifest';
import type { DeclarationFault } from '../app/declaration';
import { takeProps } from '../app/shape';
import { NamespaceScope, type NamespaceScopeProps } from './namespace-scope';
import { namespaceShapes } from './namespace-shape';

export type ExistingNamespaceProps = NamespaceScopeProps;

/**
 * A namespace that another repository owns. Nothing is emitted for the namespace itself; workloads that are created in it bring
 * their own policies, and ExternalWorkloads in it stand for what its owner runs there.
 */
export class ExistingNamespace extends NamespaceScope {
  /** @internal */
  readonly isOwned = false;
  /** Not ours to know. */
  readonly maxMemory = undefined;

  constructor(scope: Construct, id: string, props: ExistingNamespaceProps = {}) {
    super(scope, id, takeProps<ExistingNamespaceProps>(namespaceShapes, props ?? {}), 'ExistingNamespace');
  }

  /** @internal */
  override declarationFaults(): readonly DeclarationFault[] {
    const { namespaceName: name } = this;
    if (isDnsLabel(name)) return super.declarationFaults();
    // No object of ours carries the name as its own, so that nothing else would say so.
    const fault: DeclarationFault = {
      rule: 'name-valid',
      property: 'name',
      value: name,
      message: `${JSON.stringify(name)} is no name of a namespace: it must have at most 63 lower-case letters, digits and dashes`,
      remedy: 'give the name that the namespace has in the cluster',
    };
    return [fault, ...super.declarationFaults()];
  }
}
