import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { SecurityException } from '../../core/policy';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { platformOf } from '../app/platform-of';
import { scopeOf, type Taken } from '../app/shape';

export interface NamespaceScopeProps {
  /** The namespace's name. @default - the construct's id */
  readonly name?: string;
  /** Labels on everything in it. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Exceptions for everything in it. @default - none */
  readonly exceptions?: readonly SecurityException[];
}

const marker = Symbol.for('kube-bulwark.NamespaceScope');

/**
 * A namespace as a chart: what is created in it lands in it. Cluster-scoped objects in it carry no namespace. A chart in it would
 * not inherit the namespace, so that one is refused.
 */
export abstract class NamespaceScope extends Chart {
  /** Whether it is one. (cdk8s makes `instanceof` true for every Chart.) */
  static is(construct: IConstruct): construct is NamespaceScope {
    return marker in construct;
  }

  /** The scope that a construct is in, if it is in one. */
  static find(construct: IConstruct): NamespaceScope | undefined {
    return construct.node.scopes.findLast(NamespaceScope.is) as NamespaceScope | undefined;
  }

  /** Those below a construct: there is none in another one. */
  static below(construct: IConstruct): readonly NamespaceScope[] {
    return construct.node.children.flatMap((child) =>
      NamespaceScope.is(child) ? [child] : NamespaceScope.below(child),
    );
  }

  /** The namespace's name. */
  readonly namespaceName: string;
  /** Whether the namespace is made here, and everything in it ours to close. @internal */
  abstract readonly isOwned: boolean;
  /** The most memory a container may have here; undefined where that is not ours to know. */
  abstract readonly maxMemory: string | undefined;

  readonly #propFaults: readonly DeclarationFault[];

  /** @param what the name of its class @internal */
  protected constructor(scope: Construct, id: string, { props, faults }: Taken<NamespaceScopeProps>, what: string) {
    const name = props.name ?? id;
    super(scopeOf(scope, id, what), id, {
      namespace: name,
      labels: { ...props.labels },
      disableResourceNameHashes: true,
    });
    this.#propFaults = faults;
    this.namespaceName = name;
    platformOf(this).addExceptions(this, props.exceptions);
    Object.defineProperty(this, marker, { value: true });
    markDeclaring(this);
  }

  /** Adds exceptions that cover everything in it. */
  addException(...exceptions: readonly SecurityException[]): void {
    platformOf(this).addExceptions(this, exceptions);
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    const nested = this.node
      .findAll()
      .filter((construct) => construct !== this && Chart.isChart(construct))
      .map((chart) => ({
        rule: 'nested-chart' as const,
        property: chart.node.id,
        message: `chart ${chart.node.path} is inside namespace ${this.namespaceName}: it would not inherit the namespace`,
        remedy: 'create it beside the namespace, or make it a Construct',
      }));
    return [...this.#propFaults, ...nested];
  }
}
