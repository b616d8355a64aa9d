/** The users that kube-apiserver knows from its token file: one cluster administrator, and one per RBAC persona. */
export const PERSONAS = {
  /** Passes every authorization check. */
  admin: ['system:masters'],
  viewer: ['shop-viewers'],
  developer: ['shop-developers'],
  operator: ['shop-operators'],
  /** Administrator of the shop's namespaces, not of the cluster. */
  shopAdmin: ['shop-admins'],
  /** Authenticated, and in no group of its own. */
  outsider: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A user of the test cluster; its user name is the same word. */
export type Persona = keyof typeof PERSONAS;

/** A bearer token for each user. */
export type Tokens = Readonly<Record<Persona, string>>;
