import { authRoleOf, type VaultAccessOptions, type VaultAuthRole } from './auth-role';
import { mergeGrants, policyHcl } from './hcl';
import { defaultAudience, roleNameOf, type VaultDeliveryId, type VaultServer } from './server';
import { grantsOf, type VaultGrant, type VaultSource } from './source';

/** A workload, and what it reads. */
export interface VaultReader {
  /** `Deployment payments/api`. */
  readonly workload: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly reads: readonly VaultRead[];
}

export interface VaultRead {
  readonly source: VaultSource;
  readonly delivery: VaultDeliveryId;
}

/** What Vault has to know of a ServiceAccount: a policy and a role, both of the same name. */
export interface VaultRole {
  /** `payments.api`, as the deliveries log in with. */
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  /** The workloads that run as it. */
  readonly workloads: readonly string[];
  /** What the policy allows, by path. */
  readonly grants: readonly VaultGrant[];
  /** The policy, in HCL. */
  readonly policy: string;
  readonly authRole: VaultAuthRole;
}

const renewToken: VaultGrant = { path: 'auth/token/renew-self', capabilities: ['update'] };
const renewLease: VaultGrant = { path: 'sys/leases/renew', capabilities: ['update'] };
/** By its id, which nobody can guess: no other lease than those that the holder was given. */
const revokeLease: VaultGrant = { path: 'sys/leases/revoke', capabilities: ['update'] };

/** What each delivery does with a lease. The leases of the others end with the token that they were made with. */
const ofLease: Readonly<Record<VaultDeliveryId, readonly VaultGrant[]>> = {
  csi: [renewLease],
  agent: [renewLease],
  operator: [renewLease, revokeLease],
};

/** What each delivery does with its own token. The default policy would allow it, among much else. */
const ofDelivery: Readonly<Record<VaultDeliveryId, readonly VaultGrant[]>> = {
  csi: [renewToken],
  // Its token ends with the pod.
  agent: [renewToken, { path: 'auth/token/revoke-self', capabilities: ['update'] }],
  // The operator asks whether a token still holds after Vault has refused it something.
  operator: [renewToken, { path: 'auth/token/lookup-self', capabilities: ['read'] }],
};

/** What reading takes, and what keeping takes what was read: nothing beside it. */
export function grantsOfReads(reads: readonly VaultRead[]): readonly VaultGrant[] {
  return mergeGrants(
    reads.flatMap(({ source, delivery }) => [
      ...grantsOf(source),
      ...ofDelivery[delivery],
      ...(hasRenewableLease(source) ? ofLease[delivery] : []),
    ]),
  );
}

/** Static accounts have no lease, and the leases of certificates cannot be renewed. */
function hasRenewableLease(source: VaultSource): boolean {
  return source.kind === 'database' && !source.isStatic;
}

/** A role for each ServiceAccount that reads something, by name. Workloads that share one share what it may read. */
export function vaultRoles(
  readers: readonly VaultReader[],
  server: Pick<VaultServer, 'audience'>,
  limits: VaultAccessOptions = {},
): readonly VaultRole[] {
  const byName = new Map<string, VaultReader[]>();
  for (const reader of readers) {
    if (reader.reads.length === 0) continue;
    const name = roleNameOf(reader.namespace, reader.serviceAccountName);
    byName.set(name, [...(byName.get(name) ?? []), reader]);
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const { namespace, serviceAccountName } = first;
      const workloads = own.map(({ workload }) => workload).sort();
      const grants = grantsOfReads(own.flatMap(({ reads }) => reads));
      const audience = server.audience ?? defaultAudience;
      return {
        name,
        namespace,
        serviceAccountName,
        workloads,
        grants,
        policy: policyHcl(grants, [`What ${workloads.join(', ')} may do in Vault. Made by kube-bulwark.`]),
        authRole: authRoleOf({ namespace, serviceAccountName, audience, policy: name }, limits),
      };
    });
}

/** The policies and roles as files, by path: a role's is that of Vault's API. */
export function accessFiles(roles: readonly VaultRole[], authMount: string): ReadonlyMap<string, string> {
  return new Map(
    roles.flatMap(({ name, policy, authRole }): [string, string][] => [
      [`policies/${name}.hcl`, policy],
      [`auth/${authMount}/role/${name}.json`, `${JSON.stringify(authRole, null, 2)}\n`],
    ]),
  );
}
