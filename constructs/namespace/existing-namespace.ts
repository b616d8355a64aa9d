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
    const { namespaceName: value } = this;
    const faults: DeclarationFault[] = [];
    // No object of ours carries the name as its own, so that nothing else would say so.
    if (!isDnsLabel(value))
      faults.push({
        rule: 'name-valid',
        property: 'name',
        value,
        message: `${JSON.stringify(value)} is no name of a namespace: it must have at most 63 lower-case letters, digits and dashes`,
        remedy: 'give the name that the namespace has in the cluster',
      });
    const owner = NamespaceScope.below(this.node.root).find((each) => each.isOwned && each.namespaceName === value);
    if (owner !== undefined)
      faults.push({
        rule: 'prop-valid',
        property: 'name',
        value,
        message: `namespace ${value} is made here, by ${owner.node.path}, whose quota and limits would not know of what is in this one`,
        remedy: `create what belongs there in ${owner.node.path}`,
      });
    return [...faults, ...super.declarationFaults()];
  }
}
