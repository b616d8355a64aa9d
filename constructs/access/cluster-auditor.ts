import { Construct } from 'constructs';
import { auditorRules, type CustomResources, customResourceFaults } from '../../core/rbac/auditor';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { platformOf } from '../app/platform-of';
import { clusterScopeOf, flag, list, record, required, type Shapes, takeProps, text, value } from '../app/shape';
import { bindRole, roleIdFaults } from './role';
import { AccessSubject } from './subject';

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
    super(clusterScopeOf(scope, id, 'ClusterAuditor'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<ClusterAuditorProps>(shapes, given, this);
    const { to, customResources = [], logs = false } = props;
    this.name = `auditor-${id}`;
    const found = faults.length > 0 ? [] : customResourceFaults(customResources);
    this.#faults = [
      ...faults,
      ...found.map((fault): DeclarationFault => ({ rule: 'prop-valid', ...fault })),
      ...(faults.length === 0 && to.length === 0 ? [nobody] : []),
      ...roleIdFaults(id, 'its ClusterRole is called'),
    ];
    if (this.#faults.length > 0) return;
    const rules = auditorRules(platformOf(this).target.version, { logs, customResources });
    bindRole(this, {
      name: this.name,
      rules: () => rules,
      subjects: to.map((subject) => subject.toSubject()),
      isOfCluster: true,
    });
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return this.#faults;
  }
}

const nobody: DeclarationFault = {
  rule: 'prop-valid',
  property: 'to',
  value: [],
  message: 'nobody gets it',
  remedy: 'name whom it is for: [auditors]',
};
