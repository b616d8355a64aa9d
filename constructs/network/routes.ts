import type { Construct } from 'constructs';
import { toDnsLabel } from '../../core/manifest';
import { pathFault } from '../../core/network/gateway/route';
import type { DeclarationFault } from '../app/declaration';
import { platformOf } from '../app/platform-of';
import type { SecureWorkload } from '../workload/workload';

/** What a workload is routed by. */
export interface AttachedRoute {
  readonly workload: string;
  readonly namespace: string | undefined;
  readonly hostname: string;
  readonly path: string;
  readonly grpc: boolean;
}

/** What is routed at one place where requests come in: each host and path once. */
export class Routes {
  readonly #known: AttachedRoute[] = [];

  /** @param at where requests come in */
  constructor(private readonly at: Construct) {}

  get all(): readonly AttachedRoute[] {
    return this.#known;
  }

  /** Attaches a route; says which other one takes the same requests. */
  attach(route: AttachedRoute): DeclarationFault | undefined {
    const other = this.#known.find((known) => known.hostname === route.hostname && collide(known, route));
    platformOf(this.at).touch();
    if (other === undefined) {
      this.#known.push(route);
      return undefined;
    }
    const both = other.grpc === route.grpc ? `${route.hostname}${route.path}` : `HTTP and gRPC of ${route.hostname}`;
    return {
      rule: 'prop-valid',
      property: 'exposeTo',
      value: `${route.hostname}${route.path}`,
      message: `${other.workload} has ${both} at ${this.at.node.path} already: which of the two answers depends on their age`,
      remedy: 'give it a path or a host of its own',
    };
  }
}

/** A name for an object of a workload that no other has there: `/a/b` and `/a-b` come to the same one, as does a host at two Gateways. */
export function unusedName(workload: SecureWorkload, kind: string, wanted: string): string {
  return platformOf(workload).freeName(kind, workload.namespace, toDnsLabel(wanted));
}

/** What is wrong with an option by which a workload is routed. */
export function optionFault(option: string, value: unknown, message: string, remedy: string): DeclarationFault {
  return { rule: 'prop-valid', property: `exposeTo.${option}`, value, message, remedy };
}

/** What is wrong with a path that is routed. */
export function pathFaults(path: string): readonly DeclarationFault[] {
  const wrong = pathFault(path);
  return wrong === undefined
    ? []
    : [optionFault('path', path, `${JSON.stringify(path)} ${wrong}`, "write it as in '/api'")];
}

/** What is wrong with a workload that nothing can be routed to. @param what would lead there: `a route` */
export function serviceFaults(workload: SecureWorkload, what: string, hostname: string): readonly DeclarationFault[] {
  if (workload.serviceName !== undefined) return [];
  const message = `${workload.node.path} has no Service that ${what} could lead to`;
  return [optionFault('hostname', hostname, message, 'declare a port, and leave service: false out there')];
}

/** A host has either routes of gRPC or those of HTTP, and each path once. "When specified, a trailing `/` is ignored." */
function collide(a: AttachedRoute, b: AttachedRoute): boolean {
  const [one, other] = [a, b].map(({ path }) => path.replace(/\/$/, ''));
  return a.grpc !== b.grpc || a.grpc || one === other;
}
