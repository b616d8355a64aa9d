import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { kubernetes, Policy } from '@pulumi/vault';
import type { VaultAccess } from '../../constructs/secrets/vault/vault-access';
import { type AuthRoleArgs, authRoleArgs } from './auth-role-args';

/** What is made in Vault. */
export interface VaultAccessResourcesArgs {
  /** What the workloads of an app take: `VaultAccess.of(app)`. */
  readonly access: VaultAccess;
}

/**
 * The policies and roles of an app's workloads as resources of Vault. The engines, the secrets and the auth method are somebody else's; none of
 * their values is read, so that none is in Pulumi's state.
 *
 * @example new VaultAccessResources('payments', { access: VaultAccess.of(app) }, { dependsOn: [authMethod] })
 */
export class VaultAccessResources extends ComponentResource {
  /** By the name of the role, which is also the policy's: `payments.api`. */
  readonly policies: Readonly<Record<string, Policy>>;
  /** By name. */
  readonly roles: Readonly<Record<string, kubernetes.AuthBackendRole>>;

  constructor(name: string, { access }: VaultAccessResourcesArgs, options?: ComponentResourceOptions) {
    super('kube-bulwark:vault:VaultAccess', name, {}, options);
    const { namespace } = access.server ?? {};
    const inNamespace = { ...(namespace !== undefined && { namespace }) };
    const policies: Record<string, Policy> = {};
    const roles: Record<string, kubernetes.AuthBackendRole> = {};
    for (const { name: role, policy, authRole } of access.roles) {
      const made = new Policy(`${name}-${role}`, { name: role, policy, ...inNamespace }, { parent: this });
      policies[role] = made;
      const args: AuthRoleArgs = authRoleArgs(authRole);
      roles[role] = new kubernetes.AuthBackendRole(
        `${name}-${role}`,
        { ...args, backend: access.authMount, roleName: role, tokenPolicies: [made.name], ...inNamespace },
        { parent: this },
      );
    }
    this.policies = policies;
    this.roles = roles;
    this.registerOutputs({ roles: Object.keys(roles) });
  }
}
