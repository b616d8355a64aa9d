import type { VaultAuthRole } from '../../core/secrets/vault/auth-role';

/** A field of Vault's API as Pulumi names it. */
type CamelCase<T extends string> = T extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : T;

/** A role with the names that @pulumi/vault gives its fields. */
export type AuthRoleArgs = {
  readonly [K in keyof VaultAuthRole as CamelCase<K>]: VaultAuthRole[K] extends readonly string[] | undefined
    ? string[]
    : VaultAuthRole[K];
};

/** The same role for @pulumi/vault. */
export function authRoleArgs(role: VaultAuthRole): AuthRoleArgs {
  const entries = Object.entries(role).map(([key, value]) => [
    key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    Array.isArray(value) ? [...value] : value,
  ]);
  return Object.fromEntries(entries) as AuthRoleArgs;
}
