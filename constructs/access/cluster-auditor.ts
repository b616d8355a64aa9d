import { Construct } from 'constructs';
import { isDnsLabel } from '../../core/manifest';
import { auditorRules, type CustomResources, customResourceFaults } from '../../core/rbac/auditor';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import { platformOf } from '../app/platform-of';
import { flag, list, record, required, type Shapes, scopeOf, takeProps, text, value } from '../app/shape';
import { AccessSubject } from './subject';

const group = 'rbac.authorization.k8s.io';

/** Who reads the whole cluster. */
export interface ClusterAuditorProps {
  /** Who it is for. */
  readonly to: readonly [AccessSubject, ...AccessSubject[]];
  /** Resources of CustomResourceDefinitions that they read, too. Those that hold credentials are yours to leave out. @default - none */
  readonly customResources?: readonly CustomResources[];
  /** Lets them read what pods have written: who is served, and whatever a program should not have logged. @default false */
  readonly logs?: boolean;
}

const shapes: Shapes<ClusterAuditorProps> = {
  to: required(list(value('a Group or a User', (given) => given instanceof AccessSubject)), '[auditors]', []),
  customResources: list(
    record({
      group: required(text, "'cilium.io'", ''),
      resources: required(list(text), "['ciliumnetworkpolicies']", []),
    }),
  ),
  logs: flag,
};

/**
 * People who read everything of the cluster but Secrets: a ClusterRole that names each resource of the target's Kubernetes, since RBAC can take nothing
 * away, and its binding. The role `view` of Kubernetes leaves out what an auditor looks for: roles, bindings, policies, webhooks, nodes. It belongs to an app of the
 * cluster's administrators.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export class ClusterAuditor extends Construct {
  /** What its ClusterRole and ClusterRoleBinding are called. */
  readonly name: string;
  readonly #faults: readonly DeclarationFault[];

  constructor(scope: Construct, id: string, given: ClusterAuditorProps) {
    super(scopeOf(scope, id, 'ClusterAuditor'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<ClusterAuditorProps>(shapes, given);
    const { to, customResources = [], logs = false } = props;
    this.name = `auditor-${id}`;
    const found = faults.length > 0 ? [] : customResourceFaults(customResources);
    this.#faults = [
      ...faults,
      ...found.map((fault): DeclarationFault => ({ rule: 'prop-valid', ...fault })),
      ...emptyFaults(props, faults),
      ...idFaults(id),
    ];
    if (this.#faults.length > 0) return;
    const { name } = this;
    const rules = auditorRules(platformOf(this).target.version, { logs, customResources });
    this.#object('ClusterRole', () => ({ rules }));
    this.#object('ClusterRoleBinding', () => ({
      roleRef: { apiGroup: group, kind: 'ClusterRole', name },
      subjects: to.map((subject) => ({ apiGroup: group, kind: subject.kind, name: subject.name })),
    }));
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  #object(kind: string, body: () => Readonly<Record<string, unknown>>): void {
    const { name } = this;
    new ManifestObject(this, kind, { apiVersion: `${group}/v1`, kind, metadata: { name }, namespaced: false, body });
  }
}

function emptyFaults(
  { to, customResources = [] }: ClusterAuditorProps,
  known: readonly DeclarationFault[],
): readonly DeclarationFault[] {
  if (known.length > 0) return [];
  const nobody: DeclarationFault = {
    rule: 'prop-valid',
    property: 'to',
    value: to,
    message: 'nobody gets it',
    remedy: 'name whom it is for: [auditors]',
  };
  const nothing = customResources.flatMap(({ resources }, index): readonly DeclarationFault[] =>
    resources.length > 0
      ? []
      : [
          {
            rule: 'prop-valid',
            property: `customResources[${index}].resources`,
            value: resources,
            message: 'it names no resource',
            remedy: "name each: ['ciliumnetworkpolicies'], or leave the group out",
          },
        ],
  );
  return [...(to.length > 0 ? [] : [nobody]), ...nothing];
}

function idFaults(id: string): readonly DeclarationFault[] {
  if (isDnsLabel(id)) return [];
  const message = 'its ClusterRole is called by its id, which is no DNS label';
  return [
    {
      rule: 'name-valid',
      property: 'id',
      value: id,
      message,
      remedy: "write it in lower case letters, digits and '-'",
    },
  ];
}
