import { Construct } from 'constructs';
import { nearestListener } from '../../../core/network/gateway/hostname';
import type { DeclarationFault } from '../../app/declaration';
import { scopeOf } from '../../app/shape';
import { NamespaceScope } from '../../namespace/namespace-scope';
import type { ExternalWorkload } from '../external-workload';
import { type AttachedRoute, Routes } from '../routes';

/** A Gateway that routes are attached to, ours or the platform's. */
export abstract class RouteParent extends Construct {
  readonly namespace: string;
  /** The pods that connections come from. */
  abstract readonly pods: ExternalWorkload | undefined;
  /** The name of the Gateway. */
  abstract readonly gatewayName: string;
  /** Of HTTPS. */
  abstract readonly httpsPort: number;
  /** The plain HTTP listener at which each route brings its own redirect; undefined where there is none, or the Gateway has one for all. */
  abstract readonly redirectListener: string | undefined;
  readonly #routes = new Routes(this);

  /** @internal */
  protected constructor(scope: Construct, id: string, what: string) {
    super(scopeOf(scope, id, what), id);
    if (!NamespaceScope.is(scope))
      throw new Error(
        `${this.node.path}: it is in no namespace of its own. Create it in one: new ${what}(new ExistingNamespace(app, 'edge'), '${id}', { … })`,
      );
    this.namespace = scope.namespaceName;
  }

  /** The names of its listeners of HTTPS, by the host that they are for. @internal */
  abstract get listeners(): ReadonlyMap<string, string>;

  /** The listener for a host; undefined where there is none. @internal */
  listenerFor(hostname: string): string | undefined {
    return this.listeners.get(nearestListener([...this.listeners.keys()], hostname) ?? '');
  }

  /** Whether the certificate of a host's listener is one for it. Of a Gateway that is not ours nobody knows. @internal */
  isShownFor(_hostname: string): boolean {
    return true;
  }

  /** The routes that were attached to a listener. @internal */
  routesOf(listener: string): readonly AttachedRoute[] {
    return this.#routes.all.filter(({ hostname }) => this.listenerFor(hostname) === listener);
  }

  /** Attaches a route; says which other one takes the same requests. @internal */
  attach(route: AttachedRoute): DeclarationFault | undefined {
    return this.#routes.attach(route);
  }
}
