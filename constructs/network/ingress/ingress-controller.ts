import { Construct } from 'constructs';
import { isAnnotationKey, isDnsSubdomain } from '../../../core/manifest';
import { ingressImplementations, type KnownIngressImplementation } from '../../../core/network/ingress/implementations';
import { type DeclarationFault, markDeclaring } from '../../app/declaration';
import { either, map, record, required, type Shapes, scopeOf, takeProps, text } from '../../app/shape';
import { type ExternalWorkload, podsShape } from '../external-workload';
import { Routes } from '../routes';

/** A controller, for its way to HTTPS; or what makes another one answer over HTTPS alone. */
export type IngressImplementation =
  | KnownIngressImplementation
  | {
      /** Annotations of each Ingress: `{ 'nginx.org/redirect-to-https': 'true' }`. Without any, the controller redirects by itself. */
      readonly annotations: Readonly<Record<string, string>>;
    };

/** An Ingress controller that the platform owns. */
export interface IngressControllerProps {
  /** The IngressClass. */
  readonly className: string;
  /** Who implements the class. The API has no field that keeps plain HTTP out, so that each controller says it in its own way. */
  readonly implementation: IngressImplementation;
  /** The pods of the controller, which connections come from. */
  readonly pods: ExternalWorkload;
}

const shapes: Shapes<IngressControllerProps> = {
  className: required(text, "'haproxy'", 'missing'),
  implementation: required(
    either(
      'the name of an implementation',
      (given) => typeof given === 'string' && Object.hasOwn(ingressImplementations, given),
      record({ annotations: required(map(text), "{ 'nginx.org/redirect-to-https': 'true' }") }),
    ),
    "'haproxy'",
    'haproxy',
  ),
  pods: podsShape,
};

/**
 * An Ingress controller, for clusters without the Gateway API: a {@link Gateway} is what to begin with. Nothing is emitted for it: `exposeTo` writes an
 * Ingress for a host, and lets its pods in.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 * @example
 * const haproxy = new IngressController(app, 'haproxy', { className: 'haproxy', implementation: 'haproxy', pods });
 * const certificate = new TlsCertificate(shop, 'web-tls', { issuer: Issuer.cluster('public'), dnsNames: ['shop.example.org'] });
 * web.exposeTo(haproxy, { hostname: 'shop.example.org', certificate });
 */
export class IngressController extends Construct {
  readonly className: string;
  /** The pods that connections come from; undefined where nobody said so. */
  readonly pods: ExternalWorkload | undefined;
  /** What each Ingress carries. @internal */
  readonly annotations: Readonly<Record<string, string>>;
  /** @internal */
  readonly routes = new Routes(this);
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: IngressControllerProps) {
    super(scopeOf(scope, id, 'IngressController'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<IngressControllerProps>(shapes, given, this);
    const { className, implementation = 'haproxy', pods } = (props ?? {}) as Partial<IngressControllerProps>;
    this.className = className ?? '';
    this.pods = pods;
    this.annotations =
      typeof implementation === 'string' ? ingressImplementations[implementation] : implementation.annotations;
    const noClass: DeclarationFault = {
      rule: 'prop-valid',
      property: 'className',
      value: className,
      message: 'it is no name of an IngressClass',
      remedy: 'give the name that `kubectl get ingressclasses` shows',
    };
    this.#faults = [
      ...faults,
      ...(faults.length > 0 || isDnsSubdomain(this.className) ? [] : [noClass]),
      ...annotationFaults(this.annotations),
      ...retiredFaults(this.annotations),
    ];
  }

  /** Whether an Ingress can be written for it. @internal */
  get isSound(): boolean {
    return this.#faults.every(({ severity }) => severity === 'warning');
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return [...this.#faults, ...this.#twinFaults()];
  }

  /** Two of one class would not know of each other's hosts, and pods of the one that really runs may be let in nowhere. */
  #twinFaults(): readonly DeclarationFault[] {
    const ofClass = this.node.root.node
      .findAll()
      .find((other) => other instanceof IngressController && other.className === this.className);
    if (ofClass === undefined || ofClass === this || this.className === '') return [];
    return [
      {
        rule: 'prop-valid',
        property: 'className',
        value: this.className,
        message: `${ofClass.node.path} declares this class already, and which of two Ingresses answers for a host depends on their age`,
        remedy: `use ${ofClass.node.path} for both`,
      },
    ];
  }
}

/** "can not be set when the class field is also set", and names that none has: pkg/apis/networking/validation. */
const oldClass = 'kubernetes.io/ingress.class';

/** Annotations for which the API server would refuse each Ingress. */
function annotationFaults(annotations: Readonly<Record<string, string>>): readonly DeclarationFault[] {
  return Object.keys(annotations).flatMap((key): readonly DeclarationFault[] => {
    const fault = { rule: 'prop-valid', property: 'implementation.annotations', value: key } as const;
    if (key === oldClass)
      return [
        {
          ...fault,
          message: 'it says the class once more, which the API server takes in one place alone',
          remedy: 'take it away: className says it',
        },
      ];
    return isAnnotationKey(key)
      ? []
      : [
          {
            ...fault,
            message: `${JSON.stringify(key)} is no name of an annotation`,
            remedy: "write it as the controller's manual does: 'nginx.org/redirect-to-https'",
          },
        ];
  });
}

/** Annotations of ingress-nginx, which gets no security fixes since March 2026: kubernetes.io/blog, "Ingress NGINX Retirement". */
function retiredFaults(annotations: Readonly<Record<string, string>>): readonly DeclarationFault[] {
  const found = Object.keys(annotations).filter((key) => key.startsWith('nginx.ingress.kubernetes.io/'));
  if (found.length === 0) return [];
  return [
    {
      rule: 'prop-valid',
      severity: 'warning',
      property: 'implementation.annotations',
      value: found.join(', '),
      message: 'they are of ingress-nginx, which gets no security fixes any more',
      remedy: 'move to a Gateway, or to another Ingress controller that is maintained',
    },
  ];
}
