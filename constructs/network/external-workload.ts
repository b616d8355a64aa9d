import { Construct } from 'constructs';
import { isDnsSubdomain, isLabelKey, isLabelValue } from '../../core/manifest';
import { labelRemedy } from '../../core/manifest/names';
import { list, map, required, type Shapes, scopeOf, takeProps, text, value } from '../app/shape';
import { NamespaceScope } from '../namespace/namespace-scope';
import { portShape } from '../workload/container-shape';
import { openingOf, type Port, type PortProps, resolvePorts } from '../workload/port';
import { portsFault } from './egress-faults';

export interface ExternalWorkloadProps {
  /** The labels that select its pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** The ports it serves, the first being what connections reach unless they say otherwise. @default - none */
  readonly ports?: readonly [number | PortProps, ...(number | PortProps)[]];
  /** The name of its ServiceAccount: who it is to a service mesh. @default - unknown */
  readonly serviceAccountName?: string;
}

const externalShapes: Shapes<ExternalWorkloadProps> = {
  selector: required(map(text), "{ app: 'postgres' }", {}),
  ports: list(portShape),
  serviceAccountName: text,
};

/**
 * A workload that another repository owns: a database, a gateway, a collector. Nothing is emitted for it. Connections to and
 * from it open our side, and the policy that its owner must add is part of the synthesis result.
 */
export class ExternalWorkload extends Construct {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly Port[];
  readonly namespace: string;
  /** The name of its ServiceAccount; undefined where nobody said it. */
  readonly serviceAccountName: string | undefined;

  /** @throws Error where it is in no namespace, has no selector, or a label, a port or a ServiceAccount that is none */
  constructor(scope: NamespaceScope, id: string, given: ExternalWorkloadProps) {
    super(scopeOf(scope, id, 'ExternalWorkload'), id);
    if (!NamespaceScope.is(scope)) {
      throw new Error(
        `${this.node.path}: it is in no namespace of its own. Create it in one: new ExternalWorkload(new ExistingNamespace(app, 'data'), '${id}', { … })`,
      );
    }
    const { props, faults } = takeProps<ExternalWorkloadProps>(externalShapes, given);
    const others = faults.filter(({ property }) => property !== 'selector');
    if (others.length > 0) {
      throw new Error(
        others
          .map(({ property, message, remedy }) => `${this.node.path}: ${property}: ${message}. ${remedy}`)
          .join('\n'),
      );
    }
    if (Object.keys(props.selector ?? {}).length === 0) {
      throw new Error(
        `${this.node.path}: selector = ${JSON.stringify(props.selector)}: it has no label, so that it stands for every pod of namespace ${scope.namespaceName}. Give the labels that its pods carry.`,
      );
    }
    const wrongLabel = Object.entries(props.selector).find(([key, each]) => !isLabelKey(key) || !isLabelValue(each));
    if (wrongLabel) {
      throw new Error(
        `${this.node.path}: selector = ${JSON.stringify(props.selector)}: ${JSON.stringify(wrongLabel[0])} is no label, or its value is none: ${labelRemedy}. Give the labels that its pods carry.`,
      );
    }
    const { serviceAccountName } = props;
    if (typeof serviceAccountName === 'string' && !isDnsSubdomain(serviceAccountName)) {
      throw new Error(
        `${this.node.path}: serviceAccountName = ${JSON.stringify(serviceAccountName)}: it is no name of a ServiceAccount, and a star would be each of namespace ${scope.namespaceName}. Give the name of the one that its pods run as.`,
      );
    }
    this.selector = { ...props.selector };
    this.ports = resolvePorts(props.ports ?? []);
    const wrong = this.ports.length > 0 ? portsFault('ports', this.ports.map(openingOf)) : undefined;
    if (wrong) throw new Error(`${this.node.path}: ports: ${wrong.message}. ${wrong.remedy}`);
    this.namespace = scope.namespaceName;
    this.serviceAccountName = serviceAccountName;
  }
}

/** The shape of one that requests of others come from: a Gateway, an Ingress controller. */
export const podsShape = required(
  value('an ExternalWorkload', (given) => given instanceof ExternalWorkload),
  "new ExternalWorkload(new ExistingNamespace(app, 'envoy-gateway-system'), 'envoy', { selector: { … } })",
  // Nobody: an ExternalWorkload needs a namespace.
  undefined,
);
